"""What one custodian proposes about hours, and another one allows or refuses.

That a decision is never changed afterwards stands in the database too
(:mod:`enabler.persistence.proposal_rules`).
"""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    text,
)
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import UtcDateTime

_STANDS = text("state IN ('waiting', 'allowed') AND reverses IS NOT NULL")
_WAITS = text("state = 'waiting'")


class HoursProposalRow(Model):
    """A movement of hours that staff ask for: a grant, or that a transfer is undone.

    ``state``: *waiting* until ``answer_by``; *allowed* (``transfer`` is the key under which its
    hours moved); *refused*; *lapsed* (nobody answered in time).
    """

    __tablename__ = "hours_proposal"
    __table_args__ = (
        ForeignKeyConstraint(["debit_id", "place_id"], ["account.id", "account.place_id"]),
        ForeignKeyConstraint(["credit_id", "place_id"], ["account.id", "account.place_id"]),
        CheckConstraint("kind IN ('grant', 'reversal')", name="kind"),
        CheckConstraint("(kind = 'reversal') = (reverses IS NOT NULL)", name="reverses"),
        CheckConstraint("debit_id <> credit_id", name="two_accounts"),
        CheckConstraint("minutes >= 1", name="minutes"),
        CheckConstraint("state IN ('waiting', 'allowed', 'refused', 'lapsed')", name="state"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="ended"),
        CheckConstraint("(state IN ('allowed', 'refused')) = (decided_by IS NOT NULL)",
                        name="decided"),
        CheckConstraint("(state = 'allowed') = (transfer IS NOT NULL)", name="moved"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="two_people"),
        Index("uq_hours_proposal_reverses", "reverses", unique=True,
              sqlite_where=_STANDS, postgresql_where=_STANDS),
        Index("ix_hours_proposal_waiting", "place_id", sqlite_where=_WAITS,
              postgresql_where=_WAITS),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    kind: Mapped[str] = plain(Text)
    debit_id: Mapped[int] = plain(Integer)
    credit_id: Mapped[int] = plain(Integer)
    minutes: Mapped[int] = plain(Integer)
    reverses: Mapped[str | None] = plain(ForeignKey("transfer.key"))
    words: Mapped[str] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.AUDIT, whose="asked_by"
    )
    state: Mapped[str] = plain(Text)
    asked_by: Mapped[int] = plain(ForeignKey("member.id"))
    asked_at: Mapped[datetime] = plain(UtcDateTime)
    answer_by: Mapped[datetime] = plain(UtcDateTime)
    decided_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None] = plain(UtcDateTime)
    decided_words: Mapped[str | None] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.AUDIT, whose="decided_by"
    )
    transfer: Mapped[str | None] = plain(ForeignKey("transfer.key"), unique=True)
