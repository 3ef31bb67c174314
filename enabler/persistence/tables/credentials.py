"""Checks: what was seen of a helper, what was asked for, waived for a while, shown to others."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, false, text
from sqlalchemy.orm import Mapped

from enabler.domain.vocabulary import CredentialKind
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, Json, UtcDateTime

_ONE_HOLDER = "(member_id IS NULL) <> (organisation_id IS NULL)"
_WAITS = "state = 'waiting'"


class CredentialRow(Model):
    """A checked fact about a member or an organisation; never the certificate itself.

    Nothing of it is changed but that it is taken back, once (a trigger of both databases).
    ``waived``: two people let somebody help though it was not seen. ``carried_from``: the same
    fact, as it was seen in another place; it is taken back with it.
    """

    __tablename__ = "credential"
    __table_args__ = (
        CheckConstraint(_ONE_HOLDER, name="one_holder"),
        CheckConstraint("last_characters IS NULL OR length(last_characters) BETWEEN 1 AND 4",
                        name="last_characters"),
        CheckConstraint("agreed_by IS NULL OR agreed_by <> checked_by", name="two_people"),
        CheckConstraint("waived = (agreed_by IS NOT NULL)", name="waived"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)", name="revoked_by"),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)
    organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"), index=True)
    kind: Mapped[CredentialKind] = personal(
        EnumText(CredentialKind), purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL
    )
    seen_on: Mapped[datetime] = personal(UtcDateTime, purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL)
    valid_until: Mapped[datetime] = personal(
        UtcDateTime, purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL
    )
    checked_by: Mapped[str] = plain(Text)
    note: Mapped[str | None] = personal(
        Text, purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL
    )  # a training's name, a rating; why it was waived
    last_characters: Mapped[str | None] = personal(
        Text, purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL
    )  # of the number on the paper
    eligible_as: Mapped[str | None] = plain(Text)  # why the role may be asked for it: a code
    waived: Mapped[bool] = plain(default=False, server_default=false())
    agreed_by: Mapped[str | None] = plain(Text)
    carried_from: Mapped[int | None] = plain(ForeignKey("credential.id"), index=True)
    recorded_at: Mapped[datetime | None] = plain(UtcDateTime)
    revoked_at: Mapped[datetime | None] = plain(UtcDateTime)
    revoked_by: Mapped[str | None] = plain(Text)
    revoked_because: Mapped[str | None] = personal(
        Text, purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL
    )


class CredentialWantedRow(Model):
    """A holder asks that somebody looks at a paper of theirs.

    ``state``: waiting, seen, withdrawn (by whoever asked), refused.
    """

    __tablename__ = "credential_wanted"
    __table_args__ = (
        CheckConstraint(_ONE_HOLDER, name="one_holder"),
        CheckConstraint("state IN ('waiting', 'seen', 'withdrawn', 'refused')", name="state"),
        CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name="ended"),
        Index("uq_credential_wanted_member", "member_id", "kind", unique=True,
              sqlite_where=text(_WAITS), postgresql_where=text(_WAITS)),
        Index("uq_credential_wanted_organisation", "organisation_id", "kind", unique=True,
              sqlite_where=text(_WAITS), postgresql_where=text(_WAITS)),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int | None] = plain(ForeignKey("member.id"))
    organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"))
    kind: Mapped[CredentialKind] = personal(
        EnumText(CredentialKind), purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL
    )
    words: Mapped[str | None] = personal(Text, purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL)
    asked_at: Mapped[datetime] = plain(UtcDateTime)
    state: Mapped[str] = plain(Text)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    ended_by: Mapped[str | None] = plain(Text)
    ended_words: Mapped[str | None] = personal(Text, purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL)


class CredentialWaiverRow(Model):
    """One of the staff asks another to let somebody help for a while before a paper is seen.

    ``state``: waiting, agreed (then there is a credential), refused, withdrawn.
    """

    __tablename__ = "credential_waiver"
    __table_args__ = (
        CheckConstraint(_ONE_HOLDER, name="one_holder"),
        CheckConstraint("state IN ('waiting', 'agreed', 'refused', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("state NOT IN ('agreed', 'refused') OR ended_by <> asked_by", name="two"),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)
    organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"))
    kind: Mapped[CredentialKind] = personal(
        EnumText(CredentialKind), purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL
    )
    until_at: Mapped[datetime] = personal(UtcDateTime, purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL)
    words: Mapped[str] = personal(Text, purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL)
    asked_by: Mapped[str] = plain(Text)
    asked_at: Mapped[datetime] = plain(UtcDateTime)
    state: Mapped[str] = plain(Text)
    ended_by: Mapped[str | None] = plain(Text)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)


class CredentialGrantRow(Model):
    """A member lets an organisation, or another place, see one of their checks until a day."""

    __tablename__ = "credential_grant"
    __table_args__ = (
        CheckConstraint("(to_place_id IS NULL) <> (to_organisation_id IS NULL)", name="to_one"),
        CheckConstraint("until_at > given_at", name="until"),
        CheckConstraint("to_place_id IS NULL OR to_place_id <> place_id", name="elsewhere"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    credential_id: Mapped[int] = plain(ForeignKey("credential.id"), index=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    to_place_id: Mapped[int | None] = plain(ForeignKey("place.id"), index=True)
    to_organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"), index=True)
    given_at: Mapped[datetime] = personal(
        UtcDateTime, purpose=Purpose.MEETING, keep=Keep.CREDENTIAL
    )
    until_at: Mapped[datetime] = personal(
        UtcDateTime, purpose=Purpose.MEETING, keep=Keep.CREDENTIAL
    )
    ended_at: Mapped[datetime | None] = personal(
        UtcDateTime, purpose=Purpose.MEETING, keep=Keep.CREDENTIAL
    )
    accepted_id: Mapped[int | None] = plain(ForeignKey("credential.id"))


class CredentialNoticeRow(Model):
    """What was said of the end of a check: so many days before; 0 when it had ended."""

    __tablename__ = "credential_notice"

    credential_id: Mapped[int] = plain(ForeignKey("credential.id"), primary_key=True)
    days: Mapped[int] = plain(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = plain(UtcDateTime)


class CredentialGapRow(Model):
    """A yes that stands although a check that it needs has ended: nobody may read the address."""

    __tablename__ = "credential_gap"

    match_id: Mapped[int] = plain(ForeignKey("match.id"), primary_key=True, autoincrement=False)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    kinds: Mapped[list[str]] = plain(Json)
    since: Mapped[datetime] = plain(UtcDateTime)
    release_at: Mapped[datetime] = plain(UtcDateTime, index=True)  # then others are asked
