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

AT_A_TIME = 500
"""Rows of one block, whose accounts are opened ahead in one transaction."""
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
    """Post every row, and the same rows bare into a plain table, one commit each: by turns, block
    by block, so that a machine that is slower for a while is so for both.

    ``clock`` counts seconds. Safe to run again: the key of a row is ``replay:<seq>``. Raises
    NotAllowed.
    """
    require(actor, Action.RUN_JOBS)
    known = _begin(now)
    counts: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    took = bare_took = 0.0
    with bare_table():
        for start in range(0, len(rows), AT_A_TIME):
            block, before, began = rows[start : start + AT_A_TIME], counts.total(), clock()
            _post_block(block, known, counts, refused, now)
            took += clock() - began
            progress("replay", start + len(block), len(rows))
            began = clock()
            _post_bare(range(before, counts.total()), now)
            bare_took += clock() - began
    sound = _is_conserved(known.place)
    # What was refused cost next to nothing.
    rates = (counts.total() / max(each, 1e-9) for each in (took, bare_took))
    return Replayed(counts["posted"], refused, counts["already"], sound, *rates)


def _post_block(
    rows: Sequence[ReplayRow], known: _Known, counts: Counter[str], refused: Counter[str],
    now: datetime,
) -> None:  # fmt: skip
    _open_accounts(rows, known)
    for row in rows:
        try:
            counts["posted" if _post_row(row, known, now) else "already"] += 1
        except EnablerError as error:
            refused[error.code] += 1


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


def _post_bare(numbers: range, now: datetime) -> None:
    """As many rows into the plain table."""
    for number in numbers:
        bare_insert({"seq": number, "at": now.isoformat(), "debit": 1, "credit": 2, "minutes": 60})
