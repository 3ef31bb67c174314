"""What is proposed about a version of the rules: that it ends before its time. Two decide.

A proposal stays as it was read and is decided once
(:mod:`enabler.persistence.ruleset_ending_rules`).
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped

from enabler.domain.ruleset_drafts import DraftState
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, UtcDateTime

_WAITS = text("state = 'proposed'")


class RulesetEndingRow(Model):
    """``words``: why the rules should end; ``answer_by``: so long it waits for a second person."""

    __tablename__ = "ruleset_ending"
    __table_args__ = (
        CheckConstraint(
            "state IN ('proposed', 'approved', 'rejected', 'withdrawn', 'lapsed')", name="state"
        ),
        CheckConstraint("(state IN ('approved', 'rejected')) = (decided_by IS NOT NULL)",
                        name="decided"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="ended"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
        Index("ix_ruleset_ending_waits", "ruleset_id", unique=True, sqlite_where=_WAITS,
              postgresql_where=_WAITS),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    ruleset_id: Mapped[int] = plain(ForeignKey("ruleset.id"))
    state: Mapped[DraftState] = plain(EnumText(DraftState))
    words: Mapped[str | None] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.AUDIT, whose="proposed_by"
    )
    proposed_by: Mapped[int] = plain(ForeignKey("member.id"))
    proposed_at: Mapped[datetime] = plain(UtcDateTime)
    answer_by: Mapped[datetime] = plain(UtcDateTime)
    decided_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None] = plain(UtcDateTime)  # also when it was withdrawn
    decided_words: Mapped[str | None] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.AUDIT, whose="decided_by"
    )
