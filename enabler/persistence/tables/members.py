"""Members, where they live, how they are reached, what they may do, and their organisations."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from enabler.domain.vocabulary import (
    CodeFor,
    MemberState,
    OrganisationKind,
    OrganisationState,
    Role,
)
from enabler.persistence.database import Model
from enabler.persistence.tags import Given, Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, Json, UtcDateTime


class RefRow(Model):
    """The number behind each ref: one row for each thing that has one, so that no ref is twice."""

    __tablename__ = "ref"

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    kind: Mapped[str] = plain(Text)  # member, organisation, need, offer, match


class HomeRow(Model):
    """Where members of one household live. Everything of it but the cell is personal."""

    __tablename__ = "home"

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    postcode: Mapped[str] = personal(
        Text, purpose=Purpose.MATCHING, keep=Keep.ACCOUNT, whose="id", index=True
    )
    address: Mapped[str] = personal(Text, purpose=Purpose.MEETING, keep=Keep.ACCOUNT, whose="id")
    easting: Mapped[int] = personal(purpose=Purpose.MEETING, keep=Keep.ACCOUNT, whose="id")
    northing: Mapped[int] = personal(purpose=Purpose.MEETING, keep=Keep.ACCOUNT, whose="id")
    cell_id: Mapped[int] = personal(
        ForeignKey("cell.id"), purpose=Purpose.MATCHING, keep=Keep.ACCOUNT, whose="id"
    )
    ward_id: Mapped[int] = personal(
        ForeignKey("ward.id"), purpose=Purpose.MATCHING, keep=Keep.ACCOUNT, whose="id"
    )


class MemberRow(Model):
    """A person with an account."""

    __tablename__ = "member"

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    name: Mapped[str] = personal(
        Text, purpose=Purpose.ACCOUNT, keep=Keep.ACCOUNT, whose="id"
    )  # in full
    shown_name: Mapped[str] = personal(
        Text, purpose=Purpose.MEETING, keep=Keep.ACCOUNT, whose="id"
    )  # what the other side of a match reads
    language: Mapped[str] = personal(
        Text, purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, whose="id", default="en"
    )
    languages: Mapped[list[str]] = personal(
        Json, purpose=Purpose.MATCHING, keep=Keep.ACCOUNT, whose="id", default=list
    )
    home_id: Mapped[int | None] = personal(
        ForeignKey("home.id"), purpose=Purpose.MATCHING, keep=Keep.ACCOUNT, whose="id"
    )
    state: Mapped[MemberState] = plain(EnumText(MemberState))
    adult_declared_at: Mapped[datetime | None] = personal(
        UtcDateTime, purpose=Purpose.SAFETY, keep=Keep.ACCOUNT, whose="id"
    )
    quiet_from: Mapped[int | None] = personal(
        purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, whose="id"
    )  # minutes of the local day, narrower than the ruleset's
    quiet_until: Mapped[int | None] = personal(
        purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, whose="id"
    )
    night_asks: Mapped[bool] = personal(
        purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, whose="id", default=False
    )
    asks_per_week: Mapped[int | None] = personal(
        purpose=Purpose.MATCHING, keep=Keep.ACCOUNT, whose="id"
    )  # the member's own cap
    stopped_at: Mapped[datetime | None] = personal(
        UtcDateTime, purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, whose="id"
    )  # STOP: no text leaves for this member
    mail_stopped_at: Mapped[datetime | None] = personal(
        UtcDateTime, purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, whose="id"
    )  # likewise for mails, but for codes and safety
    caution_until: Mapped[datetime | None] = personal(
        UtcDateTime, purpose=Purpose.SECURITY, keep=Keep.ACCOUNT, whose="id"
    )  # a phone or mail address changed lately: until then this member sees nobody's address
    created_at: Mapped[datetime] = plain(UtcDateTime)


class ContactRow(Model):
    """A phone number or mail address of a member; one member per value in a place."""

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("place_id", "kind", "value"),
        CheckConstraint("kind IN ('phone', 'mail')", name="kind"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    kind: Mapped[str] = plain(Text)
    value: Mapped[str] = personal(Text, purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT)
    verified_at: Mapped[datetime | None] = personal(
        UtcDateTime, purpose=Purpose.SECURITY, keep=Keep.ACCOUNT
    )


_IN_ORGANISATION = "organisation_id IS NOT NULL AND until_at IS NULL"


class RoleRow(Model):
    """A role of a member in a place, for a ward or an organisation where the role has one.

    In one organisation a member has one role at a time (partial unique index).
    """

    __tablename__ = "role"
    __table_args__ = (
        CheckConstraint(
            "(role LIKE 'organisation-%') = (organisation_id IS NOT NULL)", name="organisation"
        ),
        Index("uq_role_in_organisation", "organisation_id", "member_id", unique=True,
              sqlite_where=text(_IN_ORGANISATION), postgresql_where=text(_IN_ORGANISATION)),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    role: Mapped[Role] = personal(EnumText(Role), purpose=Purpose.ACCOUNT, keep=Keep.ACCOUNT)
    ward_id: Mapped[int | None] = plain(ForeignKey("ward.id"))
    organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"))
    from_at: Mapped[datetime] = plain(UtcDateTime)
    until_at: Mapped[datetime | None] = plain(UtcDateTime)


class OrganisationRow(Model):
    """A business, community group or public service. Its address is public and exact."""

    __tablename__ = "organisation"
    __table_args__ = (Index("uq_organisation_source", "place_id", "source_ref", unique=True),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    kind: Mapped[OrganisationKind] = plain(EnumText(OrganisationKind))
    name: Mapped[str] = plain(Text)
    about: Mapped[str | None] = plain(Text)
    about_waiting: Mapped[str | None] = plain(Text)  # its new words, until somebody looked at them
    postcode: Mapped[str | None] = personal(
        Text, purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, whose="alone:id"
    )
    address: Mapped[str | None] = personal(
        Text, purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, whose="alone:id"
    )
    easting: Mapped[int] = plain()
    northing: Mapped[int] = plain()
    ward_id: Mapped[int] = plain(ForeignKey("ward.id"))
    phone: Mapped[str | None] = personal(
        Text, purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, whose="alone:id"
    )  # what it shows to everybody: E.164
    mail: Mapped[str | None] = personal(
        Text, purpose=Purpose.MESSAGING, keep=Keep.ACCOUNT, whose="alone:id"
    )
    web: Mapped[str | None] = plain(Text)
    open_on_bank_holidays: Mapped[bool] = plain(default=False)
    can_show: Mapped[list[str]] = plain(Json, default=list)  # kinds of checks, for the desk to see
    state: Mapped[OrganisationState] = plain(EnumText(OrganisationState))
    source_ref: Mapped[str | None] = plain(Text)  # e.g. "gias:108893": where we know it from
    created_at: Mapped[datetime] = plain(UtcDateTime)


class BlockRow(Model):
    """Two members who are never brought together, because the first said so."""

    __tablename__ = "block"

    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    member_id: Mapped[int] = plain(ForeignKey("member.id"), primary_key=True)
    blocked_id: Mapped[int] = plain(ForeignKey("member.id"), primary_key=True)
    since: Mapped[datetime] = personal(UtcDateTime, purpose=Purpose.SAFETY, keep=Keep.ACCOUNT)


class StaffSecretRow(Model):
    """How staff sign in: an Argon2 hash and a second factor's secret. Never a resident's."""

    __tablename__ = "staff_secret"

    member_id: Mapped[int] = plain(ForeignKey("member.id"), primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    password_hash: Mapped[str] = personal(
        Text, purpose=Purpose.SECURITY, keep=Keep.ACCOUNT, given=Given.PROOF
    )
    totp_secret: Mapped[str] = personal(
        Text, purpose=Purpose.SECURITY, keep=Keep.ACCOUNT, given=Given.PROOF
    )
    totp_last_step: Mapped[int] = plain(default=0)  # a code is good once
    failures: Mapped[int] = plain(default=0)
    locked_until: Mapped[datetime | None] = plain(UtcDateTime)


class WebSessionRow(Model):
    """A signed-in browser. The row ends and the session is over, at once."""

    __tablename__ = "web_session"

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    token_hash: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int | None] = plain(ForeignKey("member.id"), index=True)
    verified_phone: Mapped[str | None] = personal(
        Text, purpose=Purpose.SECURITY, keep=Keep.SESSION, whose="contact:verified_phone"
    )  # a new number, before its owner has signed up
    second_factor: Mapped[bool] = plain(default=False)
    shared_device: Mapped[bool] = plain(default=False)
    acting_id: Mapped[int | None] = plain(
        ForeignKey("mandate.id")
    )  # the mandate under which its member acts for another; whether it holds is read each time
    created_at: Mapped[datetime] = plain(UtcDateTime)
    last_seen_at: Mapped[datetime] = personal(
        UtcDateTime, purpose=Purpose.SECURITY, keep=Keep.SESSION
    )
    expires_at: Mapped[datetime] = plain(UtcDateTime)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    proved_at: Mapped[datetime | None] = personal(
        UtcDateTime, purpose=Purpose.SECURITY, keep=Keep.SESSION
    )  # by a code, once more: what shows or ends everything asks for it


class SignInCodeRow(Model):
    """A one-time code that was asked for, to a phone or a mail address (``phone`` holds either).

    The code itself is never stored: it follows from the nonce and the secret key, for the sender
    and the checker alike."""

    __tablename__ = "sign_in_code"

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    phone: Mapped[str] = personal(
        Text, purpose=Purpose.SECURITY, keep=Keep.CODE, whose="contact:phone", index=True
    )
    purpose: Mapped[CodeFor] = plain(
        EnumText(CodeFor), default=CodeFor.SIGN_IN, server_default=CodeFor.SIGN_IN.value
    )
    nonce: Mapped[str] = plain(Text, unique=True)
    browser_hash: Mapped[str] = personal(
        Text, purpose=Purpose.SECURITY, keep=Keep.CODE, whose="contact:phone"
    )
    asked_at: Mapped[datetime] = plain(UtcDateTime, index=True)
    expires_at: Mapped[datetime] = plain(UtcDateTime)
    tries: Mapped[int] = plain(default=0)
    used_at: Mapped[datetime | None] = plain(UtcDateTime)
    from_address_hash: Mapped[str | None] = personal(
        Text, purpose=Purpose.SECURITY, keep=Keep.CODE, whose="contact:phone"
    )
