"""Checks as somebody reads them: whose, since when, until when, what became of them."""

from datetime import datetime, timedelta

from enabler.domain.credentials import Credential, Wanted
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services.views.credentials import CredentialView, WantedView

SOON = timedelta(days=60)


def credential_view(
    uow: UnitOfWork, one: Credential, now: datetime, *, desk: bool = False
) -> CredentialView:
    """A check; with ``desk`` also who saw it, and whose it is."""
    holder_kind, holder_ref = holder_of(uow, one) if desk else (None, None)
    return CredentialView(
        ref=one.ref, kind=one.kind, seen_on=one.seen_on, valid_until=one.valid_until,
        state=state_of(one, now), note=one.note, last_characters=one.last_characters,
        eligible_as=one.eligible_as, waived=one.waived, by=one.checked_by if desk else None,
        agreed_by=one.agreed_by if desk else None, recorded_at=one.recorded_at,
        revoked_at=one.revoked_at, revoked_because=one.revoked_because,
        from_place=_from_place(uow, one), holder_ref=holder_ref, holder_kind=holder_kind,
        ends_soon=one.holds(now) and one.valid_until <= now + SOON,
    )  # fmt: skip


def state_of(one: Credential, now: datetime) -> str:
    """Where a check stands."""
    if one.revoked_at is not None and one.revoked_at <= now:
        return "revoked"
    if one.valid_until <= now:
        return "ended"
    return "holds" if one.seen_on <= now else "to-come"


def wanted_view(uow: UnitOfWork, one: Wanted) -> WantedView:
    """A check that somebody asks for."""
    kind, ref = holder_of(uow, one)
    return WantedView(one.ref, one.kind, one.words, one.asked_at, ref, kind)


def holder_of(uow: UnitOfWork, one: Credential | Wanted) -> tuple[str, str]:
    """What the holder is, and their ref."""
    if one.member_id is not None:
        return "member", uow.homes.member(one.member_id).ref
    return "organisation", uow.organisations.by_id(one.organisation_id or 0).ref


def _from_place(uow: UnitOfWork, one: Credential) -> str | None:
    if one.carried_from is None:
        taken = uow.proofs.taken(one.id)
        return None if taken is None else taken.issuer_name
    return uow.places.by_id(uow.credentials.by_id(one.carried_from).place_id).name
