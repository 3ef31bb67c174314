"""The memory of the house: every change with who, when, why; every sight of personal data."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import Json, UtcDateTime

_UNJUDGED = "as_role IS NOT NULL AND NOT judged"


class AuditRow(Model):
    """One change of one thing: append-only, without personal values (they lie in ``audit_value``).

    ``actor_name`` is a member's ref, a job's name or the operator's; ``columns`` names what
    changed; states before and after where the thing has one.
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_subject", "subject_kind", "subject_id"),
        Index("ix_audit_on_behalf_of", "on_behalf_of",
              sqlite_where=text("on_behalf_of IS NOT NULL"),
              postgresql_where=text("on_behalf_of IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    at: Mapped[datetime] = plain(UtcDateTime)
    place_id: Mapped[int | None] = plain(ForeignKey("place.id"), index=True)
    actor_kind: Mapped[str] = plain(Text)
    actor_name: Mapped[str] = plain(Text)
    on_behalf_of: Mapped[str | None] = plain(Text)
    what: Mapped[str] = plain(Text)  # noun.verb: need.posted, match.accepted
    subject_kind: Mapped[str] = plain(Text)
    subject_id: Mapped[int] = plain()
    subject_ref: Mapped[str | None] = plain(Text)
    state_before: Mapped[str | None] = plain(Text)
    state_after: Mapped[str | None] = plain(Text)
    columns: Mapped[list[str]] = plain(Json)
    why: Mapped[str | None] = plain(Text)  # a code; a person's own words lie in audit_value


class AuditValueRow(Model):
    """A personal value that changed, keyed by person, so that erasure can take it away."""

    __tablename__ = "audit_value"

    id: Mapped[int] = plain(Integer, primary_key=True)
    audit_id: Mapped[int] = plain(ForeignKey("audit.id"), index=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    column: Mapped[str] = plain(Text)
    old: Mapped[str | None] = personal(Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.AUDIT)
    new: Mapped[str | None] = personal(Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.AUDIT)


class SightRow(Model):
    """Somebody saw a member's personal data: who, whose, what, why; one per minute.

    ``as_role``: the role that let staff see it, as it was then. ``reason`` is why they say they
    looked somebody up (a code of domain.looks.REASONS), ``reason_words`` in their own words.
    ``judged``: whether it was looked at for being odd.
    """

    __tablename__ = "sight"
    __table_args__ = (
        UniqueConstraint("viewer", "member_id", "minute", "what"),
        Index("ix_sight_unjudged", "id", sqlite_where=text(_UNJUDGED),
              postgresql_where=text(_UNJUDGED)),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    viewer: Mapped[str] = plain(Text)  # a member's ref, or job:name
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    minute: Mapped[datetime] = personal(
        UtcDateTime, purpose=Purpose.ACCOUNTABILITY, keep=Keep.SIGHT
    )
    what: Mapped[str] = plain(Text)  # codes, comma-joined in order: "address,name"
    why: Mapped[str] = plain(Text)  # a code: match, moderation, …
    subject_ref: Mapped[str | None] = plain(Text)
    as_role: Mapped[str | None] = plain(Text)
    reason: Mapped[str | None] = plain(Text)
    reason_words: Mapped[str | None] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.SIGHT
    )
    judged: Mapped[bool] = plain(default=False, server_default=false())
