"""Members who rest for a while, and members who go for good: whose account is erased, who asked for
it at the desk, and what a duty keeps.

Names, addresses and words of an erased member are gone; their ref stays as a pseudonym.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, text, true
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Given, Keep, Purpose, personal, plain
from enabler.persistence.types import Json, UtcDateTime

_WAITS = text("state = 'waiting'")
_STANDS = text("ended_at IS NULL")


class MemberPauseRow(Model):
    """A member who asked for peace: nothing is asked of them, and nothing sent but codes, what
    keeps people safe, and what they agreed to or still ask for.

    ``offers``: ids of what opens again.
    """

    __tablename__ = "member_pause"
    __table_args__ = (CheckConstraint("until_at IS NULL OR since < until_at", name="order"),)

    member_id: Mapped[int] = plain(ForeignKey("member.id"), primary_key=True, autoincrement=False)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    since: Mapped[datetime] = plain(UtcDateTime)
    until_at: Mapped[datetime | None] = personal(
        UtcDateTime, purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, index=True
    )  # empty: until they come back
    offers: Mapped[list[int]] = plain(Json, default=list)


class ErasureRow(Model):
    """A member whose account was erased. ``erased_at`` empty: a duty keeps something still;
    ``listed_at`` empty: it has yet to be written into the list outside the backups; ``wiped_at``:
    since when no page of the database's files holds what was deleted. ``kept``: who they were, as
    long as a duty needs it, and nowhere else.

    ``by_kind``: *self*, *staff* (two of them), *list* (a restored backup had brought them back).
    """

    __tablename__ = "erasure"
    __table_args__ = (
        CheckConstraint("by_kind IN ('self', 'staff', 'list')", name="by_kind"),
        CheckConstraint("erased_at IS NULL OR asked_at <= erased_at", name="order"),
        CheckConstraint("erased_at IS NULL OR kept IS NULL", name="kept"),
        Index("ix_erasure_unlisted", "id", sqlite_where=text("listed_at IS NULL"),
              postgresql_where=text("listed_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"), unique=True)
    by_kind: Mapped[str] = plain(Text)
    asked_at: Mapped[datetime] = plain(UtcDateTime)
    erased_at: Mapped[datetime | None] = plain(UtcDateTime)
    listed_at: Mapped[datetime | None] = plain(UtcDateTime)
    wiped_at: Mapped[datetime | None] = plain(UtcDateTime)
    kept: Mapped[dict[str, Any] | None] = personal(
        Json(none_as_null=True), purpose=Purpose.SAFETY, keep=Keep.CASE, given=Given.UNTOLD
    )


class ErasureHoldRow(Model):
    """A duty by which a member's name and contacts stay although they asked to be erased: a court's
    order, a police matter. ``tells``: the member may be told of it."""

    __tablename__ = "erasure_hold"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
        Index("uq_erasure_hold_stands", "member_id", unique=True, sqlite_where=_STANDS,
              postgresql_where=_STANDS),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"))
    words: Mapped[str] = personal(Text, purpose=Purpose.SAFETY, keep=Keep.CASE, given=Given.UNTOLD)
    tells: Mapped[bool] = plain()
    by_member_id: Mapped[int] = plain(ForeignKey("member.id"))
    since: Mapped[datetime] = plain(UtcDateTime)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    ended_by: Mapped[int | None] = plain(ForeignKey("member.id"))


class ErasureProposalRow(Model):
    """A member asked at the desk, by letter or on the phone, to be erased: one of the staff writes
    it down, and another one, who looks at it too, says yes or no (constraint). Nobody says yes
    before ``allowed_from``: so long the member has to say that it was not them; empty where nobody
    was written to.

    What was written down stands (:mod:`enabler.persistence.erasure_rules`).
    """

    __tablename__ = "erasure_proposal"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'allowed', 'refused', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="ended"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided"),
        CheckConstraint("state = 'withdrawn' OR decided_by IS NULL OR decided_by <> asked_by",
                        name="two_people"),
        CheckConstraint("member_id <> asked_by", name="not_oneself"),
        CheckConstraint("decided_by IS NULL OR decided_by <> member_id", name="not_own_case"),
        CheckConstraint("state <> 'allowed' OR allowed_from IS NULL OR decided_at >= allowed_from",
                        name="waited"),
        Index("uq_erasure_proposal_waits", "member_id", unique=True, sqlite_where=_WAITS,
              postgresql_where=_WAITS),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"))
    words: Mapped[str] = personal(Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.AUDIT)
    state: Mapped[str] = plain(Text)
    asked_by: Mapped[int] = plain(ForeignKey("member.id"))
    asked_at: Mapped[datetime] = plain(UtcDateTime)
    decided_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None] = plain(UtcDateTime)
    decided_words: Mapped[str | None] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.AUDIT
    )
    tells: Mapped[bool] = plain(default=True, server_default=true())  # they may be written to
    allowed_from: Mapped[datetime | None] = plain(UtcDateTime)
