"""Needs that come every week: what is asked, on which weekdays, and what became of each day."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, MappedColumn

from enabler.domain.meeting import Setting
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, Json, UtcDateTime


def _askers(*args: Any, purpose: Purpose, **kw: Any) -> MappedColumn[Any]:
    """A column about the asker, kept with the case."""
    return personal(*args, purpose=purpose, keep=Keep.CASE, whose="asker_id", **kw)


class NeedSeriesRow(Model):
    """What somebody asks for every week, from which the need of each day is made.

    Where they live, or the organisation's door, is read when a need is made (``at_home``); a spot
    elsewhere stands here. Days are local, written as ISO 8601. ``last_on`` is the last day on which
    there may be one.
    """

    __tablename__ = "need_series"
    __table_args__ = (
        CheckConstraint("first_on <= last_on", name="order"),
        CheckConstraint("slots >= 1", name="slots"),
        CheckConstraint("duration_minutes > 0", name="duration"),
        CheckConstraint(
            "at_home OR (postcode IS NOT NULL AND address IS NOT NULL)", name="spot"
        ),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    asker_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    organisation_id: Mapped[int | None] = plain(
        ForeignKey("organisation.id"), index=True
    )  # that asks: the series is its leads', as a need is
    category: Mapped[str] = plain(Text)
    words: Mapped[str] = _askers(Text, purpose=Purpose.MATCHING)
    at_home: Mapped[bool] = plain(default=True)
    postcode: Mapped[str | None] = _askers(Text, purpose=Purpose.MEETING)
    address: Mapped[str | None] = _askers(Text, purpose=Purpose.MEETING)
    setting: Mapped[Setting | None] = plain(EnumText(Setting))  # where it happens; None: unsaid
    circumstances: Mapped[list[str]] = _askers(Json, purpose=Purpose.SAFETY, default=list)
    duration_minutes: Mapped[int] = plain()
    slots: Mapped[int] = plain(default=1)
    languages_required: Mapped[list[str]] = plain(Json, default=list)
    preferences: Mapped[list[str]] = _askers(Json, purpose=Purpose.MATCHING, default=list)
    reach_metres: Mapped[int | None] = plain()
    first_on: Mapped[str] = plain(Text)
    last_on: Mapped[str] = plain(Text)
    skips_bank_holidays: Mapped[bool] = plain(default=False)
    version: Mapped[int] = plain(default=1)
    begun_at: Mapped[datetime] = plain(UtcDateTime)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)


class SeriesWeeklyRow(Model):
    """On which weekday, from when until when: minutes of the local day, Monday is 0."""

    __tablename__ = "series_weekly"
    __table_args__ = (
        UniqueConstraint("series_id", "weekday"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint(
            "start_minute >= 0 AND start_minute < end_minute AND end_minute <= 1440", name="minutes"
        ),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    series_id: Mapped[int] = plain(ForeignKey("need_series.id"))
    weekday: Mapped[int] = personal(
        purpose=Purpose.MATCHING, keep=Keep.CASE, whose="series_id.asker_id"
    )
    start_minute: Mapped[int] = personal(
        purpose=Purpose.MATCHING, keep=Keep.CASE, whose="series_id.asker_id"
    )
    end_minute: Mapped[int] = personal(
        purpose=Purpose.MATCHING, keep=Keep.CASE, whose="series_id.asker_id"
    )


class SeriesOccurrenceRow(Model):
    """A day of a series that has its need, or was left out: one row a day, whoever works it."""

    __tablename__ = "series_occurrence"
    __table_args__ = (
        CheckConstraint("need_id IS NOT NULL OR skipped IS NOT NULL", name="made"),
        CheckConstraint(
            "skipped IS NULL OR skipped IN ('asker', 'bank-holiday')", name="skipped"
        ),
    )  # fmt: skip

    series_id: Mapped[int] = plain(ForeignKey("need_series.id"), primary_key=True)
    day: Mapped[str] = plain(Text, primary_key=True)
    need_id: Mapped[int | None] = plain(ForeignKey("need.id"), unique=True)
    skipped: Mapped[str | None] = plain(Text)
