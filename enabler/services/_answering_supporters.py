"""What texts about who acts for a member are made of when they leave, to whoever has the number
then: nothing of a surname, a number but its end, or of anybody else's supporters."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import NotFound
from enabler.domain.mandates import Mandate
from enabler.domain.mandates_by_text import own_code_of
from enabler.persistence.mandate_asks import MandateAsk
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._mandate_asks import is_to
from enabler.services.ports import Secrets

Values = dict[str, Any]
Seen = Callable[[int, str, str], str | None]
"""The first word of a member's name, with the sight that it is."""
MANDATE, ASK = "mandate", "mandate-ask"
"""Kinds of refs, and the names of facts that have one."""
ABOUT = frozenset({MANDATE, ASK})
_ENDED_BY_TEXT = frozenset({"acted", "acted_today", "mandate_begun", "mandate_ends"})
"""Letters to the member of a mandate that say how to end it."""
_ANSWERED_BY_TEXT = frozenset({"mandate_asked", "mandate_go_on"})


def by_text_values(template: str, ref: str, secrets: Secrets) -> Values:
    """What a letter needs to say what can be texted back, to a phone that can text back."""
    if template in _ENDED_BY_TEXT:
        return {"end_code": secrets.code(own_code_of(ref))}
    return {"by_text": True} if template in _ANSWERED_BY_TEXT else {}


def values_of(
    uow: UnitOfWork, place_id: int, me: int | None, facts: Mapping[str, Any], secrets: Secrets,
    now: datetime, *, seen: Seen | None,
) -> Values | None:  # fmt: skip
    """What is said of a mandate that ``me`` gave, of what they are asked, or of whom they want to
    ask; None where it is not theirs, or waits no more. ``seen`` where a name is told."""
    if me is None:
        return None
    found: Values | None = {name: facts.get(name) for name in ("ends", "days", "scopes")}
    try:
        if MANDATE in facts:
            mandate = uow.mandates.by_ref(place_id, str(facts[MANDATE]))
            found = _of_mandate(uow, mandate, me, secrets, seen)
        elif ASK in facts:
            ask = uow.mandate_asks.by_ref(place_id, str(facts[ASK]))
            found = _of_ask(uow, ask, me, secrets, now, seen)
    except NotFound:
        return None
    if found is None or "nonce" not in facts:
        return found
    return found | {"code": secrets.code(str(facts["nonce"]))}


def _of_mandate(
    uow: UnitOfWork, mandate: Mandate, me: int, secrets: Secrets, seen: Seen | None
) -> Values | None:
    if mandate.member_id != me:
        return None
    who = mandate.organisation_id, mandate.supporter_id
    return {
        "name": _name(uow, *who, mandate.ref, seen), "day": mandate.until_at.date(),
        "scopes": [scope.value for scope in mandate.scopes],
        "end_code": secrets.code(own_code_of(mandate.ref)),
    }  # fmt: skip


def _of_ask(
    uow: UnitOfWork, ask: MandateAsk, me: int, secrets: Secrets, now: datetime, seen: Seen | None
) -> Values | None:
    if ask.asked_by != "supporter" or not ask.waits(now):
        return None
    if not is_to(uow, ask, uow.homes.member(me)):
        return None
    phone = None if ask.organisation_id else uow.contacts.of(ask.by_member_id).get("phone")
    ends = None if phone is None else PhoneNumber.parse(phone.value).national[-3:]
    return {
        "name": _name(uow, ask.organisation_id, ask.by_member_id, ask.ref, seen), "ends": ends,
        "days": ask.days, "scopes": [scope.value for scope in ask.scopes],
        "end_code": secrets.code(own_code_of(ask.ref)),
    }  # fmt: skip


def _name(
    uow: UnitOfWork, organisation_id: int | None, person_id: int | None, ref: str,
    seen: Seen | None,
) -> str | None:  # fmt: skip
    """Of an organisation its name, which is no sight; of a person the first word of theirs."""
    if seen is None:
        return None
    if organisation_id is not None:
        return str(uow.organisations.by_id(organisation_id).name)
    person = uow.homes.member(person_id or 0)
    return seen(person.id, person.shown_name, ref)
