"""What nobody could pay, of a help or of a part of an event: a pot may pay it later, once."""

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from enabler.domain.errors import EnablerError, Invalid
from enabler.domain.hours import Pot
from enabler.persistence.help_hours import HelpHours
from enabler.persistence.hours_flags import Flag
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._help_hours import key_of
from enabler.timebank.accounts import Account
from enabler.timebank.events import group_of, paid_key
from enabler.timebank.transfers import Reason, Transfer


class _Note(Protocol):
    def __call__(self, *, by_pot: int, unpaid: int) -> object: ...


@dataclass(frozen=True, slots=True)
class Debt:
    """Minutes that somebody helped for and nobody paid; ``key``: under which they are paid."""

    earner: int
    minutes: int
    by_pot: int
    key: str
    group: str
    reason: Reason
    note: _Note


def debt_of(uow: UnitOfWork, flag: Flag, row: HelpHours | None) -> Debt | None:
    """What a flag says that nobody paid; ``row``: of the help that it is about, if it is a help."""
    if flag.kind != "unpaid":
        return None
    if row is not None:
        return _of_help(uow, row)
    return _of_event(uow, flag) if "side" in flag.facts else None


def _of_help(uow: UnitOfWork, row: HelpHours) -> Debt | None:
    if not row.unpaid or row.helper_id is None:
        return None
    group = key_of(uow.matches.by_id(row.match_id))
    return Debt(
        row.helper_id, row.unpaid, row.by_pot, f"{group}:paid", group, Reason.HELP,
        partial(uow.help_hours.change, row.match_id),
    )  # fmt: skip


def _of_event(uow: UnitOfWork, flag: Flag) -> Debt | None:
    event = uow.hours_events.by_ref(flag.place_id, flag.facts["event"])
    nth = flag.facts["side"]
    side = next((each for each in uow.hours_events.sides(event.id) if each.nth == nth), None)
    if side is None or not side.unpaid:
        return None
    reason = Reason.EVENT if event.category is None else Reason.HELP
    return Debt(
        side.earner_id, side.unpaid, side.by_pot, paid_key(event.ref, nth), group_of(event.ref),
        reason, partial(uow.hours_events.change, event.id, [nth]),
    )  # fmt: skip


def able_pots(uow: UnitOfWork, debt: Debt | None, here: Ground) -> list[tuple[Pot, Account]]:
    """The pots that could pay all of it; none where whoever helped has left or is of another
    place, or where what was paid of it was undone: then it was no such help."""
    if debt is None:
        return []
    earner = uow.ledger.account(debt.earner)
    if earner.closed or earner.place != here.place.id or _is_undone(uow, debt):
        return []
    pots = [pot for pot in uow.purses.pots(here.place.id) if pot.pays]
    accounts = uow.ledger.accounts(pot.account for pot in pots)
    return [
        (pot, accounts[pot.account]) for pot in pots
        if not accounts[pot.account].closed and accounts[pot.account].can_pay(debt.minutes)
    ]  # fmt: skip


def _is_undone(uow: UnitOfWork, debt: Debt) -> bool:
    stem = debt.key.removesuffix(":paid")
    moved = [
        each.key for each in uow.ledger.of_group(debt.group)
        if each.moved and (each.key == stem or each.key.startswith(f"{stem}:"))
    ]  # fmt: skip
    return bool(uow.ledger.ended(moved))


def pay(uow: UnitOfWork, debt: Debt, pot: Pot | None, here: Ground) -> None:
    """A pot pays what nobody had: one more transfer of the same group, once. Raises Invalid."""
    if pot is None:
        raise Invalid("pot", "pot_cannot_pay")
    uow.ledger.lock(pot.account, debt.earner)
    paid = Transfer(
        debt.key, here.place.id, pot.account, debt.earner, debt.minutes, debt.reason,
        group=debt.group,
    )  # fmt: skip
    try:
        uow.ledger.post(paid, here.now)
    except EnablerError as refused:
        raise Invalid("pot", refused.code, **refused.facts) from refused
    debt.note(by_pot=debt.by_pot + debt.minutes, unpaid=0)
