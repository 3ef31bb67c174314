"""What somebody texts of our texts: none any more, or again, or in another language.

It holds for the number that wrote, whoever has it: whoever is no member, or may not come in, can
say so as well. Nothing else ends or begins by it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from enabler.domain.permissions import Actor
from enabler.persistence.inbound import InboundText
from enabler.persistence.phones import Phone
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._joining import spoken
from enabler.services._once import once

BY_TEXT = "by_text"


def stop(*, text_id: int, key: str, now: datetime) -> bool:
    """Whoever wrote this wants no texts; whether that is new: then it is confirmed, once.

    Raises NotFound, KeyReused.
    """
    return _change("stop", text_id, key, now, _stop)


def start(*, text_id: int, key: str, now: datetime) -> bool:
    """They want texts again; whether they had wanted none. Raises NotFound, KeyReused."""
    return _change("start", text_id, key, now, _start)


def read_in(*, text_id: int, language: str, key: str, now: datetime) -> bool:
    """The language of our texts to a number that no member has; False where the place does not
    speak it. A member's is their own (``details.read_in``). Raises NotFound, KeyReused."""

    def act(uow: UnitOfWork, phone: Phone, now: datetime) -> bool:
        if spoken(uow.places.by_id(phone.place_id), language) != language:
            return False
        uow.phones.change(phone.id, language=language)
        return True

    return _change("read_in", text_id, key, now, act, language=language)


def _change(
    what: str, text_id: int, key: str, now: datetime,
    act: Callable[[UnitOfWork, Phone, datetime], bool], **said: Any,
) -> bool:  # fmt: skip
    """What a number's text changes of it, once; whether it changed anything."""
    with unit_of_work() as uow:
        text: InboundText = uow.inbound.by_id(text_id)
        phone = uow.phones.by_id(text.phone_id)
        result = once(
            uow, f"opting.{what}", actor=Actor.anonymous(phone.place_id), key=key, now=now,
            arguments={"text": text_id, **said}, act=lambda: {"new": act(uow, phone, now)},
        )  # fmt: skip
        uow.commit()
    return bool(result["new"])


def _stop(uow: UnitOfWork, phone: Phone, now: datetime) -> bool:
    if uow.phones.stopped_at(phone) is not None:
        return False
    if phone.member_id is None:
        uow.phones.stop(phone.id, now)
    else:
        uow.telling.stop(phone.member_id, now)
    _record(uow, phone, "stopped", now)
    return True


def _start(uow: UnitOfWork, phone: Phone, now: datetime) -> bool:
    if uow.phones.stopped_at(phone) is None:
        return False
    if phone.member_id is None:
        uow.phones.start(phone.id, now)
    else:
        uow.telling.start(phone.member_id)
    _record(uow, phone, "started", now)
    return True


def _record(uow: UnitOfWork, phone: Phone, what: str, now: datetime) -> None:
    """Of a member in their own history; of a stranger's number that it happened, not whose."""
    if phone.member_id is None:
        uow.audit.record(
            Actor.anonymous(phone.place_id), f"phone.{what}", place_id=phone.place_id, now=now,
            subject=("phone", phone.id, None), columns=("stopped_at",), why=BY_TEXT,
        )  # fmt: skip
        return
    member = uow.homes.member(phone.member_id)
    actor = Actor("member", member.ref, member_id=member.id, place_id=member.place_id)
    uow.audit.record(
        actor.by_text(), f"member.{what}", place_id=member.place_id, now=now, why=BY_TEXT,
        subject=("member", member.id, member.ref), columns=("stopped_at",), whose=member.id,
    )  # fmt: skip
