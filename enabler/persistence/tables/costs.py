"""Money beside a match: what a helper spent for the asker. It is never in the ledger of hours."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import UtcDateTime


class MatchCostRow(Model):
    """One thing that was paid for: the helper says so, the asker agrees or not, it is paid back.

    ``state``: noted, agreed, disputed, settled (the helper has the money), withdrawn.
    """

    __tablename__ = "match_cost"
    __table_args__ = (
        CheckConstraint("kind IN ('materials', 'fare', 'other')", name="kind"),
        CheckConstraint("pence BETWEEN 1 AND 100000", name="pence"),
        CheckConstraint("state IN ('noted', 'agreed', 'disputed', 'settled', 'withdrawn')",
                        name="state"),
        CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name="settled"),
        CheckConstraint("state NOT IN ('agreed', 'disputed') OR answered_by IS NOT NULL",
                        name="answered"),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    match_id: Mapped[int] = plain(ForeignKey("match.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    by_member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    kind: Mapped[str] = plain(Text)
    pence: Mapped[int] = plain(Integer)
    words: Mapped[str] = personal(
        Text, purpose=Purpose.MEETING, keep=Keep.CASE, whose="by_member_id"
    )
    state: Mapped[str] = plain(Text)
    noted_at: Mapped[datetime] = plain(UtcDateTime)
    answered_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    answer_words: Mapped[str | None] = personal(
        Text, purpose=Purpose.MEETING, keep=Keep.CASE, whose="answered_by"
    )
    settled_at: Mapped[datetime | None] = plain(UtcDateTime)


class CostReceiptRow(Model):
    """The receipt of a cost: a photo without what its camera wrote beside it, or a PDF.

    ``content`` is base64, so that a backup keeps it as it keeps all else.
    """

    __tablename__ = "cost_receipt"
    __table_args__ = (
        CheckConstraint("kind IN ('image/jpeg', 'image/png', 'application/pdf')", name="kind"),
        CheckConstraint("length(content) BETWEEN 4 AND 2796204", name="content"),
    )

    cost_id: Mapped[int] = plain(ForeignKey("match_cost.id"), primary_key=True, autoincrement=False)
    by_member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    kind: Mapped[str] = plain(Text)
    content: Mapped[str] = personal(
        Text, purpose=Purpose.MEETING, keep=Keep.CASE, whose="by_member_id"
    )
    added_at: Mapped[datetime] = plain(UtcDateTime)
