"""Reasons to look at a thing, what copies and sign-ups are known by, and the deny list."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Given, Keep, Purpose, personal, plain
from enabler.persistence.types import Json, UtcDateTime


class SignalRow(Model):
    """A reason to look at a thing, by its code, with its facts; never the number or address itself.

    ``holds``: it held the thing back when it was found. ``looked_at``: a person let it through.
    ``ended_at``: what it was about was changed, or is over.
    """

    __tablename__ = "signal"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('need', 'offer', 'organisation', 'match', 'message', 'member')", name="kind"
        ),
        Index("ix_signal_about", "place_id", "kind", "about_id"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    kind: Mapped[str] = plain(Text)
    about_id: Mapped[int] = plain()
    member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)  # who wrote it
    code: Mapped[str] = plain(Text)
    facts: Mapped[dict[str, Any]] = personal(Json, purpose=Purpose.SAFETY, keep=Keep.CASE)
    holds: Mapped[bool] = plain(default=False)
    at: Mapped[datetime] = plain(UtcDateTime)
    looked_at: Mapped[datetime | None] = plain(UtcDateTime)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)


class TextPrintRow(Model):
    """One number of the print of a text, by which a copy of it is found for thirty days."""

    __tablename__ = "text_print"
    __table_args__ = (
        CheckConstraint("kind IN ('need', 'offer', 'organisation')", name="kind"),
        Index("ix_text_print_print", "place_id", "print"),
        Index("ix_text_print_about", "kind", "about_id"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    kind: Mapped[str] = plain(Text)
    about_id: Mapped[int] = plain()
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    print: Mapped[int] = personal(BigInteger, purpose=Purpose.SAFETY, keep=Keep.SESSION)
    at: Mapped[datetime] = plain(UtcDateTime, index=True)


class UnheardRow(Model):
    """What somebody wrote and nobody has listened to yet for danger; gone as soon as it was."""

    __tablename__ = "unheard"
    __table_args__ = (
        CheckConstraint("kind IN ('need', 'offer', 'organisation', 'match')", name="kind"),
        CheckConstraint("words <> ''", name="words"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    kind: Mapped[str] = plain(Text)
    about_id: Mapped[int] = plain()
    about_ref: Mapped[str] = plain(Text)
    member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)  # who wrote it
    words: Mapped[str] = personal(Text, purpose=Purpose.SAFETY, keep=Keep.SESSION)
    at: Mapped[datetime] = plain(UtcDateTime, index=True)


class SignUpTraceRow(Model):
    """From which browser and network an account was made: keyed digests, for thirty days."""

    __tablename__ = "sign_up_trace"
    __table_args__ = (
        Index("ix_sign_up_trace_browser", "place_id", "browser_hash"),
        Index("ix_sign_up_trace_network", "place_id", "network_hash"),
    )

    member_id: Mapped[int] = plain(ForeignKey("member.id"), primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    browser_hash: Mapped[str | None] = personal(Text, purpose=Purpose.SAFETY, keep=Keep.SESSION)
    network_hash: Mapped[str | None] = personal(Text, purpose=Purpose.SAFETY, keep=Keep.SESSION)
    at: Mapped[datetime] = plain(UtcDateTime, index=True)


class DenialRow(Model):
    """Somebody who was removed for safety: why, as a code, and until when they are known again.

    Who it was stands in the account that was closed; here there are digests alone.
    """

    __tablename__ = "denial"
    __table_args__ = (
        CheckConstraint(
            "reason IN ('violence', 'sexual', 'theft', 'exploitation', 'hate', 'false-identity',"
            " 'other')",
            name="reason",
        ),
        CheckConstraint("at < until_at", name="end"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    reason: Mapped[str] = personal(Text, purpose=Purpose.SAFETY, keep=Keep.DENIED)
    by_name: Mapped[str] = plain(Text)  # the lead's ref, as in the audit
    at: Mapped[datetime] = plain(UtcDateTime)
    until_at: Mapped[datetime] = plain(UtcDateTime)
    lifted_at: Mapped[datetime | None] = plain(UtcDateTime)


class DenialMarkRow(Model):
    """A keyed digest by which somebody is known again; nothing can be read back from it."""

    __tablename__ = "denial_mark"
    __table_args__ = (
        CheckConstraint("kind IN ('phone', 'mail', 'name-postcode', 'name-home')", name="kind"),
        UniqueConstraint("denial_id", "kind", "digest"),
        Index("ix_denial_mark_digest", "place_id", "digest"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    denial_id: Mapped[int] = plain(ForeignKey("denial.id"), index=True)
    kind: Mapped[str] = plain(Text)
    digest: Mapped[str] = personal(
        Text,
        purpose=Purpose.SAFETY,
        keep=Keep.DENIED,
        whose="denial_id.member_id",
        given=Given.SAFETY,
    )


class DenialMatchRow(Model):
    """An account that may be somebody's who was removed: it waits for the safeguarding lead."""

    __tablename__ = "denial_match"
    __table_args__ = (
        UniqueConstraint("member_id", "denial_id"),
        CheckConstraint("(decided_at IS NULL) = (decision IS NULL)", name="decided"),
        CheckConstraint("decision IS NULL OR decision IN ('let-in', 'removed')", name="decision"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"))
    denial_id: Mapped[int] = plain(ForeignKey("denial.id"))
    kinds: Mapped[list[str]] = personal(
        Json, purpose=Purpose.SAFETY, keep=Keep.CASE, given=Given.SAFETY
    )
    at: Mapped[datetime] = plain(UtcDateTime)
    decided_at: Mapped[datetime | None] = plain(UtcDateTime)
    decision: Mapped[str | None] = plain(Text)


class HeldMessageRow(Model):
    """A message of a conversation that waits for a custodian's look before the other side has it.

    Passed on, it becomes a line of the conversation; both sides know that one waits.
    """

    __tablename__ = "held_message"
    __table_args__ = (
        CheckConstraint("state IN ('waits', 'passed', 'stopped')", name="state"),
        CheckConstraint("(state = 'waits') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("side IN ('asker', 'helper', 'staff')", name="side"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    match_id: Mapped[int] = plain(ForeignKey("match.id"), index=True)
    by_member_id: Mapped[int | None] = plain(ForeignKey("member.id"))
    side: Mapped[str] = plain(Text)
    words: Mapped[str] = personal(
        Text, purpose=Purpose.MEETING, keep=Keep.CASE, whose="by_member_id"
    )
    holds: Mapped[list[str]] = plain(Json)
    at: Mapped[datetime] = plain(UtcDateTime)
    state: Mapped[str] = plain(Text)
    decided_at: Mapped[datetime | None] = plain(UtcDateTime)
    decided_by: Mapped[str | None] = plain(Text)  # as in the audit
