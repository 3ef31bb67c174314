"""Who vouches, with which key, and where a proof stands at a moment."""

from datetime import datetime

from enabler.domain.credentials import Credential
from enabler.domain.errors import WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.places import Place
from enabler.domain.proofs import (
    CODE_LIFE,
    MOST_TRIES,
    VOUCHED,
    Fact,
    Issuer,
    Proof,
    claims,
    code_window,
    issuer_of,
)
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services.ports import Secrets, Signing


def issuer(place: Place, base_url: str) -> Issuer:
    """A place, as others know it."""
    return issuer_of(base_url, place.slug, place.name)


def key_here(uow: UnitOfWork, place: Place, signing: Signing) -> str | None:
    """The name of the newest key of the place that this machine can sign with."""
    keys = uow.signing_keys.of_place(place.id)
    usable = (key for key in keys if key.retired_at is None and signing.has(place.slug, key.kid))
    return next((key.kid for key in usable), None)


def ensure_key(
    uow: UnitOfWork, actor: Actor, place: Place, signing: Signing, now: datetime
) -> str:  # fmt: skip
    """The same; made where there is none and may be. Raises WrongMoment("no_signing_key")."""
    found = key_here(uow, place, signing)
    if found is not None:
        return found
    if not signing.makes_keys:
        raise WrongMoment("no_signing_key")
    return new_key(uow, actor, place, signing, now)


def new_key(uow: UnitOfWork, actor: Actor, place: Place, signing: Signing, now: datetime) -> str:
    """Make a key of a place; the file is there before the row, so that no row is without one."""
    kid, public = signing.make(place.slug)
    uow.signing_keys.add(place_id=place.id, kid=kid, public=public, now=now)
    uow.audit.record(
        actor, "place.key_made", place_id=place.id, subject=("place", place.id, place.slug),
        now=now, why=kid,
    )  # fmt: skip
    return kid


def fact_of(uow: UnitOfWork, proof: Proof, one: Credential) -> Fact:
    """What a proof says."""
    name = uow.homes.member(proof.member_id).name if proof.named else None
    return Fact(one.kind, one.valid_until, one.note, name)


def signed(
    uow: UnitOfWork, proof: Proof, signing: Signing, kid: str, base_url: str, now: datetime
) -> str:  # fmt: skip
    """The text that its owner carries, of this moment."""
    place = uow.places.by_id(proof.place_id)
    by = issuer(place, base_url)
    fact = fact_of(uow, proof, uow.credentials.by_id(proof.credential_id))
    return signing.sign(place.slug, kid, f"{by.did}#{kid}", claims(proof, fact, by, now))


def standing(uow: UnitOfWork, proof: Proof, now: datetime) -> str:
    """Where a proof stands: good, early, ended by its owner, over, or void: the place does not
    vouch for it any more."""
    if proof.ended_at is not None and proof.ended_at <= now:
        return "ended"
    one = uow.credentials.by_id(proof.credential_id)
    if one.revoked_at is not None and one.revoked_at <= now:
        return "void"
    if proof.until_at <= now:
        return "over"
    if proof.made_at > now:
        return "early"
    vouched = uow.homes.member(proof.member_id).state in VOUCHED
    return "good" if vouched and one.holds(now) else "void"


def may_be_proved(uow: UnitOfWork, one: Credential, now: datetime) -> bool:
    """Whether a proof can be made of a check: it counts, and this place saw the paper itself."""
    seen = one.carried_from is None and not one.waived
    return one.holds(now) and seen and uow.proofs.taken(one.id) is None


def code_at(proof: Proof, secrets: Secrets, now: datetime) -> tuple[str, datetime]:
    """The code of this moment, and when there is another."""
    begun = code_window(now)
    return _code(proof, secrets, begun), begun + CODE_LIFE


def is_code(proof: Proof, secrets: Secrets, typed: str, now: datetime) -> bool:
    """Whether this is the code of this moment, or of the ten minutes before: it is read out, and
    typed by somebody else."""
    begun = code_window(now)
    said = "".join(typed.split())
    return said in (_code(proof, secrets, begun), _code(proof, secrets, begun - CODE_LIFE))


def holder_said(
    uow: UnitOfWork, proof: Proof, code: str, secrets: Secrets, now: datetime
) -> str:  # fmt: skip
    """What a code shows that somebody typed: same, wrong, or wait, after too many wrong ones."""
    begun = code_window(now)
    tries = proof.tries if proof.tried_at == begun else 0
    if tries >= MOST_TRIES:
        return "wait"
    if is_code(proof, secrets, code, now):
        return "same"
    uow.proofs.note_try(proof.id, tries + 1, begun)
    return "wrong"


def _code(proof: Proof, secrets: Secrets, begun: datetime) -> str:
    return secrets.code(f"proof:{proof.nonce}:{int(begun.timestamp())}")
