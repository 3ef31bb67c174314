"""``enabler sms understand``: a file of texts in, a row for each out."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEADER = "id,intent,category,urgency,postcode,when_start,when_end,language,confidence"
AT = ("--at", "2026-11-27T14:10:00+00:00")
ROOT = Path(__file__).parents[2]


def understand(given: bytes, *options: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run it as a person does, where there is no database."""
    settings = {"ENABLER_INSTANCE": str(folder / "none"), "PATH": os.environ["PATH"],
                "DATABASE_URL": "sqlite:////nowhere/at/all", "PYTHONPATH": str(ROOT)}  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "enabler.cli", "sms", "understand", *options],
        input=given, capture_output=True, env=settings, cwd=folder, check=False,
    )  # fmt: skip


def test_a_row_for_each_in_order_and_no_database(tmp_path: Path) -> None:
    given = (
        "\ufeffid,channel,text\r\n"
        'a-1,sms,"can someone take mum to the BRI tues 10am, shes in BS3 4QT"\r\n'
        "\r\n"
        'a 2,sms,"two\nlines, and ""quotes"""\r\n'
        "ü3,sms,STOP\r\n"
        "4,sms,\r\n"
    )
    done = understand(given.encode(), *AT, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert lines[0] == HEADER
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert [row["id"] for row in rows] == ["a-1", "a 2", "ü3", "4"]
    first = rows[0]
    assert float(first.pop("confidence")) > 0.5
    assert first == {
        "id": "a-1", "intent": "need", "category": "transport", "urgency": "this_week",
        "postcode": "BS3 4QT", "when_start": "2026-12-01T10:00", "when_end": "", "language": "en",
    }  # fmt: skip
    assert rows[2]["intent"] == "opt_out"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("given", "line", "why"),
    [
        (b"", 1, "nothing"),
        (b"id,words\n1,hello\n", 1, "text"),
        (b"id,text,text\n1,a,b\n", 1, "twice"),
        (b"id,text\n1,hello\n2,good,bye\n", 3, "fields"),
        (b"id,text\n1,hello\n2\n", 3, "fields"),
        (b'id,text\n1,"two\nlines"\n2,a"b\n3,"open\n', 5, "quotation"),
        (b"id,text\n1,hello\n2,caf\xe9\n", 3, "UTF-8"),
    ],
)
def test_what_is_no_such_file_is_refused_at_its_line(
    given: bytes, line: int, why: str, tmp_path: Path
) -> None:
    done = understand(given, *AT, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    said = done.stderr.decode()
    assert f":{line}:" in said
    assert why in said
    assert "Traceback" not in said


def test_a_time_without_its_offset_is_refused(tmp_path: Path) -> None:
    done = understand(b"id,text\n", "--at", "2026-11-27T14:10", folder=tmp_path)
    assert done.returncode == 2
    assert b"offset" in done.stderr
