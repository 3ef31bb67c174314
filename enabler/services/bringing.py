"""A proof of another place becomes a check here: never for longer than it says, nor more than what
this place takes from whoever signed it."""

from datetime import datetime
from typing import Any

from enabler.domain.checks import CHECKS
from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.proofs import Told, alike
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._decided import Decided
from enabler.services._ground import Ground, ground
from enabler.services._holders import found, holder
from enabler.services._keeping_checks import keep_check, tell_holder
from enabler.services._once import once
from enabler.services._trusting import Believed, believed
from enabler.services.ports import Signing


def bring_in(
    *, actor: Actor, holder_ref: str, text: str, sure: bool, signing: Signing, base_url: str,
    key: str, now: datetime,
) -> Decided:  # fmt: skip
    """Keep what a proof of another place says as a check of a member here, until the proof's end.

    The proof has to bear the member's name, and whoever does this has to have made sure that they
    are that person (``sure``). Whoever lets a place be trusted takes nothing over from it. Raises
    NotFound, NotAllowed (also for one's own), Invalid("text" or "sure", …), WrongMoment, KeyReused.
    """
    with unit_of_work() as uow:
        place_id, kind, ref = found(uow, actor, holder_ref)
        require(actor, Action.RECORD_CREDENTIAL, Subject(place_id))
        if kind != "member":
            raise NotFound("member_unknown")
        whose = holder(uow, actor, place_id, kind, ref)
        member = uow.homes.member(whose[0] or 0)
        here = ground(uow, place_id, now)
        if not sure:
            raise Invalid("sure", "proof_not_sure")
        proof = believed(uow, place_id, text, signing, base_url, now)
        _check(actor, proof, member, here)

        def act() -> dict[str, Any]:
            return {"ref": _keep(uow, actor, proof, member, here)}

        said = proof.told
        result = once(
            uow, "bringing.bring_in", actor=actor, key=key, now=now, act=act,
            arguments={"holder": member.ref, "issuer": said.issuer, "number": said.number},
        )  # fmt: skip
        uow.commit()
    return Decided("credential", result["ref"], "carried")


def _check(actor: Actor, proof: Believed, member: Member, here: Ground) -> None:
    """Raises Invalid("text", …) where it is not to be taken over, NotAllowed("same_person")."""
    if proof.state != "good":
        over = {"ended": "void"}.get(proof.state, proof.state)
        raise Invalid("text", f"proof_{over}")
    said: Told = proof.told
    if proof.of is not None and proof.of[0].id == here.place.id:
        raise Invalid("text", "proof_of_this_place")
    if CHECKS[said.fact.kind].local or (proof.by and said.fact.kind.value not in proof.by.kinds):
        raise Invalid("text", "proof_not_taken")
    if said.fact.name is None:
        raise Invalid("text", "proof_without_name")
    if not alike(said.fact.name, member.name):
        raise Invalid("text", "proof_of_another_name")
    if proof.by is not None and proof.by.added_by == actor.name:
        raise NotAllowed("same_person")


def _keep(
    uow: UnitOfWork, actor: Actor, proof: Believed, member: Member, here: Ground
) -> str:  # fmt: skip
    said = proof.told
    if uow.proofs.is_taken(here.place.id, said.issuer, said.number):
        raise WrongMoment("proof_taken")
    facts: dict[str, Any] = {"note": said.fact.detail}
    ours = None if proof.of is None else proof.of[1]
    if ours is not None:  # the database takes ours back with the original
        first = uow.credentials.by_id(ours.credential_id)
        facts |= {"carried_from": first.id, "eligible_as": first.eligible_as}
    times = min(said.valid_from, here.now), min(said.valid_until, said.fact.until)
    kept = keep_check(
        uow, actor, (member.id, None), said.fact.kind, times, here, checked_by=actor.name,
        what="credential.brought_in", facts=facts,
    )  # fmt: skip
    if not uow.proofs.take(
        place_id=here.place.id, credential_id=kept.id, issuer=said.issuer,
        issuer_name=proof.issuer_name, number=said.number,
        proof_id=None if ours is None else ours.id,
    ):  # fmt: skip
        raise WrongMoment("proof_taken")
    for wanted in uow.credentials.wanted_of(member.id):
        if wanted.kind in CHECKS[kept.kind].covers:
            uow.credentials.end_wanted(wanted.id, state="seen", by=actor.name, now=here.now)
            tell_holder(uow, (member.id, None), "check_seen", {"wanted": wanted.ref},
                        here.place.id, here.now)  # fmt: skip
    return kept.ref
