"""An organisation counts on a proof no more: the member's consent ends with it, and what was agreed
on its strength is looked at as when a check ends."""

from collections.abc import Iterable
from datetime import datetime

from enabler.domain.consents import NOT_KEPT, RELY
from enabler.domain.consents import OVER as CONSENT_OVER
from enabler.domain.members import Member
from enabler.domain.permissions import Actor
from enabler.domain.relied import OVER, TAKEN_BACK, Relied
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._consenting import end_consent
from enabler.services._lapsing import look_after
from enabler.services.views.relying import ReliedView


def end_relied(
    uow: UnitOfWork, actor: Actor, one: Relied, because: str, now: datetime, *, how: str = NOT_KEPT
) -> None:
    """End one that has not ended; ``how`` the member took their yes back, where they did."""
    if one.ended_at is not None:
        return
    uow.relied.end(one.id, because, now)
    member = uow.homes.member(one.member_id)
    consent = CONSENT_OVER if because == OVER else how
    end_consent(uow, actor, member, RELY, consent, now, about=one.ref)
    record_relied(uow, actor, one, f"proof.relied_{because}", now)
    if one.agreed_at is not None:
        look_after(uow, actor, (member.id, None), now)


def end_each(
    uow: UnitOfWork, actor: Actor, found: Iterable[Relied], because: str, now: datetime
) -> None:
    """End several, the oldest first."""
    for one in sorted(found, key=lambda each: each.id):
        end_relied(uow, actor, one, because, now)


def take_back_relied(
    uow: UnitOfWork, actor: Actor, member: Member, ref: str, how: str, now: datetime
) -> None:
    """The member does not let them count on it any more."""
    one = uow.relied.by_ref(ref, lock=True)
    if one.member_id == member.id:
        end_relied(uow, actor, one, TAKEN_BACK, now, how=how)


def relied_view(
    uow: UnitOfWork, one: Relied, now: datetime, *, name: str | None = None
) -> ReliedView:
    """One of them as it stands."""
    organisation = uow.organisations.by_id(one.organisation_id).name
    counts = bool(uow.relied.counting([one.id], now))
    return ReliedView(one.ref, organisation, one.kind, one.until_at, one.asked_at, one.state(now),
                      counts, name)  # fmt: skip


def relied_of(uow: UnitOfWork, member_id: int, now: datetime) -> tuple[ReliedView, ...]:
    """What organisations count on of a member, or ask to."""
    found = (relied_view(uow, one, now) for one in uow.relied.of(member_id=member_id))
    return tuple(one for one in found if one.counts or one.state == "waits")


def record_relied(
    uow: UnitOfWork, actor: Actor, one: Relied, what: str, now: datetime
) -> None:  # fmt: skip
    """In the audit: what happened, by the kind of check."""
    member = uow.homes.member(one.member_id)
    uow.audit.record(
        actor, what, place_id=one.place_id, subject=("member", member.id, member.ref), now=now,
        why=one.kind.value,
    )  # fmt: skip
