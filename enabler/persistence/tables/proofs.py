"""Proofs that members carry elsewhere, the keys they are signed with, and whose proofs we take."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped

from enabler.domain.relied import ENDED
from enabler.domain.vocabulary import CredentialKind
from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import EnumText, Json, UtcDateTime

_STANDS = "ended_at IS NULL"


class SigningKeyRow(Model):
    """The public half of a key that a place signs with; the other half is a file of the machine.

    ``retired_at``: nothing is signed with it since; what was, can be checked until it has run
    out. ``lost_at``: somebody else may have it, so that nothing signed with it is believed.
    """

    __tablename__ = "signing_key"
    __table_args__ = (
        CheckConstraint("lost_at IS NULL OR retired_at IS NOT NULL", name="lost_is_retired"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    kid: Mapped[str] = plain(Text, unique=True)  # its thumbprint (RFC 7638)
    public: Mapped[dict[str, Any]] = plain(Json)
    made_at: Mapped[datetime] = plain(UtcDateTime)
    retired_at: Mapped[datetime | None] = plain(UtcDateTime)
    lost_at: Mapped[datetime | None] = plain(UtcDateTime)


class ProofRow(Model):
    """One proof that a member has made of one check of theirs.

    The signed text is kept nowhere. Its link follows from the nonce and the secret key, and is
    looked up by its digest. That it ends with the check, in 90 days, and is of a check of the
    member's own place, which was seen there, is held by triggers (``persistence/proof_rules``).
    """

    __tablename__ = "proof"
    __table_args__ = (
        CheckConstraint("until_at > made_at", name="until"),
        CheckConstraint("tries >= 0", name="tries"),
        UniqueConstraint("place_id", "status_index", name="uq_proof_place_id_status_index"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    credential_id: Mapped[int] = plain(ForeignKey("credential.id"), index=True)
    nonce: Mapped[str] = plain(Text)
    token_hash: Mapped[str] = plain(Text, unique=True)
    status_index: Mapped[int] = plain(Integer)  # drawn at random: their order says nothing
    named: Mapped[bool] = plain(default=False, server_default=false())
    for_whom: Mapped[str] = personal(Text, purpose=Purpose.ACCOUNT, keep=Keep.CREDENTIAL)
    made_at: Mapped[datetime] = plain(UtcDateTime)
    until_at: Mapped[datetime] = plain(UtcDateTime)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    tries: Mapped[int] = plain(Integer, default=0, server_default="0")
    tried_at: Mapped[datetime | None] = plain(UtcDateTime)


class TrustedIssuerRow(Model):
    """Another place, outside this installation, whose signature is believed here.

    ``keys`` are its public keys as a file of theirs had them; ``kinds``, the checks that this
    place takes from it as its own, which may be none.
    """

    __tablename__ = "trusted_issuer"
    __table_args__ = (
        UniqueConstraint("place_id", "did", "from_at", name="uq_trusted_issuer_did"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    did: Mapped[str] = plain(Text)
    name: Mapped[str] = plain(Text)
    keys: Mapped[list[dict[str, Any]]] = plain(Json)
    kinds: Mapped[list[str]] = plain(Json)
    from_at: Mapped[datetime] = plain(UtcDateTime)
    until_at: Mapped[datetime] = plain(UtcDateTime)
    added_by: Mapped[str] = plain(Text)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    ended_by: Mapped[str | None] = plain(Text)


class ProofTakenRow(Model):
    """A proof that this place has taken over as a check of its own: each counts for one person,
    once in a place. ``digest`` is of who signed it and its number. It lives no longer than its
    owner lets the proof count, where we can know that."""

    __tablename__ = "proof_taken"
    __table_args__ = (UniqueConstraint("place_id", "digest", name="uq_proof_taken_digest"),)

    credential_id: Mapped[int] = plain(
        ForeignKey("credential.id"), primary_key=True, autoincrement=False
    )
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    proof_id: Mapped[int | None] = plain(ForeignKey("proof.id"), index=True)  # of this house
    digest: Mapped[str] = plain(Text)
    issuer: Mapped[str] = plain(Text)  # the did of whoever saw it first
    issuer_name: Mapped[str] = plain(Text)


class ProofReliedRow(Model):
    """An organisation counts on a proof for the visits of its own that this member goes on.

    Nothing counts before the member has agreed (``consent_id``). ``digest`` is of who signed the
    proof and its number, as in ``proof_taken``; ``proof_id`` is empty once its owner's account is
    deleted, and then it counts no more. What else may be written is held by triggers
    (``persistence/relied_rules``).
    """

    __tablename__ = "proof_relied"
    __table_args__ = (
        CheckConstraint("until_at > asked_at", name="until"),
        CheckConstraint("agreed_at IS NULL OR consent_id IS NOT NULL", name="agreed"),
        CheckConstraint("(ended_at IS NULL) = (ended_because IS NULL)", name="ended"),
        CheckConstraint(f"ended_because IN {ENDED!r}", name="because"),
        Index("uq_proof_relied_standing", "organisation_id", "digest", unique=True,
              sqlite_where=text(_STANDS), postgresql_where=text(_STANDS)),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    organisation_id: Mapped[int] = plain(ForeignKey("organisation.id"))
    member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    proof_id: Mapped[int | None] = plain(ForeignKey("proof.id"), index=True)
    digest: Mapped[str] = plain(Text)
    kind: Mapped[CredentialKind] = personal(
        EnumText(CredentialKind), purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL
    )
    until_at: Mapped[datetime] = personal(UtcDateTime, purpose=Purpose.SAFETY, keep=Keep.CREDENTIAL)
    asked_by: Mapped[str] = plain(Text)
    asked_at: Mapped[datetime] = plain(UtcDateTime)
    consent_id: Mapped[int | None] = plain(ForeignKey("consent.id"))
    agreed_at: Mapped[datetime | None] = plain(UtcDateTime)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    ended_because: Mapped[str | None] = plain(Text)
