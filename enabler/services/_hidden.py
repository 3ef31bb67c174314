"""Who may know who a hidden member is: the leads of their place, the staff who are named, and in a
match the other side once a lead has introduced them. To all others there is nobody of that ref."""

from datetime import datetime

from enabler.domain.errors import NotFound
from enabler.domain.matches import Match
from enabler.domain.members import Member
from enabler.domain.needs import Need
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.vocabulary import Priority, Role
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._tell import tell


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
    return knows(uow, actor, member_id) or member_id in uow.hidden.introduced(match_id)


def tell_leads(uow: UnitOfWork, match: Match, need: Need, now: datetime) -> None:
    """Help is agreed with somebody hidden: unless a lead brings the two together nobody comes."""
    asker_id = need.asker_id if need.organisation_id is None else None
    sides = {one for one in (asker_id, match.helper_id) if one is not None}
    hidden = [found for one in sorted(sides) if (found := uow.hidden.of(one)) is not None]
    for place_id in sorted({one.place_id for one in hidden}):
        for hand in uow.staff.at_desk(place_id, now):
            if hand.role is Role.SAFEGUARDING_LEAD and hand.member_id not in sides:
                tell(
                    uow, place_id=place_id, member_id=hand.member_id, template="hidden_met_staff",
                    parameters={"match": match.ref}, priority=Priority.SAFETY, now=now,
                    by_mail=True,
                    dedupe_key=f"hidden_met_staff:{match.ref}:{match.helper_id}:{hand.member_id}",
                )  # fmt: skip


def those_unknown(uow: UnitOfWork, actor: Actor, place_id: int) -> frozenset[int]:
    """Everybody hidden in a place of whom the actor may not know: they stand on none of the
    actor's lists."""
    if allowed(actor, Action.HIDE_MEMBER, Subject(place_id)):
        return frozenset()
    return frozenset(
        one.member_id for one in uow.hidden.all(place_id)
        if actor.member_id != one.member_id and actor.member_id not in one.readers
    )  # fmt: skip


def require_known(uow: UnitOfWork, actor: Actor, member: Member) -> Member:
    """The member, where the actor may know of them. Raises NotFound, as for a ref that nobody
    has."""
    if not knows(uow, actor, member.id):
        raise NotFound("member_unknown")
    return member
