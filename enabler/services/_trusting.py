"""Whose signatures are believed in a place: places of this house, and others that it has chosen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid
from enabler.domain.places import Place
from enabler.domain.proofs import LIST_LENGTH, Proof, Told, number_of, told, when
from enabler.persistence.signing_keys import Trusted
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._proofs import issuer, standing
from enabler.services.ports import Signing


@dataclass(frozen=True, slots=True)
class Believed:
    """A proof whose signature was found good. ``of``: the place of this house that made it, with
    its own record of it; ``by``: else the other place that is trusted."""

    told: Told
    issuer_name: str
    state: str
    of: tuple[Place, Proof] | None
    by: Trusted | None


def believed(
    uow: UnitOfWork, place_id: int, text: str, signing: Signing, base_url: str, now: datetime
) -> Believed:
    """Read a proof that somebody pasted in a place. Raises Invalid("text", …)."""
    said = told(signing.read(text, keys_of(uow, place_id, base_url, now)))
    place = _of_this_house(uow, said.issuer, base_url)
    if place is None:
        (by, *_) = _trusted(uow, place_id, said.issuer, now)
        return Believed(said, by.name, when(said, now), None, by)
    proof = _recorded(uow, place, said, base_url)
    if proof is None:  # signed by us, and of nothing that we know of: a restore from before it
        raise Invalid("text", "proof_forged")
    state = standing(uow, proof, now)
    return Believed(said, place.name, state, (place, proof), None)


def keys_of(
    uow: UnitOfWork, place_id: int, base_url: str, now: datetime
) -> Callable[[str], tuple[Mapping[str, Any], ...]]:
    """The public keys that a place believes of an issuer."""

    def find(did: str) -> tuple[Mapping[str, Any], ...]:
        place = _of_this_house(uow, did, base_url)
        if place is not None:
            return uow.signing_keys.believed(place.id, now)
        return tuple(key for one in _trusted(uow, place_id, did, now)[:1] for key in one.keys)

    return find


def _trusted(uow: UnitOfWork, place_id: int, did: str, now: datetime) -> tuple[Trusted, ...]:
    return tuple(one for one in uow.signing_keys.trusted(place_id, did) if one.holds(now))


def _of_this_house(uow: UnitOfWork, did: str, base_url: str) -> Place | None:
    slug = did.rpartition(":")[2]
    found = next((one for one in uow.places.all() if one.slug == slug), None)
    return found if found is not None and issuer(found, base_url).did == did else None


def _recorded(uow: UnitOfWork, place: Place, said: Told, base_url: str) -> Proof | None:
    """The place's own record of what it signed: by its entry, and it must be the very same."""
    if said.status is None:
        return None
    address, index = said.status
    start = f"{issuer(place, base_url).address}/status/"
    number = address.removeprefix(start)
    if not address.startswith(start) or not number.isdecimal() or index >= LIST_LENGTH:
        return None
    proof = uow.proofs.by_entry(place.id, int(number[:6]) * LIST_LENGTH + index)
    return proof if proof is not None and number_of(proof.nonce) == said.number else None
