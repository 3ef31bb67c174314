"""Proofs: what the council has checked of a member, signed, for the member to carry elsewhere.

A proof is a W3C Verifiable Credential (Data Model 2.0) about one fact and nothing else: no name
unless its owner wants it there, no id of the person, no number by which two proofs of the same
person could be told to belong together. It is never signed for longer than ``LONGEST_PROOF`` nor
beyond the check that it tells of. Why it is so: ``docs/decisions/0054-proofs-to-carry.md``.
"""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from enabler.domain.errors import Invalid
from enabler.domain.vocabulary import CredentialKind, MemberState

LONGEST_PROOF = timedelta(days=90)
SKEW = timedelta(minutes=2)
"""So far another place's clock may be ahead of ours. The end is the end: nothing is added to it."""
LONGEST_TEXT = 8_192
"""Characters of a proof as somebody pastes it; ours have about a thousand."""
CODE_LIFE = timedelta(minutes=10)
MOST_TRIES = 5
"""Wrong codes for one proof in ``CODE_LIFE``; then none is taken until the next has begun."""
CONTEXT = "https://www.w3.org/ns/credentials/v2"
BASE_TYPE, OUR_TYPE = "VerifiableCredential", "CheckedFact"
STATUS_TYPE, STATUS_ENTRY = "BitstringStatusListCredential", "BitstringStatusListEntry"
PURPOSE = "revocation"
BELOW = "issuers"
"""The first part of the addresses at which programs find what a place signs with."""
LIST_LENGTH = 131_072
"""Entries of a status list: the least that the specification allows, so that one hides in many."""
_LONGEST_WORD = 200
VOUCHED = (MemberState.ACTIVE, MemberState.PAUSED)
"""For whom a place vouches: who rests is who they were."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof that a member has made. Times are UTC. The signed text is kept nowhere: it is
    made again, with the key of the day, each time its owner looks at it."""

    id: int
    place_id: int
    ref: str
    member_id: int
    credential_id: int
    nonce: str
    status_index: int
    named: bool
    for_whom: str
    made_at: datetime
    until_at: datetime
    ended_at: datetime | None
    tries: int
    tried_at: datetime | None

    def holds(self, now: datetime) -> bool:
        """Whether its owner still lets it count; whether the check counts is asked of the check."""
        return self.ended_at is None and self.made_at <= now < self.until_at


@dataclass(frozen=True, slots=True)
class Issuer:
    """A place as others know it when they check what it signed."""

    did: str
    name: str
    address: str  # below which its keys and lists are: https://host/issuers/slug
    pages: str  # and its pages: https://host/slug


@dataclass(frozen=True, slots=True)
class Fact:
    """What a proof says."""

    kind: CredentialKind
    until: datetime  # the check's own end
    detail: str | None  # which training, which rating
    name: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A proof as it was read, before anybody has asked whether it may be believed."""

    issuer: str
    number: str
    fact: Fact
    valid_from: datetime
    valid_until: datetime
    status: tuple[str, int] | None  # the list's address, and the place in it


def issuer_of(base_url: str, slug: str, name: str) -> Issuer:
    """A place's identity, did:web, from where its pages are."""
    parts = urlsplit(base_url.rstrip("/"))
    path = [each for each in parts.path.split("/") if each]
    did = ":".join(["did:web", parts.netloc.replace(":", "%3A"), *path, BELOW, slug])
    base = base_url.rstrip("/")
    return Issuer(did, name, f"{base}/{BELOW}/{slug}", f"{base}/{slug}")


def number_of(nonce: str) -> str:
    """A proof's own number, which says nothing but itself."""
    return uuid.UUID(bytes=hashlib.sha256(nonce.encode()).digest()[:16], version=4).urn


def code_window(now: datetime) -> datetime:
    """When the code of this moment began."""
    life = int(CODE_LIFE.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // life * life, UTC)


def claims(proof: Proof, fact: Fact, issuer: Issuer, now: datetime) -> dict[str, Any]:
    """The proof as it is signed (Data Model 2.0 §4, VC-JOSE-COSE §3.1)."""
    number, index = number_of(proof.nonce), proof.status_index
    listed = f"{issuer.address}/status/{index // LIST_LENGTH}"
    said = {"detail": fact.detail, "name": fact.name}
    return {
        "@context": [CONTEXT, {"@vocab": f"{issuer.pages}/verify#"}],
        "id": number,
        "type": [BASE_TYPE, OUR_TYPE],
        "issuer": {"id": issuer.did, "name": issuer.name},
        "validFrom": _stamp(proof.made_at),
        "validUntil": _stamp(proof.until_at),
        "credentialSubject": {
            "fact": fact.kind.value, "checkedUntil": _stamp(fact.until),
            **{name: value for name, value in said.items() if value},
        },
        "credentialStatus": {
            "id": f"{listed}#{index % LIST_LENGTH}", "type": STATUS_ENTRY,
            "statusPurpose": PURPOSE, "statusListIndex": str(index % LIST_LENGTH),
            "statusListCredential": listed,
        },
        "iss": issuer.did, "jti": number, "iat": int(now.timestamp()),
        "exp": int(proof.until_at.timestamp()),
    }  # fmt: skip


def status_claims(
    issuer: Issuer, number: int, encoded: str, now: datetime, lasts: timedelta
) -> dict[str, Any]:
    """A status list as it is signed (Bitstring Status List 1.0 §2.2)."""
    address = f"{issuer.address}/status/{number}"
    return {
        "@context": [CONTEXT],
        "id": address,
        "type": [BASE_TYPE, STATUS_TYPE],
        "issuer": issuer.did,
        "validFrom": _stamp(now),
        "validUntil": _stamp(now + lasts),
        "credentialSubject": {
            "id": f"{address}#list", "type": "BitstringStatusList", "statusPurpose": PURPOSE,
            "encodedList": encoded,
        },
        "iss": issuer.did, "iat": int(now.timestamp()), "exp": int((now + lasts).timestamp()),
    }  # fmt: skip


def issuer_in(said: Mapping[str, Any]) -> str:
    """Who is said to have signed. Raises Invalid("text", "proof_unreadable")."""
    issuer = said.get("issuer")
    found = issuer.get("id") if isinstance(issuer, Mapping) else issuer
    if not isinstance(found, str) or said.get("iss", found) != found:
        raise _unreadable()
    if not found or not found.isprintable():  # no database takes half a letter, or a NUL
        raise _unreadable()
    return found


def told(said: Mapping[str, Any]) -> Told:
    """What a proof says, whose signature was found good.

    Raises Invalid("text", "proof_unreadable") where it is not as the Data Model has it, or where
    it says one thing twice and differently; "proof_of_something_else" for another kind of
    credential.
    """
    context, types = said.get("@context"), said.get("type")
    if not isinstance(context, list) or not context or context[0] != CONTEXT:
        raise _unreadable()
    if not isinstance(types, list) or BASE_TYPE not in types:
        raise _unreadable()
    subject = said.get("credentialSubject")
    if OUR_TYPE not in types or STATUS_TYPE in types or not isinstance(subject, Mapping):
        raise Invalid("text", "proof_of_something_else")
    if subject.get("fact") not in list(CredentialKind):  # what was signed may be no word at all
        raise Invalid("text", "proof_of_something_else")
    number = _word(said.get("id"))
    if said.get("jti", number) != number:
        raise _unreadable()
    begins, ends = _moment(said.get("validFrom")), _moment(said.get("validUntil"))
    fact = Fact(
        CredentialKind(subject["fact"]), _moment(subject.get("checkedUntil")),
        _optional(subject.get("detail")), _optional(subject.get("name")),
    )  # fmt: skip
    return Told(issuer_in(said), number, fact, begins, min(ends, _end(said, ends)), _status(said))


def when(found: Told, now: datetime) -> str:
    """Where a proof stands in time: *good*, *early* or *over*."""
    if min(found.valid_until, found.fact.until) <= now:
        return "over"
    return "good" if found.valid_from <= now + SKEW else "early"


def alike(one: str, other: str) -> bool:
    """Whether two names are the same to whoever reads them: case and spaces do not matter."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _end(said: Mapping[str, Any], ends: datetime) -> datetime:
    if "exp" not in said:
        return ends
    if isinstance(said["exp"], bool) or not isinstance(said["exp"], int | float):
        raise _unreadable()
    try:
        return datetime.fromtimestamp(said["exp"], UTC)
    except (ValueError, OverflowError, OSError):
        raise _unreadable() from None


def _status(said: Mapping[str, Any]) -> tuple[str, int] | None:
    status = said.get("credentialStatus")
    if status is None:
        return None
    if not isinstance(status, Mapping) or status.get("type") != STATUS_ENTRY:
        raise _unreadable()
    index = status.get("statusListIndex")
    if not isinstance(index, str) or not index.isascii() or not index.isdecimal():
        raise _unreadable()
    return _word(status.get("statusListCredential")), int(index[:12])


def _moment(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(_word(value))
        if found.tzinfo is None:
            raise ValueError
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _unreadable() from None


def _optional(value: Any) -> str | None:
    return None if value is None else _word(value)


def _word(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_WORD or not value.isprintable():
        raise _unreadable()
    return value


def _unreadable() -> Invalid:
    return Invalid("text", "proof_unreadable")


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
