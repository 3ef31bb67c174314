"""What members agreed to, and what a councillor may see because of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import UtcDateTime

_STANDS = "withdrawn_at IS NULL"
_SEEN = "ended_at IS NULL"


class ConsentRow(Model):
    """What a member agreed to: the wording's code, version, language and hash, when and how.

    ``about_ref`` is what it is about, where there can be several (whom they let see a check, which
    councillor), else empty; of one thing a wording stands once. ``by_member_id``: at a desk, who
    was there. ``withdrawn_how``: page, text, desk, or over, replaced, not-kept.
    """

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("how IN ('page', 'text', 'desk')", name="how"),
        CheckConstraint("(how = 'desk') = (by_member_id IS NOT NULL)", name="at_desk"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_how IS NULL)", name="withdrawn"),
        Index("uq_consent_standing", "member_id", "wording", "about_ref", unique=True,
              sqlite_where=text(_STANDS), postgresql_where=text(_STANDS)),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    wording: Mapped[str] = plain(Text)
    version: Mapped[int] = plain()
    wording_hash: Mapped[str] = plain(Text)
    language: Mapped[str] = plain(Text, default="en", server_default="en")
    how: Mapped[str] = plain(Text, default="page", server_default="page")
    page: Mapped[str | None] = plain(Text)
    by_member_id: Mapped[int | None] = plain(ForeignKey("member.id"))
    about_ref: Mapped[str] = plain(Text, default="", server_default="")
    given_at: Mapped[datetime] = personal(
        UtcDateTime, purpose=Purpose.ACCOUNTABILITY, keep=Keep.ACCOUNT
    )
    until_at: Mapped[datetime | None] = plain(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = personal(
        UtcDateTime, purpose=Purpose.ACCOUNTABILITY, keep=Keep.ACCOUNT
    )
    withdrawn_how: Mapped[str | None] = plain(Text)


class CaseShareRow(Model):
    """A need that a councillor of its ward may see, because its asker said so: until it ends."""

    __tablename__ = "case_share"
    __table_args__ = (
        CheckConstraint("until_at > given_at", name="until"),
        CheckConstraint("member_id <> councillor_id", name="two_people"),
        CheckConstraint("(ended_at IS NULL) = (ended_because IS NULL)", name="ended"),
        Index("uq_case_share_standing", "need_id", "councillor_id", unique=True,
              sqlite_where=text(_SEEN), postgresql_where=text(_SEEN)),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    need_id: Mapped[int] = plain(ForeignKey("need.id"))
    councillor_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    ward_id: Mapped[int] = plain(ForeignKey("ward.id"))
    given_at: Mapped[datetime] = personal(
        UtcDateTime, purpose=Purpose.ACCOUNTABILITY, keep=Keep.ACCOUNT
    )
    until_at: Mapped[datetime] = plain(UtcDateTime)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    ended_because: Mapped[str | None] = plain(Text)  # taken-back, over, not-their-ward
