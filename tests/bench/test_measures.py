"""Each measure runs, and finds what no machine's speed can change; no timing decides anything."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench import (
    measure_events,
    measure_growth,
    measure_online,
    measure_optimum,
    measure_pairs,
    measure_quality,
    measure_rows,
    measure_rules,
    measure_solve,
    plots,
)
from bench.cases import Case
from bench.figures import Report, at_least, at_most, exactly, said
from bench.one_at_a_time import arrival, best_pair_first, by_score, by_score_less, in_turn
from bench.places import make_place
from bench.proof import proof

MEASURES = {
    "events": measure_events.main,
    "growth": measure_growth.main,
    "online": measure_online.main,
    "optimum": measure_optimum.main,
    "pairs": measure_pairs.main,
    "quality": measure_quality.main,
    "rules": measure_rules.main,
    "rows": measure_rows.main,
    "solve": measure_solve.main,
}


@pytest.fixture(autouse=True)
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The records of these runs are no figures of anybody's."""
    monkeypatch.setattr("bench.figures.RECORDS", tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def scarce() -> Case:
    return Case(make_place("hamlet", "scarce"))


class TestMeasures:
    @pytest.mark.parametrize("name", sorted(MEASURES))
    def test_run_and_keep_what_is_exact(
        self, name: str, records: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert MEASURES[name](("hamlet",))
        told = capsys.readouterr().out.splitlines()
        with (records / f"{name}-hamlet.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(told) == len(rows) > 0
        assert {row["kept"] for row in rows} <= {"", "kept"}


class TestReport:
    @pytest.mark.parametrize(
        ("bar", "good", "bad"),
        [(at_least(5), 5.0, 4.9), (at_most(15), 15.0, 15.1), (exactly(0), 0, 1)],
    )
    def test_says_when_a_bar_is_not_kept(
        self, bar: object, good: float, bad: float, capsys: pytest.CaptureFixture[str]
    ) -> None:
        report = Report("x", ("hamlet",))
        report.figure(2, ("hamlet", "scarce"), "time", good, bar=bar)  # type: ignore[arg-type]
        assert report.all_kept
        report.figure(2, ("hamlet", "scarce"), "time", bad, bar=bar)  # type: ignore[arg-type]
        assert not report.all_kept
        first, second = capsys.readouterr().out.splitlines()
        assert first.endswith(": kept")
        assert second.endswith(": NOT kept")

    def test_no_number_keeps_no_bar(self) -> None:
        assert not at_least(5).kept_by(float("nan"))
        assert not at_most(5).kept_by(float("nan"))

    @pytest.mark.parametrize(
        ("value", "words"), [(0, "0"), (1234567.0, "1,234,567"), (0.08125, "0.0813"), (12.0, "12")]
    )
    def test_says_numbers_shortly(self, value: float, words: str) -> None:
        assert said(value) == words


class TestProof:
    def test_holds_for_the_optimum(self, scarce: Case) -> None:
        found = proof(scarce, scarce.whole_round().choice)
        assert found.violations == 0
        assert found.primal == found.dual > 0
        assert found.pairs == len(scarce.rows)

    def test_fails_for_a_choice_with_one_pair_less(self, scarce: Case) -> None:
        choice = scarce.whole_round().choice
        less = replace(choice, need=choice.need[1:], offer=choice.offer[1:])
        found = proof(scarce, less)
        assert found.violations > 0
        assert found.primal < found.dual

    @pytest.mark.parametrize("column", ["need_price", "offer_price"])
    @pytest.mark.parametrize("more", [-(2**40), 2**40])
    def test_fails_for_other_prices(self, scarce: Case, column: str, more: int) -> None:
        choice = scarce.whole_round().choice
        price = np.array(getattr(choice, column))
        at = (choice.need if column == "need_price" else choice.offer)[0]
        price[at] += more
        by_need = column == "need_price"
        wrong = replace(choice, need_price=price) if by_need else replace(choice, offer_price=price)
        found = proof(scarce, wrong)
        assert found.violations > 0
        assert found.primal < found.dual


class TestOneAtATime:
    def test_never_fills_more_than_a_round(self, scarce: Case) -> None:
        most = scarce.whole_round().choice
        rows, place = scarce.rows, scarce.place
        prefer: list[Callable] = [by_score, by_score_less(most.offer_price)]  # type: ignore[type-arg]
        for each in prefer:
            served = in_turn(rows, place, arrival(place, 1), each(rows, place))
            assert 0 < served.filled <= most.filled
        assert 0 < best_pair_first(rows, place).filled <= most.filled

    def test_gives_nobody_more_than_there_is(self, scarce: Case) -> None:
        rows, place = scarce.rows, replace(scarce.place, capacity=scarce.place.capacity * 0)
        assert in_turn(rows, place, arrival(place, 1), by_score(rows, place)).filled == 0
        assert best_pair_first(rows, place).filled == 0


class TestPictures:
    def test_are_drawn_from_what_was_measured(
        self, records: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        measure_quality.main(("hamlet",))
        lines = plots.measured(records)
        assert ("hamlet", "scarce", "helped by a round") in lines
        figure = plots.helped(lines, "hamlet")
        figure.savefig(records / "helped.png")
        assert len(figure.axes[0].texts) == 6
        plots.times(lines).savefig(records / "growth.png")
        assert (records / "growth.png").stat().st_size > 1000
