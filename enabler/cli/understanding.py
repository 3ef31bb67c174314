"""``enabler sms understand``: what texts of a file mean, a row for each, without a database."""

import csv
import io
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from enabler.cli.progress import progress_bar
from enabler.cli.times import AtTime
from enabler.domain.sources import BadSource, position
from enabler.doors.wiring import now as present
from sms.understanding.meaning import Meaning, meaning_of

COLUMNS = ("id", "intent", "category", "urgency", "postcode", "when_start", "when_end", "language",
           "confidence")  # fmt: skip
WANTED = ("id", "text")
STEPS = {"understand": "Reading texts"}
_ZONE = ZoneInfo("Europe/London")
_INPUT = "standard input"


@click.command()
@click.option("--at", type=AtTime(), help="When the texts were received; without it, now.")
def understand(at: datetime | None) -> None:
    """What each text means that standard input holds.

    Reads CSV with the columns id and text (others are ignored) and prints CSV: id, intent,
    category, urgency, postcode, when_start, when_end, language and confidence, a row for each in
    order. Times are of Britain. No database is read.
    """
    moment = (at or present()).astimezone(_ZONE)
    rows = list(_rows(sys.stdin.buffer.read()))
    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", newline="", write_through=True)
    printed = csv.writer(out, lineterminator="\n")
    printed.writerow(COLUMNS)
    with progress_bar(STEPS) as told:
        for nth, (name, text) in enumerate(rows, start=1):
            printed.writerow(_row(name, meaning_of(text, moment)))
            told("understand", nth, len(rows))


def _row(name: str, meaning: Meaning) -> tuple[str, ...]:
    return (
        name, meaning.intent, meaning.category, meaning.urgency, meaning.postcode,
        _local(meaning.start), _local(meaning.end), meaning.language, f"{meaning.confidence:.3f}",
    )  # fmt: skip


def _local(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M") if moment else ""


def _rows(raw: bytes) -> Iterator[tuple[str, str]]:
    """Id and text of each row. Raises BadSource at the line where it is no such file."""
    lines = csv.reader(io.StringIO(_text(raw), newline=""), strict=True)
    begins = 1
    places: list[int] = []
    width = 0
    try:
        for row in lines:
            if not places and row:
                places, width = _places(row, begins), len(row)
            elif row and len(row) != width:
                raise _bad("csv_width", begins, found=len(row), wanted=width)
            elif row:
                yield row[places[0]], row[places[1]]
            begins = lines.line_num + 1
    except csv.Error as error:
        raise _bad("csv_broken", begins) from error
    if not places:
        raise _bad("csv_empty", 1)


def _places(header: list[str], line: int) -> list[int]:
    names = [name.strip() for name in header]
    for name in WANTED:
        if name not in names:
            raise _bad("csv_column_missing", line, name=name)
        if names.count(name) > 1:
            raise _bad("csv_column_twice", line, name=name)
    return [names.index(name) for name in WANTED]


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, _ = position(raw[: error.start].decode("utf-8", "replace"), error.start)
        raise _bad("not_utf8", line) from error


def _bad(code: str, line: int, **facts: Any) -> BadSource:
    return BadSource(code, path=_INPUT, line=line, **facts)
