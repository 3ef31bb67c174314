"""A member lets somebody see a check no more: what was taken over by it dies, and the consent."""

from datetime import datetime

from enabler.domain.consents import CARRY
from enabler.domain.credentials import Credential, Grant
from enabler.domain.members import Member, Organisation
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import OrganisationState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._apart import are_apart
from enabler.services._consenting import end_consent
from enabler.services._hidden import knows
from enabler.services._keeping_checks import take_back

LEAVE_ENDED = "leave-ended"


def shows_to(uow: UnitOfWork, actor: Actor, member_id: int) -> bool:
    """Whether what a member lets others see is shown to this one of them: never to somebody whom
    they keep away, or who may not know of them."""
    return knows(uow, actor, member_id) and not are_apart(uow, actor.member_id, member_id)


def may_be_shown(organisation: Organisation) -> bool:
    """Whether an organisation may be shown anything: not while it is suspended or not let in."""
    return organisation.state is OrganisationState.ACTIVE


def close_leave(
    uow: UnitOfWork, actor: Actor, leave: Grant, now: datetime, *, how: str = "page"
) -> None:
    """End a leave, and take back what was taken over by it; ``how`` the consent ended."""
    uow.credentials.change_grant(leave.id, ended_at=min(now, leave.until_at))
    if leave.accepted_id is not None:
        carried = uow.credentials.by_id(leave.accepted_id)
        if carried.revoked_at is None:
            take_back(uow, actor, carried, LEAVE_ENDED, now)
    member = uow.homes.member(leave.member_id)
    end_consent(uow, actor, member, CARRY, how, now, about=leave.ref)
    one = uow.credentials.by_id(leave.credential_id)
    record_leave(uow, actor, member, "credential.hidden", one, now)


def record_leave(
    uow: UnitOfWork, actor: Actor, member: Member, what: str, one: Credential, now: datetime
) -> None:
    """In the audit: what happened to whose check, by its kind."""
    uow.audit.record(
        actor, what, place_id=member.place_id, subject=("member", member.id, member.ref), now=now,
        why=one.kind.value,
    )  # fmt: skip
