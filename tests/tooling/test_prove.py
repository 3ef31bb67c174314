"""A proof is kept only when every test of it ran and passed."""

from pathlib import Path

import pytest

from bench.prove import Outcome, figures, outcome

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


class TestOutcome:
    @pytest.mark.parametrize(
        ("counts", "said"),
        [
            ((3, 0, 0, 0), "kept"),
            ((0, 0, 0, 0), "NO TEST"),
            ((3, 1, 0, 0), "1 FAILED, 0 left out"),
            ((3, 0, 2, 0), "2 FAILED, 0 left out"),
            ((3, 0, 0, 1), "0 FAILED, 1 left out"),
        ],
    )
    def test_is_read_from_the_report(
        self, tmp_path: Path, counts: tuple[int, ...], said: str
    ) -> None:
        report = tmp_path / "report.xml"
        report.write_text(REPORT.format(*counts))
        assert str(outcome(report)) == said
        assert outcome(report).kept == (said == "kept")

    def test_without_a_report_is_no_proof(self, tmp_path: Path) -> None:
        assert outcome(tmp_path / "none.xml") == Outcome(0, 0, 0)


def test_figures_are_taken_from_the_record(tmp_path: Path) -> None:
    record = tmp_path / "4.1.txt"
    assert figures(record) == []
    record.write_text(
        "3 of 3  killed\nmutants 3 killed 2 excused 0 survived 1\nsurvived x.py:7\n.\n"
    )
    assert figures(record) == ["mutants 3 killed 2 excused 0 survived 1", "survived x.py:7"]
