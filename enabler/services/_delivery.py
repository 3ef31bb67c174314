"""One batch of the outbox on its way: each row looked at again, rendered, handed over, recorded."""

from datetime import datetime, timedelta

from enabler.domain.errors import ProviderFailed
from enabler.domain.messages import Outgoing, wait_after
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import OutboxState
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._letters import Drop, Later, Letter, make_letter
from enabler.services.ports import MessageGateway, Secrets

FAILURES_IN_A_ROW = 3
"""After so many the provider is taken to be down, and the rest of the batch waits a little."""
_REST = timedelta(seconds=15)
_SENDER = Actor.system("deliver-outbox")


class Delivery:
    """The rows that one ``holder`` has claimed, worked one by one."""

    def __init__(
        self, gateway: MessageGateway, secrets: Secrets, *, holder: str, now: datetime
    ) -> None:
        self.holder = holder
        self._gateway = gateway
        self._secrets = secrets
        self._now = now
        self._failures = 0

    def work(self, identity: int) -> None:
        """Send one row, drop it, or give it back for later. Each step is its own commit."""
        if self._failures >= FAILURES_IN_A_ROW:
            self._give_back(identity)
            return
        letter = self._look_again(identity)
        if letter is not None:
            self._failures = 0 if self._hand_over(letter) else self._failures + 1

    def _give_back(self, identity: int) -> None:
        with unit_of_work() as uow:
            row = uow.outbox.held_by(self.holder, identity)
            if row is not None:
                uow.outbox.settle(row, OutboxState.QUEUED, due_at=self._now + _REST)
            uow.commit()

    def _look_again(self, identity: int) -> Letter | None:
        """The letter to hand over, noted as handed before it is; None when there is none."""
        with unit_of_work() as uow:
            row = uow.outbox.held_by(self.holder, identity)
            if row is None:
                return None
            made = make_letter(
                uow, row, simulated=self._gateway.simulated, secrets=self._secrets, now=self._now
            )
            if isinstance(made, Drop):
                uow.outbox.settle(row, OutboxState.DROPPED, failure=made.because)
            elif isinstance(made, Later):
                uow.outbox.settle(row, OutboxState.QUEUED, due_at=made.at)
            else:
                tries = row.attempts + 1
                uow.outbox.settle(row, OutboxState.SENDING, sent_at=self._now, attempts=tries)
            uow.commit()
        return made if isinstance(made, Letter) else None

    def _hand_over(self, letter: Letter) -> bool:
        """Outside any transaction; False when the provider failed."""
        row = letter.row
        message = self._gateway.render(row.template, letter.values, letter.language)
        segments = self._gateway.measure(message.body).segments
        try:
            sent = self._gateway.send(
                channel=row.channel, place_id=row.place_id, sender=letter.sender,
                address=letter.address, message=message, reference=row.reference, now=self._now,
            )  # fmt: skip
        except ProviderFailed as failure:
            self._keep_failure(row, failure)
            return False
        with unit_of_work() as uow:
            uow.outbox.accepted(row.id, provider_ref=sent.provider_ref, segments=segments)
            uow.commit()
        return True

    def _keep_failure(self, row: Outgoing, failure: ProviderFailed) -> None:
        """Record what the provider said. In doubt the row stays as it is, for ``reconcile``."""
        facts = failure.facts
        if facts.get("doubt"):
            return
        wait = timedelta(seconds=facts.get("wait_seconds", 0))
        again = self._now + max(wait_after(row.attempts + 1, row.id), wait)
        values = {"failure": failure.code}
        with unit_of_work() as uow:
            if facts.get("retry") and again < row.expires_at:
                uow.outbox.settle(row, OutboxState.QUEUED, due_at=again, sent_at=None, **values)
            else:
                uow.outbox.settle(row, OutboxState.FAILED, **values)
            if failure.code == "opted_out":
                _remember_stop(uow, row, self._now)
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
