"""What a member agrees to is written down beside what it lets happen, in the same transaction."""

from datetime import datetime

from enabler.domain.consents import Shown, newest
from enabler.domain.errors import Invalid
from enabler.domain.members import Member
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork


def agree(
    uow: UnitOfWork, actor: Actor, member: Member, code: str, shown: Shown, now: datetime, *,
    about: str = "", until: datetime | None = None,
) -> None:  # fmt: skip
    """The member agrees to the newest words of this code."""
    wording = newest(code)
    uow.consents.give(member.place_id, member.id, wording, shown, now=now, about=about, until=until)
    _record(uow, actor, member, "given", code, now)


def end_consent(
    uow: UnitOfWork, actor: Actor, member: Member, code: str, how: str, now: datetime, *,
    about: str | None = None,
) -> bool:  # fmt: skip
    """What stands of it ends; whether anything did. What follows is the caller's."""
    ended = uow.consents.end(member.id, code, now, how=how, about=about)
    if ended:
        _record(uow, actor, member, "ended", code, now)
    return bool(ended)


def require_agreed(uow: UnitOfWork, member: Member, code: str, *, said: bool) -> bool:
    """Whether the member says yes now to words that they have not agreed to yet.

    Raises Invalid("consented", consent_missing) where they neither do nor did.
    """
    standing = uow.consents.standing(member.id, code)
    if standing and standing[-1].version == newest(code).version:
        return False
    if not said:
        raise Invalid("consented", "consent_missing")
    return True


def _record(
    uow: UnitOfWork, actor: Actor, member: Member, verb: str, code: str, now: datetime
) -> None:
    uow.audit.record(
        actor, f"consent.{verb}", place_id=member.place_id,
        subject=("member", member.id, member.ref), now=now, why=code,
    )  # fmt: skip
