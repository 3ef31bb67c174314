"""A row of the outbox made ready to send, or dropped: the last look before it leaves the house.

Everything here runs in one transaction of ``services.messages``: what the message is about is
read, entitlement is checked again, and the sight of another's name or address is logged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.answering import ANSWER
from enabler.domain.letter_parts import Side
from enabler.domain.letters import TEMPLATES, About, Party, address_window, holds, is_for
from enabler.domain.messages import (
    FREE_OF_HOURS_AND_CAPS,
    House,
    Outgoing,
    Receiver,
    may_go_at,
)
from enabler.domain.notices import ALWAYS, kind_of
from enabler.domain.quiet import local_day
from enabler.domain.stopping import may_go_all_the_same
from enabler.domain.vocabulary import Channel, Way
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _links, _prompting
from enabler.services._answering import OfLetter, Told, answer_values
from enabler.services._answering_supporters import by_text_values
from enabler.services._demands import standing_of
from enabler.services._first_meetings import FIRST_MEETINGS, first_meeting
from enabler.services._ground import ground
from enabler.services._lacking import missing_of
from enabler.services._letter_sights import log_sight, shown_of
from enabler.services._letter_subjects import subject_of
from enabler.services._letter_values import signed_values, values_of
from enabler.services._letter_words import is_read, say_words
from enabler.services._paused import reaches
from enabler.services._text_caps import TextCaps, need_of
from enabler.services.ports import Secrets

_LOOK_AGAIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is handed to the gateway: values to render, and where it goes."""

    row: Outgoing
    address: str
    sender: str | None
    language: str
    values: Mapping[str, Any]
    need_id: int | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """It no longer holds, or may not go: a code."""

    because: str


@dataclass(frozen=True, slots=True)
class Later:
    """It may go, but not before this moment."""

    at: datetime


def make_letter(
    uow: UnitOfWork,
    row: Outgoing,
    *,
    simulated: bool,
    secrets: Secrets,
    caps: TextCaps,
    now: datetime,
) -> Letter | Drop | Later:
    """The row as it may be said at this moment, to this receiver. Logs the sight it gives."""
    house = uow.telling.house(row.place_id, now)
    receiver = _receiver(uow, row)
    address = _address(row, receiver)
    if refused := _refused(row, receiver, house, address, simulated=simulated, now=now):
        return Drop(refused)
    if _rests(uow, row, receiver):
        return Drop("paused")
    about = _about_unread(uow, row, receiver, now)
    if isinstance(about, Drop):
        return about
    if late := _later(uow, row, receiver, house, about, now):
        return late if late.at < row.expires_at else Drop("too_late")
    need_id = need_of(uow, about)
    if kept_back := caps.refuse(uow, row, house, need_id, now):
        return Drop(kept_back)
    values, shown = content(uow, row, receiver, about, secrets, now)
    log_sight(uow, row, receiver, about, shown, now)
    values |= say_words(uow, row, receiver, about, now)
    values |= _prompting.ask(uow, row, about, house, address or "", still_so, now)
    if row.template == ANSWER:
        again = _again(uow, receiver, secrets, now)
        said = answer_values(uow, row, receiver, again, secrets, now)
        if said is None:
            return Drop("no_longer_so")
        values |= said
    return Letter(row, address or "", house.phone, row.language, values, need_id)


def _again(
    uow: UnitOfWork, receiver: Receiver, secrets: Secrets, now: datetime
) -> OfLetter:  # fmt: skip
    """What a letter that asked something would say at this moment, to whoever is asked again."""

    def read(row: Outgoing) -> Told | None:
        about = still_so(uow, row, receiver, now)
        if about is None:
            return None
        values, _ = content(uow, row, receiver, about, secrets, now)
        return about, values

    return read


def about_now(uow: UnitOfWork, row: Outgoing, receiver: Receiver, now: datetime) -> About | Drop:
    """What the row is about, if it still holds and is for this receiver; else why not."""
    about = subject_of(uow, row, receiver, now)
    if about is None or not holds(row.template, about, now):
        return Drop("no_longer_so")
    kept = _kept_from(uow, row, receiver, about, now)
    return Drop(kept) if kept else about


def _about_unread(
    uow: UnitOfWork, row: Outgoing, receiver: Receiver, now: datetime
) -> About | Drop:
    """The same, and nobody has read meanwhile what it brings. Its question stands all the same:
    what was read on a page is answered by a text as well."""
    about = about_now(uow, row, receiver, now)
    if isinstance(about, About) and is_read(uow, row, about):
        return Drop("no_longer_so")
    return about


def still_so(
    uow: UnitOfWork, row: Outgoing, receiver: Receiver, now: datetime
) -> About | None:  # fmt: skip
    """The same, as far as a question of a letter that was sent has to know."""
    about = about_now(uow, row, receiver, now)
    return None if isinstance(about, Drop) else about


def content(
    uow: UnitOfWork, row: Outgoing, receiver: Receiver, about: About, secrets: Secrets,
    now: datetime,
) -> tuple[dict[str, Any], dict[str, tuple[Party, str]]]:  # fmt: skip
    """What its words are made of, and what of that shows of others: {what: (whose, value)}. The
    sight is the caller's to log."""
    house = uow.telling.house(row.place_id, now)
    shown = shown_of(uow, row, about)
    asker = about.asker
    if asker is not None and asker.member_id not in about.introduced and (
        uow.hidden.of(asker.member_id)
    ):  # fmt: skip
        about = replace(about, within_metres=None)  # the ward alone, as on their page
    values = values_of(about, house, shown) | signed_values(row, receiver, about, secrets)
    if about.kind == "offer":
        values["checks"] = missing_of(uow, row.place_id, about.ref, now)
    if row.template in FIRST_MEETINGS:
        values["meet"] = first_meeting(uow, about, now)
    if row.channel is Channel.TEXT and house.phone:
        values |= by_text_values(row.template, about.ref, secrets)
    if about.kind == "decision":
        token = _links.sign(secrets, _links.DECISION, about.ref)
        values["path"] = f"/{house.slug}/statement?d={token}"
    return values, shown


def _rests(uow: UnitOfWork, row: Outgoing, receiver: Receiver) -> bool:
    """Whether it was queued before its receiver asked for peace."""
    if not receiver.paused or row.member_id is None:
        return False
    return not reaches(uow, row.member_id, row.template, row.priority, row.parameters)


def _kept_from(
    uow: UnitOfWork, row: Outgoing, receiver: Receiver, about: About, now: datetime
) -> str | None:
    """Why it is not for this receiver, or None."""
    on_duty = _on_duty(uow, row, receiver, about, now)
    if not is_for(row.template, about, row.member_id, on_duty=on_duty):
        return "not_entitled"
    return "hidden" if _gives_away(uow, row, about) else None


def _gives_away(uow: UnitOfWork, row: Outgoing, about: About) -> bool:
    """Whether it is the address of somebody hidden: that goes by no letter, introduced or not."""
    asker = about.asker
    return row.template == "address" and asker is not None and (
        uow.hidden.of(asker.member_id) is not None
    )  # fmt: skip


def _receiver(uow: UnitOfWork, row: Outgoing) -> Receiver:
    if row.member_id is None:
        kind = "phone" if row.channel is Channel.TEXT else "mail"
        return uow.telling.number(row.place_id, row.to_value or "", kind)
    return uow.telling.receiver(row.member_id, lock=True)


def _address(row: Outgoing, receiver: Receiver) -> str | None:
    if row.to_value is not None:
        return row.to_value
    return receiver.phone if row.channel is Channel.TEXT else receiver.mail


def _refused(
    row: Outgoing, receiver: Receiver, house: House, address: str | None, *, simulated: bool,
    now: datetime,
) -> str | None:  # fmt: skip
    """Why the row may not go whatever it says, or None."""
    if now >= row.expires_at:
        return "too_late"
    if house.invented and not simulated:
        return "place_invented"
    if not receiver.is_told(row.template) or address is None:
        return "no_address"
    if barred := _barred(row, receiver):
        return barred
    kind = None if row.member_id is None else kind_of(row.template, row.priority)
    if kind is not None and receiver.wishes.of(kind) is Way.PAGE:
        return "not_wanted"
    return None


def _barred(row: Outgoing, receiver: Receiver) -> str | None:
    """Why nothing of this channel goes to them, or None."""
    if row.channel is Channel.MAIL:
        return "stopped" if receiver.mail_stopped and row.priority not in ALWAYS else None
    if receiver.stopped:
        return None if may_go_all_the_same(row.template, row.parameters) else "stopped"
    return "unreached" if receiver.marked and row.priority not in FREE_OF_HOURS_AND_CAPS else None


def _on_duty(
    uow: UnitOfWork, row: Outgoing, receiver: Receiver, about: About, now: datetime
) -> bool:
    if TEMPLATES[row.template].side is not Side.STAFF or receiver.member_id is None:
        return False
    ward_id = about.ward_id if about.kind == "ward" else None  # its councillors hear of no need
    return uow.subjects.is_on_duty(receiver.member_id, row.place_id, ward_id, now)


def _later(
    uow: UnitOfWork, row: Outgoing, receiver: Receiver, house: House, about: About, now: datetime
) -> Later | None:
    """The moment for which it must wait: quiet hours, the day's cap, the address's window."""
    allowed = _quiet_until(now, row, receiver, house)
    if allowed > now:
        return Later(allowed)
    if row.channel is Channel.TEXT and row.priority not in FREE_OF_HOURS_AND_CAPS:
        start, end = local_day(now, house.timezone)
        if uow.outbox.texts_to(row, start, end) >= house.rules.texts_per_day:
            return Later(_quiet_until(end, row, receiver, house))
    if row.template == "address":
        window = address_window(about, house.rules)
        if window is None or now >= window.end:
            return Later(row.expires_at)  # never: the caller drops it
        begins = max(window.start, receiver.caution_until or window.start)
        if now < begins:
            return Later(begins)
        if not _may_be_told_where(uow, about, now):
            return Later(now + _LOOK_AGAIN)
    return None


def _may_be_told_where(uow: UnitOfWork, about: About, now: datetime) -> bool:
    """Whether the helper's side stands at this moment: as on the page, so in a letter."""
    match = uow.matches.by_ref(None, about.ref)
    need, offer = uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id)
    here = ground(uow, need.place_id, now, need.cell)
    return standing_of(uow, match, need, offer, here).whole


def _quiet_until(moment: datetime, row: Outgoing, receiver: Receiver, house: House) -> datetime:
    return may_go_at(
        moment, channel=row.channel, template=row.template, priority=row.priority,
        queued_at=row.queued_at, receiver=receiver, house=house,
    )  # fmt: skip
