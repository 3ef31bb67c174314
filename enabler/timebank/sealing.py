"""Seals: a chain of SHA-256 over the ledger's rows, which nobody can mend in the middle.

The standard library alone, and nothing of Enabler: an auditor can read this page and run it. A row
is a list of plain values in the order of ``FIELDS``; none of them tells of a person. Its *digest*
is SHA-256 over the digest before it and its canonical line. A *seal* covers the rows since the one
before, and its root is the digest of its last row.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIELDS = (
    "seq", "at", "key", "place", "debit", "credit", "minutes", "reason", "phase", "hold",
    "reverses", "group",
)  # fmt: skip
BEFORE_ALL = "0" * 64
"""What the first row follows."""

Row = Sequence[int | str | None]


@dataclass(frozen=True, slots=True)
class Seal:
    """The rows from ``first`` to ``last`` (both are numbers of rows), how many, and their root."""

    first: int
    last: int
    count: int
    root: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a proof found. ``code`` None: all is as it was sealed; otherwise what is wrong, first.

    ``line`` counts from 1 in what was read; ``seq`` names the bad row, or the last row of a bad
    seal. ``unsealed``: rows after the last seal, which it does not vouch for yet.
    """

    rows: int
    seals: int
    unsealed: int
    root: str
    code: str | None = None
    line: int | None = None
    seq: int | None = None


def moment_text(at: datetime) -> str:
    """A time as it is sealed: UTC, to the microsecond, whatever zone it was read in."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def row_of(entry: Any) -> list[int | str | None]:
    """The row of anything with the attributes ``FIELDS``, its time as text."""
    values = [getattr(entry, name) for name in FIELDS]
    values[1] = moment_text(values[1])
    return [str(value) if isinstance(value, str) else value for value in values]


def canonical(row: Row) -> str:
    """The one way to write a row: a JSON list without spaces, in ASCII."""
    return json.dumps(list(row), separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def digest(before: str, row: Row) -> str:
    """The digest of a row that follows another's."""
    return hashlib.sha256(f"{before}\n{canonical(row)}\n".encode("ascii")).hexdigest()


def sealed(rows: Iterable[Row], before: str = BEFORE_ALL) -> tuple[list[str], Seal | None]:
    """The digest of each row, and the seal over them; no rows make none.

    ``rows``: those since the last seal, in the order of their numbers; ``before``: its root.
    """
    digests: list[str] = []
    numbers: list[int] = []
    for row in rows:
        before = digest(before, row)
        digests.append(before)
        numbers.append(int(row[0] or 0))
    if not numbers:
        return [], None
    return digests, Seal(numbers[0], numbers[-1], len(numbers), before)


def row_line(row: Row, kept: str | None) -> str:
    """A row with the digest that was kept when it was sealed; None: it is not sealed yet."""
    return f'["row",{json.dumps(kept)},{canonical(row)}]'


def seal_line(seal: Seal) -> str:
    """A seal as a line; it stands after the last row that it covers."""
    values = ["seal", seal.first, seal.last, seal.count, seal.root]
    return json.dumps(values, separators=(",", ":"))


def export(rows: Iterable[tuple[Row, str | None]], seals: Iterable[Seal]) -> Iterator[str]:
    """The lines of an export: rows with their kept digests, by number, each seal after its last."""
    waiting = iter(seals)
    seal = next(waiting, None)
    for row, kept in rows:
        while seal is not None and seal.last < int(row[0] or 0):
            yield seal_line(seal)
            seal = next(waiting, None)
        yield row_line(row, kept)
    while seal is not None:
        yield seal_line(seal)
        seal = next(waiting, None)


def verify(lines: Iterable[str], *, published: str | None = None) -> Verdict:
    """Prove an export, line by line, in little memory. It names the first bad row.

    ``published``: a root that was published elsewhere; it must be among the seals' (otherwise
    root_not_found), which is how a chain that was made anew from its start comes to light.
    """
    chain = _Chain(published)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            code = chain.take(line)
            if code:
                return chain.verdict(code, number)
    return chain.verdict("root_not_found" if chain.missing else None, None)


class _Chain:
    """A chain as far as it has been read."""

    def __init__(self, published: str | None) -> None:
        self.missing = published
        self._root = self._sealed_root = BEFORE_ALL
        self._seq: int | None = None
        self._first: int | None = None
        self._rows = self._seals = self._since = 0
        self._open = False

    def take(self, line: str) -> str | None:
        """What is wrong with the next line, as a code; None: nothing."""
        try:
            match json.loads(line):
                case ["row", None | str() as kept, list(row)] if len(row) == len(FIELDS):
                    return self._row(row, kept)
                case ["seal", first, last, count, str(root)]:
                    return self._seal([first, last, count], root)
        except (ValueError, RecursionError):
            return "line_unreadable"
        return "line_unreadable"

    def _row(self, row: list[Any], kept: str | None) -> str | None:
        before, self._seq = self._seq, row[0] if type(row[0]) is int else None
        if self._seq is None or (before is not None and self._seq <= before):
            return "row_out_of_order"
        self._root = digest(self._root, row)
        if kept is None:
            self._open = True
        elif kept != self._root or self._open:
            return "row_differs"
        self._first = self._seq if self._first is None else self._first
        self._rows, self._since = self._rows + 1, self._since + 1
        return None

    def _seal(self, numbers: list[Any], root: str) -> str | None:
        if numbers != [self._first, self._seq, self._since] or self._open:
            return "seal_covers_others"
        if root != self._root:
            return "seal_differs"
        self._sealed_root, self._first = root, None
        self._seals, self._since = self._seals + 1, 0
        self.missing = None if root == self.missing else self.missing
        return None

    def verdict(self, code: str | None, line: int | None) -> Verdict:
        """What has been found so far."""
        seq = self._seq if line and code != "line_unreadable" else None
        return Verdict(self._rows, self._seals, self._since, self._sealed_root, code, line, seq)
