"""Whom people at a desk mean: who is to act, and for whom, where they have no phone; and who gets
an account there and then."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain import consents
from enabler.domain.contact import Postcode
from enabler.domain.errors import Invalid, NotFound
from enabler.domain.members import Member, Organisation
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._denying import check_member
from enabler.services._hidden import knows
from enabler.services._joining import Newcomer, join
from enabler.services._joining import newcomer as newcomer_of
from enabler.services._mandates import Supporter
from enabler.services._reading_contacts import read_to
from enabler.services.ports import Secrets


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has no account yet, as they say it at the desk. ``agreed``: what signing up
    means was read out to them, and they said yes."""

    name: str
    postcode: str
    address: str
    adult: bool
    agreed: bool


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


def found_person(
    uow: UnitOfWork, actor: Actor, name: str, postcode: str, now: datetime, *, new: bool = False
) -> Member | None:
    """Whoever has exactly this name in full and lives at exactly this postcode, if it is one alone.

    A wrong look-up says nothing of who there is. ``new``: None for nobody. Raises Invalid("name",
    name_person_unknown).
    """
    text = Postcode.parse(postcode).text
    found = [
        one for one in uow.members.living_at(actor.place_id or 0, text)
        if _same(one.name, name) and knows(uow, actor, one.id)
    ]  # fmt: skip
    if new and not found:
        return None
    if len(found) != 1:
        raise Invalid("name", "name_person_unknown")
    _log(uow, actor, found[0], now)
    return found[0]


def _same(kept: str, typed: str) -> bool:
    return kept.casefold().split() == typed.casefold().split()


def _log(uow: UnitOfWork, actor: Actor, member: Member, now: datetime) -> None:
    uow.sights.log(
        actor, member.id, ("name",), place_id=member.place_id, why="mandate", now=now,
        subject_ref=member.ref,
    )  # fmt: skip


def newcomer_at_desk(person: Person, language: str) -> Newcomer:
    """What somebody without an account said at the desk. Raises Invalid ("name", "address",
    "adult", "agreed")."""
    read = newcomer_of(
        name=person.name, shown=None, language=language, adult=person.adult,
        postcode=person.postcode, address=person.address,
    )  # fmt: skip
    if not person.adult:
        raise Invalid("adult", "adult_unasked")
    if not person.agreed:
        raise Invalid("agreed", "agreed_unasked")
    return read


def sign_up_at_desk(
    uow: UnitOfWork, actor: Actor, contact: tuple[str, str] | None, newcomer: Newcomer | None,
    secrets: Secrets, now: datetime,
) -> Member:  # fmt: skip
    """An account on the way. Its owner heard the words of signing up and said yes: by the code that
    they read out, where they have a number or address, or before witnesses. Raises Invalid
    ("name", "postcode")."""
    if newcomer is None:
        raise Invalid("name", "name_missing")
    place = uow.places.by_id(actor.place_id or 0)
    member = join(uow, actor, place, newcomer, now)
    if contact is not None:
        kind, value = contact
        uow.members.add_contact(place.id, member.id, kind=kind, value=value, verified_at=now)
    shown = consents.Shown(
        member.language, page=consents.SIGN_UP, how="desk", by=actor.person_id
    )  # fmt: skip
    uow.consents.give(place.id, member.id, consents.newest(consents.SIGN_UP), shown, now=now)
    check_member(uow, Actor.system("deny-list"), member.id, secrets, now)
    return member
