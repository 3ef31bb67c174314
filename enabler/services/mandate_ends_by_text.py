"""A member ends by text what somebody may do for them, or says no to what is asked of them, by a
number that only a text to their phone told (``domain/mandates_by_text.py`` says why)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enabler.domain.mandates import Ended
from enabler.domain.mandates_by_text import MOST_TEXTS_WITH_CODES, own_code_of
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor
from enabler.domain.quiet import local_day
from enabler.domain.sign_in import read_code, same
from enabler.domain.vocabulary import Priority
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._mandate_asks import asked_of, record
from enabler.services._mandates import end as end_mandate
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._tell import tell
from enabler.services.ports import Secrets

__all__ = ["Came", "end"]


@dataclass(frozen=True, slots=True)
class Came:
    """What became of it: ended, declined, unknown, or flood: too many texts came today for a number
    to count. ``ref`` is the mandate's, or that of what was asked."""

    what: str
    ref: str | None = None


def end(
    *, actor: Actor, text_id: int, code: str, secrets: Secrets, key: str, now: datetime
) -> Came:  # fmt: skip
    """Whose number this is acts for the actor no more; or an ask is answered by no. Nobody
    hears of either. What is over already stays so. Where the actor has a mail address it says there
    that it was done, as whoever holds their phone could have done it.

    Raises NotAllowed, Invalid("code", …), KeyReused.
    """
    digits = read_code(code)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SAY_WHO_ACTS)

        def act() -> dict[str, Any]:
            if _is_flood(uow, text_id, now):
                return {"what": "flood"}
            uow.contacts.hold(member.id)
            return _end(uow, actor, member, lambda ref: _is_of(ref, digits, secrets), now)

        result = once(
            uow, "mandate_ends_by_text.end", actor=actor, key=key, now=now, act=act,
            arguments={"code": secrets.digest(digits)},
        )  # fmt: skip
        uow.commit()
    return Came(str(result["what"]), result.get("ref"))


def _is_of(ref: str, digits: str, secrets: Secrets) -> bool:
    return same(secrets.code(own_code_of(ref)), digits)


def _end(
    uow: UnitOfWork, actor: Actor, member: Member, is_it: Callable[[str], bool], now: datetime
) -> dict[str, Any]:
    for mandate in uow.mandates.of_member(member.id):
        if is_it(mandate.ref):
            if mandate.is_open(now):
                end_mandate(uow, actor, mandate, Ended.MEMBER, now)
                _tell_mail(uow, member, mandate.ref, now)
            return {"what": "ended", "ref": mandate.ref}
    for asked in asked_of(uow, member, now):
        if is_it(asked.ref):
            uow.mandate_asks.end(asked.id, "declined", now)
            record(uow, actor, asked, "declined", now)
            return {"what": "declined", "ref": asked.ref}
    return {"what": "unknown"}


def _tell_mail(uow: UnitOfWork, member: Member, ref: str, now: datetime) -> None:
    if "mail" in uow.contacts.of(member.id):
        tell(
            uow, place_id=member.place_id, member_id=member.id, template="mandate_word",
            parameters={"mandate": ref}, priority=Priority.MATCH, now=now, by_mail=True,
            dedupe_key=f"mandate_word:{ref}",
        )  # fmt: skip


def _is_flood(uow: UnitOfWork, text_id: int, now: datetime) -> bool:
    text = uow.inbound.by_id(text_id)
    start, _ = local_day(now, uow.telling.house(text.place_id, now).timezone)
    return uow.inbound.count(text, start) > MOST_TEXTS_WITH_CODES
