"""Whom people at a desk mean: who is to act, and for whom, where they have no phone."""

from datetime import datetime

from enabler.domain.contact import Postcode
from enabler.domain.errors import Invalid, NotFound
from enabler.domain.members import Member, Organisation
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._hidden import knows
from enabler.services._mandates import Supporter
from enabler.services._reading_contacts import read_to


def found_supporter(
    uow: UnitOfWork, actor: Actor, typed: str, desk: Organisation | None, now: datetime
) -> Supporter:
    """Who is to act: the organisation whose desk it is; else whoever has this exact number, mail
    address or reference, or the organisation of that reference. Raises Invalid("helper", …)."""
    if desk is not None:
        return Supporter(organisation=desk)
    if not typed.strip():
        raise Invalid("helper", "to_missing")
    found = _member(uow, actor, typed)
    if found is not None:
        _log(uow, actor, found, now)
        return Supporter(member=found)
    try:
        return Supporter(organisation=uow.organisations.by_ref(actor.place_id, typed))
    except NotFound:
        raise Invalid("helper", "person_unknown") from None


def _member(uow: UnitOfWork, actor: Actor, typed: str) -> Member | None:
    try:
        found = uow.members.by_contact(actor.place_id or 0, *read_to(typed))
    except Invalid:
        found = None
    if found is None:
        try:
            found = uow.homes.member_by_ref(actor.place_id, typed)
        except NotFound:
            return None
    return found if knows(uow, actor, found.id) else None


def found_person(uow: UnitOfWork, actor: Actor, name: str, postcode: str, now: datetime) -> Member:
    """Whoever has exactly this name in full and lives at exactly this postcode, if it is one alone.

    A wrong look-up says nothing of who there is. Raises Invalid("name", person_unknown).
    """
    text = Postcode.parse(postcode).text
    found = [
        one for one in uow.members.living_at(actor.place_id or 0, text)
        if _same(one.name, name) and knows(uow, actor, one.id)
    ]  # fmt: skip
    if len(found) != 1:
        raise Invalid("name", "person_unknown")
    _log(uow, actor, found[0], now)
    return found[0]


def _same(kept: str, typed: str) -> bool:
    return kept.casefold().split() == typed.casefold().split()


def _log(uow: UnitOfWork, actor: Actor, member: Member, now: datetime) -> None:
    uow.sights.log(
        actor, member.id, ("name",), place_id=member.place_id, why="mandate", now=now,
        subject_ref=member.ref,
    )  # fmt: skip
