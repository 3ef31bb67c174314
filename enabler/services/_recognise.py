"""From a session to who it is: the actor that services ask, and what the page's head shows."""

from collections.abc import Sequence
from datetime import datetime

from enabler.domain.members import Member, RoleHeld
from enabler.domain.permissions import Actor
from enabler.domain.sign_in import Session
from enabler.domain.vocabulary import STAFF_ROLES, MemberState, OrganisationState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services.views import SignedIn

MAY_GIVE = frozenset({MemberState.ACTIVE, MemberState.PAUSED})
MAY_COME_IN = MAY_GIVE | {MemberState.HELD}
"""Whoever waits for a look comes in, asks and offers; what they post waits with them."""


def recognise(uow: UnitOfWork, session: Session, now: datetime) -> tuple[Actor, SignedIn] | None:
    """Who has this session at this moment; None when it gives access to nothing any more.

    Staff's roles count only in a session with a second factor, and such a session is over when
    its member holds none.
    """
    if session.member_id is None:
        return known(session, None, (), now)
    member = uow.members.by_id(session.member_id)
    return known(session, member, uow.members.roles_of(session.member_id, now), now)


def known(
    session: Session, member: Member | None, held: Sequence[RoleHeld], now: datetime
) -> tuple[Actor, SignedIn] | None:
    """The same, where its member and their roles of this moment have been read with it."""
    if session.is_over(now):
        return None
    if session.member_id is None:
        return Actor.anonymous(session.place_id), _before_sign_up(session)
    if member is None or member.state not in MAY_COME_IN:
        return None
    if session.second_factor and not any(role.grant.role in STAFF_ROLES for role in held):
        return None
    counting = [
        role for role in held if session.second_factor or role.grant.role not in STAFF_ROLES
    ]
    return _actor(member, counting, session), _signed_in(member, counting, session)


def by_text(uow: UnitOfWork, member: Member | None, place_id: int, now: datetime) -> Actor:
    """Who texts with a member's number, which proves nothing: they act as themselves and for their
    organisations, never as staff; nobody does who may not come in."""
    if member is None or member.state not in MAY_COME_IN:
        return Actor.anonymous(place_id)
    held = (role.grant for role in uow.members.roles_of(member.id, now))
    return Actor(
        kind="member", name=member.ref, member_id=member.id, place_id=member.place_id,
        grants=tuple(grant for grant in held if grant.role not in STAFF_ROLES), texting=True,
    )  # fmt: skip


def _actor(member: Member, held: list[RoleHeld], session: Session) -> Actor:
    return Actor(
        kind="member", name=member.ref, member_id=member.id, place_id=member.place_id,
        grants=tuple(role.grant for role in held), second_factor=session.second_factor,
    )  # fmt: skip


def _signed_in(member: Member, held: list[RoleHeld], session: Session) -> SignedIn:
    organisations = {
        role.organisation_ref: role.organisation_name or ""
        for role in held
        if role.organisation_ref is not None
        and role.organisation_state not in (OrganisationState.REFUSED, OrganisationState.ERASED)
    }
    return SignedIn(
        session_id=session.id, place_id=member.place_id, member_id=member.id,
        member_ref=member.ref, shown_name=member.shown_name, language=member.language,
        verified_phone=None, roles=tuple(dict.fromkeys(role.grant.role for role in held)),
        organisations=tuple(organisations.items()), second_factor=session.second_factor,
        acting_id=session.acting_id, rests=member.state is MemberState.PAUSED,
    )  # fmt: skip


def _before_sign_up(session: Session) -> SignedIn:
    return SignedIn(
        session_id=session.id, place_id=session.place_id, member_id=None, member_ref=None,
        shown_name=None, language="en", verified_phone=session.verified_phone, roles=(),
        organisations=(), second_factor=False,
    )  # fmt: skip
