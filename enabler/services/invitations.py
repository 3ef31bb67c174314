"""Asking somebody to act for an organisation: one neutral message, and their own yes or no."""

from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import Invalid, LimitReached, NotAllowed, WrongMoment
from enabler.domain.members import Colleague, Invitation, Organisation
from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.domain.sign_in import read_code, same
from enabler.domain.vocabulary import OrganisationState, Priority, Role
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._colleague_views import invitation_view
from enabler.services._once import SAID_AGAIN_WITHIN, once
from enabler.services._reading_contacts import read_to
from enabler.services._recognise import MAY_GIVE
from enabler.services._roles import checked_role, record
from enabler.services._subjects import of_organisation, place_of
from enabler.services._tell import tell, tell_contact
from enabler.services.ports import Secrets
from enabler.services.views import InvitationView

__all__ = ["answer", "invite", "open_with", "show", "withdraw"]

OPEN_FOR = timedelta(days=7)
MOST_A_DAY = 20
MOST_TRIES = 5


def invite(
    *, actor: Actor, ref: str, role: str, to: str, secrets: Secrets, key: str, now: datetime
) -> str:  # fmt: skip
    """Ask whoever has this number or mail address to act for an organisation; the invitation's ref.

    Nothing is told of whether they are a member. Raises NotFound, NotAllowed, WrongMoment,
    Invalid ("role", "to"), LimitReached, KeyReused.
    """
    part, (kind, value) = checked_role(role), read_to(to)
    with unit_of_work() as uow:
        found = uow.organisations.by_ref(place_of(actor), ref)
        require(actor, Action.KEEP_COLLEAGUES, of_organisation(found))
        result = once(
            uow, "invitations.invite", actor=actor, key=key, now=now,
            arguments={"ref": found.ref, "role": part.value, "to": secrets.digest(value)},
            act=lambda: _invite(uow, actor, found, part, (kind, value), secrets, now),
        )  # fmt: skip
        uow.commit()
    return str(result["invitation"])


def _invite(
    uow: UnitOfWork, actor: Actor, found: Organisation, role: Role, to: tuple[str, str],
    secrets: Secrets, now: datetime,
) -> dict[str, Any]:  # fmt: skip
    organisation = uow.organisations.lock(found.id)
    if organisation.state is not OrganisationState.ACTIVE:
        raise WrongMoment("organisation_not_active", state=organisation.state.value)
    kind, value = to
    waiting = uow.colleagues.asked_lately(organisation.id, kind, value, now - SAID_AGAIN_WITHIN)
    if waiting is not None and waiting.role is role:
        return {"invitation": waiting.ref}
    if uow.colleagues.invited_since(organisation.id, now - timedelta(days=1)) >= MOST_A_DAY:
        raise LimitReached("invitations_too_many")
    uow.colleagues.end_same(organisation.id, kind, value, now)
    kept = uow.colleagues.invite(
        place_id=organisation.place_id, ref=uow.refs.new(organisation.place_id, "invitation"),
        organisation_id=organisation.id, role=role, kind=kind, value=value, nonce=secrets.token(),
        invited_by=actor.member_id, invited_at=now, expires_at=now + OPEN_FOR,
    )  # fmt: skip
    tell_contact(
        uow, place_id=organisation.place_id, kind=kind, value=value, template="invitation",
        parameters={"invitation": kept.ref}, priority=Priority.MATCH, now=now,
        dedupe_key=f"invitation:{kept.ref}", expires_at=kept.expires_at,
    )  # fmt: skip
    _record(uow, actor, kept, "sent", now, why=role.value)
    return {"invitation": kept.ref}


def withdraw(*, actor: Actor, invitation_ref: str, key: str, now: datetime) -> str:
    """Take an invitation back; the organisation's ref. Raises NotFound, NotAllowed, KeyReused."""
    with unit_of_work() as uow:
        asked = uow.colleagues.invitation(place_of(actor), invitation_ref)
        found = uow.organisations.by_id(asked.organisation_id)
        require(actor, Action.KEEP_COLLEAGUES, of_organisation(found))

        def act() -> dict[str, Any]:
            uow.colleagues.end_invitation(asked.id, "withdrawn", now)
            _record(uow, actor, asked, "withdrawn", now)
            return {"invitation": asked.ref}

        once(
            uow, "invitations.withdraw", actor=actor, key=key, now=now, act=act,
            arguments={"invitation": asked.ref},
        )  # fmt: skip
        uow.commit()
    return found.ref


def show(*, actor: Actor, invitation_ref: str, now: datetime) -> InvitationView:
    """What somebody was asked: for which organisation, as what, to whom it was sent and who keeps
    its people; anybody else learns that a code is wanted. Raises NotFound, NotAllowed.
    """
    require(actor, Action.JOIN_ORGANISATION, Subject(actor.place_id, owner_id=actor.member_id))
    with reading() as uow:
        asked = uow.colleagues.invitation(actor.place_id, invitation_ref)
        found = uow.organisations.by_id(asked.organisation_id)
        theirs = uow.contacts.of(actor.member_id or 0).get(asked.kind)
        sent_to = theirs is not None and theirs.value == asked.value
        known = sent_to or allowed(actor, Action.KEEP_COLLEAGUES, of_organisation(found))
        return invitation_view(found, asked, now, known=known)


def open_with(
    *, actor: Actor, invitation_ref: str, code: str, secrets: Secrets, now: datetime
) -> InvitationView:
    """Likewise, for whoever has the code of the message. A wrong one counts as a try.

    Raises NotFound, NotAllowed, Invalid("code", code).
    """
    require(actor, Action.JOIN_ORGANISATION, Subject(actor.place_id, owner_id=actor.member_id))
    typed = read_code(code)
    with unit_of_work() as uow:
        asked = uow.colleagues.invitation(actor.place_id, invitation_ref, lock=True)
        found = uow.organisations.by_id(asked.organisation_id)
        if asked.waits(now) and not same(secrets.code(asked.nonce), typed):
            left = _count_try(uow, actor, asked, now)
            uow.commit()
            raise Invalid("code", "invitation_code_wrong", left=left)
        return invitation_view(found, asked, now, known=asked.waits(now))


def answer(
    *, actor: Actor, invitation_ref: str, code: str, joining: bool, secrets: Secrets, key: str,
    now: datetime,
) -> str:  # fmt: skip
    """Say yes or no, with the code of the message; the organisation's ref.

    Whoever has the code and says yes acts for the organisation from this moment on. Raises
    NotFound, NotAllowed, Invalid("code", code), WrongMoment (over, or they act for it already),
    KeyReused.
    """
    require(actor, Action.JOIN_ORGANISATION, Subject(actor.place_id, owner_id=actor.member_id))
    typed = read_code(code)
    with unit_of_work() as uow:
        asked = uow.colleagues.invitation(actor.place_id, invitation_ref)
        found = uow.organisations.lock(asked.organisation_id)
        result = once(
            uow, "invitations.answer", actor=actor, key=f"{key}:{typed}", now=now,
            arguments={"invitation": asked.ref, "joining": joining},
            act=lambda: _answer(uow, actor, asked.ref, found, typed, joining, secrets, now),
        )  # fmt: skip
        uow.commit()
    if "left" in result:
        raise Invalid("code", "invitation_code_wrong", left=result["left"])
    return found.ref


def _answer(
    uow: UnitOfWork, actor: Actor, ref: str, organisation: Organisation, typed: str,
    joining: bool, secrets: Secrets, now: datetime,
) -> dict[str, Any]:  # fmt: skip
    asked = uow.colleagues.invitation(actor.place_id, ref, lock=True)
    if not asked.waits(now) or organisation.state is not OrganisationState.ACTIVE:
        raise WrongMoment("invitation_over")
    if not same(secrets.code(asked.nonce), typed):
        return {"left": _count_try(uow, actor, asked, now)}
    if joining:
        _join(uow, actor, organisation, asked, now)
    because = "joined" if joining else "declined"
    uow.colleagues.end_invitation(asked.id, because, now)
    _record(uow, actor, asked, because, now)
    return {"invitation": asked.ref}


def _count_try(uow: UnitOfWork, actor: Actor, asked: Invitation, now: datetime) -> int:
    """How many tries are left; with the last of them the invitation is over."""
    uow.colleagues.count_try(asked.id)
    left = MOST_TRIES - asked.tries - 1
    if left < 1:
        uow.colleagues.end_invitation(asked.id, "tries", now)
        _record(uow, actor, asked, "tries", now)
    return left


def _join(
    uow: UnitOfWork, actor: Actor, organisation: Organisation, asked: Invitation, now: datetime
) -> None:
    if actor.member_id is None:
        raise NotAllowed(action=Action.JOIN_ORGANISATION.value)
    if uow.homes.member(actor.member_id).state not in MAY_GIVE:
        raise WrongMoment("own_account_waits")  # they would go to people's homes by another way
    if uow.colleagues.one(organisation.id, actor.member_id, now) is not None:
        raise WrongMoment("acts_already")
    uow.members.add_role(
        organisation.place_id, actor.member_id, asked.role, now=now,
        organisation_id=organisation.id,
    )  # fmt: skip
    new = Colleague(actor.member_id, actor.name, "", asked.role, now)
    record(uow, actor, organisation, new, "role.granted", asked.role, now)
    for lead in uow.organisations.leads(organisation.id, now):
        if lead != actor.member_id:
            tell(
                uow, place_id=organisation.place_id, member_id=lead, template="joined",
                parameters={"organisation": organisation.ref}, priority=Priority.REMINDER,
                dedupe_key=f"joined:{asked.ref}:{lead}", now=now,
            )  # fmt: skip


def _record(
    uow: UnitOfWork, actor: Actor, asked: Invitation, what: str, now: datetime, *,
    why: str | None = None,
) -> None:  # fmt: skip
    uow.audit.record(
        actor, f"invitation.{what}", place_id=asked.place_id,
        subject=("invitation", asked.id, asked.ref), now=now, why=why,
    )  # fmt: skip
