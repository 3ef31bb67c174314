"""What leaves the house: the outbox, and the simulator's own record of texts and mails."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped

from enabler.domain.vocabulary import Channel, OutboxState, Priority
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, Json, UtcDateTime

_TEXTS = text("channel = 'text' AND sent_at IS NOT NULL")
_RECEIVER = "member_id|contact:to_value"


class OutboxRow(Model):
    """A text or mail to be sent after the commit: a template and its parameters (refs, numbers).

    Names, addresses and codes are read when it is sent, by whoever may see them then. To a member
    it goes by ``member_id``; a code for a number that has no member yet goes to ``to_value``.
    ``body_digest``: a keyed digest of the words that were handed over, by which a provider's record
    knows them again; ``about_need``: the id of the need that they were about.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("(member_id IS NULL) <> (to_value IS NULL)", name="one_receiver"),
        Index("ix_outbox_due", "due_at", sqlite_where=text("state = 'queued'"),
              postgresql_where=text("state = 'queued'")),
        Index("ix_outbox_sending", "claimed_at", sqlite_where=text("state = 'sending'"),
              postgresql_where=text("state = 'sending'")),
        Index("ix_outbox_texts_sent", "place_id", "sent_at", sqlite_where=_TEXTS,
              postgresql_where=_TEXTS),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)
    to_value: Mapped[str | None] = personal(
        Text, purpose=Purpose.MESSAGING, keep=Keep.MESSAGE, whose=_RECEIVER
    )
    channel: Mapped[Channel] = plain(EnumText(Channel))
    template: Mapped[str] = plain(Text)
    parameters: Mapped[dict[str, Any]] = personal(
        Json, purpose=Purpose.MESSAGING, keep=Keep.MESSAGE, whose=_RECEIVER
    )
    language: Mapped[str] = plain(Text)
    priority: Mapped[Priority] = plain(EnumText(Priority))
    dedupe_key: Mapped[str] = plain(Text, unique=True)
    state: Mapped[OutboxState] = plain(EnumText(OutboxState))
    queued_at: Mapped[datetime] = plain(UtcDateTime)
    due_at: Mapped[datetime] = plain(UtcDateTime)
    expires_at: Mapped[datetime] = plain(UtcDateTime)
    claimed_by: Mapped[str | None] = plain(Text)
    claimed_at: Mapped[datetime | None] = plain(UtcDateTime)
    attempts: Mapped[int] = plain(default=0)
    provider_ref: Mapped[str | None] = plain(Text, unique=True)
    sent_at: Mapped[datetime | None] = plain(UtcDateTime)
    segments: Mapped[int | None] = plain()
    body_digest: Mapped[str | None] = plain(Text)
    about_need: Mapped[int | None] = plain(Integer, index=True)
    failure: Mapped[str | None] = plain(Text)  # a code
    possibly_twice: Mapped[bool] = plain(default=False)


class SimulatedMessageRow(Model):
    """A message as the simulator got it: the stand-in for a telephone network and a mail server."""

    __tablename__ = "simulated_message"
    __table_args__ = (CheckConstraint("direction IN ('out', 'in')", name="direction"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    channel: Mapped[Channel] = plain(EnumText(Channel))
    direction: Mapped[str] = plain(Text)
    address: Mapped[str] = personal(
        Text, purpose=Purpose.MESSAGING, keep=Keep.MESSAGE, whose="contact:address", index=True
    )
    body: Mapped[str] = personal(
        Text, purpose=Purpose.MESSAGING, keep=Keep.MESSAGE, whose="contact:address"
    )
    provider_ref: Mapped[str] = plain(Text, unique=True)
    at: Mapped[datetime] = plain(UtcDateTime)
