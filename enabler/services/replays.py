"""Another community's history through our ledger: each row in a commit of its own."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from enabler.domain.errors import EnablerError, Invalid
from enabler.domain.permissions import Action, Actor, require
from enabler.persistence.replays import bare_insert, bare_table
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.timebank.amounts import minutes_of
from enabler.timebank.checks import check
from enabler.timebank.transfers import Reason, Transfer

OPENED_AT_ONCE = 1_000
"""Rows of which the accounts are opened ahead, in one transaction."""
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ReplayRow:
    """A row of the file, as it stands there. ``amount`` is in minutes."""

    seq: str
    payer: str
    payee: str
    amount: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the place of replays: grows as rows are posted, so that it is asked once."""

    place: int
    accounts: dict[str, int]
    keys: set[str]


@dataclass(frozen=True, slots=True)
class Replayed:
    """How a replay went. ``refused`` counts by code; rates are rows a second."""

    posted: int
    refused: Counter[str]
    already: int
    conserved: bool
    rate: float
    bare: float


def replay(
    *, actor: Actor, rows: Sequence[ReplayRow], now: datetime, clock: Callable[[], float],
    progress: Told,
) -> Replayed:  # fmt: skip
    """Post every row, and the same rows bare into a plain table, one commit each.

    ``clock`` counts seconds. Safe to run again: the key of a row is ``replay:<seq>``. Raises
    NotAllowed.
    """
    require(actor, Action.RUN_JOBS)
    known = _begin(now)
    counts: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    began = clock()
    for number, row in enumerate(rows):
        if number % OPENED_AT_ONCE == 0:
            _open_accounts(rows[number : number + OPENED_AT_ONCE], known)
        try:
            fresh = _post_row(row, known, now)
            counts["posted" if fresh else "already"] += 1
        except EnablerError as error:
            refused[error.code] += 1
        progress("replay", number + 1, len(rows))
    took = clock() - began
    bare = _bare(sum(counts.values()), now, clock, progress)
    sound = _is_conserved(known.place)
    rate = counts.total() / max(took, 1e-9)  # refused rows cost next to nothing
    return Replayed(counts["posted"], refused, counts["already"], sound, rate, bare)


def _begin(now: datetime) -> _Known:
    """The place of replays, made where there is none yet, and what it has."""
    with unit_of_work() as uow:
        place = uow.replays.place(now)
        known = _Known(place, uow.replays.accounts(), uow.replays.keys(place))
        uow.commit()
    return known


def _open_accounts(rows: Sequence[ReplayRow], known: _Known) -> None:
    """The accounts that these rows name for the first time."""
    names = {name for row in rows for name in (row.payer, row.payee)} - known.accounts.keys()
    if not names:
        return
    with unit_of_work() as uow:
        uow.purses.wait_for_pots(known.place)
        opened = uow.replays.opened(known.place, sorted(names))
        uow.commit()
    known.accounts.update(opened)


def _post_row(row: ReplayRow, known: _Known, now: datetime) -> bool:
    """One row of the file as a transfer between accounts that are open; whether it is new.

    Raises Invalid (amounts that are no minutes, to_oneself), KeyReused.
    """
    key, minutes = f"replay:{row.seq}", minutes_of(row.amount)
    if row.payer == row.payee:
        raise Invalid("to_account", "to_oneself")
    debit, credit = known.accounts[row.payer], known.accounts[row.payee]
    with unit_of_work() as uow:
        uow.ledger.post(Transfer(key, known.place, debit, credit, minutes, Reason.REPLAY), now)
        uow.commit()
    fresh = key not in known.keys
    known.keys.add(key)
    return fresh


def _is_conserved(place_id: int) -> bool:
    """Whether the ledger of the place adds up to nothing, and is as its rows say."""
    with reading() as uow:
        accounts, entries = (
            uow.ledger.all_accounts(place_id),
            uow.ledger.all_entries(place_id=place_id),
        )
        return not check(accounts, entries)


def _bare(count: int, now: datetime, clock: Callable[[], float], progress: Told) -> float:
    """Rows a second of plain inserts."""
    with bare_table():
        began = clock()
        for number in range(count):
            bare_insert({"seq": number, "at": now.isoformat(), "debit": 1, "credit": 2,
                         "minutes": 60})  # fmt: skip
            progress("bare", number + 1, count)
        return count / max(clock() - began, 1e-9)
