"""A CSV file as named columns, each value checked where it stands (line and column from 1)."""

import csv
import gzip
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from enabler.domain.sources import BadSource, position

Value = TypeVar("Value")
MOST_BYTES = 512 * 1024 * 1024
"""A compressed file that grows beyond this is no list of postcodes."""


def read_text(path: Path) -> str:
    """The text of a file, unpacked when its name ends in ``.gz``. Raises BadSource."""
    try:
        raw = _unpacked(path) if path.suffix == ".gz" else path.read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise BadSource("file_missing", path=str(path)) from error
    except (OSError, EOFError) as error:
        raise BadSource("file_unreadable", path=str(path)) from error
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        line, column = position(before, len(before))
        raise BadSource("not_utf8", path=str(path), line=line, column=column) from error


def _unpacked(path: Path) -> bytes:
    with gzip.open(path) as packed:
        raw = packed.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise OSError("unpacks to more than any list of postcodes")
    return raw


class Table:
    """The rows of a CSV file under the names of its first line."""

    def __init__(self, path: Path, required: Iterable[str]) -> None:
        self._path = str(path)
        self._text = read_text(path)
        self._lines: list[int] = []
        self._rows: list[list[str]] = []
        self._read_rows()
        if not self._rows:
            raise BadSource("csv_empty", path=self._path)
        self.header = [name.strip() for name in self._rows.pop(0)]
        self._lines.pop(0)
        self._check_header(required)
        self._check_widths()

    def __len__(self) -> int:
        """How many rows there are under the header."""
        return len(self._rows)

    def has(self, name: str) -> bool:
        """Whether there is such a column."""
        return name in self.header

    def texts(self, name: str) -> list[str]:
        """A column as it is written, without spaces around; empty where there is no such column."""
        if name not in self.header:
            return [""] * len(self)
        place = self.header.index(name)
        return [row[place].strip() for row in self._rows]

    def each(self, name: str, read: Callable[[str], Value], code: str) -> list[Value]:
        """A column through a function that raises ValueError for what it cannot read."""
        found: list[Value] = []
        for row, written in enumerate(self.texts(name)):
            try:
                found.append(read(written))
            except ValueError as error:
                raise self.bad(row, name, code, written=written[:40]) from error
        return found

    def wholes(self, name: str, low: int, high: int) -> list[int | None]:
        """A column of whole numbers from ``low`` to ``high``, None where nothing is written."""

        def read(written: str) -> int | None:
            if not written:
                return None
            number = float(written)
            if not (low <= number <= high and number == int(number)):
                raise ValueError(written)
            return int(number)

        return self.each(name, read, "csv_whole")

    def numbers(self, name: str, low: float, high: float) -> NDArray[np.float64]:
        """A column of numbers from ``low`` to ``high``; NaN where nothing is written."""

        def read(written: str) -> float:
            if not written:
                return float("nan")
            number = float(written)
            if not low <= number <= high:
                raise ValueError(written)
            return number

        return np.array(self.each(name, read, "csv_number"), np.float64)

    def bad(self, row: int, name: str, code: str, **facts: object) -> BadSource:
        """What is wrong with a value, at its line and column."""
        line = self._lines[row]
        written = self._text.split("\n")[line - 1]
        column = _start_of_field(written, self.header.index(name) if self.has(name) else 0)
        return BadSource(code, path=self._path, line=line, column=column, name=name, **facts)

    def _read_rows(self) -> None:
        reader = csv.reader(io.StringIO(self._text, newline=""), strict=True)
        before = 0
        try:
            for row in reader:
                if any(row):
                    self._rows.append(row)
                    self._lines.append(before + 1)
                before = reader.line_num
        except csv.Error as error:
            raise BadSource("csv_broken", path=self._path, line=before + 1) from error

    def _check_header(self, required: Iterable[str]) -> None:
        for name in required:
            if name not in self.header:
                raise BadSource("csv_column_missing", path=self._path, name=name)
        for place, name in enumerate(self.header):
            if name in self.header[:place]:
                column = _start_of_field(self._text.split("\n")[0], place)
                raise BadSource("csv_column_twice", path=self._path, column=column, name=name)

    def _check_widths(self) -> None:
        for row, fields in enumerate(self._rows):
            if len(fields) != len(self.header):
                raise BadSource(
                    "csv_width",
                    path=self._path,
                    line=self._lines[row],
                    found=len(fields),
                    wanted=len(self.header),
                )


def _start_of_field(line: str, place: int) -> int:
    """The column, from 1, at which the field of this place begins on a line of CSV."""
    quoted, seen = False, 0
    for at, letter in enumerate(line):
        if seen == place:
            return at + 1
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            seen += 1
    return len(line) + 1 if seen == place else 1
