"""Queue a message, in the transaction of what it tells of. It leaves the house after the commit.

The row holds a template and refs; names, addresses and codes are read when it is sent, by whoever
may see them then (``services.messages``).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from enabler.domain.messages import LIFETIMES, House, Receiver, may_go_at
from enabler.domain.vocabulary import Channel, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._paused import reaches
from enabler.services._untold import keep_untold


def tell(
    uow: UnitOfWork,
    *,
    place_id: int,
    member_id: int,
    template: str,
    parameters: Mapping[str, Any],
    priority: Priority,
    dedupe_key: str,
    now: datetime,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    by_mail: bool = False,
    everywhere: bool = False,
) -> bool:
    """Queue a text or mail to a member, or both, as they chose for its kind; whether it was queued.

    ``parameters`` are refs and numbers ({"match": ref}, {"need": ref}, {"offer": ref}). The same
    ``dedupe_key`` queues nothing twice. It goes from ``due_at`` on (now), outside quiet hours,
    and never after ``expires_at``. ``by_mail``: a mail where they have an address;
    ``everywhere``: to their phone and their mail address, whatever they chose. To somebody who
    cannot be reached nothing is queued: their pages say the same; to whoever has no phone and no
    mail address people say it (``services.untold``).
    """
    rows = letters(
        uow, place_id=place_id, member_id=member_id, template=template, parameters=parameters,
        priority=priority, dedupe_key=dedupe_key, now=now, due_at=due_at, expires_at=expires_at,
        by_mail=by_mail, everywhere=everywhere,
    )  # fmt: skip
    queued = [uow.outbox.queue(**row) for row in rows]
    return any(queued)


def letters(
    uow: UnitOfWork, *, place_id: int, member_id: int, template: str, priority: Priority,
    dedupe_key: str, now: datetime, by_mail: bool = False, everywhere: bool = False, **words: Any,
) -> list[dict[str, Any]]:  # fmt: skip
    """What ``tell`` queues, as rows of the outbox: one for each way that the member chose.

    None where nobody can be reached: what people are to tell is kept for them. For many at once:
    ``uow.outbox.queue_many``.
    """
    receiver = uow.telling.receiver(member_id)
    if receiver.paused and not reaches(
        uow, member_id, template, priority, words.get("parameters") or {}
    ):
        return []
    chosen = receiver.channels(template, priority)
    if not chosen:
        keep_untold(
            uow, receiver, place_id=place_id, template=template, priority=priority,
            dedupe_key=dedupe_key, now=now, **words,
        )  # fmt: skip
    if by_mail and receiver.mail:
        chosen = (Channel.MAIL,)
    if everywhere:
        chosen = receiver.every_channel(template, priority)
    return [
        _row(
            house=uow.telling.house(place_id, now), receiver=receiver, to_value=None,
            channel=channel, now=now, template=template, priority=priority,
            dedupe_key=f"{dedupe_key}:{channel.value}" if position else dedupe_key, **words,
        )
        for position, channel in enumerate(chosen)
    ]  # fmt: skip


def tell_number(
    uow: UnitOfWork,
    *,
    place_id: int,
    phone: str,
    template: str,
    parameters: Mapping[str, Any],
    priority: Priority,
    dedupe_key: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> None:
    """Queue a text to a number (E.164) that need not be a member's: a code, or its first answer."""
    tell_contact(
        uow, place_id=place_id, kind="phone", value=phone, template=template,
        parameters=parameters, priority=priority, dedupe_key=dedupe_key, now=now,
        expires_at=expires_at,
    )  # fmt: skip


def tell_contact(
    uow: UnitOfWork,
    *,
    place_id: int,
    kind: str,
    value: str,
    template: str,
    parameters: Mapping[str, Any],
    priority: Priority,
    dedupe_key: str,
    now: datetime,
    expires_at: datetime | None = None,
    language: str | None = None,
) -> None:
    """Queue a message to a phone (E.164) or mail address, whoever's it is when it is sent; in
    ``language`` where it is no member's."""
    house = uow.telling.house(place_id, now)
    receiver = uow.telling.number(place_id, value, kind)
    if receiver.member_id is None and language is not None:
        receiver = replace(receiver, language=language)
    row = _row(
        house=house, receiver=receiver, to_value=value,
        channel=Channel.TEXT if kind == "phone" else Channel.MAIL, template=template,
        parameters=parameters, priority=priority, dedupe_key=dedupe_key, now=now,
        expires_at=expires_at,
    )  # fmt: skip
    uow.outbox.queue(**row)


def _row(
    *, house: House, receiver: Receiver, to_value: str | None, channel: Channel, template: str,
    parameters: Mapping[str, Any], priority: Priority, dedupe_key: str, now: datetime,
    due_at: datetime | None = None, expires_at: datetime | None = None,
) -> dict[str, Any]:  # fmt: skip
    due = may_go_at(
        max(due_at or now, now), channel=channel, template=template, priority=priority,
        queued_at=now, receiver=receiver, house=house,
    )  # fmt: skip
    return {
        "place_id": house.place_id, "member_id": receiver.member_id if to_value is None else None,
        "to_value": to_value, "channel": channel, "template": template,
        "parameters": dict(parameters), "language": receiver.language, "priority": priority,
        "dedupe_key": dedupe_key, "queued_at": now, "due_at": due,
        "expires_at": expires_at or due + LIFETIMES[priority],
    }  # fmt: skip
