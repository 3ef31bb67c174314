"""Checks over a whole ledger: what is stored against what its rows say, as findings."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from enabler.timebank.accounts import Account, AccountKind
from enabler.timebank.borders import stem_of
from enabler.timebank.transfers import Entry, Phase, Reason, most_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that must not be. ``code`` names it, with the account or row it is of.

    ``found`` and ``expected`` are minutes, or counts, where the code compares two.
    """

    code: str
    place: int | None = None
    account: int | None = None
    seq: int | None = None
    found: int | None = None
    expected: int | None = None


def check(
    accounts: Iterable[Account], entries: Iterable[Entry],
    mirrors: Iterable[tuple[int, int]] = (),
) -> tuple[Finding, ...]:  # fmt: skip
    """All findings over a ledger, accounts first; an empty answer is a ledger in order.

    ``mirrors``: the two clearing accounts of each two places that have some for each other.

    Takes time in proportion to its rows, and holds them all: a year of a large place is some
    hundred megabytes. Rows may come in any order.
    """
    kept, rows = list(accounts), sorted(entries, key=lambda entry: entry.seq)
    return (
        *_accounts(kept, rows),
        *_rows(kept, rows),
        *_ends(rows),
        *_borders(rows),
        *_mirrors(kept, mirrors),
    )


def _accounts(accounts: Sequence[Account], rows: Sequence[Entry]) -> Iterator[Finding]:
    posted, held, applied = _recomputed(rows)
    sums: dict[int, int] = defaultdict(int)
    for account in sorted(accounts, key=lambda each: each.number):
        place, number = account.place, account.number
        sums[place] += account.posted
        for code, found, expected in (
            ("posted_differs", account.posted, posted[number]),
            ("held_differs", account.held, held[number]),
            ("applied_differs", account.applied, applied[number]),
        ):
            if found != expected:
                yield Finding(code, place, number, found=found, expected=expected)
        yield from _alone(account)
    for place, total in sorted(sums.items()):
        if total:
            yield Finding("sum_not_zero", place, found=total, expected=0)


def _alone(account: Account) -> Iterator[Finding]:
    """What an account alone shows to be wrong."""
    place, number, floor = account.place, account.number, account.floor
    if floor is not None and account.available < floor:
        yield Finding("floor_broken", place, number, found=account.available, expected=floor)
    if floor is not None and account.kind == AccountKind.ISSUE:
        yield Finding("issue_has_floor", place, number, found=floor)
    if account.closed and (account.posted or account.held):
        yield Finding("closed_not_empty", place, number, found=account.posted, expected=0)


def _recomputed(rows: Sequence[Entry]) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
    """What the rows alone make of each account: posted, held, the last row that touched it."""
    posted: dict[int, int] = defaultdict(int)
    held: dict[int, int] = defaultdict(int)
    applied: dict[int, int] = defaultdict(int)
    open_holds: dict[str, int] = {}
    for entry in rows:
        posted[entry.debit] -= entry.moved
        posted[entry.credit] += entry.moved
        if entry.phase == Phase.HOLD:
            open_holds[entry.key] = entry.minutes
            held[entry.debit] += entry.minutes
        elif entry.hold is not None:
            held[entry.debit] -= open_holds.pop(entry.hold, 0)
        applied[entry.debit] = applied[entry.credit] = entry.seq
    return posted, held, applied


def _rows(accounts: Sequence[Account], rows: Sequence[Entry]) -> Iterator[Finding]:
    places = {account.number: account.place for account in accounts}
    keys = Counter(entry.key for entry in rows)
    seqs = Counter(entry.seq for entry in rows)
    for entry in rows:
        for code, wrong in (
            ("key_not_once", keys[entry.key] > 1),
            ("seq_not_once", seqs[entry.seq] > 1),
            ("account_unknown", not {entry.debit, entry.credit} <= places.keys()),
            ("place_differs", _strays(entry, places)),
            ("to_oneself", entry.debit == entry.credit),
            ("minutes_wrong", not _fit(entry)),
            ("hold_wrongly_named", (entry.hold is None) == (entry.phase in ("post", "void"))),
            ("reversal_wrongly_named", (entry.reverses is None) == (entry.reason == "reversal")),
        ):
            if wrong:
                yield Finding(code, entry.place, seq=entry.seq, found=entry.minutes)


def _strays(entry: Entry, places: dict[int, int]) -> bool:
    """Whether an account of a row belongs to another place than the row."""
    return any(places.get(n, entry.place) != entry.place for n in (entry.debit, entry.credit))


def _fit(entry: Entry) -> bool:
    """Whether a row's minutes are whole, positive, and not too many for its reason."""
    whole = isinstance(entry.minutes, int) and not isinstance(entry.minutes, bool)
    return whole and 1 <= entry.minutes <= most_of(entry.reason)


def _borders(rows: Sequence[Entry]) -> Iterator[Finding]:
    """A movement between places is two rows alike, one in each, undone together or not at all; or
    it is neither."""
    undone = {entry.reverses for entry in rows if entry.reverses}
    crossings: dict[str, list[Entry]] = defaultdict(list)
    for entry in rows:
        if entry.reason == Reason.BORDER:
            crossings[stem_of(entry.key)].append(entry)
    for halves in crossings.values():
        if len(halves) != 2 or not _alike(halves[0], halves[1], undone):
            yield Finding("border_not_paired", halves[0].place, seq=halves[0].seq)


def _alike(one: Entry, other: Entry, undone: Collection[str | None]) -> bool:
    """Whether two rows are the two halves of one movement."""
    same = all(
        getattr(one, name) == getattr(other, name) for name in ("minutes", "phase", "group")
    ) and stem_of(one.hold or "") == stem_of(other.hold or "")
    return same and one.place != other.place and (one.key in undone) == (other.key in undone)


def _mirrors(accounts: Sequence[Account], pairs: Iterable[tuple[int, int]]) -> Iterator[Finding]:
    """What one place's account for another says, the other's for it says the other way round."""
    posted = {account.number: account.posted for account in accounts}
    for one, other in pairs:
        if posted.get(one, 0) + posted.get(other, 0):
            found, expected = posted.get(one, 0), -posted.get(other, 0)
            yield Finding("border_not_mirrored", account=one, found=found, expected=expected)


def _ends(rows: Sequence[Entry]) -> Iterator[Finding]:
    """What is wrong with rows that end a hold or undo a transfer."""
    earlier: dict[str, Entry] = {}
    ended: set[str] = set()
    for entry in rows:
        name = entry.hold or entry.reverses
        if name is not None:
            code = _end_wrong(entry, earlier.get(name))
            if code is None and name in ended:
                code = "hold_ended_twice" if entry.hold else "reversed_twice"
            if code:
                yield Finding(code, entry.place, seq=entry.seq, found=entry.minutes)
            ended.add(name)
        earlier.setdefault(entry.key, entry)


def _end_wrong(entry: Entry, first: Entry | None) -> str | None:
    if entry.hold:
        if first is None or first.phase != Phase.HOLD:
            return "hold_unknown"
        if (first.debit, first.credit, first.reason) != (entry.debit, entry.credit, entry.reason):
            return "hold_differs"
        void = entry.phase == Phase.VOID
        wrong = entry.minutes != first.minutes if void else entry.minutes > first.minutes
        return "hold_exceeded" if wrong else None
    if first is None:
        return "reversed_unknown"
    if not first.moved or first.reason == Reason.REVERSAL:
        return "not_reversible"
    mirrored = (first.credit, first.debit, first.minutes)
    same = mirrored == (entry.debit, entry.credit, entry.minutes)
    return None if same else "reversal_differs"
