"""One batch of the outbox on its way: each row looked at again, rendered, handed over, recorded."""

from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import ProviderFailed
from enabler.domain.messages import Outgoing, wait_after
from enabler.domain.vocabulary import Channel, OutboxState
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services._letters import Drop, Later, Letter, make_letter
from enabler.services._reaching import go_otherwise, number_failed
from enabler.services._stopping import OPTED_OUT, remember_stop
from enabler.services._text_caps import TextCaps
from enabler.services._untold import keep_dropped
from enabler.services.ports import MessageGateway, Rendered, Secrets

FAILURES_IN_A_ROW = 3
"""After so many the provider is taken to be down, and the rest of the batch waits a little."""
TRIES_TO_MAKE = 3
_REST = timedelta(seconds=15)


def digest_of_words(secrets: Secrets, body: str) -> str:
    """By what words are known again, of whom nobody can tell what they were. Blanks do not count:
    a provider may cut them."""
    return secrets.digest(" ".join(body.split()))


class Delivery:
    """The rows that one ``holder`` has claimed, worked one by one."""

    def __init__(
        self, gateway: MessageGateway, secrets: Secrets, *, holder: str, caps: TextCaps,
        now: datetime,
    ) -> None:  # fmt: skip
        self.holder = holder
        self._gateway = gateway
        self._secrets = secrets
        self._caps = caps
        self._now = now
        self._failures = 0

    def work(self, identity: int) -> None:
        """Send one row, drop it, or give it back for later. Each step is its own commit."""
        if self._failures >= FAILURES_IN_A_ROW:
            self._give_back(identity)
            return
        try:
            made = self._look_again(identity)
        except Exception:
            self._set_aside(identity)
            raise
        if made is not None:
            self._failures = 0 if self._hand_over(*made) else self._failures + 1

    def _give_back(self, identity: int) -> None:
        with unit_of_work() as uow:
            row = uow.outbox.held_by(self.holder, identity)
            if row is not None:
                uow.outbox.settle(row, OutboxState.QUEUED, due_at=self._now + _REST)
            uow.commit()

    def _look_again(self, identity: int) -> tuple[Letter, Rendered] | None:
        """The letter to hand over with its words, noted as handed before it is; None when there is
        none. Its words are made here, so that by what it is known again is kept beforehand."""
        with unit_of_work() as uow:
            row = uow.outbox.held_by(self.holder, identity)
            if row is None:
                return None
            made = make_letter(
                uow, row, simulated=self._gateway.simulates(row.channel), secrets=self._secrets,
                caps=self._caps, now=self._now,
            )  # fmt: skip
            if isinstance(made, Drop):
                uow.outbox.settle(row, OutboxState.DROPPED, failure=made.because)
                if made.because == "no_address":
                    keep_dropped(uow, row, self._now)
                elif made.because == "unreached":
                    go_otherwise(uow, row, self._now)
            elif isinstance(made, Later):
                uow.outbox.settle(row, OutboxState.QUEUED, due_at=made.at)
            else:
                message = self._render(made)
                uow.outbox.settle(
                    row, OutboxState.SENDING, sent_at=self._now, attempts=row.attempts + 1,
                    **self._noted(made, message),
                )  # fmt: skip
            uow.commit()
        return (made, message) if isinstance(made, Letter) else None

    def _noted(self, letter: Letter, message: Rendered) -> dict[str, Any]:
        """What is kept of a text's words: how long they are, and a digest."""
        if letter.row.channel is not Channel.TEXT:
            return {}
        return {
            "segments": self._gateway.measure(message.body).segments,
            "about_need": letter.need_id,
            "body_digest": digest_of_words(self._secrets, message.body),
        }

    def _render(self, letter: Letter) -> Rendered:
        return self._gateway.render(letter.row.template, letter.values, letter.language)

    def _set_aside(self, identity: int) -> None:
        """It could not be made into a message: later again, and in the end a custodian's."""
        with unit_of_work() as uow:
            row = uow.outbox.held_by(self.holder, identity)
            if row is None:
                return
            tries = row.attempts + (row.handed_at is None)
            if tries >= TRIES_TO_MAKE:
                made: dict[str, Any] = {
                    "state": OutboxState.UNKNOWN,
                    "failure": "could_not_be_made",
                }
            else:
                again = self._now + wait_after(tries, row.id)
                made = {"state": OutboxState.QUEUED, "due_at": again, "sent_at": None}
            uow.outbox.settle(row, attempts=tries, **made)
            uow.commit()

    def _hand_over(self, letter: Letter, message: Rendered) -> bool:
        """Outside any transaction; False when the provider failed."""
        row = letter.row
        try:
            sent = self._gateway.send(
                channel=row.channel, place_id=row.place_id, sender=letter.sender,
                address=letter.address, message=message, reference=row.reference, now=self._now,
            )  # fmt: skip
        except ProviderFailed as failure:
            self._keep_failure(row, failure)
            return False
        with unit_of_work() as uow:
            uow.outbox.accepted(row.id, provider_ref=sent.provider_ref)
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
            if failure.code == OPTED_OUT:
                remember_stop(uow, row, self._now)
            elif not facts.get("retry"):
                number_failed(uow, row, failure.code, self._now)
            uow.commit()
