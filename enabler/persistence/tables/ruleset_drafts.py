"""Drafts of a place's rules: what custodians write, propose, and decide by two.

What was approved is a row of ``ruleset``, which its draft points at; a ruleset without a draft came
with the place's files. What may change in either stands in the database too
(:mod:`enabler.persistence.ruleset_rules`).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped

from enabler.domain.ruleset_drafts import DraftState
from enabler.persistence import spatial
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, Json, UtcDateTime

_OPEN = text("state IN ('draft', 'proposed')")


class RulesetDraftRow(Model):
    """A draft: free to change while it is one, as it is once it is proposed.

    ``from_at`` null: in force as soon as it is approved. ``wards``: codes that ``area`` was made
    of. ``words``: why it is proposed; ``answer_by``: so long it waits for a second person.
    """

    __tablename__ = "ruleset_draft"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'proposed', 'approved', 'rejected', 'withdrawn', 'lapsed')",
            name="state",
        ),
        CheckConstraint("until_at IS NULL OR from_at IS NULL OR from_at < until_at", name="order"),
        CheckConstraint("state NOT IN ('proposed', 'approved', 'rejected', 'lapsed')"
                        " OR (proposed_by IS NOT NULL AND answer_by IS NOT NULL)", name="proposed"),
        CheckConstraint("(state IN ('approved', 'rejected')) = (decided_by IS NOT NULL)",
                        name="decided"),
        CheckConstraint("(state IN ('draft', 'proposed')) = (decided_at IS NULL)", name="ended"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'approved') = (ruleset_id IS NOT NULL)", name="approved"),
        Index("ix_ruleset_draft_open", "place_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    version: Mapped[int] = plain(default=1)  # one more with each edit
    name: Mapped[str] = plain(Text)  # by which the place knows these rules: it is public
    state: Mapped[DraftState] = plain(EnumText(DraftState))
    policy: Mapped[dict[str, Any]] = plain(Json)
    based_on_id: Mapped[int] = plain(ForeignKey("ruleset.id"))
    from_at: Mapped[datetime | None] = plain(UtcDateTime)
    until_at: Mapped[datetime | None] = plain(UtcDateTime)
    wards: Mapped[list[str]] = plain(Json, default=list)
    area: Mapped[Any | None] = plain(spatial.area_column(index=False), nullable=True)
    drafted_by: Mapped[int] = plain(ForeignKey("member.id"))
    drafted_at: Mapped[datetime] = plain(UtcDateTime)
    changed_by: Mapped[int] = plain(ForeignKey("member.id"))
    changed_at: Mapped[datetime] = plain(UtcDateTime)
    words: Mapped[str | None] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.AUDIT, whose="proposed_by"
    )
    proposed_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    proposed_at: Mapped[datetime | None] = plain(UtcDateTime)
    answer_by: Mapped[datetime | None] = plain(UtcDateTime)
    decided_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None] = plain(UtcDateTime)  # also when it was withdrawn
    decided_words: Mapped[str | None] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.AUDIT, whose="decided_by"
    )
    ruleset_id: Mapped[int | None] = plain(ForeignKey("ruleset.id"), unique=True)


class RulesetDraftChangeRow(Model):
    """One edit of a draft, which made it this ``version``: what it found and what it left, by key.
    Whoever edits the same draft is shown what another has changed meanwhile."""

    __tablename__ = "ruleset_draft_change"

    draft_id: Mapped[int] = plain(
        ForeignKey("ruleset_draft.id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int] = plain(primary_key=True, autoincrement=False)
    changed_by: Mapped[int] = plain(ForeignKey("member.id"))
    changed_at: Mapped[datetime] = plain(UtcDateTime)
    before: Mapped[dict[str, Any]] = plain(Json)
    after: Mapped[dict[str, Any]] = plain(Json)
