"""An account's statement: each movement with the balance after it, month by month, in codes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from itertools import groupby

from enabler.timebank.events import is_pot_part
from enabler.timebank.transfers import Entry, Phase, Reason

SHARED_IN = {f"{reason}_in": f"{reason}_shared_in" for reason in (Reason.HELP, Reason.EVENT)}
"""What one thing that several accounts paid together is called, by what each of its rows is."""
_ONE_HELP = frozenset(f"{reason}_{way}" for reason in (Reason.HELP, Reason.BORDER)
                      for way in ("in", "out"))  # fmt: skip
LINE_CODES = frozenset(SHARED_IN.values()) | frozenset(
    f"{reason}_{way}" for reason in Reason for way in ("in", "out")
)
"""Every code that a line may have: the catalogue of words has a sentence for each."""


@dataclass(frozen=True, slots=True)
class Line:
    """One movement. ``minutes`` is above zero where it came in; ``balance`` is after it.

    ``other`` is the number of the account on the other side: its name is for whoever may see it.
    ``reverses`` and ``group`` say what it belongs to. ``more``: the numbers of further rows that
    are told with it (:meth:`Month.told`); ``other`` is then the first of those who paid.
    """

    seq: int
    at: datetime
    code: str
    other: int
    minutes: int
    balance: int
    key: str
    group: str | None = None
    reverses: str | None = None
    more: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a place's calendar in which something moved. ``came`` and ``went`` are both
    counted upwards: opening + came - went = closing."""

    year: int
    month: int
    opening: int
    came: int
    went: int
    closing: int
    lines: tuple[Line, ...]

    def told(self) -> tuple[Line, ...]:
        """Its movements as one tells them: what moved for one help is one line, however many rows
        it took, with the balance after the last. Sums are those of the rows."""
        found: list[Line] = []
        for line in self.lines:
            if found and _is_more_of(found[-1], line):
                found[-1] = _together(found[-1], line)
            else:
                found.append(line)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Promise:
    """A hold that is still open: minutes that may yet leave (below zero) or come (above)."""

    seq: int
    at: datetime
    other: int
    minutes: int
    key: str
    group: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """An account's whole history up to a moment."""

    account: int
    months: tuple[Month, ...]
    balance: int
    promised: int
    promises: tuple[Promise, ...]

    def month(self, year: int, month: int) -> Month:
        """One month of it; one in which nothing moved is empty, at the balance of its time."""
        before = 0
        for each in self.months:
            if (each.year, each.month) == (year, month):
                return each
            if (each.year, each.month) < (year, month):
                before = each.closing
        return Month(year, month, before, 0, 0, before, ())


def statement(account: int, entries: Iterable[Entry], zone: tzinfo) -> Statement:
    """The statement of one account from all its rows; months are those of the place's clock.

    Rows of other accounts may be among them. ``promised``: minutes that are held in it.
    """
    rows = sorted((e for e in entries if account in (e.debit, e.credit)), key=lambda e: e.seq)
    lines = tuple(_lines(account, rows))
    promises = _promises(account, rows)
    return Statement(
        account=account,
        months=tuple(_months(lines, zone)),
        balance=lines[-1].balance if lines else 0,
        promised=-sum(promise.minutes for promise in promises if promise.minutes < 0),
        promises=promises,
    )


def _lines(account: int, rows: Iterable[Entry]) -> Iterator[Line]:
    balance = 0
    for entry in rows:
        if entry.moved:
            out = entry.debit == account
            minutes = -entry.moved if out else entry.moved
            balance += minutes
            yield Line(
                seq=entry.seq,
                at=entry.at,
                code=f"{entry.reason}_{'out' if out else 'in'}",
                other=entry.credit if out else entry.debit,
                minutes=minutes,
                balance=balance,
                key=entry.key,
                group=entry.group,
                reverses=entry.reverses,
            )


def _is_more_of(before: Line, line: Line) -> bool:
    """Whether a row is the rest of the help, or of somebody's part, that the one before is of."""
    alike = before.code in (line.code, SHARED_IN.get(line.code))
    if line.group is None or (before.group, before.at) != (line.group, line.at) or not alike:
        return False
    return line.code in _ONE_HELP or is_pot_part(before.key, line.key)


def _together(before: Line, line: Line) -> Line:
    shared = before.code if line.other == before.other else SHARED_IN.get(line.code, before.code)
    return replace(
        before, code=shared, minutes=before.minutes + line.minutes, balance=line.balance,
        more=(*before.more, line.seq),
    )  # fmt: skip


def _months(lines: tuple[Line, ...], zone: tzinfo) -> Iterator[Month]:
    """Lines stay in the order of their rows: a clock that was set back opens no second month."""
    last = (0, 0)
    dated: list[tuple[tuple[int, int], Line]] = []
    for line in lines:
        local = line.at.astimezone(zone)
        last = max(last, (local.year, local.month))
        dated.append((last, line))
    for (year, month), group in groupby(dated, key=lambda pair: pair[0]):
        own = tuple(line for _, line in group)
        came = sum(line.minutes for line in own if line.minutes > 0)
        went = -sum(line.minutes for line in own if line.minutes < 0)
        opening = own[0].balance - own[0].minutes
        yield Month(year, month, opening, came, went, own[-1].balance, own)


def _promises(account: int, rows: Iterable[Entry]) -> tuple[Promise, ...]:
    still: dict[str, Promise] = {}
    for entry in rows:
        if entry.phase == Phase.HOLD:
            out = entry.debit == account
            other, minutes = (entry.credit, -entry.minutes) if out else (entry.debit, entry.minutes)
            still[entry.key] = Promise(entry.seq, entry.at, other, minutes, entry.key, entry.group)
        elif entry.hold is not None:
            still.pop(entry.hold, None)
    return tuple(still.values())
