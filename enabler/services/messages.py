"""Messages leave the house: claimed, looked at once more, rendered, handed over, recorded.

Nothing is sent inside a transaction (law 4). Each step is its own commit, so that a crash between
any two leaves a row that ``reconcile`` finds: never handed over, and it is queued again; handed
over, and the provider's own record is asked before anything is sent again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import ProviderFailed
from enabler.domain.messages import ASK_AFTER, GIVE_UP_AFTER, Outgoing, wait_after
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import OutboxState, Priority
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._letters import Drop, Later, Letter, make_letter
from enabler.services.ports import MessageGateway, Secrets
from enabler.services.views import SimulatedMessage

FAILURES_IN_A_ROW = 3
"""After so many the provider is taken to be down, and the rest waits a little."""
_REST = timedelta(seconds=15)
_TRIES_TO_MAKE = 3
_SENDER = Actor.system("deliver-outbox")


def deliver_outbox(
    *, gateway: MessageGateway, secrets: Secrets, now: datetime, limit: int = 20
) -> int:
    """Send what is due, the most pressing first; how many rows were worked through.

    Call it until it gives 0. ``limit`` rows must be handed over well within ``ASK_AFTER``, or
    another process would ask after them too early. A row that cannot be made into a message does
    not hold up the others: its exception is raised after them, in an ExceptionGroup.
    """
    holder = secrets.token()
    with unit_of_work() as uow:
        ids = uow.outbox.claim(holder, now, limit)
        uow.commit()
    broken: list[Exception] = []
    failures = 0
    for position, identity in enumerate(ids):
        try:
            taken = _send_one(identity, holder, gateway=gateway, secrets=secrets, now=now)
        except Exception as failure:
            broken.append(failure)
            continue
        failures = 0 if taken else failures + 1
        if failures == FAILURES_IN_A_ROW:
            _let_go(ids[position + 1 :], holder, now)
            break
    if broken:
        raise ExceptionGroup("some messages could not be made", broken)
    return len(ids)


def _send_one(
    identity: int, holder: str, *, gateway: MessageGateway, secrets: Secrets, now: datetime
) -> bool:
    """Work one claimed row; False when the provider failed."""
    letter = _look_again(identity, holder, gateway=gateway, secrets=secrets, now=now)
    if letter is None:
        return True
    row = letter.row
    message = gateway.render(row.template, letter.values, letter.language)
    segments = gateway.measure(message.body).segments
    try:
        sent = gateway.send(
            channel=row.channel, place_id=row.place_id, sender=letter.sender,
            address=letter.address, message=message, reference=row.reference, now=now,
        )  # fmt: skip
    except ProviderFailed as failure:
        _keep_failure(row, failure, now)
        return False
    with unit_of_work() as uow:
        uow.outbox.accepted(row.id, provider_ref=sent.provider_ref, segments=segments)
        uow.commit()
    return True


def _look_again(
    identity: int, holder: str, *, gateway: MessageGateway, secrets: Secrets, now: datetime
) -> Letter | None:
    """The letter to hand over, noted as handed before it is; None when there is none."""
    with unit_of_work() as uow:
        row = uow.outbox.held_by(holder, identity)
        if row is None:
            return None
        made = make_letter(uow, row, simulated=gateway.simulated, secrets=secrets, now=now)
        if isinstance(made, Drop):
            uow.outbox.settle(row, OutboxState.DROPPED, failure=made.because)
        elif isinstance(made, Later):
            uow.outbox.settle(row, OutboxState.QUEUED, due_at=made.at)
        else:
            uow.outbox.settle(row, OutboxState.SENDING, sent_at=now, attempts=row.attempts + 1)
        uow.commit()
    return made if isinstance(made, Letter) else None


def _let_go(ids: list[int], holder: str, now: datetime) -> None:
    """Give back what was claimed and never handed over: the provider seems to be down."""
    with unit_of_work() as uow:
        for identity in ids:
            row = uow.outbox.held_by(holder, identity)
            if row is not None:
                uow.outbox.settle(row, OutboxState.QUEUED, due_at=now + _REST)
        uow.commit()


def _keep_failure(row: Outgoing, failure: ProviderFailed, now: datetime) -> None:
    """Record what the provider said. In doubt the row stays as it is, for ``reconcile``."""
    facts = failure.facts
    if facts.get("doubt"):
        return
    again = now + max(
        wait_after(row.attempts + 1, row.id), timedelta(seconds=facts.get("wait_seconds", 0))
    )
    with unit_of_work() as uow:
        if facts.get("retry") and again < row.expires_at:
            uow.outbox.settle(
                row, OutboxState.QUEUED, due_at=again, sent_at=None, failure=failure.code
            )
        else:
            uow.outbox.settle(row, OutboxState.FAILED, failure=failure.code)
        if failure.code == "opted_out":
            _remember_stop(uow, row, now)
        uow.commit()


def _remember_stop(uow: UnitOfWork, row: Outgoing, now: datetime) -> None:
    """The network knows of a STOP that we do not: it counts here too."""
    receiver = (
        uow.telling.number(row.place_id, row.to_value or "")
        if row.member_id is None
        else uow.telling.receiver(row.member_id)
    )
    if receiver.member_id is None or receiver.stopped:
        return
    uow.telling.stop(receiver.member_id, now)
    uow.audit.record(
        _SENDER, "member.stopped", place_id=row.place_id, now=now, columns=("stopped_at",),
        subject=("member", receiver.member_id, receiver.ref), why="opted_out",
    )  # fmt: skip


def reconcile(*, gateway: MessageGateway, now: datetime, limit: int = 20) -> int:
    """Settle rows whose sending has no outcome for two minutes; how many were settled."""
    with reading() as uow:
        doubtful = uow.outbox.in_doubt(now - ASK_AFTER, limit)
        addresses = [_last_address(uow, row) for row in doubtful]
    return sum(
        _settle_one(row, address, gateway=gateway, now=now)
        for row, address in zip(doubtful, addresses, strict=True)
    )


def _last_address(uow: UnitOfWork, row: Outgoing) -> str:
    if row.member_id is None:
        return row.to_value or ""
    receiver = uow.telling.receiver(row.member_id)
    return (receiver.phone if row.channel == "text" else receiver.mail) or ""


def _settle_one(row: Outgoing, address: str, *, gateway: MessageGateway, now: datetime) -> bool:
    if row.handed_at is None:
        return _change(row, lambda: _never_handed(row, now))
    try:
        sent = gateway.find(channel=row.channel, address=address, reference=row.reference)
    except ProviderFailed:
        if row.claimed_at is None or now < row.claimed_at + GIVE_UP_AFTER:
            return False
        return _change(row, lambda: _without_record(row, now))
    if sent is None:
        return _change(row, lambda: _again(now))
    with unit_of_work() as uow:
        uow.outbox.accepted(row.id, provider_ref=sent.provider_ref, segments=None)
        uow.commit()
    return True


def _change(row: Outgoing, values: Callable[[], dict[str, Any]]) -> bool:
    with unit_of_work() as uow:
        moved = uow.outbox.settle(row, **values())
        uow.commit()
    return moved


def _again(now: datetime) -> dict[str, Any]:
    return {"state": OutboxState.QUEUED, "due_at": now, "sent_at": None}


def _never_handed(row: Outgoing, now: datetime) -> dict[str, Any]:
    """Claimed, and the sender died or stumbled before it was handed over."""
    tries = row.attempts + 1
    if tries >= _TRIES_TO_MAKE:
        return {"state": OutboxState.UNKNOWN, "failure": "could_not_be_made", "attempts": tries}
    return {**_again(now), "attempts": tries}


def _without_record(row: Outgoing, now: datetime) -> dict[str, Any]:
    """Law 4: safety texts go again, once; codes are dropped; others go to a custodian."""
    if row.priority is Priority.SAFETY and not row.possibly_twice:
        return {**_again(now), "possibly_twice": True}
    if row.priority is Priority.CODE:
        return {"state": OutboxState.DROPPED, "failure": "in_doubt"}
    return {"state": OutboxState.UNKNOWN, "failure": "in_doubt"}


def conversations(*, place_id: int, address: str | None = None) -> tuple[SimulatedMessage, ...]:
    """What the simulator kept of a place, oldest first: of one number or mail address, or all."""
    with reading() as uow:
        return tuple(
            SimulatedMessage(row.direction, row.channel, row.address, row.body, row.at)
            for row in uow.simulated.of(place_id, address)
        )
