"""What a message about a check is about, read at the moment it is sent."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.credentials import Credential, Wanted
from enabler.domain.errors import NotFound
from enabler.domain.letters import About
from enabler.domain.messages import Outgoing
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._credential_views import state_of
from enabler.services._holders import leads_of

_STATES = {"holds": "holds", "ended": "over", "revoked": "revoked", "to-come": "holds"}


def check_subject(uow: UnitOfWork, row: Outgoing, ref: str, now: datetime) -> About:
    """A check that ends, has ended or was taken back; its holder's, or their leads', to hear of."""
    one = uow.credentials.by_ref(None, ref)
    state = _STATES[state_of(one, now)]
    last = one.valid_until - timedelta(microseconds=1)
    zone = ZoneInfo(uow.places.by_id(one.place_id).timezone)
    return _about(uow, one, state, now, day=last.astimezone(zone).date())


def wanted_subject(uow: UnitOfWork, row: Outgoing, ref: str, now: datetime) -> About:
    """A check that somebody asked for."""
    one = uow.credentials.wanted_by_ref(None, ref)
    return _about(uow, one, one.state, now)


def relied_subject(uow: UnitOfWork, row: Outgoing, ref: str, now: datetime) -> About | None:
    """An organisation asks to count on a proof; its owner's to hear of."""
    try:
        one = uow.relied.by_ref(ref)
    except NotFound:  # forgotten since
        return None
    return About(
        kind="relied", ref=one.ref, state=one.state(now), helpers=frozenset({one.member_id}),
        check=one.kind.value, organisation=uow.organisations.by_id(one.organisation_id).name,
    )  # fmt: skip


def _about(
    uow: UnitOfWork, one: Credential | Wanted, state: str, now: datetime, **facts: object
) -> About:
    whose = (one.member_id, one.organisation_id)
    kind, ref = "check", ""
    if one.organisation_id is not None:
        kind, ref = "organisation", uow.organisations.by_id(one.organisation_id).ref
    return About(
        kind=kind, ref=ref, state=state, check=one.kind.value,
        answerers=frozenset(leads_of(uow, whose, now)), **facts,  # type: ignore[arg-type]
    )  # fmt: skip


OF_CHECKS: Mapping[str, Callable[[UnitOfWork, Outgoing, str, datetime], About | None]] = {
    "credential": check_subject, "wanted": wanted_subject, "relied": relied_subject,
}  # fmt: skip
