"""Whether whoever sits at a browser has proved of late who they are: for what shows or ends all."""

from datetime import datetime

from enabler.domain.errors import WrongMoment
from enabler.domain.members import Member
from enabler.domain.sign_in import Session
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _digests
from enabler.services.ports import Secrets


def session_of(
    uow: UnitOfWork, member: Member, *, token: str, secrets: Secrets, now: datetime
) -> Session:
    """The open session of this token, which is the member's. Raises WrongMoment."""
    found = uow.sessions.by_token(_digests.of_session(secrets, token))
    if found is None or found.member_id != member.id or found.is_over(now):
        raise WrongMoment("prove_first")
    return found


def proved_until(session: Session, now: datetime) -> datetime | None:
    """Until when the proof holds; None where it does not now."""
    until = session.proved_until()
    return until if until is not None and now < until else None


def require_proved(
    uow: UnitOfWork, member: Member, *, token: str, secrets: Secrets, now: datetime
) -> datetime:
    """Until when the proof holds. Raises WrongMoment("prove_first") unless they signed in, or typed
    a code, a moment ago."""
    session = session_of(uow, member, token=token, secrets=secrets, now=now)
    until = proved_until(session, now)
    if until is None:
        raise WrongMoment("prove_first")
    return until
