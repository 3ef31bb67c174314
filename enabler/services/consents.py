"""What members agreed to: all of it with its words, and taken back in one press.

Taking back does what it says at once, in the same transaction: it is deleted, closed or hidden.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from enabler.domain.consents import (
    ACCESS,
    CARRY,
    COUNCILLOR,
    HOW,
    LEARNING,
    NEWS,
    ON_A_PAGE,
    RELY,
    TERMS,
    Shown,
    newest,
)
from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor
from enabler.domain.vocabulary import Priority, Way
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._access import NOTHING, keep_access
from enabler.services._case_sharing import end_share
from enabler.services._consent_views import consent_views, to_ask_again
from enabler.services._consenting import agree, end_consent
from enabler.services._leaves import close_leave
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._relying import take_back_relied
from enabler.services._tell import tell
from enabler.services.views.consents import ConsentsView, ConsentView


def mine(*, actor: Actor, now: datetime) -> ConsentsView:
    """All that the member agreed to, what is over beside it. Raises NotAllowed."""
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        views = consent_views(uow, member, now)
        return ConsentsView(
            standing=tuple(one for one in views if one.ended_at is None),
            over=tuple(one for one in reversed(views) if one.ended_at is not None),
            ask_again=to_ask_again(uow, member), has_mail="mail" in uow.contacts.of(member.id),
        )  # fmt: skip


def receipt(*, actor: Actor, code: str, nth: int, now: datetime) -> ConsentView:
    """One of them: the ``nth`` of this wording, from 1. Raises NotAllowed, NotFound."""
    with reading() as uow:
        return _nth(uow, own(uow, actor, Action.SEE_OWN), code, nth, now)


def send_receipt(*, actor: Actor, code: str, nth: int, key: str, now: datetime) -> None:
    """Mail it to the member. Raises NotAllowed, NotFound, WrongMoment("consent_no_mail"),
    KeyReused."""
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        one = _nth(uow, member, code, nth, now)
        if "mail" not in uow.contacts.of(member.id):
            raise WrongMoment("consent_no_mail")

        def act() -> dict[str, Any]:
            tell(
                uow, place_id=member.place_id, member_id=member.id, template="consent_receipt",
                parameters={"consent": f"{one.code}/{one.nth}"}, priority=Priority.ANSWER, now=now,
                dedupe_key=f"consent_receipt:{member.id}:{one.code}:{one.nth}:{key}", by_mail=True,
            )  # fmt: skip
            return {"code": one.code}

        once(uow, "consents.send_receipt", actor=actor, key=key, now=now, act=act, again=False,
             arguments={"code": code, "nth": nth})  # fmt: skip
        uow.commit()


def withdraw(
    *, actor: Actor, code: str, about: str | None = None, how: str = "page", key: str, now: datetime
) -> bool:
    """Take back what one agreed to; of one thing (the ref of what it is ``about``), else of all.
    What it lets happen ends at once; whether anything stood. Once more does nothing more.

    ``how``: page, text. Raises NotAllowed, NotFound("consent_unknown"),
    WrongMoment("terms_end_with_account"), Invalid("how"), KeyReused.
    """
    if how not in HOW:
        raise Invalid("how", "code_unknown")
    if code in TERMS:
        raise WrongMoment("terms_end_with_account")
    newest(code)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)

        def act() -> dict[str, Any]:
            stood = uow.consents.standing(member.id, code, about)
            for one in stood:
                _UNDOES[code](uow, actor, member, one.about, how, now)
                end_consent(uow, actor, member, code, how, now, about=one.about)
            return {"ended": len(stood)}

        result = once(uow, "consents.withdraw", actor=actor, key=key, now=now, act=act,
                      arguments={"code": code, "about": about, "how": how})  # fmt: skip
        uow.commit()
    return bool(result["ended"])


def due(*, actor: Actor) -> tuple[str, ...]:
    """What the member is to be asked again, as codes: words that matter have changed, or something
    is kept that they were never asked about. Raises NotAllowed."""
    with reading() as uow:
        return to_ask_again(uow, own(uow, actor, Action.SEE_OWN))


def answer_again(
    *, actor: Actor, code: str, agrees: bool, shown: Shown = ON_A_PAGE, key: str,
    now: datetime,
) -> None:  # fmt: skip
    """Agree to the newest words, or not: then it ends as if it were taken back.

    Raises NotAllowed, NotFound, WrongMoment("terms_end_with_account"), KeyReused.
    """
    newest(code)
    if code in TERMS and not agrees:
        raise WrongMoment("terms_end_with_account")
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)

        def act() -> dict[str, Any]:
            if code not in to_ask_again(uow, member):
                return {"code": code}  # answered in another window
            if agrees:
                agree(uow, actor, member, code, shown, now)
            else:
                _UNDOES[code](uow, actor, member, "", shown.how, now)
                end_consent(uow, actor, member, code, shown.how, now, about="")
            return {"code": code}

        once(uow, "consents.answer_again", actor=actor, key=key, now=now, act=act,
             arguments={"code": code, "agrees": agrees})  # fmt: skip
        uow.commit()


def _nth(uow: UnitOfWork, member: Member, code: str, nth: int, now: datetime) -> ConsentView:
    views = consent_views(uow, member, now)
    found = next((one for one in views if (one.code, one.nth) == (code, nth)), None)
    if found is None:
        raise NotFound("consent_unknown")
    return found


Undo = Callable[[UnitOfWork, Actor, Member, str, str, datetime], None]


def _forget_access(
    uow: UnitOfWork, actor: Actor, member: Member, _about: str, _how: str, now: datetime
) -> None:
    keep_access(uow, actor, member, NOTHING, now)


def _no_news(
    uow: UnitOfWork, _actor: Actor, member: Member, _about: str, _how: str, _now: datetime
) -> None:
    uow.wishes.choose(member.place_id, member.id, bulletins_by=Way.PAGE)


def _hide_check(
    uow: UnitOfWork, actor: Actor, _member: Member, about: str, how: str, now: datetime
) -> None:
    leave = uow.credentials.grant_by_ref(about)
    if leave.ended_at is None:
        close_leave(uow, actor, leave, now, how=how)


def _hide_case(
    uow: UnitOfWork, actor: Actor, member: Member, about: str, how: str, now: datetime
) -> None:
    share = uow.case_shares.by_ref(member.place_id, about)
    if share.ended_at is None:
        end_share(uow, actor, share, "taken-back", how, now)


def _forget_words(
    uow: UnitOfWork, _actor: Actor, member: Member, _about: str, _how: str, _now: datetime
) -> None:
    uow.own_wordings.forget(member.id)


_UNDOES: Mapping[str, Undo] = {
    ACCESS: _forget_access,
    NEWS: _no_news,
    CARRY: _hide_check,
    COUNCILLOR: _hide_case,
    RELY: take_back_relied,
    LEARNING: _forget_words,
}
"""What taking back does, by what was agreed to."""
