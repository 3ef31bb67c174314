"""What anybody may fetch who checks a place's signature: its keys, and what counts no more.

Whoever asks asks for all of it, so that nobody hears whose proof was shown to whom.
"""

from datetime import datetime, timedelta
from typing import Any

from enabler.domain.bitstrings import encoded
from enabler.domain.errors import NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.proofs import LIST_LENGTH, status_claims
from enabler.persistence.unit_of_work import reading
from enabler.services._proofs import issuer, key_here
from enabler.services.ports import Signing

LIST_LASTS = timedelta(minutes=15)
"""So long a status list may be kept by whoever fetched it; then it has to be asked for again."""
_DID = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"]


def did_document(*, slug: str, base_url: str, now: datetime) -> dict[str, Any]:
    """Who a place is and which keys it signs with (DID Core 1.0, did:web). Raises NotFound."""
    with reading() as uow:
        require(Actor.anonymous(), Action.SEE_PUBLIC)
        place = uow.places.by_slug(slug)
        keys = uow.signing_keys.believed(place.id, now)
        by = issuer(place, base_url)
    methods = [
        {"id": f"{by.did}#{key['kid']}", "type": "JsonWebKey", "controller": by.did,
         "publicKeyJwk": key}
        for key in keys
    ]  # fmt: skip
    return {
        "@context": _DID, "id": by.did, "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods],
    }  # fmt: skip


def jwks(*, slug: str, now: datetime) -> dict[str, Any]:
    """The same keys as a JWK set (RFC 7517). Raises NotFound."""
    with reading() as uow:
        require(Actor.anonymous(), Action.SEE_PUBLIC)
        place = uow.places.by_slug(slug)
        keys = uow.signing_keys.believed(place.id, now)
    return {"keys": [{**key, "use": "sig", "alg": "ES256"} for key in keys]}


def status_list(
    *, slug: str, number: int, signing: Signing, base_url: str, now: datetime
) -> str:  # fmt: skip
    """Which of a place's proofs count no more, as a signed Bitstring Status List.

    Raises NotFound where there is no such list, WrongMoment("no_signing_key").
    """
    with reading() as uow:
        require(Actor.anonymous(), Action.SEE_PUBLIC)
        place = uow.places.by_slug(slug)
        if not uow.signing_keys.of_place(place.id) or number >= uow.proofs.lists(place.id):
            raise NotFound("status_list_unknown")
        kid = key_here(uow, place, signing)
        if kid is None:
            raise WrongMoment("no_signing_key")
        row = encoded(uow.proofs.void(place.id, number, now), LIST_LENGTH)
    by = issuer(place, base_url)
    said = status_claims(by, number, row, now, LIST_LASTS)
    return signing.sign(place.slug, kid, f"{by.did}#{kid}", said)
