"""People who text: a street with an asker and a helper, whose letters leave as texts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import delete, select, update

from enabler.domain.vocabulary import MatchState
from enabler.doors.wiring import wiring
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.tables.texts import InboundTextRow, PromptRow
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import inbound
from enabler.services.messages import deliver_outbox
from sms import conversing
from tests.builders import NOW, BuiltMember, BuiltPlace, a_place
from tests.messages.gateways import Network

NUMBER = "+447700900001"
SOON = timedelta(minutes=1)
Kept = TypeVar("Kept")


def a_texting_place(**about: Any) -> BuiltPlace:
    """A place that can be texted to."""
    place = a_place(**about)
    with unit_of_work() as uow:
        uow.session.execute(update(PlaceRow).where(PlaceRow.id == place.id).values(phone=NUMBER))
        uow.commit()
    return place


def number_of(member: BuiltMember) -> str:
    """The telephone number of a member."""
    with reading() as uow:
        return uow.telling.receiver(member.id).phone or ""


@dataclass
class Talk:
    """Texts go and come; ``now`` is the moment at which the next one does."""

    place: BuiltPlace
    now: datetime = NOW
    network: Network = field(default_factory=Network)
    count: int = 0

    def later(self, by: timedelta = SOON) -> datetime:
        """Time passes."""
        self.now += by
        return self.now

    def deliver(self) -> None:
        """What is queued leaves, with the letters of its questions."""
        deliver_outbox(
            gateway=self.network, secrets=wiring().secrets, now=self.later(), limit=200
        )  # fmt: skip

    def keep(self, number: str, body: str) -> str:
        """A text comes, and is stored; its reference."""
        self.count += 1
        ref = f"SM{self.count:032d}"
        inbound.keep(
            provider_ref=ref, sent_from=number, sent_to=NUMBER, body=body, opt_out=None,
            sent_at=None, now=self.later(),
        )  # fmt: skip
        return ref

    def work(self, number: str) -> int:
        """What waits of a number is worked."""
        return conversing.work(
            place_id=self.place.id, number=number, secrets=wiring().secrets, clock=lambda: self.now
        )

    def say(self, who: BuiltMember, body: str) -> list[str]:
        """Somebody texts; the codes of what is said to it."""
        self.deliver()
        self.keep(number_of(who), body)
        self.work(number_of(who))
        return self.codes()

    def codes(self) -> list[str]:
        """The codes of the answers that wait; they count as sent then."""
        return [one["code"] for one in self.said()]

    def said(self) -> list[dict[str, Any]]:
        """The same, with their facts."""
        with unit_of_work() as uow:
            answers = OutboxRow.template == "answer"
            rows = list(uow.session.scalars(select(OutboxRow).where(answers)))
            found = [one for row in rows for one in row.parameters["says"]]
            uow.session.execute(delete(OutboxRow).where(answers))
            uow.commit()
        return found

    def asked(self, who: BuiltMember) -> list[PromptRow]:
        """The questions that are open on somebody's phone."""
        with reading() as uow:
            query = select(PromptRow).where(
                PromptRow.member_id == who.id, PromptRow.closed_at.is_(None)
            )
            found = list(uow.session.scalars(query.order_by(PromptRow.id)))
            uow.session.expunge_all()
            return found

    def letter(self, who: BuiltMember, kind: str) -> str:
        """The letter of the one open question of a kind, once all that waits has left."""
        self.deliver()
        (one,) = [row for row in self.asked(who) if row.kind == kind]
        return one.letter

    def kinds(self, who: BuiltMember) -> list[str]:
        """What is asked of somebody."""
        return [row.kind for row in self.asked(who)]

    def outbox(self, who: BuiltMember) -> list[str]:
        """The templates of all that was ever queued for a member, answers aside."""
        with reading() as uow:
            query = select(OutboxRow.template).where(OutboxRow.member_id == who.id)
            return list(uow.session.scalars(query.order_by(OutboxRow.id)))

    def state(self, ref: str) -> MatchState:
        """How a match stands."""
        return read(lambda uow: uow.matches.by_ref(self.place.id, ref).state)

    def lines(self, ref: str) -> list[str | None]:
        """What was written in the conversation of a match."""
        return read(lambda uow: [
            one.words for one in uow.conversations.of_match(
                uow.matches.by_ref(self.place.id, ref).id
            ) if one.words
        ])  # fmt: skip

    def aside(self) -> list[str]:
        """Texts that people look at."""
        with reading() as uow:
            query = select(InboundTextRow.body).where(InboundTextRow.set_aside_at.is_not(None))
            return list(uow.session.scalars(query.order_by(InboundTextRow.id)))


def read(what: Callable[[UnitOfWork], Kept]) -> Kept:
    """Something that is kept."""
    with reading() as uow:
        return what(uow)
