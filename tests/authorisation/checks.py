"""Checks of somebody: seen, wanted, waived by one of two, shared with an organisation; a visit of
theirs that nobody has come out of."""

from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

from enabler.domain.visits import Stage, Visit
from enabler.domain.vocabulary import CredentialKind
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services.ports import Secrets
from tests.authorisation.whose import HOUR, Owner
from tests.builders import LONG_AGO, NOW
from tests.proofs.elsewhere import Elsewhere

KINDS = ("check", "wanted check", "waiver", "shared check")
OF_PROOFS = ("proof", "trusted issuer", "far proof", "leave to see", "relied proof")


def checks_of(uow: UnitOfWork, owner: Owner, shop: str) -> dict[str, str]:
    """One of each kind, of the owner's own; shared with an organisation nobody here acts for."""
    member, until = owner.asker, NOW + timedelta(days=30)
    theirs = {"place_id": member.place.id, "member_id": member.id}
    one = uow.credentials.add(
        place_id=member.place.id, holder=(member.id, None), kind=CredentialKind.TRAINING,
        seen_on=LONG_AGO, valid_until=until, checked_by="somebody", note="First aid",
    )  # fmt: skip
    wanted = uow.credentials.want(
        **theirs, organisation_id=None, kind=CredentialKind.REFERENCE, words=None, asked_at=NOW
    )
    assert wanted is not None
    waiver = uow.credentials.waive(
        **theirs, organisation_id=None, kind=CredentialKind.REFERENCE, until_at=until,
        words="They are known.", asked_by="somebody", asked_at=NOW,
    )  # fmt: skip
    to = uow.organisations.by_ref(member.place.id, shop)
    shared = uow.credentials.grant(
        **theirs, credential_id=one.id, to_organisation_id=to.id, given_at=NOW - HOUR,
        until_at=until,
    )  # fmt: skip
    return dict(zip(KINDS, (one.ref, wanted.ref, waiver.ref, shared.ref), strict=True))


def proofs_of(
    uow: UnitOfWork, owner: Owner, check: str, shop: str, secrets: Secrets
) -> dict[str, str]:  # fmt: skip
    """A proof of that check, somebody who is believed and what they signed, a leave to see."""
    member, nonce = owner.asker, nonce_of(owner)
    one = uow.proofs.add(
        place_id=member.place.id, nonce=nonce, member_id=member.id,
        credential_id=uow.credentials.by_ref(None, check).id, named=True, for_whom="The scouts",
        token_hash=secrets.digest(secrets.token_of(nonce)), made_at=NOW - HOUR,
        until_at=NOW + timedelta(days=10),
    )  # fmt: skip
    far = Elsewhere(Path(mkdtemp(prefix="far-")), f"{member.ref.lower()}.example.org")
    trusted = uow.signing_keys.trust(
        place_id=member.place.id, did=far.issuer.did, name="Far", keys=[far.public],
        kinds=[CredentialKind.DBS_BASIC.value], from_at=NOW - HOUR,
        until_at=NOW + timedelta(days=30), added_by="somebody",
    )  # fmt: skip
    text = far.proof(uow.homes.member(member.id).name, CredentialKind.DBS_BASIC)
    leave = uow.sight_grants.add(
        place_id=member.place.id, member_id=member.id, credential_id=None, given_at=NOW - HOUR,
        to_organisation_id=uow.organisations.by_ref(member.place.id, shop).id,
        until_at=NOW + timedelta(days=10),
    )  # fmt: skip
    relied = uow.relied.ask(
        place_id=member.place.id, organisation_id=leave.to_organisation_id, member_id=member.id,
        proof_id=one.id, digest=nonce, kind=CredentialKind.TRAINING, until_at=one.until_at,
        asked_by="somebody", asked_at=NOW - HOUR,
    )  # fmt: skip
    assert relied is not None
    refs = one.ref, trusted.ref, text, leave.ref, relied.ref
    return dict(zip(OF_PROOFS, refs, strict=True))


def nonce_of(owner: Owner) -> str:
    """What the link of the owner's proof follows from."""
    return f"a proof of {owner.asker.ref}"


def raise_alarm(uow: UnitOfWork, match_ref: str) -> str:
    """Nobody has come out of this match's visit; its ref."""
    match = uow.matches.by_ref(None, match_ref)
    uow.visits.begin(Visit(
        match.id, match.place_id, "maple", watched=True, start_at=match.visit_start,
        until_at=match.visit_end, arrived_at=match.visit_start, stage=Stage.CUSTODIANS,
    ))  # fmt: skip
    return match_ref
