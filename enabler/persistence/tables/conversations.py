"""What the two sides of a match write to each other, how far each has read, who is reminded."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped

from enabler.domain.vocabulary import LineKind
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, Json, UtcDateTime

_HAS_TIME = "kind IN ('proposed', 'agreed')"


class ConversationLineRow(Model):
    """One line: words, a time proposed or agreed, on the way, nobody there.

    Append-only by triggers; deletable once its need has ended (retention).
    """

    __tablename__ = "conversation_line"
    __table_args__ = (
        CheckConstraint("kind <> 'said' OR words IS NOT NULL", name="words"),
        CheckConstraint(f"({_HAS_TIME}) = (visit_start IS NOT NULL)", name="time"),
        CheckConstraint("(visit_start IS NULL) = (visit_end IS NULL)", name="time_whole"),
        CheckConstraint("visit_start IS NULL OR visit_start < visit_end", name="time_order"),
        CheckConstraint("side IN ('asker', 'helper', 'staff')", name="side"),
        Index("ix_conversation_line_match_id", "match_id", "id"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    match_id: Mapped[int] = plain(ForeignKey("match.id"))
    by_member_id: Mapped[int | None] = plain(ForeignKey("member.id"))  # null: the command line
    side: Mapped[str] = plain(Text)
    kind: Mapped[LineKind] = plain(EnumText(LineKind))
    words: Mapped[str | None] = personal(
        Text, purpose=Purpose.MEETING, keep=Keep.CASE, whose="by_member_id"
    )
    visit_start: Mapped[datetime | None] = plain(UtcDateTime)
    visit_end: Mapped[datetime | None] = plain(UtcDateTime)
    where_words: Mapped[str | None] = personal(
        Text, purpose=Purpose.MEETING, keep=Keep.CASE, whose="by_member_id"
    )
    holds: Mapped[list[str]] = plain(Json)  # codes: link, mail, money, phone
    at: Mapped[datetime] = plain(UtcDateTime)


class ConversationReaderRow(Model):
    """How far a member has read a conversation: lines after this one are unread."""

    __tablename__ = "conversation_reader"

    match_id: Mapped[int] = plain(ForeignKey("match.id"), primary_key=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"), primary_key=True)
    last_line_id: Mapped[int] = plain()


class ReminderRow(Model):
    """A visit of which both sides are still to be reminded; gone once they were, or need not be."""

    __tablename__ = "reminder"
    __table_args__ = (CheckConstraint("remind_at < visit_start", name="before"),)

    match_id: Mapped[int] = plain(ForeignKey("match.id"), primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    remind_at: Mapped[datetime] = plain(UtcDateTime, index=True)
    visit_start: Mapped[datetime] = plain(UtcDateTime)
