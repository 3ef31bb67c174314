"""What the dialogue knows of a phone when a text is worked, and what is kept of its turn: answers,
new questions, and what is said, in one commit (law 5)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from enabler.domain.answering import ALWAYS_SAID, ANSWER, ANSWER_LASTS, DANGER
from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import Invalid, NotFound
from enabler.domain.members import Member
from enabler.domain.messages import ANSWER_IS_FRESH
from enabler.domain.permissions import Actor
from enabler.domain.prompts import Opening, Question, Say
from enabler.domain.quiet import local_day
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import Priority
from enabler.persistence.inbound import InboundText
from enabler.persistence.phones import Phone
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._letters import still_so
from enabler.services._prompting import OF_TEXTS, standing
from enabler.services._recognise import by_text
from enabler.services._tell import tell_contact

DEFAULTS = Ruleset(0, 0)
STOPS = "opting.stop"
"""The service that a text calls which asks for no more of them."""
STRANGERS_TEXTS_A_DAY = 12
"""More texts of a number that nobody here has are kept, and answered with nothing: each costs."""
MOST_HALF_SAID = 9
"""Questions of a phone's own texts that are open at once; the oldest are let go."""
_CODE = re.compile(r"[A-Za-z0-9:._-]{0,40}")


@dataclass(frozen=True, slots=True)
class Opened:
    """A text, and what is known of the phone that it came from. ``actor``: whose number it is, as
    far as that tells, which proves nothing. ``known``: a member here has the number; ``stopped``:
    they wanted no texts when it came; ``has_home``: we know where they live, ``has_address``: to
    the door. ``number``: as it came; ``reachable``: an answer can be sent to it.
    ``own``: the place's own phrases, each with its kind of help; ``understood_from``: percent, what
    is less likely is asked."""

    body: str
    opt_out: str | None
    received_at: datetime
    provider_ref: str
    actor: Actor
    language: str
    known: bool
    stopped: bool
    has_home: bool
    has_address: bool
    number: str
    reachable: bool
    questions: tuple[Question, ...]
    zone: str
    own: tuple[tuple[str, str], ...] = ()
    understood_from: int = DEFAULTS.understood_from


def open_text(*, text_id: int, now: datetime) -> Opened:
    """A text with what its phone may still be asked, the newest question last; what was settled
    otherwise is closed. Raises NotFound."""
    with unit_of_work() as uow:
        text = uow.inbound.by_id(text_id)
        phone = uow.phones.by_id(text.phone_id)
        place = uow.places.by_id(text.place_id)
        gone = text.member_id is not None and text.member_id != phone.member_id
        phone = replace(phone, member_id=None) if gone else phone  # they wrote who had it then
        member = None if phone.member_id is None else uow.members.by_id(phone.member_id)
        house = uow.telling.house(place.id, now)
        strange = phone.language or next(iter(house.languages), "en")
        opened = Opened(
            body=text.body, opt_out=text.opt_out, received_at=text.received_at,
            provider_ref=text.provider_ref, actor=by_text(uow, member, place.id, now),
            language=strange if member is None else member.language, known=member is not None,
            stopped=_was_stopped(uow, phone, text),
            has_home=member is not None and member.home_id is not None,
            has_address=_has_address(uow, member), number=phone.number,
            reachable=_takes_texts(phone.number),
            questions=standing(uow, phone, still_so, now), zone=house.timezone,
            own=uow.own_wordings.of(place.id), understood_from=_understood_from(uow, place.id, now),
        )  # fmt: skip
        uow.commit()
    return opened


def _understood_from(uow: UnitOfWork, place_id: int, now: datetime) -> int:
    try:
        return uow.rulesets.in_force(place_id, now).understood_from
    except NotFound:  # a place that has no rules yet
        return DEFAULTS.understood_from


def came_already(*, key: str) -> tuple[str, Mapping[str, Any]] | None:
    """Which service a deed of a text called under this key, with its result, where the text is
    worked anew; None where nothing was done under it. What a text is about when it names nothing
    must not be looked for twice: the first time changed what there is."""
    with reading() as uow:
        return uow.calls.known(key)


def close_text(
    *, text_id: int, closes: Sequence[str], opens: Sequence[Opening], says: Sequence[Say],
    now: datetime, refs: Mapping[str, str] = MappingProxyType({}),
) -> bool:  # fmt: skip
    """Keep what came of a text: the letters of questions that it answered, questions that it led
    to, what is said to it. Once: False, with nothing done, where it was answered before. A
    stranger is told one thing a day beside what they are asked. ``refs``: of what was made of an
    answered question, by its letter.

    Raises NotFound, ValueError for something to say that is no ref, code or number.
    """
    with unit_of_work() as uow:
        phone = uow.phones.by_id(uow.inbound.by_id(text_id).phone_id)
        text = uow.inbound.by_id(text_id)  # as it is now that its number is ours
        opens, says = _affordable(uow, phone, text, (closes, opens, says), now)
        done = uow.inbound.settle(text.id, "answered" if opens or says else "nothing", now)
        if done:
            uow.prompts.close_letters(
                phone.id, closes, now, opened_by=text.received_at, refs=refs
            )  # fmt: skip
            _forget_oldest(uow, phone, len(opens), now)
            uow.flush()
            letters = [
                _open(uow, phone, text, nth, each, now) for nth, each in enumerate(opens)
            ]  # fmt: skip
            _say(uow, phone, text, letters, says, now)
            uow.phones.touch(phone.id, now)
        uow.commit()
    return done


def _was_stopped(uow: UnitOfWork, phone: Phone, text: InboundText) -> bool:
    """Whether they wanted no texts before this one: worked anew it meets what it met at first."""
    by_itself = uow.calls.did(f"{OF_TEXTS}{text.provider_ref}:0", STOPS)
    return not by_itself and uow.phones.stopped_at(phone) is not None


def _has_address(uow: UnitOfWork, member: Member | None) -> bool:
    """Whether a helper would find the door: whoever joined by text gave a postcode alone."""
    return (
        member is not None and member.home_id is not None
        and bool(uow.homes.where(member.home_id).address)
    )  # fmt: skip


def _forget_oldest(uow: UnitOfWork, phone: Phone, coming: int, now: datetime) -> None:
    """Nobody has so many things half said: without a bound a phone would run out of letters."""
    standing_ones = [
        each.id for each in uow.prompts.of(phone, now)
        if each.key.startswith(OF_TEXTS) and not each.question.closed
    ]  # fmt: skip
    over = max(0, len(standing_ones) + coming - MOST_HALF_SAID)
    uow.prompts.close(standing_ones[:over], "again", now)


def _open(
    uow: UnitOfWork, phone: Phone, text: InboundText, nth: int, opening: Opening, now: datetime
) -> str:
    kept = uow.prompts.open(
        phone, kind=opening.kind, options=opening.options, facts=opening.facts,
        takes_words=opening.takes_words, ref=opening.ref, now=now,
        key=f"{OF_TEXTS}{text.provider_ref}:{nth}",
    )  # fmt: skip
    return kept.question.letter


def _say(
    uow: UnitOfWork, phone: Phone, text: InboundText, letters: Sequence[str],
    says: Sequence[Say], now: datetime,
) -> None:  # fmt: skip
    """One text back, to the number that wrote; its words are made when it leaves. None to what is
    no mobile number of ours: withheld, foreign, a landline."""
    if not (letters or says) or not _takes_texts(phone.number):
        return
    said = [{"code": one.code, "facts": _plain(one.facts)} for one in says]
    tell_contact(
        uow, place_id=phone.place_id, kind="phone", value=phone.number, template=ANSWER,
        parameters={"text": text.id, "asks": list(letters), "says": said},
        priority=_priority(text, says), now=now, dedupe_key=f"{ANSWER}:{text.provider_ref}",
        expires_at=now + ANSWER_LASTS,
        language=phone.language,
    )  # fmt: skip


def _priority(text: InboundText, says: Sequence[Say]) -> Priority:
    """An answer that comes soon wakes nobody who has not just written. To a text that reached us
    hours late it keeps quiet hours as everything does, unless somebody is in danger."""
    if any(one.code == DANGER for one in says):
        return Priority.SAFETY
    late = text.sent_at is not None and text.received_at - text.sent_at > ANSWER_IS_FRESH
    return Priority.MATCH if late else Priority.ANSWER


def _affordable(
    uow: UnitOfWork, phone: Phone, text: InboundText,
    came: tuple[Sequence[str], Sequence[Opening], Sequence[Say]], now: datetime,
) -> tuple[Sequence[Opening], Sequence[Say]]:  # fmt: skip
    """What a stranger causes has its bounds: so many texts a day, and one thing said beside what
    they are asked and what they are told of their answers."""
    closes, opens, says = came
    if phone.member_id is not None or text.answered_at is not None:
        return opens, says
    start, _ = local_day(now, uow.telling.house(phone.place_id, now).timezone)
    always = tuple(one for one in says if one.code in ALWAYS_SAID)
    if uow.inbound.count(text, start) > STRANGERS_TEXTS_A_DAY:
        return (), always
    if opens or closes or not says:
        return opens, says
    if phone.told_at is not None and phone.told_at >= start:
        return (), always
    uow.phones.change(phone.id, told_at=now)
    return (), says


def _takes_texts(number: str) -> bool:
    try:
        return PhoneNumber.parse(number).takes_texts
    except Invalid:
        return False


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The outbox holds nobody's words: they are read when the letter leaves, by whoever may."""
    for name, value in facts.items():
        for one in value if isinstance(value, list | tuple) else (value,):
            if isinstance(one, str) and not _CODE.fullmatch(one):
                raise ValueError(f"{name} is no ref, code or number")
    return dict(facts)
