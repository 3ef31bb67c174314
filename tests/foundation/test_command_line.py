"""What people type after ``enabler``: a wrong thing gets one sentence and its exit code."""

from pathlib import Path

import pytest

from enabler import cli


def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, str]:  # fmt: skip
    """Run a command: how it ended, and what it said on standard error."""
    monkeypatch.setattr("sys.argv", ["enabler", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(str(ended.value.code)), capsys.readouterr().err


@pytest.fixture(autouse=True)
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of its own."""
    monkeypatch.setenv("ENABLER_INSTANCE", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    "typed",
    [
        "tomorrow", "2026-11-24T12:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
        "1969-12-31T23:59:59+00:00", "", "\x00", "\u0662\u0660",
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["check", "match round", "jobs run lapse-asks"])
def test_a_moment_that_is_none(
    command: str, typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = said(monkeypatch, capsys, *command.split(), "--at", typed)
    assert code == 2
    assert "--at" in told


@pytest.mark.parametrize("typed", ["9", "1000001", "99999999999999999999", "-1", "many"])
def test_a_number_of_residents_that_is_none(
    typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(monkeypatch, capsys, "demo", "--size", typed)[0] == 2


@pytest.mark.parametrize("written", ["a = " + "[" * 9_999, "slug = 1" + "0" * 9_999, "slug ="])
def test_a_place_that_cannot_be_read(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    file = tmp_path / "place.toml"
    file.write_text(written)
    code, told = said(monkeypatch, capsys, "place", "import", str(file))
    assert code == 2
    assert told.startswith(f"{file}:1:")


@pytest.mark.parametrize("command", ["db upgrade", "check", "match round"])
def test_a_database_that_is_none(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / "enabler.sqlite").write_bytes(b"a shopping list, and no database at all" * 40)
    code, told = said(monkeypatch, capsys, *command.split())
    assert code == 3
    assert "DATABASE_URL" in told
