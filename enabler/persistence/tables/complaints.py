"""Complaints about what the council does with personal data: each has a clock that the law sets."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped

from enabler.domain.complaints import COMPLAINT
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import Json, UtcDateTime

_TELLS = "tell_next_at IS NOT NULL"


class ComplaintRow(Model):
    """What somebody complained of, acknowledged when it was made, and what they were answered.

    ``answer_by`` is the local day by whose end they have an answer; ``kept_from`` are ids of whom
    it names: they neither read it nor hear of it. What was written is never changed (trigger).
    ``kind``: a *complaint*, or a *correction*: something to be put right that they cannot put
    right themself. ``meant``: of which kind of what is kept, and of which of its rows.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint("how IN ('page', 'text', 'desk')", name="how"),
        CheckConstraint("kind IN ('complaint', 'correction')", name="kind"),
        CheckConstraint("state IN ('open', 'looking', 'answered')", name="state"),
        CheckConstraint("outcome IN ('right', 'partly', 'not-right', 'taken-back')",
                        name="outcome"),
        CheckConstraint("(state = 'answered') = (outcome IS NOT NULL)", name="has_outcome"),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint("outcome IS NULL OR tell_next_at IS NULL", name="clock_stops"),
        Index("ix_complaint_tells", "tell_next_at", sqlite_where=text(_TELLS),
              postgresql_where=text(_TELLS)),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    by_member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)
    how: Mapped[str] = plain(Text)
    kind: Mapped[str] = plain(Text, default=COMPLAINT, server_default=text("'complaint'"))
    meant: Mapped[dict[str, Any] | None] = personal(
        Json(none_as_null=True), purpose=Purpose.ACCOUNTABILITY, keep=Keep.CASE,
        whose="by_member_id",
    )  # fmt: skip
    words: Mapped[str] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.CASE, whose="by_member_id"
    )
    call_back: Mapped[str | None] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.CASE, whose="by_member_id"
    )  # how a stranger wants to be answered
    from_address_hash: Mapped[str | None] = personal(
        Text, purpose=Purpose.SECURITY, keep=Keep.CODE, whose="nobody"
    )  # of a stranger, for a day: against floods
    kept_from: Mapped[list[int]] = plain(Json)
    made_at: Mapped[datetime] = plain(UtcDateTime)
    answer_by: Mapped[date] = plain(Date)
    due_at: Mapped[datetime] = plain(UtcDateTime)
    tell_next_at: Mapped[datetime | None] = plain(UtcDateTime)
    told_times: Mapped[int] = plain(default=0, server_default=text("0"))
    state: Mapped[str] = plain(Text)
    assigned_to: Mapped[int | None] = plain(ForeignKey("member.id"))
    outcome: Mapped[str | None] = plain(Text)
    answer: Mapped[str | None] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.CASE, whose="by_member_id"
    )
    answered_at: Mapped[datetime | None] = plain(UtcDateTime)
    answered_by: Mapped[int | None] = plain(ForeignKey("member.id"))


class ComplaintNoteRow(Model):
    """One step of a complaint: made, added (by who complained), note, taken, told, answered. Rows
    are never changed. ``facts`` are codes, refs and numbers."""

    __tablename__ = "complaint_note"

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    complaint_id: Mapped[int] = plain(ForeignKey("complaint.id"), index=True)
    kind: Mapped[str] = plain(Text)
    by_member_id: Mapped[int | None] = plain(ForeignKey("member.id"))
    at: Mapped[datetime] = plain(UtcDateTime)
    words: Mapped[str | None] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.CASE, whose="complaint_id.by_member_id"
    )  # whoever complained gets them in a copy: the desk is told so where it writes
    facts: Mapped[dict[str, Any]] = plain(Json)
