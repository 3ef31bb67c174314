"""Needs with their windows: what is asked, where, when."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, MappedColumn

from enabler.domain.meeting import Setting
from enabler.domain.vocabulary import NeedState, NextStep, Outcome
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, Json, UtcDateTime


def _askers(*args: Any, purpose: Purpose, **kw: Any) -> MappedColumn[Any]:
    """A column about the asker, kept with the case."""
    return personal(*args, purpose=purpose, keep=Keep.CASE, whose="asker_id", **kw)


class NeedRow(Model):
    """What somebody asks for. The exact point and address are for the accepted helper alone.

    ``slots`` helpers are wanted and ``slots_filled`` have said yes; the constraint holds the one
    below the other, whoever writes. An open need has a next step with a time (constraint).
    """

    __tablename__ = "need"
    __table_args__ = (
        CheckConstraint("slots >= 1", name="slots"),
        CheckConstraint("slots_filled >= 0 AND slots_filled <= slots", name="slots_filled"),
        CheckConstraint("duration_minutes > 0", name="duration"),
        CheckConstraint("priority BETWEEN 1 AND 1000", name="priority"),
        CheckConstraint(
            "state NOT IN ('open', 'held', 'filled', 'arranged', 'done')"
            " OR (next_step IS NOT NULL AND next_step_at IS NOT NULL)",
            name="next_step",
        ),
        CheckConstraint("state <> 'closed' OR outcome IS NOT NULL", name="outcome"),
        Index("ix_need_due", "next_step_at", sqlite_where=text("state = 'open'"),
              postgresql_where=text("state = 'open'")),
        Index("ix_need_due_agreed", "next_step_at",
              sqlite_where=text("state IN ('filled', 'arranged')"),
              postgresql_where=text("state IN ('filled', 'arranged')")),
        Index("ix_need_place_state", "place_id", "state"),
        Index("ix_need_near", "place_id", "state", "cell_id", "category", "ward_id"),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    asker_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    organisation_id: Mapped[int | None] = plain(
        ForeignKey("organisation.id"), index=True
    )  # that asks: its leads answer for the need, and whoever wrote it down only while they lead
    posted_by: Mapped[int] = plain(
        ForeignKey("member.id")
    )  # a supporter or call handler, else the asker
    category: Mapped[str] = plain(Text)
    words: Mapped[str] = _askers(Text, purpose=Purpose.MATCHING)
    postcode: Mapped[str] = _askers(Text, purpose=Purpose.MEETING)
    address: Mapped[str] = _askers(Text, purpose=Purpose.MEETING)
    easting: Mapped[int] = _askers(purpose=Purpose.MEETING)
    northing: Mapped[int] = _askers(purpose=Purpose.MEETING)
    cell_id: Mapped[int] = plain(ForeignKey("cell.id"), index=True)
    ward_id: Mapped[int] = plain(ForeignKey("ward.id"))
    setting: Mapped[Setting | None] = plain(EnumText(Setting))  # where it happens; None: unsaid
    circumstances: Mapped[list[str]] = _askers(Json, purpose=Purpose.SAFETY, default=list)
    duration_minutes: Mapped[int] = plain()
    slots: Mapped[int] = plain(default=1)
    slots_filled: Mapped[int] = plain(default=0)
    priority: Mapped[int] = plain(default=100)
    circumstance: Mapped[int] = _askers(purpose=Purpose.MATCHING, default=0)
    requires: Mapped[list[str]] = plain(Json, default=list)
    languages_required: Mapped[list[str]] = plain(Json, default=list)
    preferences: Mapped[list[str]] = _askers(Json, purpose=Purpose.MATCHING, default=list)
    reach_metres: Mapped[int | None] = plain()
    state: Mapped[NeedState] = plain(EnumText(NeedState))
    held_because: Mapped[str | None] = plain(Text)
    ruleset_id: Mapped[int] = plain(ForeignKey("ruleset.id"))
    wave: Mapped[int] = plain(default=0)
    next_step: Mapped[NextStep | None] = plain(EnumText(NextStep))
    next_step_at: Mapped[datetime | None] = plain(UtcDateTime)
    chased: Mapped[int] = plain(default=0)  # how often its people were asked about that step
    repeats_id: Mapped[int | None] = plain(ForeignKey("need.id"))  # the first of similar needs
    outcome: Mapped[Outcome | None] = plain(EnumText(Outcome))
    outcome_reason: Mapped[str | None] = _askers(Text, purpose=Purpose.ACCOUNTABILITY)
    posted_at: Mapped[datetime] = plain(UtcDateTime)
    needed_by: Mapped[datetime] = plain(UtcDateTime)  # the last window's end, or the ruleset's
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    version: Mapped[int] = plain(default=1)  # one more with each change by its asker
    category_from: Mapped[datetime | None] = plain(UtcDateTime)  # since it is of this kind, if not
    # from the beginning: who was asked before lacked nothing of what it demands


class NeedWindowRow(Model):
    """A stretch of time in which the help may happen. A need without one: any time."""

    __tablename__ = "need_window"
    __table_args__ = (CheckConstraint("start_at < end_at", name="order"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    need_id: Mapped[int] = plain(ForeignKey("need.id"), index=True)
    start_at: Mapped[datetime] = personal(
        UtcDateTime, purpose=Purpose.MATCHING, keep=Keep.CASE, whose="need_id.asker_id"
    )
    end_at: Mapped[datetime] = personal(
        UtcDateTime, purpose=Purpose.MATCHING, keep=Keep.CASE, whose="need_id.asker_id"
    )
