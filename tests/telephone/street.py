"""A street that is texted to, the whole way: kept, worked, answered, shown by the simulator.

Everybody has something about them that no text may tell: a surname, an address, a number, a mail.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from enabler.domain.vocabulary import Role
from enabler.domain.windows import Window
from enabler.doors.wiring import wiring
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.texts import InboundTextRow
from enabler.persistence.unit_of_work import reading
from enabler.services import inbound, mandate_asks, messages, simulated
from sms import conversing
from sms.segments import measure
from tests.builders import NOW, BuiltMember, a_custodian, a_helper, a_member
from tests.services.deeds import a_key, accept, asks_of, earn, post
from tests.services.mandating import a_mandate
from tests.telephone.phones import NUMBER, a_texted_place, number_of

STRANGER = "+447700900999"
SECRETS = (
    "Zylverstone", "Brackenbury", "Quillfeather", "Deskwright", "Quietly Hidden", "Bracken Lane",
    "Quill Yard",
)  # fmt: skip
"""Surnames and addresses; numbers and mails are each person's own."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Street:
    """``now`` is the moment of the next text; ``seen`` what of the record was read already."""

    ann: BuiltMember
    hal: BuiltMember
    eve: BuiltMember
    carol: BuiltMember
    councillor: BuiltMember
    now: datetime = NOW
    count: int = 0
    seen: int = 0
    accepted: str = ""
    asked: str = ""
    numbers: dict[str, BuiltMember] = field(default_factory=dict)

    @property
    def people(self) -> tuple[BuiltMember, ...]:
        """All who live here."""
        return (self.ann, self.hal, self.eve, self.carol, self.councillor)

    def deliver(self) -> list[tuple[str, str]]:
        """What is due leaves; each text as its phone shows it: to whom, and what."""
        gateway = wiring().gateway
        while messages.deliver_outbox(
            gateway=gateway, secrets=wiring().secrets, now=self.now, limit=200
        ):  # fmt: skip
            pass
        new = simulated.texts_after(number=self.seen)
        self.seen = simulated.newest()
        return list(new)

    def keep(self, number: str, body: str, *, ref: str | None = None) -> str:
        """A text comes; its reference."""
        self.count += 1
        ref = ref or f"SM{self.count:032d}"
        inbound.keep(
            provider_ref=ref, sent_from=number, sent_to=NUMBER, body=body, opt_out=None,
            sent_at=None, now=self.now,
        )  # fmt: skip
        return ref

    def work(self, number: str) -> int:
        """What waits of a number is worked: what goes wrong is raised."""
        return conversing.work(
            place_id=self.ann.place.id, number=number, secrets=wiring().secrets,
            clock=lambda: self.now,
        )  # fmt: skip

    def text(
        self, number: str, body: str, *, later: timedelta = timedelta(seconds=20)
    ) -> list[str]:
        """A text goes the whole way; what this phone gets."""
        self.now += later
        self.keep(number, body)
        self.work(number)
        return [words for to, words in self.deliver() if to == number]


def a_street(**policy: Any) -> Street:
    """An asker and a helper who have met, an ask that waits, somebody else, and staff.
    Somebody acts for the asker, and somebody asks to."""
    place = a_texted_place(policy={"hours": True, "text_gift_minutes": 60} | policy)
    ann = a_member(place, "Ann Zylverstone", address="77 Quietly Hidden Close", mail=True)
    hal = a_helper(
        place, "Hal Brackenbury", "shopping", "dog-walking", "lending", mail=True,
        address="3 Bracken Lane",
    )  # fmt: skip
    eve = a_member(place, "Eve Quillfeather", at=(1500, 500), address="9 Quill Yard", mail=True)
    carol = a_custodian(place, "Carol Deskwright")
    councillor = a_member(
        place, "Cllr Deskwright", roles=(Role.COUNCILLOR,), ward_id=place.ward_at(500),
        address="4 Quietly Hidden Court",
    )  # fmt: skip
    street = Street(ann, hal, eve, carol, councillor)
    street.numbers = {number_of(one): one for one in street.people}
    start = NOW + DAY
    post(ann, windows=(Window(start, start + HOUR),))
    street.accepted = asks_of(hal)[0].ref
    accept(hal, street.accepted)
    post(eve, "dog-walking", words="A walk for Rex, who lives behind the Quill Yard wall.")
    street.asked = asks_of(hal)[0].ref
    for one in (ann, hal, eve):
        earn(one, 600)
    a_mandate(ann, eve)
    mandate_asks.ask(
        actor=hal.actor, to=number_of(ann), scopes=("post-need",), days=90, key=a_key(),
        secrets=wiring().secrets, now=NOW,
    )  # fmt: skip
    return street


def failures() -> int:
    """How often a text could not be worked."""
    with reading() as uow:
        return uow.session.scalar(select(func.sum(InboundTextRow.failures))) or 0


def not_made() -> list[tuple[str, str | None]]:
    """Texts to phones that could not be made: template, and what is known of it."""
    row = OutboxRow
    with reading() as uow:
        found = uow.session.execute(
            select(row.template, row.failure).where(row.failure == "could_not_be_made")
        )
        return [(template, failure) for template, failure in found]


def too_long(words: str, language: str) -> bool:
    """Whether a text takes more than two segments, three where its language needs UCS-2."""
    return measure(words).segments > (2 if language == "en" else 3)
