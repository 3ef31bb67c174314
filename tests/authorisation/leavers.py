"""Everybody of the world has had half an hour more than they gave, and wants to leave."""

from enabler.persistence.unit_of_work import UnitOfWork
from enabler.timebank.transfers import Reason, Transfer
from tests.authorisation.whose import Owner, Refs
from tests.builders import NOW


def leavers(uow: UnitOfWork, owner: Owner) -> Refs:
    """A member below zero who waits to leave, in a place whose pot can even it out."""
    member, place_id = owner.asker, owner.asker.place.id
    issue = uow.purses.issue(place_id).number
    account = uow.ledger.set_floor(uow.purses.for_member(place_id, member.id, 0).number, -300)
    moves = [Transfer(f"had:{member.ref}", place_id, account.number, issue, 30, Reason.GIVE)]
    if not uow.purses.pots(place_id):
        ref = uow.refs.new(place_id, "pot")
        pot = uow.purses.open_pot(place_id, ref=ref, now=NOW, kind="community", pays=True)
        moves += [Transfer(f"grant:{ref}", place_id, issue, pot.account, 9000, Reason.GRANT)]
    uow.ledger.post_all(moves, NOW)
    uow.purses.ask_to_leave(account, NOW)
    return {("leaving member", owner.name): member.ref}
