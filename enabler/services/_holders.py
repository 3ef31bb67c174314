"""Whose check it is: found by what was typed, never the actor's own."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.permissions import Actor
from enabler.persistence.credentials import Holder
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._hidden import knows, require_known
from enabler.services._subjects import place_of

LONGEST_VALIDITY = timedelta(days=10 * 366)


def found(uow: UnitOfWork, actor: Actor, text: str) -> tuple[int, str, str]:
    """The place, the kind and the ref, as we write it, of what somebody typed. Raises NotFound."""
    place_id = place_of(actor) or uow.refs.place_of(text)
    known = uow.refs.kind_of(place_id, text) if place_id is not None else None
    if place_id is None or known is None:
        raise NotFound("ref_unknown")
    return place_id, *known


def holder(uow: UnitOfWork, actor: Actor, place_id: int, kind: str, ref: str) -> Holder:
    """The ids of a holder who is not the actor themself, nor their organisation.

    Raises NotFound, NotAllowed("own_case").
    """
    if kind == "organisation":
        organisation = uow.organisations.by_ref(place_id, ref)
        return require_others(actor, (None, organisation.id))
    if kind != "member":
        raise NotFound("member_unknown")
    member = require_known(uow, actor, uow.homes.member_by_ref(place_id, ref))
    return require_others(actor, (member.id, None))


def require_seen(uow: UnitOfWork, actor: Actor, member_id: int | None) -> None:
    """Raises NotFound where it is somebody hidden of whom the actor may not know."""
    if not knows(uow, actor, member_id):
        raise NotFound("credential_unknown")


def require_others(actor: Actor, whose: Holder) -> Holder:
    """Raises NotAllowed("own_case") for the actor's own, or that of whom they act for."""
    if is_own(actor, whose):
        raise NotAllowed("own_case")
    return whose


def is_own(actor: Actor, whose: Holder) -> bool:
    """Whether it is the actor's own, or that of an organisation they act for."""
    member_id, organisation_id = whose
    if member_id is not None:
        return member_id == actor.member_id
    return organisation_id in actor.organisations()


def moments(
    seen_on: date | datetime, valid_until: date | datetime, here: Ground
) -> tuple[datetime, datetime]:
    """From when until when it counts. Raises Invalid("seen_on" or "valid_until")."""
    seen = moment(seen_on, here, at_end=False)
    until = moment(valid_until, here, at_end=True)
    if seen > here.now:
        raise Invalid("seen_on", "date_in_the_future")
    if until <= here.now:
        raise Invalid("valid_until", "credential_expired")
    if until > here.now + LONGEST_VALIDITY:
        raise Invalid("valid_until", "date_too_far_ahead")
    return seen, until


def moment(day: date | datetime, here: Ground, *, at_end: bool) -> datetime:
    """A day's beginning, or its end, in the place's own time; a moment is itself."""
    if isinstance(day, datetime):
        return day
    first = day + timedelta(days=1) if at_end else day
    return datetime.combine(first, time(), ZoneInfo(here.place.timezone)).astimezone(UTC)


def leads_of(uow: UnitOfWork, whose: Holder, now: datetime) -> list[int]:
    """Who hears of a holder's checks: the member, or those who lead the organisation."""
    member_id, organisation_id = whose
    if member_id is not None:
        return [member_id]
    return uow.organisations.leads(organisation_id, now) if organisation_id else []


def subject_of(
    uow: UnitOfWork, whose: Holder, ref: str | None = None
) -> tuple[str, int, str]:  # fmt: skip
    """The holder, as the audit names them."""
    member_id, organisation_id = whose
    if member_id is not None:
        return "member", member_id, ref or uow.homes.member(member_id).ref
    known = uow.organisations.by_id(organisation_id or 0)
    return "organisation", known.id, known.ref
