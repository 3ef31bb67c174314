"""Whether texts reach a number: after two that did not, no more go there, and people ring. It ends
when one arrives after all, when somebody texts us or signs in from there, or when people say so."""

from datetime import datetime

from enabler.domain.messages import FREE_OF_HOURS_AND_CAPS, Outgoing
from enabler.domain.permissions import Actor
from enabler.domain.reaching import FAILURES_THAT_MARK, OF_THE_NUMBER, is_marked
from enabler.domain.vocabulary import Channel, Priority
from enabler.persistence.phones import Phone
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._tell import tell
from enabler.services._untold import keep_call, keep_dropped

SENDER = Actor.system("deliver-outbox")


def number_failed(uow: UnitOfWork, row: Outgoing, code: str, now: datetime) -> None:
    """A text did not arrive. The second one for a reason of the number marks it: a call is put on
    the list of those who tell people, and what it said goes another way."""
    phone = _phone_of(uow, row, now) if code in OF_THE_NUMBER else None
    if phone is None:
        return
    failures = min(phone.failures + 1, FAILURES_THAT_MARK)
    uow.phones.change(phone.id, failures=failures)
    uow.phones.touch(phone.id, now)
    if not is_marked(failures):
        return
    if not is_marked(phone.failures):
        _record(uow, SENDER, "phone.marked", phone, now, why=code)
    if phone.member_id is not None:
        uow.flush()
        uow.telling.forget(phone.member_id)
        if not is_marked(phone.failures):
            keep_call(uow, phone.member_id, phone.place_id, now)
        go_otherwise(uow, row, now)


def number_reached(
    uow: UnitOfWork, phone: Phone | None, now: datetime, *, actor: Actor = SENDER
) -> None:
    """A text arrived, or one came from there: nothing that went before counts any more."""
    if phone is None or not phone.failures:
        return
    uow.phones.change(phone.id, failures=0)
    uow.flush()
    if phone.member_id is not None:
        uow.telling.forget(phone.member_id)
    if is_marked(phone.failures):
        _record(uow, actor, "phone.reached", phone, now)


def text_arrived(uow: UnitOfWork, row: Outgoing, now: datetime) -> None:
    """The same of the number that a text of ours went to."""
    where = _where(uow, row)
    number_reached(uow, None if where is None else uow.phones.known(*where), now)


def go_otherwise(uow: UnitOfWork, row: Outgoing, now: datetime) -> None:
    """What a text to a marked number said goes by mail, or is told by people. A code goes nowhere
    else, nor what went by mail as well."""
    if row.member_id is None or now >= row.expires_at:
        return
    if row.priority in FREE_OF_HOURS_AND_CAPS - {Priority.SAFETY}:
        return
    if uow.telling.receiver(row.member_id).mail is None:
        keep_dropped(uow, row, now)
    elif uow.outbox.by_key(f"{row.dedupe_key}:{Channel.MAIL.value}") is None:
        tell(
            uow, place_id=row.place_id, member_id=row.member_id, template=row.template,
            parameters=row.parameters, priority=row.priority, dedupe_key=f"unreached:{row.id}",
            now=now, expires_at=row.expires_at, by_mail=True,
        )  # fmt: skip


def _phone_of(uow: UnitOfWork, row: Outgoing, now: datetime) -> Phone | None:
    where = _where(uow, row)
    return None if where is None else uow.phones.of(*where, now)


def _where(uow: UnitOfWork, row: Outgoing) -> tuple[int, str] | None:
    """The place and number that a text went to; None where they have another number by now."""
    if row.channel is not Channel.TEXT:
        return None
    if row.member_id is None:
        return None if row.to_value is None else (row.place_id, row.to_value)
    contact = uow.contacts.of(row.member_id).get("phone")
    if contact is None:
        return None
    proved = contact.verified_at
    if proved is not None and row.handed_at is not None and proved > row.handed_at:
        return None
    return uow.homes.member(row.member_id).place_id, contact.value


def _record(
    uow: UnitOfWork, actor: Actor, what: str, phone: Phone, now: datetime, why: str | None = None
) -> None:
    uow.audit.record(
        actor, what, place_id=phone.place_id, subject=("phone", phone.id, None), now=now, why=why,
        whose=phone.member_id, columns=("failures",),
    )  # fmt: skip
