"""Proofs that a member makes of what the council has checked of them, to carry elsewhere."""

from datetime import date, datetime
from typing import Any

from enabler.domain.credentials import Credential
from enabler.domain.errors import Invalid, LimitReached, NotFound, WrongMoment
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor
from enabler.domain.proofs import LONGEST_PROOF, Proof
from enabler.domain.relied import VOID
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._credential_views import credential_view
from enabler.services._ground import Ground, ground
from enabler.services._holders import moment
from enabler.services._keeping_checks import LEAVE_ENDED, take_back
from enabler.services._once import SAID_AGAIN_WITHIN, once
from enabler.services._own import own
from enabler.services._proofs import (
    code_at,
    ensure_key,
    fact_of,
    may_be_proved,
    signed,
    standing,
)
from enabler.services._relying import end_each
from enabler.services.ports import Secrets, Signing
from enabler.services.views.proofs import CarriedView, FactsView, FactView, ProofView

LONGEST_FOR = 80
MOST_GOOD = 30
"""Proofs of one member that count at a time: more would be for no reader of flesh and blood."""


def facts(*, actor: Actor, now: datetime) -> FactsView:
    """What the council has checked of the actor, and the proofs they have made of it.

    Raises NotAllowed.
    """
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        seen = uow.credentials.of_holder((member.id, None))
        return FactsView(
            facts=tuple(_fact(uow, each, now) for each in seen if each.holds(now)),
            proofs=tuple(_view(uow, each, now) for each in uow.proofs.of_member(member.id)),
        )


def fact(*, actor: Actor, ref: str, now: datetime) -> FactView:
    """One of the actor's own checks. Raises NotFound, NotAllowed."""
    with reading() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        return _fact(uow, _own_check(uow, member, ref), now)


def make(
    *, actor: Actor, ref: str, for_whom: str, until: date | datetime, named: bool,
    secrets: Secrets, signing: Signing, key: str, now: datetime,
) -> str:  # fmt: skip
    """Make a proof of a check of the actor's own (``ref``) until a day, at most 90 days ahead and
    never beyond the check's own end; the ref of the proof.

    ``for_whom``: in the owner's words, for themself alone. Raises NotFound, NotAllowed,
    Invalid("for_whom" or "until", …), WrongMoment: check_cannot_be_proved, no_signing_key;
    LimitReached, KeyReused.
    """
    said = checked_words("for_whom", for_whom, most=LONGEST_FOR)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        one = _own_check(uow, member, ref)
        here = ground(uow, member.place_id, now)
        chosen = _end(until, here)
        ends = min(chosen, now + LONGEST_PROOF, one.valid_until)

        def act() -> dict[str, Any]:
            if not may_be_proved(uow, one, now):
                raise WrongMoment("check_cannot_be_proved")
            same = _just_made(uow, one, (said, named, ends), now)
            if same is not None:  # from another window
                return {"ref": same.ref}
            _require_room(uow, member, now)
            ensure_key(uow, actor, here.place, signing, now)
            kept = _keep(uow, one, (said, named, ends), secrets, now)
            _record(uow, actor, member, "proof.made", one, now)
            return {"ref": kept.ref}

        result = once(
            uow, "proofs.make", actor=actor, key=key, now=now, act=act,
            arguments={"ref": one.ref, "for": said, "until": chosen, "named": named},
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def show(
    *, actor: Actor, ref: str, secrets: Secrets, signing: Signing, base_url: str, now: datetime
) -> CarriedView:
    """A proof of the actor's own, to be shown to somebody; signed anew while it is good.

    Raises NotFound, NotAllowed, WrongMoment("no_signing_key").
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        proof = _own_proof(uow, member, ref)
        view = _view(uow, proof, now)
        said = fact_of(uow, proof, uow.credentials.by_id(proof.credential_id))
        if view.state != "good":
            return CarriedView(view, said.detail, said.name, None, None, None, None)
        place = uow.places.by_id(member.place_id)
        kid = ensure_key(uow, actor, place, signing, now)
        text = signed(uow, proof, signing, kid, base_url, now)
        uow.commit()
    code, until = code_at(proof, secrets, now)
    token = secrets.token_of(proof.nonce)
    return CarriedView(view, said.detail, said.name, token, text, code, until)


def end(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """A proof counts no more, wherever it is, nor what places of this house took over by it.

    Raises NotFound, NotAllowed, KeyReused.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        proof = _own_proof(uow, member, ref)

        def act() -> dict[str, Any]:
            if proof.ended_at is None:
                uow.proofs.end(proof.id, now)
                for credential_id in uow.proofs.taken_by(proof.id):
                    taken = uow.credentials.by_id(credential_id)
                    if taken.revoked_at is None:
                        take_back(uow, actor, taken, LEAVE_ENDED, now)
                end_each(uow, actor, uow.relied.of(proof_id=proof.id), VOID, now)
                one = uow.credentials.by_id(proof.credential_id)
                _record(uow, actor, member, "proof.ended", one, now)
            return {"ref": proof.ref}

        once(uow, "proofs.end", actor=actor, key=key, now=now, arguments={"ref": proof.ref},
             act=act)  # fmt: skip
        uow.commit()


def _keep(
    uow: UnitOfWork, one: Credential, said: tuple[str, bool, datetime], secrets: Secrets,
    now: datetime,
) -> Proof:  # fmt: skip
    nonce = secrets.token()
    return uow.proofs.add(
        place_id=one.place_id, nonce=nonce, member_id=one.member_id, credential_id=one.id,
        token_hash=secrets.digest(secrets.token_of(nonce)), for_whom=said[0], named=said[1],
        made_at=now, until_at=said[2],
    )  # fmt: skip


def _just_made(
    uow: UnitOfWork, one: Credential, said: tuple[str, bool, datetime], now: datetime
) -> Proof | None:
    """The very same proof, made a moment ago."""
    for each in uow.proofs.of_member(one.member_id or 0):
        alike = (each.credential_id, each.for_whom, each.named) == (one.id, *said[:2])
        near = abs(each.until_at - said[2]) <= SAID_AGAIN_WITHIN
        if alike and near and each.holds(now) and now - each.made_at <= SAID_AGAIN_WITHIN:
            return each
    return None


def _require_room(uow: UnitOfWork, member: Member, now: datetime) -> None:
    """Raises LimitReached where somebody has more proofs than anybody reads."""
    if sum(each.holds(now) for each in uow.proofs.of_member(member.id)) >= MOST_GOOD:
        raise LimitReached("too_many_proofs", most=MOST_GOOD)


def _end(until: date | datetime, here: Ground) -> datetime:
    """The end of the day that was chosen. Raises Invalid("until", "proof_end_wrong")."""
    ends = moment(until, here, at_end=True)
    latest = here.now + LONGEST_PROOF
    if not (here.now < ends and moment(until, here, at_end=False) <= latest):
        raise Invalid("until", "proof_end_wrong", days=LONGEST_PROOF.days)
    return ends


def _own_check(uow: UnitOfWork, member: Member, ref: str) -> Credential:
    one = uow.credentials.by_ref(member.place_id, ref)
    if one.member_id != member.id:
        raise NotFound("credential_unknown")
    return one


def _own_proof(uow: UnitOfWork, member: Member, ref: str) -> Proof:
    proof = uow.proofs.by_ref(member.place_id, ref)
    if proof.member_id != member.id:
        raise NotFound("proof_unknown")
    return proof


def _fact(uow: UnitOfWork, one: Credential, now: datetime) -> FactView:
    until = min(one.valid_until, now + LONGEST_PROOF) if may_be_proved(uow, one, now) else None
    return FactView(credential_view(uow, one, now), until)


def _view(uow: UnitOfWork, proof: Proof, now: datetime) -> ProofView:
    one = uow.credentials.by_id(proof.credential_id)
    return ProofView(
        proof.ref, one.kind, proof.for_whom, proof.named, proof.made_at, proof.until_at,
        standing(uow, proof, now),
    )  # fmt: skip


def _record(
    uow: UnitOfWork, actor: Actor, member: Member, what: str, one: Credential, now: datetime
) -> None:
    uow.audit.record(
        actor, what, place_id=member.place_id, subject=("member", member.id, member.ref), now=now,
        why=one.kind.value,
    )  # fmt: skip
