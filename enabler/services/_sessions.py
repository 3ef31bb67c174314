"""How a session begins and ends, in the transaction of whatever proved who it is."""

from datetime import datetime

from enabler.domain.members import Member
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _digests
from enabler.services.ports import Secrets


def begin(
    uow: UnitOfWork, *, secrets: Secrets, place_id: int, member: Member | None,
    replacing: str | None, now: datetime, verified_phone: str | None = None,
    second_factor: bool = False, shared_device: bool = False, token: str | None = None,
) -> str:  # fmt: skip
    """The token of a new session (``token``, or a fresh one); the one ``replacing`` ends.

    Without a member it is the session of a proved number.
    """
    if replacing is not None:
        end(uow, secrets=secrets, token=replacing, now=now)
    token = token or secrets.token()
    session_id = uow.sessions.open(
        token_hash=_digests.of_session(secrets, token), place_id=place_id, now=now,
        member_id=None if member is None else member.id,
        verified_phone=verified_phone if member is None else None,
        second_factor=second_factor, shared_device=shared_device,
    )  # fmt: skip
    _record(uow, "session.opened", place_id, session_id, member, now)
    return token


def is_open(uow: UnitOfWork, *, secrets: Secrets, token: str, now: datetime) -> bool:
    """Whether there is a session of this token that nobody has ended and that is not over."""
    session = uow.sessions.by_token(_digests.of_session(secrets, token))
    return session is not None and not session.is_over(now)


def end(uow: UnitOfWork, *, secrets: Secrets, token: str, now: datetime) -> None:
    """The session of this token is over, if it was not."""
    ended = uow.sessions.end(now, token_hash=_digests.of_session(secrets, token))
    if ended is not None:
        member = None if ended.member_id is None else uow.members.by_id(ended.member_id)
        _record(uow, "session.ended", ended.place_id, ended.id, member, now)


def _record(
    uow: UnitOfWork, what: str, place_id: int, session_id: int, member: Member | None, now: datetime
) -> None:
    actor = Actor.anonymous(place_id)
    if member is not None:
        actor = Actor("member", member.ref, member_id=member.id, place_id=place_id)
    uow.audit.record(actor, what, place_id=place_id, subject=("session", session_id, None), now=now)
