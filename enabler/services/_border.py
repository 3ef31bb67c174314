"""Hours between two places: the accounts that each has for the other, and the limit each way.

Clearing accounts are opened before any account is locked: whoever opens one waits for others that
do, and must hold nothing then that they could wait for.
"""

from collections.abc import Mapping

from enabler.persistence.help_hours import HelpHours
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.timebank.accounts import Account
from enabler.timebank.borders import OUT, Border, twin_of
from enabler.timebank.limits import nearest_floor
from enabler.timebank.transfers import Entry


def border_of(uow: UnitOfWork, asking_place: int, helping_place: int) -> Border | None:
    """The accounts of two places for each other, opened when they are first needed and not
    locked; None inside one place."""
    if asking_place == helping_place:
        return None
    pair = (asking_place, helping_place)
    opened = {
        one: uow.purses.clearing(one, other) for one, other in sorted((pair, pair[::-1]))
    }  # fmt: skip
    return Border(opened[asking_place], opened[helping_place])


def border_between(uow: UnitOfWork, payer: int, helper: int) -> Border | None:
    """The border between two accounts."""
    places = {each.number: each.place for each in uow.ledger.accounts((payer, helper)).values()}
    return border_of(uow, places[payer], places[helper])


def numbers_of(border: Border | None) -> tuple[int, ...]:
    """The accounts to lock beside the two sides'."""
    return () if border is None else (border.out.number, border.into.number)


def as_locked(
    uow: UnitOfWork, border: Border | None, accounts: Mapping[int, Account]
) -> Border | None:
    """The border as it stands under the lock, with the limit that is agreed; where more than that
    lies over it already, no more comes."""
    if border is None:
        return None
    return Border(
        accounts[border.out.number], limited(uow, accounts[border.into.number], border.out.place)
    )


def limited(uow: UnitOfWork, account: Account, other_id: int) -> Account:
    """A clearing account, locked, with the floor that its place and the other agreed."""
    limit = uow.agreements.may_owe(other_id, account.place)
    nearest = nearest_floor(account, -limit)
    return account if nearest == account.floor else uow.ledger.set_floor(account.number, nearest)


def holds_of(uow: UnitOfWork, row: HelpHours) -> tuple[Entry, ...]:
    """What was promised for a help: one row, both halves over a border, or none."""
    if row.hold is None:
        return ()
    keys = (row.hold, twin_of(row.hold)) if row.hold.endswith(OUT) else (row.hold,)
    found = uow.ledger.by_keys(keys)
    return tuple(found[key] for key in keys)
