"""A phone that texts the builders' place: what is done about it at once, and what goes back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from enabler.doors.wiring import wiring
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.tables.texts import InboundTextRow, PromptRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import inbound
from sms import conversing
from tests.builders import NOW, BuiltMember, BuiltPlace, a_place

NUMBER = "+447700900001"
STRANGER = "+447700900999"


def a_texted_place(number: str = NUMBER, **more: Any) -> BuiltPlace:
    """The builders' place with a number of its own, and a second language."""
    place = a_place(**more)
    with unit_of_work() as uow:
        uow.session.execute(
            update(PlaceRow)
            .where(PlaceRow.id == place.id)
            .values(phone=number, languages=["en", "cy"])
        )
        uow.commit()
    return place


def number_of(member: BuiltMember) -> str:
    """A member's phone."""
    with reading() as uow:
        return uow.telling.receiver(member.id).phone or ""


@dataclass
class Phone:
    """One number, text after text."""

    place: BuiltPlace
    number: str = STRANGER
    now: datetime = NOW
    sent: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, member: BuiltMember) -> "Phone":
        """A member's."""
        return cls(member.place, number_of(member))

    def keep(self, body: str, *, opt_out: str | None = None, ref: str | None = None) -> str:
        """A text comes, and waits; its provider's reference."""
        self.sent.append(ref or f"SM{self.number}:{len(self.sent)}")
        inbound.keep(
            provider_ref=self.sent[-1], sent_from=self.number, sent_to=NUMBER, body=body,
            opt_out=opt_out, sent_at=None, now=self.now,
        )  # fmt: skip
        return self.sent[-1]

    def work(self) -> int:
        """What waits is worked."""
        return conversing.work(
            place_id=self.place.id, number=self.number, secrets=wiring().secrets,
            clock=lambda: self.now,
        )  # fmt: skip

    def text(self, body: str, **how: Any) -> list[str]:
        """A text is worked; the codes of what is said, and the kinds of what is asked."""
        ref = self.keep(body, **how)
        self.work()
        return self.answer_to(ref)

    def answer_to(self, ref: str) -> list[str]:
        """What goes back to this text."""
        row = self.row(ref)
        if row is None:
            return []
        asked = {one.letter: one.kind for one in self.questions()}
        said = [one["code"] for one in row.parameters["says"]]
        return [*said, *(asked[letter] for letter in row.parameters["asks"])]

    def said(self) -> list[dict[str, Any]]:
        """What is said to the last text, with its facts."""
        row = self.row(self.sent[-1])
        return [] if row is None else list(row.parameters["says"])

    def row(self, ref: str) -> OutboxRow | None:
        """The answer to a text as it waits to leave."""
        return _one(select(OutboxRow).where(OutboxRow.dedupe_key == f"answer:{ref}"))

    def questions(self) -> Sequence[PromptRow]:
        """All that the phone was asked by texts, the newest for each letter last."""
        with reading() as uow:
            phone = uow.phones.known(self.place.id, self.number)
            query = select(PromptRow).filter_by(phone_id=phone.id if phone else 0)
            found = list(uow.session.scalars(query.order_by(PromptRow.id)))
            uow.session.expunge_all()
        return found

    def letter(self) -> str:
        """Of the newest question."""
        return self.questions()[-1].letter

    def received(self) -> InboundTextRow:
        """The last text, as it is kept."""
        found = _one(select(InboundTextRow).filter_by(provider_ref=self.sent[-1]))
        assert found is not None
        return found


def _one(query: Any) -> Any:
    with reading() as uow:
        found = uow.session.scalar(query)
        uow.session.expunge_all()
    return found


def outbox(template: str) -> list[OutboxRow]:
    """Letters of this template."""
    with reading() as uow:
        query = select(OutboxRow).where(OutboxRow.template == template).order_by(OutboxRow.id)
        found = list(uow.session.scalars(query))
        uow.session.expunge_all()
    return found


def audited(what: str) -> int:
    """How often it was written down that this happened."""
    with reading() as uow:
        return len(list(uow.session.scalars(select(AuditRow.id).where(AuditRow.what == what))))
