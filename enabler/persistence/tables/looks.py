"""Why staff looked somebody up, what a member asked about a look, and looks that were odd."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Given, Keep, Purpose, personal, plain
from enabler.persistence.types import Json, UtcDateTime


class LookUpRow(Model):
    """Somebody at the desk said why they look a member up, before anything was shown. It holds for
    a while, and each sight of that time has its reason."""

    __tablename__ = "look_up"
    __table_args__ = (Index("ix_look_up_standing", "viewer_id", "member_id", "until_at"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    viewer_id: Mapped[int] = plain(ForeignKey("member.id"))
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    reason: Mapped[str] = plain(Text)  # a code of domain.looks.REASONS
    words: Mapped[str | None] = personal(Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.SIGHT)
    at: Mapped[datetime] = personal(UtcDateTime, purpose=Purpose.ACCOUNTABILITY, keep=Keep.SIGHT)
    until_at: Mapped[datetime] = plain(UtcDateTime)


class LookQuestionRow(Model):
    """A member asked why somebody had looked, on one local day; the case about it is a report."""

    __tablename__ = "look_question"
    __table_args__ = (UniqueConstraint("member_id", "viewer", "day"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    viewer: Mapped[str] = plain(Text)  # as the sights name them
    day: Mapped[date] = plain(Date)
    report_ref: Mapped[str] = plain(Text)
    asked_at: Mapped[datetime] = personal(
        UtcDateTime, purpose=Purpose.ACCOUNTABILITY, keep=Keep.SIGHT
    )


class OddLookRow(Model):
    """Staff looked at somebody in a way that a lead should know of: once for viewer, member and
    day. ``reasons`` are codes of domain.looks.ODD."""

    __tablename__ = "odd_look"
    __table_args__ = (UniqueConstraint("viewer_id", "member_id", "day"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    viewer_id: Mapped[int] = plain(ForeignKey("member.id"))
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    day: Mapped[date] = plain(Date)
    reasons: Mapped[list[str]] = plain(Json)
    noted_at: Mapped[datetime] = personal(
        UtcDateTime, purpose=Purpose.ACCOUNTABILITY, keep=Keep.SIGHT, given=Given.UNTOLD
    )
    report_ref: Mapped[str] = plain(Text)
