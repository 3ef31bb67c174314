"""The day of a visit: the word at the door, who was rung, who has arrived, left, or is overdue."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Given, Keep, Purpose, personal, plain
from enabler.persistence.types import UtcDateTime

_RINGS = "next_at IS NOT NULL"


class VisitRow(Model):
    """What is kept of one match's visit beside its time.

    ``word`` is said at the door. ``watched``: whoever goes checks in and out. ``stage`` is how far
    the alarm has gone (``domain.visits.Stage``); ``next_at`` when it goes on, empty while nobody
    is waited for. ``until_at`` is when they say that they will be out.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("left_at IS NULL OR next_at IS NULL", name="left"),
        CheckConstraint("(cleared_at IS NULL) = (cleared_by IS NULL)", name="cleared"),
        CheckConstraint("cleared_at IS NULL OR next_at IS NULL", name="quiet"),
        CheckConstraint("stage BETWEEN 0 AND 4", name="stage"),
        Index("ix_visit_next_at", "next_at", sqlite_where=text(_RINGS),
              postgresql_where=text(_RINGS)),
    )  # fmt: skip

    match_id: Mapped[int] = plain(ForeignKey("match.id"), primary_key=True, autoincrement=False)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    word: Mapped[str] = plain(Text)
    watched: Mapped[bool] = plain()
    start_at: Mapped[datetime | None] = plain(UtcDateTime)
    until_at: Mapped[datetime | None] = plain(UtcDateTime)
    rang_at: Mapped[datetime | None] = plain(UtcDateTime)
    no_money_at: Mapped[datetime | None] = plain(UtcDateTime)
    arrived_at: Mapped[datetime | None] = plain(UtcDateTime)
    left_at: Mapped[datetime | None] = plain(UtcDateTime)
    stage: Mapped[int] = plain(default=0)
    next_at: Mapped[datetime | None] = plain(UtcDateTime)
    stuck_at: Mapped[datetime | None] = plain(UtcDateTime)
    cleared_at: Mapped[datetime | None] = plain(UtcDateTime)
    cleared_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    cleared_words: Mapped[str | None] = personal(
        Text, purpose=Purpose.SAFETY, keep=Keep.CASE, whose="cleared_by", given=Given.WORK
    )
