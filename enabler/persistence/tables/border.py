"""What two places have agreed about the hours that may lie between them, and what holds the two
halves of each movement together."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import plain
from enabler.persistence.types import UtcDateTime

MOST = 600_000
"""Minutes that one place may owe another: ten thousand hours."""


def _one(name: str, state: str) -> Index:
    condition = text(f"state = '{state}'")
    return Index(
        name, "place_id", "with_place_id", unique=True, sqlite_where=condition,
        postgresql_where=condition,
    )  # fmt: skip


class ClearingAgreementRow(Model):
    """A limit each way, as a custodian of one place proposed it and one of the other agreed.

    The two places stand in the order of their numbers, so that there is one of each state.
    ``owes_most``: the most minutes that ``place_id`` may owe the other; ``owed_most``: the other
    way round. ``state``: waiting, agreed, refused, replaced (by a newer one), ended.
    """

    __tablename__ = "clearing_agreement"
    __table_args__ = (
        CheckConstraint("place_id < with_place_id", name="order"),
        CheckConstraint("proposer_id IN (place_id, with_place_id)", name="proposer"),
        CheckConstraint(f"owes_most BETWEEN 0 AND {MOST}", name="owes"),
        CheckConstraint(f"owed_most BETWEEN 0 AND {MOST}", name="owed"),
        CheckConstraint("state IN ('waiting', 'agreed', 'refused', 'replaced', 'ended')",
                        name="state"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("state NOT IN ('agreed', 'ended') OR"
                        " (agreed_by IS NOT NULL AND agreed_by <> asked_by)", name="two"),
        _one("uq_clearing_agreement_waiting", "waiting"),
        _one("uq_clearing_agreement_agreed", "agreed"),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    with_place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    proposer_id: Mapped[int] = plain(ForeignKey("place.id"))
    owes_most: Mapped[int] = plain(Integer)
    owed_most: Mapped[int] = plain(Integer)
    state: Mapped[str] = plain(Text)
    asked_by: Mapped[int] = plain(ForeignKey("member.id"))
    asked_at: Mapped[datetime] = plain(UtcDateTime)
    agreed_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None] = plain(UtcDateTime)


class BorderHalfRow(Model):
    """One half of a movement between places, and the other, without which it cannot be kept.

    Written by the trigger of the half's own row (:mod:`enabler.persistence.border_rules`).
    """

    __tablename__ = "border_half"

    key: Mapped[str] = plain(ForeignKey("transfer.key"), primary_key=True)
    twin: Mapped[str] = plain(
        ForeignKey("transfer.key", deferrable=True, initially="DEFERRED"), unique=True
    )
