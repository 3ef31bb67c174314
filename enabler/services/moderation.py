"""The custodians' desk: what is held is let through or refused, checks are recorded."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import CredentialKind
from enabler.domain.words import checked_words, optional_words
from enabler.persistence.credentials import Holder
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _decisions
from enabler.services._desk import desk_view
from enabler.services._ground import Ground, ground
from enabler.services._hidden import require_known
from enabler.services._once import once
from enabler.services._organisation_decisions import on_organisation
from enabler.services._subjects import place_of
from enabler.services.views import DeskView

LONGEST_VALIDITY = timedelta(days=10 * 366)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about: need, offer, member, organisation or report; its state now."""

    kind: str
    ref: str
    state: str


def desk(*, actor: Actor, now: datetime) -> DeskView:
    """What waits for a custodian of the actor's place. Raises NotAllowed."""
    require(actor, Action.SEE_DESK, Subject(actor.place_id))
    if actor.place_id is None:
        raise NotFound("place_unknown")
    with reading() as uow:
        return desk_view(uow, actor, ground(uow, actor.place_id, now))


def approve(
    *, actor: Actor, ref: str, words: str | None = None, key: str, now: datetime
) -> Decided:
    """Let a held need, offer or organisation through; its author is told, and a need asks its
    first helpers.

    Raises NotFound, NotAllowed (also for one's own), WrongMoment, Invalid, KeyReused.
    """
    return _decide(actor, ref, optional_words("words", words), key, now, approving=True)


def refuse(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> Decided:
    """Refuse a held need, offer or organisation with a reason, which its author can read.

    Raises NotFound, NotAllowed (also for one's own), WrongMoment, Invalid, KeyReused.
    """
    return _decide(actor, ref, checked_words("words", words), key, now, approving=False)


def record_credential(
    *, actor: Actor, holder_ref: str, kind: CredentialKind, seen_on: date | datetime,
    valid_until: date | datetime, key: str, now: datetime,
) -> Decided:  # fmt: skip
    """Record a check that a custodian has seen, with its expiry (dates: whole local days).

    Raises NotFound, NotAllowed (also for one's own), Invalid("seen_on" or "valid_until"),
    KeyReused.
    """
    with unit_of_work() as uow:
        place_id, holder_kind, ref = _found(uow, actor, holder_ref)
        require(actor, Action.RECORD_CREDENTIAL, Subject(place_id))
        holder = _holder(uow, actor, place_id, holder_kind, ref)
        here = ground(uow, place_id, now)
        seen, until = _moments(seen_on, valid_until, here)
        once(
            uow, "moderation.record_credential", actor=actor, key=key, now=now,
            arguments={"holder": ref, "kind": kind.value, "seen": seen, "until": until},
            act=lambda: _decisions.record_credential(
                uow, actor, holder, ref, kind, (seen, until), here
            ),
            again=False,
        )  # fmt: skip
        uow.commit()
    return Decided(holder_kind, ref, "recorded")


def _decide(
    actor: Actor, ref: str, words: str | None, key: str, now: datetime, *, approving: bool
) -> Decided:
    with unit_of_work() as uow:
        place_id, kind, ref = _found(uow, actor, ref)
        require(actor, Action.MODERATE, Subject(place_id))
        here = ground(uow, place_id, now)
        result = once(
            uow, f"moderation.{'approve' if approving else 'refuse'}", actor=actor, key=key,
            arguments={"ref": ref, "words": words}, now=now,
            act=lambda: _on_kind(uow, actor, kind, ref, words, here, approving=approving),
        )  # fmt: skip
        uow.commit()
    return Decided(kind, ref, result["state"])


def _on_kind(
    uow: UnitOfWork, actor: Actor, kind: str, ref: str, words: str | None, here: Ground, *,
    approving: bool,
) -> dict[str, Any]:  # fmt: skip
    if kind == "need":
        need = uow.needs.lock(uow.needs.by_ref(here.place.id, ref).id)
        return _decisions.on_need(uow, actor, need, words, here, approving=approving)
    if kind == "offer":
        offer = uow.offers.lock(uow.offers.by_ref(here.place.id, ref).id)
        return _decisions.on_offer(uow, actor, offer, words, here, approving=approving)
    if kind == "organisation":
        known = uow.organisations.lock(uow.organisations.by_ref(here.place.id, ref).id)
        return on_organisation(uow, actor, known, words, here, approving=approving)
    raise NotFound("ref_unknown")


def _found(uow: UnitOfWork, actor: Actor, text: str) -> tuple[int, str, str]:
    """The place, the kind and the ref, as we write it, of what somebody typed."""
    place_id = place_of(actor) or uow.refs.place_of(text)
    known = uow.refs.kind_of(place_id, text) if place_id is not None else None
    if place_id is None or known is None:
        raise NotFound("ref_unknown")
    return place_id, *known


def _holder(uow: UnitOfWork, actor: Actor, place_id: int, kind: str, ref: str) -> Holder:
    if kind == "organisation":
        organisation = uow.organisations.by_ref(place_id, ref)
        if organisation.id in actor.organisations():
            raise NotAllowed("own_case")
        return None, organisation.id
    if kind != "member":
        raise NotFound("member_unknown")
    member = require_known(uow, actor, uow.homes.member_by_ref(place_id, ref))
    if member.id == actor.member_id:
        raise NotAllowed("own_case")
    return member.id, None


def _moments(
    seen_on: date | datetime, valid_until: date | datetime, here: Ground
) -> tuple[datetime, datetime]:
    seen = _moment(seen_on, here, at_end=False)
    until = _moment(valid_until, here, at_end=True)
    if seen > here.now:
        raise Invalid("seen_on", "date_in_the_future")
    if until <= here.now:
        raise Invalid("valid_until", "credential_expired")
    if until > here.now + LONGEST_VALIDITY:
        raise Invalid("valid_until", "date_too_far_ahead")
    return seen, until


def _moment(day: date | datetime, here: Ground, *, at_end: bool) -> datetime:
    """A day's beginning, or its end, in the place's own time; a moment is itself."""
    if isinstance(day, datetime):
        return day
    first = day + timedelta(days=1) if at_end else day
    return datetime.combine(first, time(), ZoneInfo(here.place.timezone)).astimezone(UTC)
