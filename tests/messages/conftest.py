"""A street for messages: an asker and a helper in an invented place, one need, one offer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from enabler.domain.vocabulary import CredentialKind, MatchState, Priority
from enabler.doors.wiring import wiring
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._tell import tell
from enabler.services.messages import deliver_outbox, reconcile
from tests import rows
from tests.messages.gateways import Network

SOON = timedelta(minutes=1)


@dataclass
class Street:
    """The place, its people, and the network that takes their messages."""

    town: rows.Town
    asker: int
    helper: int
    network: Network = field(default_factory=Network)

    def tell(
        self, template: str, *, to: int | None = None, now: datetime = rows.NOON,
        key: str | None = None, priority: Priority = Priority.MATCH, **about: Any,
    ) -> None:  # fmt: skip
        """Queue a message, in a transaction of its own."""
        times = {name: about.pop(name) for name in ("due_at", "expires_at") if name in about}
        receiver = to or self.helper
        with unit_of_work() as uow:
            tell(
                uow, place_id=self.town.id, member_id=receiver, template=template,
                parameters=about, priority=priority, now=now, **times,
                dedupe_key=key or f"{template}:{receiver}:{about}:{now}",
            )  # fmt: skip
            uow.commit()

    def change(self, act: Callable[[UnitOfWork], Any]) -> Any:
        """Do something to the rows, and keep it."""
        with unit_of_work() as uow:
            result = act(uow)
            uow.commit()
            return result

    def matched(self, state: MatchState = MatchState.ASKED, **columns: Any) -> str:
        """A match of a new need with a new offer of the two; its ref."""

        def act(uow: UnitOfWork) -> str:
            need = rows.need(uow.session, self.town, self.asker)
            offer = rows.offer(uow.session, self.town, self.helper)
            if not uow.credentials.valid_of((self.helper, None), rows.NOON):
                rows.credential(uow.session, self.town, self.helper, CredentialKind.IDENTITY)
            return rows.match(uow.session, need, offer, state=state, **columns).ref

        ref: str = self.change(act)
        return ref

    def deliver(self, now: datetime = rows.NOON + SOON, limit: int = 20) -> int:
        """One pass of the sender."""
        return deliver_outbox(
            gateway=self.network, secrets=wiring().secrets, now=now, limit=limit
        )  # fmt: skip

    def reconcile(self, now: datetime) -> int:
        """One pass of the one who asks after messages."""
        return reconcile(gateway=self.network, secrets=wiring().secrets, now=now)

    def outbox(self) -> list[OutboxRow]:
        """The rows, oldest first."""
        with reading() as uow:
            found = list(uow.session.query(OutboxRow).order_by(OutboxRow.id))
            uow.session.expunge_all()
            return found

    def states(self) -> list[tuple[str, str | None]]:
        """State and failure of each row."""
        return [(row.state.value, row.failure) for row in self.outbox()]

    def bodies(self) -> list[str]:
        """What the network took."""
        return [body for _, _, body in self.network.taken]


@pytest.fixture
def street(app: Flask) -> Iterator[Street]:
    """The street of this test's database."""
    with app.app_context():
        with unit_of_work() as uow:
            town = rows.town(uow.session, invented=True)
            asker = rows.member(uow.session, town, "Ada Lovelace")
            helper = rows.member(uow.session, town, "Bob Newhart")
            uow.commit()
        yield Street(town, asker, helper)
