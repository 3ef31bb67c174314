"""The telephone door's own: phones that text a place, what they wrote, what they were asked."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import Json, UtcDateTime

_CAME_OF = "'answered', 'nothing', 'people'"
_BECAUSE = "'answered', 'settled', 'again'"
_WHOSE = "member_id|contact:number"
_ONE_OWNER = "(member_id IS NULL) <> (number IS NULL)"
_OPEN, _WAITS = text("closed_at IS NULL"), text("answered_at IS NULL")
_ASIDE = text("set_aside_at IS NOT NULL AND looked_at IS NULL")


class PhoneRow(Model):
    """A number at a place, whoever's it is: its row is what texts of one number take turns by.

    ``stopped_at`` is the STOP of somebody who is no member here; a member's stands in their own
    row. ``idle_since``: when something last came or went; empty while a STOP is remembered, so
    that it is not forgotten. ``told_at``: when a stranger last got the answer for strangers.
    ``worked_by``: who works its texts, until ``worked_until``.
    """

    __tablename__ = "phone"
    __table_args__ = (
        UniqueConstraint("place_id", "number"),
        CheckConstraint("failures >= 0", name="failures"),
        CheckConstraint("(stopped_at IS NULL) = (idle_since IS NOT NULL)", name="idle"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    number: Mapped[str] = personal(
        Text, purpose=Purpose.MESSAGING, keep=Keep.MESSAGE, whose="contact:number"
    )
    language: Mapped[str | None] = plain(Text)  # of somebody who is no member
    stopped_at: Mapped[datetime | None] = plain(UtcDateTime)
    failures: Mapped[int] = plain(default=0)  # texts one after the other that did not reach it
    idle_since: Mapped[datetime | None] = plain(UtcDateTime)
    told_at: Mapped[datetime | None] = plain(UtcDateTime)
    worked_by: Mapped[str | None] = plain(Text)
    worked_until: Mapped[datetime | None] = plain(UtcDateTime)


class InboundTextRow(Model):
    """What a phone texted, kept as it came before anything is done about it (law 5).

    ``sent_at`` is the provider's word, where it gives one. ``number`` stands only where no member
    had it. ``set_aside_at``: people are to look at it, by its ``ref``; ``looked_at``: they have.
    ``over_at``: when nothing was left to do about it.
    """

    __tablename__ = "inbound_text"
    __table_args__ = (
        CheckConstraint(_ONE_OWNER, name="one_owner"),
        CheckConstraint("(answered_at IS NULL) = (came_of IS NULL)", name="answered"),
        CheckConstraint(f"came_of IN ({_CAME_OF})", name="came_of"),
        CheckConstraint("set_aside_at IS NULL OR ref IS NOT NULL", name="set_aside"),
        CheckConstraint("looked_at IS NULL OR set_aside_at IS NOT NULL", name="looked"),
        CheckConstraint("over_at IS NULL OR answered_at IS NOT NULL", name="over"),
        Index("ix_inbound_text_waits", "phone_id", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_inbound_text_aside", "place_id", sqlite_where=_ASIDE, postgresql_where=_ASIDE),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    phone_id: Mapped[int] = plain(ForeignKey("phone.id"), index=True)
    member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)
    number: Mapped[str | None] = personal(
        Text, purpose=Purpose.MESSAGING, keep=Keep.MESSAGE, whose=_WHOSE
    )
    provider_ref: Mapped[str] = plain(Text, unique=True)
    body: Mapped[str] = personal(Text, purpose=Purpose.MESSAGING, keep=Keep.MESSAGE, whose=_WHOSE)
    opt_out: Mapped[str | None] = plain(Text)  # what the provider took it for
    sent_at: Mapped[datetime | None] = plain(UtcDateTime)
    received_at: Mapped[datetime] = plain(UtcDateTime)
    answered_at: Mapped[datetime | None] = plain(UtcDateTime)
    came_of: Mapped[str | None] = plain(Text)
    failures: Mapped[int] = plain(default=0)
    ref: Mapped[str | None] = plain(Text, unique=True)
    set_aside_at: Mapped[datetime | None] = plain(UtcDateTime)
    looked_at: Mapped[datetime | None] = plain(UtcDateTime)
    over_at: Mapped[datetime | None] = plain(UtcDateTime)


class PromptRow(Model):
    """A question that a phone was sent, under the letter by which it is answered.

    ``subject_ref``: of the thing it is about. ``facts``: what it was about when it was asked, or
    what somebody has said so far of a thing that is not there yet. ``dedupe_key``: of the letter
    that asked it, or of the text that led to it, so that nothing asks twice.
    """

    __tablename__ = "prompt"
    __table_args__ = (
        CheckConstraint(_ONE_OWNER, name="one_owner"),
        CheckConstraint("length(letter) BETWEEN 1 AND 2", name="letter"),
        CheckConstraint("(closed_at IS NULL) = (closed_because IS NULL)", name="closed"),
        CheckConstraint(f"closed_because IN ({_BECAUSE})", name="because"),
        Index("uq_prompt_open", "phone_id", "letter", unique=True, sqlite_where=_OPEN,
              postgresql_where=_OPEN),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    phone_id: Mapped[int] = plain(ForeignKey("phone.id"), index=True)
    member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)
    number: Mapped[str | None] = personal(
        Text, purpose=Purpose.MESSAGING, keep=Keep.MESSAGE, whose=_WHOSE
    )
    letter: Mapped[str] = plain(Text)
    kind: Mapped[str] = plain(Text)
    subject_ref: Mapped[str | None] = plain(Text)
    options: Mapped[list[str]] = plain(Json, default=list)
    facts: Mapped[dict[str, Any]] = personal(
        Json, purpose=Purpose.MESSAGING, keep=Keep.MESSAGE, whose=_WHOSE
    )
    takes_words: Mapped[bool] = plain(default=False)
    opened_at: Mapped[datetime] = plain(UtcDateTime)
    fresh_until: Mapped[datetime] = plain(UtcDateTime)
    closed_at: Mapped[datetime | None] = plain(UtcDateTime)
    closed_because: Mapped[str | None] = plain(Text)
    dedupe_key: Mapped[str] = plain(Text, unique=True)
