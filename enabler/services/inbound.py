"""What phones text is kept first, once, in a commit of its own; then it is worked, one text of a
number after the other (law 5). Nothing that anybody wrote is lost: what cannot be worked goes to
people.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import Invalid, NotFound
from enabler.domain.permissions import Actor
from enabler.domain.prompts import MOST_FAILURES
from enabler.persistence.inbound import InboundText
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._reaching import number_reached

WORKED_WITHIN = timedelta(minutes=2)
"""Whoever works a number's texts and is not done by then has died: another takes over."""
SWEPT_AFTER = timedelta(minutes=1)
STRANGERS_ASIDE = 30
"""So many texts of strangers wait for people at a place at once: a flood hides nobody's need."""
_WORKER = Actor.system("work-texts")


@dataclass(frozen=True, slots=True)
class Received:
    """A text whose turn it is. ``received_at`` is the moment at which it is worked, whenever that
    happens, so that it comes to the same."""

    id: int
    provider_ref: str
    body: str
    opt_out: str | None
    received_at: datetime


def keep(
    *, provider_ref: str, sent_from: str, sent_to: str, body: str, opt_out: str | None,
    sent_at: datetime | None, now: datetime,
) -> bool:  # fmt: skip
    """Keep a text as it came, once for each reference of the provider; whether it is new.

    ``sent_from``: a number as the provider writes it, or what stands for a withheld one;
    ``sent_to``: the place's number. Raises NotFound("place_unknown").
    """
    with unit_of_work() as uow:
        place_id = _place(uow, sent_to)
        phone = uow.phones.of(place_id, _as_kept(sent_from), now)
        new = uow.inbound.keep(
            phone, provider_ref=_storable(provider_ref), body=_storable(body), opt_out=opt_out,
            sent_at=sent_at, received_at=now,
        )  # fmt: skip
        if new:
            uow.phones.touch(phone.id, now)
            number_reached(uow, phone, now, actor=_WORKER)
        uow.commit()
    return new


def place_of(*, sent_to: str) -> int:
    """The place that has this number. Raises NotFound("place_unknown")."""
    with reading() as uow:
        return _place(uow, sent_to)


def next_of(*, place_id: int, number: str, holder: str, now: datetime) -> Received | None:
    """The oldest text of a number that waits, for ``holder`` (a token of its own) to work; None
    where none waits, or where another works them. The number is the holder's until then."""
    with unit_of_work() as uow:
        known = uow.phones.known(place_id, _as_kept(number))
        if known is None:
            return None
        phone = uow.phones.by_id(known.id)
        if not uow.phones.take(phone.id, holder, now, now + WORKED_WITHIN):
            return None
        text = uow.inbound.oldest(phone.id)
        if text is None:
            uow.phones.let_go([phone.id], holder)
        uow.commit()
    return None if text is None else _received(text)


def settle(*, text_id: int, now: datetime) -> bool:
    """Nothing is to be said to it: whoever wrote it wants no texts, or had enough for a day.
    False where it was answered before. Raises NotFound."""
    with unit_of_work() as uow:
        text = uow.inbound.by_id(text_id)
        done = uow.inbound.settle(text.id, "nothing", now)
        uow.phones.touch(text.phone_id, now)
        uow.commit()
    return done


def failed(*, text_id: int, holder: str, now: datetime) -> bool:
    """Working it went wrong; its number is free again, and it is tried again. After the third time
    people look at it, and the next one's turn comes. Whether they do. Raises NotFound."""
    with unit_of_work() as uow:
        text = uow.inbound.by_id(text_id)
        uow.phones.by_id(text.phone_id)
        failures = text.failures + 1
        uow.inbound.change(text.id, failures=failures)
        aside = failures >= MOST_FAILURES
        if aside:
            _set_aside(uow, text, "failed", now)
        uow.phones.let_go([text.phone_id], holder)
        uow.commit()
    return aside


def set_aside(*, text_id: int, now: datetime) -> str:
    """People are to look at it, with every word; its ref. Twice it is the same. It is answered none
    the less, so that whoever wrote it hears that people have it. Raises NotFound."""
    with unit_of_work() as uow:
        text = uow.inbound.by_id(text_id)
        uow.phones.by_id(text.phone_id)
        ref = _set_aside(uow, uow.inbound.by_id(text.id), "not_understood", now)
        uow.commit()
    return ref


def give_to_people(*, text_id: int, now: datetime) -> bool:
    """The same, as far as people can look at all that strangers write: of a stranger's phone one
    waits at a time, as whoever looks at it reads what else it wrote; beyond a number of them no
    more are put before people. Each is kept. Whether people have it. Raises NotFound."""
    with unit_of_work() as uow:
        phone = uow.phones.by_id(uow.inbound.by_id(text_id).phone_id)
        text = uow.inbound.by_id(text_id)
        seen = text.ref is not None or phone.member_id is not None
        if not seen and uow.inbound.waits_aside(phone.id):
            return True
        if not seen and uow.inbound.strangers_aside(phone.place_id) >= STRANGERS_ASIDE:
            return False
        _set_aside(uow, text, "not_understood", now)
        uow.commit()
    return True


def waiting(*, now: datetime, limit: int = 100) -> tuple[tuple[int, str], ...]:
    """Places and numbers with texts that nobody answered within a minute and nobody works on, the
    oldest first: for the sweep."""
    with reading() as uow:
        return tuple(uow.inbound.waiting(now - SWEPT_AFTER, now, limit))


def _place(uow: UnitOfWork, sent_to: str) -> int:
    place = uow.places.by_phone(_as_kept(sent_to))
    if place is None:
        raise NotFound("place_unknown")
    return place.id


def _set_aside(uow: UnitOfWork, text: InboundText, why: str, now: datetime) -> str:
    if text.ref is not None:
        return text.ref
    ref = uow.refs.new(text.place_id, "text")
    uow.inbound.set_aside(text.id, ref, now)
    uow.audit.record(
        _WORKER, "text.set-aside", place_id=text.place_id, subject=("text", text.id, ref), now=now,
        why=why, whose=text.member_id,
    )  # fmt: skip
    return ref


def _received(text: InboundText) -> Received:
    return Received(text.id, text.provider_ref, text.body, text.opt_out, text.received_at)


def _as_kept(typed: str) -> str:
    """A number in the form in which ours are kept; what is none of ours, as it came."""
    try:
        return PhoneNumber.parse(typed).e164
    except Invalid:
        return _storable(typed)


def _storable(words: str) -> str:
    """Without what no database keeps (a zero, half a character): a text that cannot be stored is a
    text that is lost."""
    return words.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
