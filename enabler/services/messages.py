"""Messages leave the house, and those whose sending is in doubt are asked after.

Nothing is sent inside a transaction (law 4). Each step is its own commit, so that a crash between
any two leaves a row that ``reconcile`` finds: never handed over, and it is queued again; handed
over, and the provider's own record is asked before anything is sent again.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from enabler.domain.contact import EmailAddress, PhoneNumber
from enabler.domain.errors import Invalid, ProviderFailed
from enabler.domain.messages import ASK_AFTER, GIVE_UP_AFTER, Outgoing
from enabler.domain.vocabulary import Channel, OutboxState, Priority
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._delivery import Delivery, digest_of_words
from enabler.services._text_caps import TextCaps
from enabler.services.ports import MessageGateway, Secrets, Sent, Trace
from enabler.services.views import SimulatedMessage


def deliver_outbox(
    *, gateway: MessageGateway, secrets: Secrets, now: datetime, limit: int = 20,
    pence_per_segment: Decimal | None = None,
) -> int:  # fmt: skip
    """Send what is due, the most pressing first; how many rows were worked through.

    Call it until it gives 0. ``limit`` rows must be handed over well within ``ASK_AFTER``, or
    another process would ask after them too early. ``pence_per_segment``: what a text costs where a
    place names no price, for the money that it may spend on texts in a month. A row that cannot be
    made into a message does not hold up the others: what it raised is raised after them.
    """
    caps = TextCaps(pence_per_segment)
    delivery = Delivery(gateway, secrets, holder=secrets.token(), caps=caps, now=now)
    with unit_of_work() as uow:
        ids = uow.outbox.claim(delivery.holder, now, limit)
        uow.commit()
    _work(delivery, ids)
    return len(ids)


def _work(delivery: Delivery, ids: list[int]) -> None:
    for position, identity in enumerate(ids):
        try:
            delivery.work(identity)
        except Exception:
            _work(delivery, ids[position + 1 :])  # a broken row holds up no other
            raise


def reconcile(
    *, gateway: MessageGateway, secrets: Secrets, now: datetime, limit: int = 1000
) -> int:
    """Settle rows whose sending has no outcome for two minutes; how many were settled."""
    with reading() as uow:
        doubtful = uow.outbox.in_doubt(now - ASK_AFTER, limit)
        addresses = [_last_address(uow, row) for row in doubtful]
        senders = [uow.telling.house(row.place_id, now).phone for row in doubtful]
    inquiry = _Inquiry(gateway, secrets, now)
    return sum(map(inquiry.settle, doubtful, addresses, senders))


def _last_address(uow: UnitOfWork, row: Outgoing) -> str:
    if row.member_id is None:
        return row.to_value or ""
    receiver = uow.telling.receiver(row.member_id)
    return (receiver.phone if row.channel is Channel.TEXT else receiver.mail) or ""


class _Inquiry:
    """Rows in doubt, settled one by one; a provider that cannot be asked is asked once only, and
    that of texts does not suffer from that of mails."""

    def __init__(self, gateway: MessageGateway, secrets: Secrets, now: datetime) -> None:
        self._gateway = gateway
        self._secrets = secrets
        self._now = now
        self._down: set[Channel] = set()

    def settle(self, row: Outgoing, address: str, sender: str | None) -> bool:
        """Decide one row; False when it has to wait for the provider's record."""
        if row.handed_at is None:
            return _change(row, _again(self._now))  # its sender died before it was handed over
        try:
            sent = self._ask(row, address, self._trace(row, row.handed_at, sender))
        except ProviderFailed:
            late = row.claimed_at is not None and self._now >= row.claimed_at + GIVE_UP_AFTER
            return late and _change(row, _without_record(row, self._now))
        if sent is None:
            return _change(row, _again(self._now))
        with unit_of_work() as uow:
            uow.outbox.accepted(row.id, provider_ref=sent.provider_ref)
            uow.commit()
        return True

    def _ask(self, row: Outgoing, address: str, trace: Trace) -> Sent | None:
        if row.channel in self._down:
            raise ProviderFailed("not_asked_again")
        try:
            return self._gateway.find(
                channel=row.channel, address=address, reference=row.reference, trace=trace
            )
        except ProviderFailed as failure:
            if not failure.facts.get("this_one"):
                self._down.add(row.channel)
            raise

    def _trace(self, row: Outgoing, handed_at: datetime, sender: str | None) -> Trace:
        """Of which it has to be told, as things stand at this moment: what was settled just before
        is known by now."""

        def is_another(provider_ref: str) -> bool:
            with reading() as uow:
                return uow.outbox.is_known(provider_ref)

        with reading() as uow:
            own, rivals = uow.outbox.digest_of(row.id), uow.outbox.rivals(row)

        def whose(body: str) -> bool | None:
            found = digest_of_words(self._secrets, body)
            return True if found == own else False if found in rivals else None

        return Trace(
            handed_at=handed_at, sender=sender, rivals=len(rivals), is_another=is_another,
            whose=whose, twins=0 if own is None else rivals.count(own),
        )  # fmt: skip


def _change(row: Outgoing, values: dict[str, Any]) -> bool:
    with unit_of_work() as uow:
        moved = uow.outbox.settle(row, **values)
        uow.commit()
    return moved


def _again(now: datetime) -> dict[str, Any]:
    return {"state": OutboxState.QUEUED, "due_at": now, "sent_at": None}


def _without_record(row: Outgoing, now: datetime) -> dict[str, Any]:
    """Law 4: safety texts go again, once; codes are dropped; others go to a custodian."""
    if row.priority is Priority.SAFETY and not row.possibly_twice:
        return {**_again(now), "possibly_twice": True}
    if row.priority is Priority.CODE:
        return {"state": OutboxState.DROPPED, "failure": "in_doubt"}
    return {"state": OutboxState.UNKNOWN, "failure": "in_doubt"}


def conversations(*, place_id: int, address: str | None = None) -> tuple[SimulatedMessage, ...]:
    """What the simulator kept of a place, oldest first: of one number or mail address (as people
    write it), or all."""
    address = None if address is None else _as_kept(address)
    with reading() as uow:
        return tuple(
            SimulatedMessage(row.direction, row.channel, row.address, row.body, row.at)
            for row in uow.simulated.of(place_id, address)
        )


def _as_kept(typed: str) -> str:
    """A number or mail address in the form in which messages are kept; other text as it is."""
    for read in (PhoneNumber.parse, EmailAddress.parse):
        try:
            return str(read(typed))
        except Invalid:
            continue
    return typed
