"""Mandates: who may act for whom; and those that are asked for and wait for an answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, MappedColumn

from enabler.domain.mandates import Attorney, Basis, Ended, Hears
from enabler.persistence.database import Model
from enabler.persistence.tags import Given, Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, Json, UtcDateTime

_OPEN = "ended_at IS NULL"


def _kept(*args: Any, **kw: Any) -> MappedColumn[Any]:
    """What shows later what the member agreed to."""
    return personal(*args, purpose=Purpose.ACCOUNTABILITY, keep=Keep.CASE, **kw)


class MandateRow(Model):
    """A member's leave to somebody to act for them. But for its end, and for how much the member
    wants to hear, a row never changes (trigger); nor can a private supporter get a sixth person, or
    a mandate last longer than 180 days (trigger).

    ``witness_id`` and ``second_id`` saw that the member agreed, where they could not answer by
    themselves: for a private supporter two people do, whether it was said (constraint), written or
    in a power of attorney (trigger, so that those that began by one alone stay until they end).
    """

    __tablename__ = "mandate"
    __table_args__ = (
        CheckConstraint(
            "(supporter_id IS NULL) <> (organisation_id IS NULL)", name="one_supporter"
        ),
        CheckConstraint("supporter_id IS NULL OR supporter_id <> member_id", name="not_oneself"),
        CheckConstraint("from_at < until_at", name="order"),
        CheckConstraint("(ended_at IS NULL) = (ended_because IS NULL)", name="ended"),
        CheckConstraint(
            "(basis = 'power-of-attorney') = (attorney IS NOT NULL)", name="attorney"
        ),
        CheckConstraint(
            "basis = 'own-reply' OR witness_id IS NOT NULL", name="witness"
        ),
        CheckConstraint(
            "basis <> 'staff-witness' OR supporter_id IS NULL OR second_id IS NOT NULL",
            name="two_witnesses",
        ),
        CheckConstraint(
            "second_id IS NULL OR (second_id <> witness_id AND second_id <> member_id"
            " AND (supporter_id IS NULL OR second_id <> supporter_id))",
            name="second_person",
        ),
        CheckConstraint(
            "witness_id IS NULL OR (witness_id <> member_id"
            " AND (supporter_id IS NULL OR witness_id <> supporter_id))",
            name="first_person",
        ),
        Index("uq_mandate_of_supporter", "member_id", "supporter_id", unique=True,
              sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
        Index("uq_mandate_of_organisation", "member_id", "organisation_id", unique=True,
              sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
        Index("ix_mandate_ends", "until_at", sqlite_where=text(_OPEN),
              postgresql_where=text(_OPEN)),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    supporter_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)
    organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"), index=True)
    scopes: Mapped[list[str]] = _kept(Json)
    from_at: Mapped[datetime] = _kept(UtcDateTime)
    until_at: Mapped[datetime] = _kept(UtcDateTime)
    basis: Mapped[Basis] = _kept(EnumText(Basis))
    attorney: Mapped[Attorney | None] = _kept(EnumText(Attorney))
    evidence: Mapped[str | None] = _kept(Text)  # what was seen and by whom: never the paper itself
    wording: Mapped[str] = plain(Text)
    version: Mapped[int] = plain()
    language: Mapped[str] = _kept(Text)  # in which the words were read
    wording_hash: Mapped[str] = plain(Text)  # of the words in that language
    channel: Mapped[str] = plain(Text)  # web, desk, text
    recorded_by: Mapped[int | None] = plain(ForeignKey("member.id"))  # null: the two themselves
    witness_id: Mapped[int | None] = plain(ForeignKey("member.id"))
    second_id: Mapped[int | None] = plain(ForeignKey("member.id"))
    hears: Mapped[Hears] = personal(
        EnumText(Hears), purpose=Purpose.MESSAGING, keep=Keep.CASE, default=Hears.EACH
    )
    ended_at: Mapped[datetime | None] = _kept(UtcDateTime)
    ended_because: Mapped[Ended | None] = _kept(EnumText(Ended))
    ended_by: Mapped[int | None] = plain(ForeignKey("member.id"))  # null: a job


class MandateAskRow(Model):
    """A mandate that is asked for and waits: for the supporter, for the member, or for a second
    person who saw that the member agreed. Once it is over, the number or address goes.

    ``ended_because``: agreed, declined, withdrawn, expired, tries, or unsent: it went to nobody.
    ``asked_by``: member, supporter or desk. ``kind`` and ``value``: to whom it was sent. What the
    member agreed to already (where they or the desk asked) stands here until the mandate begins.
    """

    __tablename__ = "mandate_ask"
    __table_args__ = (
        CheckConstraint("asked_by IN ('member', 'supporter', 'desk')", name="asked_by"),
        CheckConstraint("kind IS NULL OR kind IN ('phone', 'mail')", name="kind"),
        CheckConstraint("asked_by <> 'member' OR member_id IS NOT NULL", name="member"),
        CheckConstraint(
            "asked_by <> 'supporter' OR supporter_id IS NOT NULL OR organisation_id IS NOT NULL",
            name="supporter",
        ),
        CheckConstraint("ended_at IS NULL OR value IS NULL", name="forgotten"),
        CheckConstraint("(ended_at IS NULL) = (ended_because IS NULL)", name="ended"),
        CheckConstraint("days BETWEEN 1 AND 180", name="days"),
        CheckConstraint("tries >= 0", name="tries"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    asked_by: Mapped[str] = plain(Text)
    by_member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)  # who typed it
    member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)
    supporter_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)
    organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"))
    kind: Mapped[str | None] = plain(Text)
    value: Mapped[str | None] = personal(
        Text, purpose=Purpose.MESSAGING, keep=Keep.SESSION, whose="contact:value"
    )
    nonce: Mapped[str] = plain(Text, unique=True)
    scopes: Mapped[list[str]] = plain(Json)
    days: Mapped[int] = plain()
    basis: Mapped[Basis] = plain(EnumText(Basis))
    attorney: Mapped[Attorney | None] = plain(EnumText(Attorney))
    evidence: Mapped[str | None] = _kept(Text)
    wording: Mapped[str | None] = plain(Text)
    version: Mapped[int | None] = plain()
    language: Mapped[str | None] = plain(Text)
    wording_hash: Mapped[str | None] = plain(Text)
    asked_at: Mapped[datetime] = plain(UtcDateTime)
    expires_at: Mapped[datetime] = plain(UtcDateTime)
    tries: Mapped[int] = plain(default=0)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    ended_because: Mapped[str | None] = plain(Text)


class MandateLookRow(Model):
    """A reason for a safeguarding lead to look at a mandate: a code, once for each mandate. Neither
    of its two ever reads of it."""

    __tablename__ = "mandate_look"
    __table_args__ = (UniqueConstraint("mandate_id", "code"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    mandate_id: Mapped[int] = plain(ForeignKey("mandate.id"))
    code: Mapped[str] = personal(
        Text, purpose=Purpose.SAFETY, keep=Keep.CASE, whose="mandate_id.member_id",
        given=Given.UNTOLD,
    )  # fmt: skip
    at: Mapped[datetime] = plain(UtcDateTime)
    looked_at: Mapped[datetime | None] = plain(UtcDateTime)
    looked_by: Mapped[int | None] = plain(ForeignKey("member.id"))
