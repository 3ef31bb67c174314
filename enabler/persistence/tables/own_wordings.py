"""A place's own phrases for kinds of help, and words of members that they let us learn from."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import UtcDateTime

_COUNTS = text("ended_at IS NULL")


class OwnWordingRow(Model):
    """A phrase by which a place's people mean a kind of help: staff took it, or wrote it.

    ``people``: how many had proposed it; who they were is kept no longer. ``ended_at``: it was
    taken back.
    """

    __tablename__ = "own_wording"
    __table_args__ = (
        UniqueConstraint("place_id", "folded", "category"),
        CheckConstraint("people >= 0", name="people"),
        CheckConstraint("length(phrase) BETWEEN 2 AND 40", name="phrase"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
        Index("ix_own_wording_counts", "place_id", sqlite_where=_COUNTS, postgresql_where=_COUNTS),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    phrase: Mapped[str] = plain(Text)
    folded: Mapped[str] = plain(Text)
    category: Mapped[str] = plain(Text)
    language: Mapped[str] = plain(Text)
    people: Mapped[int] = plain(default=0)
    taken_by: Mapped[int] = plain(ForeignKey("member.id"))
    taken_at: Mapped[datetime] = plain(UtcDateTime)
    ended_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)


class GivenWordingRow(Model):
    """A few words of a text that its member lets us learn from, with the kind that was meant: it
    waits for staff, and goes when they decide, when it is taken back, or unread in time."""

    __tablename__ = "given_wording"
    __table_args__ = (UniqueConstraint("member_id", "folded", "category"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    phrase: Mapped[str] = personal(Text, purpose=Purpose.LEARNING, keep=Keep.MESSAGE)
    folded: Mapped[str] = personal(Text, purpose=Purpose.LEARNING, keep=Keep.MESSAGE)
    category: Mapped[str] = plain(Text)
    language: Mapped[str] = plain(Text)
    given_at: Mapped[datetime] = plain(UtcDateTime)
