"""Who looks after safety, what was done about a report, what was said of a visit, who is hidden."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Given, Keep, Purpose, personal, plain
from enabler.persistence.types import Json, UtcDateTime


class ReportNoteRow(Model):
    """One step of a report's case: what somebody noted or did. Rows are never changed.

    ``kind``: note, seen, called, stands, assigned, passed, action, outcome, released, answered,
    settled, reopened. ``facts`` are codes, refs and numbers: never a name or a number to ring.
    """

    __tablename__ = "report_note"

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    report_id: Mapped[int] = plain(ForeignKey("report.id"), index=True)
    kind: Mapped[str] = plain(Text)
    by_member_id: Mapped[int | None] = plain(ForeignKey("member.id"))  # null: a job, the operator
    at: Mapped[datetime] = plain(UtcDateTime)
    words: Mapped[str | None] = personal(
        Text, purpose=Purpose.SAFETY, keep=Keep.CASE, whose="by_member_id", given=Given.WORK
    )
    facts: Mapped[dict[str, Any]] = plain(Json)


class ReportReleaseRow(Model):
    """What a member was told about a report that concerns them, and what they answered."""

    __tablename__ = "report_release"
    __table_args__ = (UniqueConstraint("report_id", "member_id"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    report_id: Mapped[int] = plain(ForeignKey("report.id"))
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    words: Mapped[str] = personal(Text, purpose=Purpose.SAFETY, keep=Keep.CASE)
    by_member_id: Mapped[int] = plain(ForeignKey("member.id"))
    at: Mapped[datetime] = plain(UtcDateTime)
    answer: Mapped[str | None] = personal(Text, purpose=Purpose.SAFETY, keep=Keep.CASE)
    answered_at: Mapped[datetime | None] = plain(UtcDateTime)


class SafeguardingPlanRow(Model):
    """Who hears of a worry in which order, and when they work: one asks for it, another agrees.

    The newest that was agreed to holds. ``hands`` are ids of leads, the first first; ``hours`` are
    the minutes of the local day at which a weekday opens and closes ({"0": [540, 1020]}).
    """

    __tablename__ = "safeguarding_plan"
    __table_args__ = (
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
        CheckConstraint("state IN ('waiting', 'agreed', 'refused', 'replaced')", name="state"),
        CheckConstraint("state NOT IN ('agreed', 'refused') OR decided_by IS NOT NULL", name="by"),
        Index("uq_safeguarding_plan_waiting", "place_id", unique=True,
              sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    hands: Mapped[list[int]] = plain(Json)
    hours: Mapped[dict[str, list[int]]] = plain(Json)
    duty_line: Mapped[str | None] = plain(Text)
    state: Mapped[str] = plain(Text)
    proposed_by: Mapped[int] = plain(ForeignKey("member.id"))
    proposed_at: Mapped[datetime] = plain(UtcDateTime)
    decided_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None] = plain(UtcDateTime)


class ConductRow(Model):
    """What one side of a match said of the other: that they did not come, say; with both sides'
    words. It counts when whom it is about agrees, says nothing in time, or a custodian says so."""

    __tablename__ = "conduct"
    __table_args__ = (
        UniqueConstraint("match_id", "by_member_id", "kind"),
        CheckConstraint("by_member_id <> about_member_id", name="two_people"),
        CheckConstraint(
            "kind IN ('did-not-come', 'called-off-late', 'left-early', 'was-rude')", name="kind"
        ),
        CheckConstraint(
            "state IN ('open', 'disputed', 'counts', 'does-not-count', 'taken-back')", name="state"
        ),
        CheckConstraint("(state IN ('open', 'disputed')) = (ended_at IS NULL)", name="ended"),
        CheckConstraint("state <> 'disputed' OR answered_at IS NOT NULL", name="heard"),
        CheckConstraint(
            "decided_by IS NULL OR (decided_by <> by_member_id AND decided_by <> about_member_id)",
            name="third_person",
        ),
        Index("ix_conduct_due", "answer_by", sqlite_where=text("state = 'open'"),
              postgresql_where=text("state = 'open'")),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    match_id: Mapped[int] = plain(ForeignKey("match.id"), index=True)
    by_member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    about_member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    kind: Mapped[str] = plain(Text)
    words: Mapped[str | None] = personal(
        Text, purpose=Purpose.SAFETY, keep=Keep.CASE, whose="by_member_id"
    )
    said_at: Mapped[datetime] = plain(UtcDateTime)
    answer_by: Mapped[datetime] = plain(UtcDateTime)
    answer: Mapped[str | None] = personal(
        Text, purpose=Purpose.SAFETY, keep=Keep.CASE, whose="about_member_id"
    )
    answered_at: Mapped[datetime | None] = plain(UtcDateTime)
    state: Mapped[str] = plain(Text)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    decided_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    decided_words: Mapped[str | None] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.CASE, whose="about_member_id"
    )


class HiddenMemberRow(Model):
    """A member under threat, who appears to nobody but the leads and the staff who are named."""

    __tablename__ = "hidden_member"

    member_id: Mapped[int] = plain(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    words: Mapped[str] = personal(Text, purpose=Purpose.SAFETY, keep=Keep.CASE)
    by_member_id: Mapped[int] = plain(ForeignKey("member.id"))
    since: Mapped[datetime] = plain(UtcDateTime)
    readers: Mapped[list[int]] = plain(Json)  # ids of staff who may know, beside the leads


class IntroducedRow(Model):
    """A match of somebody hidden of which a lead said that the other side may know the name. Where
    both are hidden each has a row."""

    __tablename__ = "hidden_introduced"

    match_id: Mapped[int] = plain(ForeignKey("match.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = plain(
        ForeignKey("member.id"), primary_key=True, autoincrement=False, index=True
    )
    by_member_id: Mapped[int] = plain(ForeignKey("member.id"))
    at: Mapped[datetime] = plain(UtcDateTime)
