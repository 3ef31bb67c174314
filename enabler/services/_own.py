"""The member who acts for themself."""

from enabler.domain.errors import NotAllowed
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.persistence.unit_of_work import UnitOfWork


def own(uow: UnitOfWork, actor: Actor, action: Action) -> Member:
    """The member whom the actor is. Raises NotAllowed."""
    require(actor, action, Subject(actor.place_id, owner_id=actor.member_id))
    if actor.member_id is None:
        raise NotAllowed(action=action.value)
    return uow.homes.member(actor.member_id)
