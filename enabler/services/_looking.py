"""Before somebody at the desk is shown a person whom they chose to look up they say why. The reason
holds for a while, and stands with each sight of that time on the person's own page."""

from datetime import datetime

from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.looks import HOLDS
from enabler.domain.members import Member
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._hidden import knows


def find_known(uow: UnitOfWork, actor: Actor, typed: str) -> Member:
    """Whoever has this number or reference in the actor's place. Raises Invalid("who",
    person_unknown), also of somebody hidden of whom the actor may not know."""
    found = _by_number(uow, actor.place_id or 0, typed)
    if found is None:
        try:
            found = uow.homes.member_by_ref(actor.place_id, typed)
        except NotFound:
            raise Invalid("who", "person_unknown") from None
    if not knows(uow, actor, found.id):
        raise Invalid("who", "person_unknown")
    return found


def ref_known(uow: UnitOfWork, actor: Actor, typed: str) -> str:
    """The ref of whoever has this number in the actor's place; else what was typed."""
    found = _by_number(uow, actor.place_id or 0, typed)
    return typed if found is None else found.ref


def look_up(
    uow: UnitOfWork, actor: Actor, typed: str, why: tuple[str, str | None], now: datetime
) -> Member:
    """Find whoever has this number or reference, for this reason. Raises as ``find_known``."""
    found = find_known(uow, actor, typed)
    begin_look(uow, actor, found, why, now)
    return found


def begin_look(
    uow: UnitOfWork, actor: Actor, member: Member, why: tuple[str, str | None], now: datetime
) -> None:
    """The actor looks this member up, for this reason (``domain.looks.checked_reason``)."""
    if actor.member_id is None:
        return
    reason, words = why
    uow.looks.begin(
        member.place_id, actor.member_id, member.id, reason=reason, words=words, now=now,
        until=now + HOLDS,
    )  # fmt: skip


def require_reason(uow: UnitOfWork, actor: Actor, member: Member, now: datetime) -> None:
    """Raises WrongMoment("look_reason_missing") unless the actor has said why within the half hour.
    Of oneself nothing is asked; the command line is named as such on the member's page."""
    if actor.member_id is None or actor.member_id == member.id:
        return
    if uow.looks.standing(actor.member_id, member.id, now) is None:
        raise WrongMoment("look_reason_missing")


def _by_number(uow: UnitOfWork, place_id: int, typed: str) -> Member | None:
    try:
        number = PhoneNumber.parse(typed).e164
    except Invalid:
        return None
    return uow.members.by_contact(place_id, "phone", number)
