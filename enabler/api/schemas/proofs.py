"""Proofs that are carried elsewhere, over the JSON door."""

from enabler.api.schemas.checks import CheckSchema
from enabler.api.schemas.fields import Choice, Day, Given, Inner, Many, Moment, Sent, Text, Truth
from enabler.domain.vocabulary import CredentialKind

LONGEST_PROOF_TEXT = 32_768
_STATES = ("good", "ended", "over", "void")


class ProofSchema(Given):
    """A proof that you have made."""

    ref = Text(required=True)
    kind = Choice(CredentialKind, required=True)
    for_whom = Text(required=True, metadata={"description": "In your words, for you alone."})
    named = Truth(required=True, metadata={"description": "Your name is in it."})
    made_at = Moment(required=True)
    until_at = Moment(required=True)
    state = Choice(
        _STATES, required=True,
        metadata={"description": "void: the council does not vouch for it any more."},
    )  # fmt: skip


class FactSchema(Given):
    """Something that was checked of you."""

    check = Inner(CheckSchema, required=True)
    until_at = Moment(
        required=True, allow_none=True,
        metadata={"description": "How long a proof of it can last; null: none can be made."},
    )  # fmt: skip


class FactsSchema(Given):
    """What was checked of you, and the proofs that you have made of it."""

    facts = Many(Inner(FactSchema), required=True)
    proofs = Many(Inner(ProofSchema), required=True)


class CarriedSchema(Given):
    """A proof to be shown; what is shown is null unless it is good."""

    proof = Inner(ProofSchema, required=True)
    detail = Text(required=True, allow_none=True)
    name = Text(required=True, allow_none=True)
    text = Text(
        required=True, allow_none=True,
        metadata={"description": "Signed: a W3C Verifiable Credential, application/vc+jwt."},
    )  # fmt: skip


class MakeProofSent(Sent):
    """For whom a proof is, until which day, and whether your name is in it."""

    for_whom = Text(required=True, most=200, metadata={"examples": ["The scouts"]})
    until = Day(required=True, metadata={"examples": ["2026-03-12"]})
    named = Truth(required=True)


class VerifySent(Sent):
    """A proof, as somebody gave it to you."""

    text = Text(required=True, most=LONGEST_PROOF_TEXT)


class VerifiedSchema(Given):
    """What it says, and whether your place believes it. What it vouches for is said only of a good
    one; compare the name with a card that has a photo."""

    state = Text(
        required=True,
        metadata={"description": "good, early, over, void, or why nobody believes it (proof_…)."},
    )  # fmt: skip
    issuer = Text(required=True, allow_none=True, metadata={"description": "Who vouches."})
    did = Text(required=True, allow_none=True)
    kind = Choice(CredentialKind, required=True, allow_none=True)
    detail = Text(required=True, allow_none=True)
    name = Text(required=True, allow_none=True)
    until_at = Moment(required=True, allow_none=True)
    checked_until = Moment(required=True, allow_none=True)
    ours = Truth(
        required=True, metadata={"description": "Looked up at the place itself, this moment."}
    )
