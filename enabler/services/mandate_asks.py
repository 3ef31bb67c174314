"""A mandate between two who know each other: one of the two asks, and the member answers with a
code that went to their own phone or mail. Nothing tells who is a member before they say so."""

from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.mandates import Basis, read_days, read_scopes
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.vocabulary import CodeFor
from enabler.persistence.mandate_asks import MandateAsk
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _digests
from enabler.services._codes import CodeAsked, send_code
from enabler.services._mandate_asks import is_to, keep_ask, own_way, prove_own, record
from enabler.services._mandate_views import ask_view
from enabler.services._mandates import Consent, Supporter, agree_to, begin, most_days
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._reading_contacts import read_to
from enabler.services._subjects import of_organisation
from enabler.services.ports import Secrets
from enabler.services.views.mandates import AskView

__all__ = [
    "agree", "ask", "check", "decline", "invite", "renew", "send_own_code", "show", "withdraw",
]  # fmt: skip


def check(
    *, actor: Actor, scopes: tuple[str, ...], days: int | None, now: datetime,
    to: str | None = None,
) -> None:  # fmt: skip
    """Whether what was chosen means something, before a code is sent for it.

    Raises NotAllowed, Invalid ("to", "scopes", "days").
    """
    if to is not None:
        read_to(to)
    read_scopes(scopes)
    with reading() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        read_days(days, most_days(uow, member.place_id, now))


def ask(
    *, actor: Actor, to: str, scopes: tuple[str, ...], days: int | None, secrets: Secrets,
    key: str, now: datetime, organisation_ref: str | None = None,
) -> str:  # fmt: skip
    """Ask whoever has this number or mail address whether one may act for them, by oneself or for
    what one leads; the ask's ref. The answer is the same whether they are a member or not.

    Raises NotAllowed, NotFound (the organisation), Invalid ("to", "scopes", "days"), LimitReached,
    KeyReused.
    """
    (kind, value), chosen = read_to(to), read_scopes(scopes)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        found = None
        if organisation_ref:
            found = uow.organisations.by_ref(actor.place_id, organisation_ref)
            require(actor, Action.RECORD_MANDATE, of_organisation(found))
        length = read_days(days, most_days(uow, member.place_id, now))

        def act() -> dict[str, Any]:
            return keep_ask(
                uow, actor, member, (kind, value), secrets, now, asked_by="supporter",
                template="mandate_asked", scopes=chosen, days=length,
                supporter_id=None if found else member.id,
                organisation_id=found.id if found else None, basis=Basis.OWN_REPLY,
            )  # fmt: skip

        result = once(
            uow, "mandate_asks.ask", actor=actor, key=key, now=now, act=act, again=False,
            arguments={"to": secrets.digest(value), "scopes": list(chosen), "days": length,
                       "for": found.ref if found else None},
        )  # fmt: skip
        uow.commit()
    return str(result["ask"])


def show(*, actor: Actor, ref: str, now: datetime) -> AskView:
    """What is asked of the actor, or what they asked for; of what somebody is invited to, anybody
    else learns that a code is wanted. Raises NotFound, NotAllowed."""
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        asked = uow.mandate_asks.by_ref(actor.place_id, ref)
        mine = asked.by_member_id == member.id
        known = asked.asked_by == "supporter" and is_to(uow, asked, member)
        if asked.asked_by == "desk" or (asked.asked_by == "supporter" and not (known or mine)):
            raise NotFound("mandate_unknown")
        view = ask_view(uow, actor, asked, now, known=known or mine)
        uow.commit()
    return view


def send_own_code(
    *, actor: Actor, browser: str, from_address: str, secrets: Secrets, key: str, now: datetime
) -> str:  # fmt: skip
    """Send the actor the code with which they say that somebody may act for them: to their phone,
    else to their mail; which of the two (*phone* or *mail*).

    Raises NotAllowed, WrongMoment("no_way_to_reach_you"), KeyReused.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        kind, value = own_way(uow, member)
        uow.sessions.take_turns(member.place_id)
        asked = CodeAsked(
            member.place_id, kind, value, _digests.of_browser(secrets, browser), from_address
        )
        once(
            uow, "mandate_asks.send_own_code", actor=actor, key=key, now=now,
            arguments={"to": secrets.digest(value)},
            act=lambda: {"code": send_code(uow, secrets, asked, CodeFor.MANDATE, now)},
        )  # fmt: skip
        uow.commit()
    return kind


def agree(
    *, actor: Actor, ref: str, scopes: tuple[str, ...], days: int | None, code: str,
    language: str, browser: str, secrets: Secrets, now: datetime,
) -> str:  # fmt: skip
    """Yes, with the code that went to the actor's own phone or mail, in what they chose; the
    mandate's ref. Never in more than was asked for.

    Raises NotFound, NotAllowed, WrongMoment (ask_over and as a mandate's beginning),
    Invalid ("scopes", "days", "code"), LimitReached.
    """
    chosen = read_scopes(scopes)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        asked = _asked_of(uow, actor, member, ref)
        if not set(chosen) <= set(asked.scopes):
            raise Invalid("scopes", "scope_unknown")
        read_days(days, most_days(uow, member.place_id, now))
        if not asked.waits(now):
            raise WrongMoment("ask_over")
        prove_own(uow, member, code, browser, secrets, now)
        consent = Consent(Basis.OWN_REPLY, language, "web")
        kept = agree_to(uow, actor, member, asked, chosen, days or 0, consent, now)
        uow.commit()
    return kept.ref


def _asked_of(uow: UnitOfWork, actor: Actor, member: Member, ref: str) -> MandateAsk:
    asked = uow.mandate_asks.by_ref(actor.place_id, ref, lock=True)
    if asked.asked_by != "supporter" or not is_to(uow, asked, member):
        raise NotFound("mandate_unknown")
    return asked


def decline(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """No. Whoever asked is not told. Raises NotFound, NotAllowed, KeyReused."""
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        asked = uow.mandate_asks.by_ref(actor.place_id, ref, lock=True)
        if asked.ended_at is None and not is_to(uow, asked, member):
            raise NotFound("mandate_unknown")
        _end(uow, actor, asked, "declined", key, now)
        uow.commit()


def withdraw(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """Take back what one asked for. Raises NotFound, NotAllowed, KeyReused."""
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        asked = uow.mandate_asks.by_ref(actor.place_id, ref, lock=True)
        if asked.by_member_id != member.id:
            raise NotFound("mandate_unknown")
        _end(uow, actor, asked, "withdrawn", key, now)
        uow.commit()


def _end(
    uow: UnitOfWork, actor: Actor, asked: MandateAsk, because: str, key: str, now: datetime
) -> None:
    def act() -> dict[str, Any]:
        uow.mandate_asks.end(asked.id, because, now)
        record(uow, actor, asked, because, now)
        return {"ask": asked.ref}

    once(
        uow, f"mandate_asks.{because}", actor=actor, key=key, now=now, act=act,
        arguments={"ask": asked.ref},
    )  # fmt: skip


def invite(
    *, actor: Actor, to: str, scopes: tuple[str, ...], days: int | None, code: str,
    language: str, browser: str, secrets: Secrets, now: datetime,
) -> str:  # fmt: skip
    """Ask somebody to act for the actor, who agrees to it here and now with the code that went to
    their own phone or mail; the ask's ref. It begins when the other says yes.

    Raises NotAllowed, Invalid ("to", "scopes", "days", "code"), LimitReached.
    """
    (kind, value), chosen = read_to(to), read_scopes(scopes)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        length = read_days(days, most_days(uow, member.place_id, now))
        if any(value == each.value for each in uow.contacts.of(member.id).values()):
            raise Invalid("to", "supporter_oneself")
        prove_own(uow, member, code, browser, secrets, now)
        consent = Consent(Basis.OWN_REPLY, language, "web")
        result = keep_ask(
            uow, actor, member, (kind, value), secrets, now, template="mandate_offered",
            asked_by="member", member_id=member.id, scopes=chosen, days=length,
            basis=consent.basis, language=consent.language, wording_hash=consent.wording_hash,
        )  # fmt: skip
        uow.commit()
    return str(result["ask"])


def renew(
    *, actor: Actor, ref: str, days: int | None, code: str, language: str, browser: str,
    secrets: Secrets, now: datetime,
) -> str:  # fmt: skip
    """Go on with a mandate from now, with a new consent by a new code; the new one's ref.

    Raises NotFound, NotAllowed, Invalid ("days", "code"), and as a mandate's beginning.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        old = uow.mandates.by_ref(actor.place_id, ref)
        if old.member_id != member.id or not old.is_open(now):
            raise NotFound("mandate_unknown")
        read_days(days, most_days(uow, member.place_id, now))
        prove_own(uow, member, code, browser, secrets, now)
        supporter = Supporter(
            member=uow.homes.member(old.supporter_id) if old.supporter_id else None,
            organisation=(
                uow.organisations.by_id(old.organisation_id) if old.organisation_id else None
            ),
        )
        kept = begin(
            uow, actor, member, supporter, old.scopes, days or 0,
            Consent(Basis.OWN_REPLY, language, "web"), now, hears=old.hears,
        )  # fmt: skip
        uow.commit()
    return kept.ref
