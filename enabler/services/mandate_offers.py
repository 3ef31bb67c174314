"""Somebody is asked to act for a member: they read who asks with the code of the message, and say
yes or no."""

from datetime import datetime

from enabler.domain import consents
from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor
from enabler.domain.sign_in import read_code, same
from enabler.persistence.mandate_asks import MandateAsk
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._mandate_asks import record
from enabler.services._mandate_views import ask_view
from enabler.services._mandates import Consent, Supporter, begin
from enabler.services._once import SAID_AGAIN_WITHIN
from enabler.services._own import own
from enabler.services.ports import Secrets
from enabler.services.views.mandates import AskView

__all__ = ["answer", "open_with"]

MOST_TRIES = 5


def open_with(*, actor: Actor, ref: str, code: str, secrets: Secrets, now: datetime) -> AskView:
    """Who wants the actor's help and in what, for whoever has the code of the message. A wrong one
    counts as a try. Raises NotFound, NotAllowed, Invalid("code", code)."""
    typed = read_code(code)
    with unit_of_work() as uow:
        own(uow, actor, Action.SEE_OWN)
        asked = _offered(uow, actor, ref)
        _require_code(uow, asked, typed, secrets, now)
        view = ask_view(uow, actor, asked, now, known=True)
        uow.commit()
    return view


def answer(
    *, actor: Actor, ref: str, code: str, taking: bool, secrets: Secrets, now: datetime
) -> str | None:
    """Yes or no to acting for somebody, with the code of the message; the mandate's ref, for a
    yes that was not said before.

    Raises NotFound, NotAllowed, Invalid("code", code), WrongMoment (ask_over and as a mandate's
    beginning), LimitReached.
    """
    typed = read_code(code)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        asked = _offered(uow, actor, ref)
        if _was_said(asked, typed, secrets, now):
            return None
        _require_code(uow, asked, typed, secrets, now)
        kept = None
        if taking:
            kept = begin(
                uow, actor, uow.homes.member(asked.member_id or 0), Supporter(member=member),
                asked.scopes, asked.days, _consent_of(asked), now,
            )  # fmt: skip
        uow.mandate_asks.end(asked.id, "agreed" if taking else "declined", now)
        record(uow, actor, asked, "agreed" if taking else "declined", now)
        uow.commit()
    return None if kept is None else kept.ref


def _consent_of(asked: MandateAsk) -> Consent:
    """How the member agreed when they asked: on a page, or by text, where the words are fewer."""
    wording = consents.OF_MANDATES.get(asked.wording or "", consents.MANDATE)
    channel = "text" if wording is consents.MANDATE_BY_TEXT else "web"
    return Consent(asked.basis, asked.language or "en", channel, wording=wording)


def _offered(uow: UnitOfWork, actor: Actor, ref: str) -> MandateAsk:
    asked = uow.mandate_asks.by_ref(actor.place_id, ref, lock=True)
    if asked.asked_by != "member" or asked.by_member_id == actor.member_id:
        raise NotFound("mandate_unknown")
    return asked


def _was_said(asked: MandateAsk, typed: str, secrets: Secrets, now: datetime) -> bool:
    """Whether a form came twice, as by a double press: it was answered a moment ago."""
    answered = asked.ended_because in ("agreed", "declined")
    lately = asked.ended_at is not None and now < asked.ended_at + SAID_AGAIN_WITHIN and answered
    return lately and same(secrets.code(asked.nonce), typed)


def _require_code(
    uow: UnitOfWork, asked: MandateAsk, typed: str, secrets: Secrets, now: datetime
) -> None:
    if not asked.waits(now):
        raise WrongMoment("ask_over")
    if same(secrets.code(asked.nonce), typed):
        return
    uow.mandate_asks.count_try(asked.id)
    left = MOST_TRIES - asked.tries - 1
    if left < 1:
        uow.mandate_asks.end(asked.id, "tries", now)
    uow.commit()  # the try counts although it is refused
    raise Invalid("code", "invitation_code_wrong", left=left)
