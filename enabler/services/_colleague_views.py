"""The people of an organisation, and those whom it has asked, as others see them."""

from datetime import datetime

from enabler.domain.members import Invitation, Organisation
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import OrganisationState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services.views import ColleagueView, InvitationView


def colleague_views(
    uow: UnitOfWork, actor: Actor, organisation: Organisation, now: datetime
) -> tuple[ColleagueView, ...]:
    """Everybody of the organisation by name. Writes the sights of it."""
    found = uow.colleagues.of(organisation.id, now)
    for one in found:
        uow.sights.log(
            actor, one.member_id, ("name",), place_id=organisation.place_id, why="colleague",
            now=now, subject_ref=organisation.ref,
        )  # fmt: skip
    return tuple(
        ColleagueView(
            one.ref, one.shown_name, one.role, one.since, one.member_id == actor.member_id
        )
        for one in found
    )


def invitation_view(
    organisation: Organisation, one: Invitation, now: datetime, *, to: str | None = None,
    known: bool = True,
) -> InvitationView:  # fmt: skip
    """What somebody was asked, without where it was sent; ``known``: also by whom, and as what."""
    return InvitationView(
        ref=one.ref, organisation=organisation.name if known else None,
        organisation_ref=organisation.ref if known else None, role=one.role if known else None,
        until=one.expires_at, to=to,
        waits=one.waits(now) and organisation.state is OrganisationState.ACTIVE,
    )  # fmt: skip
