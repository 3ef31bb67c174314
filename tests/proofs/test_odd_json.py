"""Texts that are good JSON and mean nothing: a plain answer, never a page that has failed."""

import json
from typing import Any

import pytest

from enabler.domain.errors import Invalid
from enabler.domain.vocabulary import Role
from enabler.doors.wiring import wiring
from enabler.services import trust
from tests.builders import NOW, BuiltPlace, a_member
from tests.proofs.scene import BASE, DAY, read
from tests.proofs.test_signatures import Stranger, packed
from tests.services.deeds import a_key

WHO = "did:web:far.example"


@pytest.mark.parametrize("issuer", ["\ud800", "did:web:a\x00b", "did:web:a\nb", "\u202e"])
def test_who_signed_is_said_in_letters_that_can_be_kept(place: BuiltPlace, issuer: str) -> None:
    header = packed({"alg": "ES256", "typ": "vc+jwt"})
    for said in (issuer, {"id": issuer}):
        found = read(place, f"{header}.{packed({'issuer': said})}.AAAA")
        assert (found.state, found.did) == ("proof_unreadable", None)


@pytest.mark.parametrize(
    "odd",
    [
        {"credentialSubject": {"fact": []}}, {"credentialSubject": {"fact": {"a": 1}}},
        {"type": [[]]}, {"type": ["VerifiableCredential", "CheckedFact", {}]},
        {"@context": [[], {}]}, {"exp": float("nan")}, {"exp": float("inf")}, {"exp": 10**30},
        {"credentialStatus": {"type": []}}, {"jti": []}, {"validFrom": "9999-12-31T23:59:59-23:00"},
    ],
)  # fmt: skip
def test_what_a_place_that_is_believed_signs_may_be_nonsense(
    place: BuiltPlace, odd: dict[str, Any]
) -> None:
    stranger = Stranger()
    trust.add(
        actor=a_member(place, "Ada Admin", roles=[Role.ADMINISTRATOR]).actor, did=WHO, name="Far",
        keys=json.dumps(stranger.jwk), kinds=(), until=NOW + 30 * DAY, signing=wiring().signing,
        base_url=BASE, key=a_key(), now=NOW,
    )  # fmt: skip
    stamps = {"validFrom": "2026-01-01T00:00:00Z", "validUntil": "2027-01-01T00:00:00Z"}
    claims = {
        "@context": ["https://www.w3.org/ns/credentials/v2"], "id": "urn:uuid:1", "issuer": WHO,
        "type": ["VerifiableCredential", "CheckedFact"], **stamps,
        "credentialSubject": {"fact": "dbs-basic", "checkedUntil": stamps["validUntil"]},
    }  # fmt: skip
    header = {"alg": "ES256", "typ": "vc+jwt"}
    assert read(place, stranger.sign(header, claims)).state == "good"
    assert read(place, stranger.sign(header, claims | odd)).state in (
        "proof_unreadable", "proof_of_something_else",
    ) + (("good",) if "@context" in odd or "type" in odd else ())  # fmt: skip


@pytest.mark.parametrize("odd", [{"kty": []}, {"kty": {}}, {"crv": []}, {"x": 1}, {"x": None}])
def test_keys_of_no_kind_are_no_keys(place: BuiltPlace, odd: dict[str, Any]) -> None:
    for said in (Stranger().jwk | odd, {"keys": [Stranger().jwk | odd]}):
        with pytest.raises(Invalid, match="keys_unreadable"):
            wiring().signing.read_keys(json.dumps(said))


def test_whose_keys_they_are_is_said_in_letters_too() -> None:
    read_keys = wiring().signing.read_keys
    document = {"id": "https://a\ud800", "verificationMethod": [{"publicKeyJwk": Stranger().jwk}]}
    with pytest.raises(Invalid, match="keys_unreadable"):
        read_keys(json.dumps(document))
    _, (key,) = read_keys(json.dumps(Stranger().jwk | {"kid": "a\x00"}))
    assert key["name"] == ""
