"""What those who keep the market leave behind at their desk: who has what in hand, what was decided
and why, what was asked of an author, what they often say, what was escalated.

What waits is nowhere written: it is computed from the things' own states.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, MappedColumn

from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import Json, UtcDateTime

_UNANSWERED = "ended_at IS NULL"
_SUSPENDED = "kind = 'suspend' AND lifted_at IS NULL AND undone_at IS NULL"
_APPEALED = "appealed_at IS NOT NULL AND appeal_outcome IS NULL"


def _about_author(*args: Any, **kw: Any) -> MappedColumn[Any]:
    """Words about, or of, the author of what was decided."""
    return personal(*args, purpose=Purpose.ACCOUNTABILITY, keep=Keep.AUDIT, **kw)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class DeskClaimRow(Model):
    """Somebody has it in hand: one for each thing that waits. It lapses by the ruleset's time."""

    __tablename__ = "desk_claim"

    place_id: Mapped[int] = plain(ForeignKey("place.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = plain(Text, primary_key=True)
    ref: Mapped[str] = plain(Text, primary_key=True)
    by_member_id: Mapped[int] = plain(ForeignKey("member.id"))
    since: Mapped[datetime] = plain(UtcDateTime)


class DeskEscalationRow(Model):
    """Who keeps the market was told that a thing waits too long: once for each level."""

    __tablename__ = "desk_escalation"
    __table_args__ = (
        UniqueConstraint("place_id", "kind", "ref", "since", "level"),
        CheckConstraint("level IN (1, 2)", name="level"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    kind: Mapped[str] = plain(Text)
    ref: Mapped[str] = plain(Text)
    since: Mapped[datetime] = plain(UtcDateTime)
    level: Mapped[int] = plain(Integer)
    at: Mapped[datetime] = plain(UtcDateTime)


class DecisionRow(Model):
    """The statement of reasons of one decision against somebody, and the appeal against it.

    ``kind``: refuse, hold, suspend, edit. ``scope``: what it reaches, as a code; ``review_at``:
    when a suspension is looked at again. ``signals``: the codes that flagged it, where something
    automatic did; ``rule``: which rule of the ruleset, as a code. ``decided_by`` is nobody's where
    the command line decided. Whoever decides an appeal is another member (constraint), and always
    a member. What was decided is never changed (:mod:`enabler.persistence.decision_rules`).
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("kind IN ('refuse', 'hold', 'suspend', 'edit')", name="kind"),
        CheckConstraint("subject_kind IN ('need', 'offer', 'organisation', 'member')",
                        name="subject_kind"),
        CheckConstraint("(kind = 'suspend') = (review_at IS NOT NULL)", name="review"),
        CheckConstraint("lifted_at IS NULL OR kind = 'suspend'", name="lifted"),
        CheckConstraint("appeal_outcome IN ('upheld', 'overturned')", name="appeal_outcome"),
        CheckConstraint("(appeal_outcome IS NULL) = (appeal_decided_at IS NULL)",
                        name="appeal_decided"),
        CheckConstraint("(appeal_outcome IS NULL) = (appeal_decided_by IS NULL)",
                        name="appeal_decider"),
        CheckConstraint("appeal_outcome IS NULL OR appealed_at IS NOT NULL", name="appealed_first"),
        CheckConstraint("appeal_decided_by IS NULL OR decided_by IS NULL"
                        " OR appeal_decided_by <> decided_by", name="two_people"),
        Index("ix_decision_subject", "subject_kind", "subject_id"),
        Index("ix_decision_suspended", "place_id", **_where(_SUSPENDED)),
        Index("ix_decision_appealed", "place_id", **_where(_APPEALED)),
        Index("ix_decision_place_at", "place_id", "decided_at"),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    kind: Mapped[str] = plain(Text)
    subject_kind: Mapped[str] = plain(Text)
    subject_id: Mapped[int] = plain(Integer)
    subject_ref: Mapped[str] = plain(Text)
    member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)  # whose it is
    organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"), index=True)
    ward_id: Mapped[int | None] = plain(ForeignKey("ward.id"))
    state_before: Mapped[str] = plain(Text)
    scope: Mapped[str] = plain(Text)
    review_at: Mapped[datetime | None] = plain(UtcDateTime)
    words: Mapped[str] = _about_author(Text)
    signals: Mapped[list[str]] = plain(Json, default=list)
    rule: Mapped[str] = plain(Text)
    ruleset_id: Mapped[int] = plain(ForeignKey("ruleset.id"))
    columns: Mapped[list[str]] = plain(Json, default=list)
    audit_id: Mapped[int | None] = plain(ForeignKey("audit.id"))  # where old words lie
    decided_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    decided_at: Mapped[datetime] = plain(UtcDateTime)
    undone_at: Mapped[datetime | None] = plain(UtcDateTime)
    lifted_at: Mapped[datetime | None] = plain(UtcDateTime)
    appealed_at: Mapped[datetime | None] = plain(UtcDateTime)
    appeal_words: Mapped[str | None] = _about_author(Text)
    appeal_decided_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    appeal_decided_at: Mapped[datetime | None] = plain(UtcDateTime)
    appeal_outcome: Mapped[str | None] = plain(Text)
    appeal_reason: Mapped[str | None] = _about_author(Text)


class DeskQuestionRow(Model):
    """What a custodian asks the author of a held thing; its clock stands still meanwhile."""

    __tablename__ = "desk_question"
    __table_args__ = (
        CheckConstraint("subject_kind IN ('need', 'offer', 'organisation')", name="subject_kind"),
        CheckConstraint("answered_at IS NULL OR ended_at IS NOT NULL", name="answered"),
        Index("uq_desk_question_open", "subject_kind", "subject_id", unique=True,
              **_where(_UNANSWERED)),
        Index("ix_desk_question_subject", "subject_kind", "subject_id"),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    subject_kind: Mapped[str] = plain(Text)
    subject_id: Mapped[int] = plain(Integer)
    subject_ref: Mapped[str] = plain(Text)
    member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)
    organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"))
    asked_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    asked_at: Mapped[datetime] = plain(UtcDateTime)
    words: Mapped[str] = _about_author(Text)
    answered_at: Mapped[datetime | None] = plain(UtcDateTime)
    answered_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    answer: Mapped[str | None] = _about_author(Text)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)  # answered, or it was decided without


class StandardAnswerRow(Model):
    """What those who keep a place's market often say: a name for the list, and the words."""

    __tablename__ = "standard_answer"

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    name: Mapped[str] = plain(Text)
    words: Mapped[str] = plain(Text)
    made_by: Mapped[int] = plain(ForeignKey("member.id"))
    made_at: Mapped[datetime] = plain(UtcDateTime)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
