"""Who acts for a member, by text: read, and agreed to with the code of the very text that says what
it is. What it takes stands in ``domain/mandates_by_text.py``; what a mandate may be
and who may have one is the same as on a page.

Nothing here returns a name: they are read when the answer leaves, to whoever has the number then.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enabler.domain import consents
from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.mandates import Basis
from enabler.domain.mandates_by_text import (
    AGREE,
    CODED,
    INVITE,
    INVITED_DAYS,
    INVITED_IN,
    MOST_SHOWN,
    is_called,
    refuse_more,
    why_not,
)
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor
from enabler.domain.prompts import Opening, Question
from enabler.domain.sign_in import read_code, same
from enabler.persistence.mandate_asks import MandateAsk
from enabler.persistence.prompts import Prompt
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._acting import supporter_name
from enabler.services._mandate_asks import asked_of, is_to, keep_ask
from enabler.services._mandates import Consent, agree_to, most_days
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._reading_contacts import read_to
from enabler.services.ports import Secrets

__all__ = ["Answered", "Found", "answer", "listed", "meant", "to_agree", "to_invite"]


@dataclass(frozen=True, slots=True)
class Found:
    """Refs of mandates that stand, those that end first before, and of what the member is asked."""

    mandates: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of digits: agreed, invited, code_wrong, code_over or code_tried. ``ref`` is the
    mandate's, or that of what was asked."""

    what: str
    ref: str | None = None


def listed(*, actor: Actor, now: datetime) -> Found:
    """Who may act for the actor, and who asks to. Raises NotAllowed."""
    return _found(actor, now, lambda name: True)


def meant(*, actor: Actor, words: str, now: datetime) -> Found:
    """The same, of those alone who are called so. Raises NotAllowed."""
    return _found(actor, now, lambda name: is_called(words, name))


def _found(actor: Actor, now: datetime, wanted: Callable[[str], bool]) -> Found:
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        given = sorted(uow.mandates.open_of(member.id, now), key=lambda one: (one.until_at, one.id))
        mandates = [one.ref for one in given if wanted(supporter_name(uow, one))]
        asks = [one.ref for one in asked_of(uow, member, now) if wanted(_asking(uow, one))]
    return Found(tuple(mandates[:MOST_SHOWN]), tuple(asks[:MOST_SHOWN]))


def _asking(uow: UnitOfWork, ask: MandateAsk) -> str:
    if ask.organisation_id is not None:
        return str(uow.organisations.by_id(ask.organisation_id).name)
    return str(uow.homes.member(ask.by_member_id).shown_name)


# Asked, with a code


def to_agree(
    *, actor: Actor, text_id: int, ref: str, secrets: Secrets, now: datetime
) -> Opening:  # fmt: skip
    """The question whether somebody may act for the actor: who, in what and for how long are read
    when it leaves, and it holds the code that says yes.

    Raises NotAllowed, NotFound, LimitReached: a phone gets so many codes and no more.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SAY_WHO_ACTS)
        asked = uow.mandate_asks.by_ref(actor.place_id, ref)
        if asked.asked_by != "supporter" or not is_to(uow, asked, member) or not asked.waits(now):
            raise NotFound("mandate_unknown")
        return _opening(uow, AGREE, member, text_id, {}, secrets, now, ref=asked.ref)


def to_invite(
    *, actor: Actor, text_id: int, to: str, secrets: Secrets, now: datetime
) -> Opening:  # fmt: skip
    """The question whether whoever has this number is to be asked to act for the actor. It is the
    same whether they are a member or not.

    Raises NotAllowed, Invalid("to", …), LimitReached.
    """
    kind, value = read_to(to)
    if kind != "phone":
        raise Invalid("to", "phone_malformed")
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SAY_WHO_ACTS)
        if any(value == each.value for each in uow.contacts.of(member.id).values()):
            raise Invalid("to", "supporter_oneself")
        days = min(INVITED_DAYS, most_days(uow, member.place_id, now))
        return _opening(
            uow, INVITE, member, text_id,
            {
                "to": value, "ends": PhoneNumber.parse(value).national[-3:], "days": days,
                "scopes": [scope.value for scope in INVITED_IN],
            },
            secrets, now,
        )  # fmt: skip


def _opening(
    uow: UnitOfWork, kind: str, member: Member, text_id: int, facts: Mapping[str, Any],
    secrets: Secrets, now: datetime, ref: str | None = None,
) -> Opening:  # fmt: skip
    refuse_more([one.question for one in _prompts(uow, text_id, now)], now)
    wording = consents.MANDATE_BY_TEXT
    told = {"nonce": secrets.token(), "language": wording.read_in(member.language)}
    return Opening(kind, facts=told | dict(facts), ref=ref)


def _prompts(uow: UnitOfWork, text_id: int, now: datetime) -> list[Prompt]:
    phone = uow.phones.by_id(uow.inbound.by_id(text_id).phone_id)
    return uow.prompts.of(phone, now)


# Answered


def answer(
    *, actor: Actor, text_id: int, letter: str, code: str, secrets: Secrets, key: str,
    now: datetime,
) -> Answered:  # fmt: skip
    """The digits that came back for the question under this letter. Only the right ones say yes,
    once, within their time; all else says nothing, and changes nothing.

    Raises NotAllowed, NotFound, Invalid("code", …), WrongMoment and LimitReached as a mandate's
    beginning, KeyReused.
    """
    digits = read_code(code)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SAY_WHO_ACTS)

        def act() -> dict[str, Any]:
            prompt = _open_under(uow, text_id, letter, now)
            why = "code_over" if prompt is None else why_not(prompt.question, now)
            if prompt is None or why is not None:
                return {"what": why}
            facts = prompt.question.facts
            if not same(secrets.code(str(facts["nonce"])), digits):
                uow.prompts.note(prompt.id, {**facts, "wrong": int(facts.get("wrong", 0)) + 1})
                return {"what": "code_wrong"}
            if prompt.question.kind == INVITE:
                return _invite(uow, actor, member, prompt.question, secrets, now)
            return _agree(uow, actor, member, prompt.question, now)

        result = once(
            uow, "mandates_by_text.answer", actor=actor, key=key, now=now, act=act,
            arguments={"letter": letter, "code": secrets.digest(digits)},
        )  # fmt: skip
        uow.commit()
    return Answered(str(result["what"]), result.get("ref"))


def _open_under(uow: UnitOfWork, text_id: int, letter: str, now: datetime) -> Prompt | None:
    for one in _prompts(uow, text_id, now):
        if one.question.letter == letter and one.question.kind in CODED:
            return None if one.question.closed else one
    return None


def _agree(
    uow: UnitOfWork, actor: Actor, member: Member, question: Question, now: datetime
) -> dict[str, Any]:
    uow.contacts.hold(member.id)
    asked = uow.mandate_asks.by_ref(actor.place_id, question.ref or "", lock=True)
    if asked.asked_by != "supporter" or not is_to(uow, asked, member) or not asked.waits(now):
        raise WrongMoment("ask_over")
    days = min(asked.days, most_days(uow, member.place_id, now))
    kept = agree_to(
        uow, actor, member, asked, asked.scopes, days, _consent(question), now
    )  # fmt: skip
    return {"what": "agreed", "ref": kept.ref}


def _invite(
    uow: UnitOfWork, actor: Actor, member: Member, question: Question, secrets: Secrets,
    now: datetime,
) -> dict[str, Any]:  # fmt: skip
    consent, facts = _consent(question), question.facts
    kept = keep_ask(
        uow, actor, member, ("phone", str(facts["to"])), secrets, now, template="mandate_offered",
        asked_by="member", member_id=member.id, scopes=INVITED_IN, days=int(facts["days"]),
        basis=consent.basis, language=consent.language, wording=consent.wording.code,
        version=consent.wording.version, wording_hash=consent.wording_hash,
    )  # fmt: skip
    return {"what": "invited", "ref": kept["ask"]}


def _consent(question: Question) -> Consent:
    language = str(question.facts["language"])
    return Consent(Basis.OWN_REPLY, language, "text", wording=consents.MANDATE_BY_TEXT)
