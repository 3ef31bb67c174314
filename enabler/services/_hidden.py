"""Who may know who a hidden member is: the leads of their place, the staff who are named, and in a
match the other side once a lead has introduced them. To all others there is nobody of that ref."""

from enabler.domain.errors import NotFound
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.persistence.unit_of_work import UnitOfWork


def knows(uow: UnitOfWork, actor: Actor, member_id: int | None) -> bool:
    """Whether the actor may know who this is; of whoever is not hidden nothing is said here."""
    if member_id is None or member_id == actor.member_id:
        return True
    hidden = uow.hidden.of(member_id)
    if hidden is None or actor.member_id in hidden.readers:
        return True
    return allowed(actor, Action.HIDE_MEMBER, Subject(hidden.place_id))


def knows_in_match(uow: UnitOfWork, actor: Actor, match_id: int, member_id: int | None) -> bool:
    """The same for one side of a match of the other. Where both are hidden, each is introduced to
    the other by themselves."""
    return knows(uow, actor, member_id) or uow.hidden.introduced(match_id) == member_id


def require_known(uow: UnitOfWork, actor: Actor, member: Member) -> Member:
    """The member, where the actor may know of them. Raises NotFound, as for a ref that nobody
    has."""
    if not knows(uow, actor, member.id):
        raise NotFound("member_unknown")
    return member
