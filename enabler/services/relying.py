"""An organisation counts on a proof for the visits of its own: it asks, the owner says yes or no.

It shows who asks nothing that the proof does not say. Why: ``docs/decisions/0056``.
"""

from datetime import datetime
from typing import Any

from enabler.domain.checks import CHECKS
from enabler.domain.consents import ON_A_PAGE, RELY, Shown
from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.members import Member, Organisation
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.proofs import Proof, alike, number_of
from enabler.domain.relied import DECLINED, LEFT, OVER, STOPPED, TAKEN_BACK, VOID, Relied
from enabler.domain.vocabulary import ORGANISATION_LEADS, OrganisationState, Priority
from enabler.persistence.proofs import digest_of
from enabler.persistence.relied import LIVE
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._consenting import agree
from enabler.services._lapsing import look_after
from enabler.services._leaves import may_be_shown, shows_to
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._proofs import holder_said, issuer, standing
from enabler.services._relying import end_relied, record_relied, relied_view
from enabler.services._same_person import same_person
from enabler.services._subjects import of_organisation as subject_of
from enabler.services._subjects import place_of
from enabler.services._tell import tell
from enabler.services.ports import Secrets
from enabler.services.views.relying import ReliedView


def could(*, actor: Actor, now: datetime) -> tuple[tuple[str, str], ...]:
    """The organisations for which the actor can ask, as ref and name. Raises NotAllowed."""
    with reading() as uow:
        own(uow, actor, Action.SEE_OWN)
        led = (uow.organisations.by_id(each) for each in actor.organisations(*ORGANISATION_LEADS))
        return tuple(sorted((one.ref, one.name) for one in led if may_be_shown(one)))


def ask(
    *, actor: Actor, organisation_ref: str, token: str, code: str, secrets: Secrets, base_url: str,
    key: str, now: datetime,
) -> str:  # fmt: skip
    """Ask the owner of a proof, by its link and the ``code`` that they read out, whether an
    organisation may count on it; the ref of that. Nothing counts before they have said yes.

    They are found by the proof itself, never named: they must act for the organisation. Raises
    NotFound, NotAllowed, Invalid("code", …), WrongMoment, KeyReused.
    """
    with unit_of_work() as uow:
        known = uow.organisations.by_ref(place_of(actor) or 0, organisation_ref)
        require(actor, Action.ASSIGN_MATCH, subject_of(known))
        proof = uow.proofs.by_token(secrets.digest(token), lock=True)
        _require_holder(uow, proof, code, secrets, now)
        person = _whose(uow, actor, proof, known, now)
        number = number_of(proof.nonce)
        did = issuer(uow.places.by_id(proof.place_id), base_url).did

        def act() -> dict[str, Any]:
            return {"ref": _ask(uow, actor, proof, known, person, digest_of(did, number), now)}

        result = once(
            uow, "relying.ask", actor=actor, key=key, now=now, act=act,
            arguments={"organisation": known.ref, "proof": number},
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def mine(*, actor: Actor, now: datetime) -> tuple[ReliedView, ...]:
    """Who counts on a proof of the actor's, or asks to, and what is over. Raises NotAllowed."""
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        return tuple(relied_view(uow, one, now) for one in uow.relied.of(member_id=member.id))


def show(*, actor: Actor, ref: str, now: datetime) -> ReliedView:
    """One of them. Raises NotFound, NotAllowed."""
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        return relied_view(uow, _own_one(uow, member, ref), now)


def answer(
    *, actor: Actor, ref: str, agrees: bool, shown: Shown = ON_A_PAGE, key: str, now: datetime
) -> None:  # fmt: skip
    """The owner's yes, to the words that were ``shown``, or no: then this organisation does not
    ask about this proof again.

    Raises NotFound, NotAllowed, WrongMoment, KeyReused.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        one = _own_one(uow, member, ref, lock=True)

        def act() -> dict[str, Any]:
            if not one.waits or (agrees and why_over(uow, one, now) is not None):
                raise WrongMoment("relied_over")
            if agrees:
                _agree(uow, actor, member, one, shown, now)
            else:
                end_relied(uow, actor, one, DECLINED, now)
            return {"ref": one.ref}

        once(uow, "relying.answer", actor=actor, key=key, now=now, act=act,
             arguments={"ref": one.ref, "agrees": agrees})  # fmt: skip
        uow.commit()


def of_organisation(*, actor: Actor, ref: str, now: datetime) -> tuple[ReliedView, ...]:
    """What an organisation counts on at this moment, each a sight, and what it has asked.

    Raises NotFound, NotAllowed.
    """
    with unit_of_work() as uow:
        known = uow.organisations.by_ref(place_of(actor) or 0, ref)
        require(actor, Action.SEE_COLLEAGUES, subject_of(known))
        found = uow.relied.of(organisation_id=known.id)
        counting = uow.relied.counting([one.id for one in found], now)
        shown = [one for one in found if one.id in counting or one.state(now) == "waits"]
        view = tuple(
            _to_organisation(uow, actor, one, now)
            for one in shown if shows_to(uow, actor, one.member_id)
        )  # fmt: skip
        uow.commit()
    return view


def end_overdue(*, now: datetime, limit: int = 50) -> int:
    """End what counts no more: the proof, the consent or its time is over, the member left, the
    organisation is stopped; what stood on it is looked at. How many."""
    actor = Actor.system("look-at-credentials")
    with unit_of_work() as uow:
        found = uow.relied.to_end(now, limit)
        for one in found:
            end_relied(uow, actor, one, why_over(uow, one, now) or TAKEN_BACK, now)
        uow.commit()
    return len(found)


def why_over(uow: UnitOfWork, one: Relied, now: datetime) -> str | None:
    """Why one can count no more, whatever its owner says; None where it can."""
    if one.until_at <= now:
        return OVER
    if not uow.relied.is_vouched_for(one.id, now):
        return VOID
    if uow.colleagues.one(one.organisation_id, one.member_id, now) is None:
        return LEFT
    live = uow.organisations.by_id(one.organisation_id).state in LIVE
    return None if live else STOPPED


def _require_holder(
    uow: UnitOfWork, proof: Proof, code: str, secrets: Secrets, now: datetime
) -> None:
    """Raises WrongMoment where the proof is not good, Invalid where its owner is not there."""
    if standing(uow, proof, now) != "good":
        raise WrongMoment("relied_not_good")
    if holder_said(uow, proof, code, secrets, now) != "same":
        uow.commit()  # that a wrong code was tried stays
        raise Invalid("code", "relied_code_wrong")


def _whose(
    uow: UnitOfWork, actor: Actor, proof: Proof, known: Organisation, now: datetime
) -> Member:
    """Whose proof it is, where they act for the organisation: the same person by name and by a
    proved number or address. That they are anybody else here is not said."""
    if known.state is not OrganisationState.ACTIVE:
        raise WrongMoment("organisation_not_active")
    kind = uow.credentials.by_id(proof.credential_id).kind
    if CHECKS[kind].local and proof.place_id != known.place_id:
        raise WrongMoment("relied_of_there")
    person = same_person(uow, proof.member_id, known.place_id)
    owner = uow.homes.member(proof.member_id)
    if (
        person is None or not alike(person.name, owner.name)
        or uow.colleagues.one(known.id, person.id, now) is None
        or not shows_to(uow, actor, person.id)
    ):  # fmt: skip
        raise WrongMoment("relied_no_colleague")
    if person.id == actor.member_id:
        raise NotAllowed("same_person")
    return person


def _ask(
    uow: UnitOfWork, actor: Actor, proof: Proof, known: Organisation, person: Member, digest: str,
    now: datetime,
) -> str:  # fmt: skip
    if uow.relied.was_declined(known.id, digest):
        raise WrongMoment("relied_declined")
    one = uow.credentials.by_id(proof.credential_id)
    kept = uow.relied.ask(
        place_id=known.place_id, organisation_id=known.id, member_id=person.id, proof_id=proof.id,
        digest=digest, kind=one.kind, until_at=min(proof.until_at, one.valid_until),
        asked_by=actor.name, asked_at=now,
    )  # fmt: skip
    if kept is None:
        raise WrongMoment("relied_already")
    record_relied(uow, actor, kept, "proof.relied_asked", now)
    tell(
        uow, place_id=known.place_id, member_id=person.id, template="rely_asked",
        parameters={"relied": kept.ref}, priority=Priority.MATCH, now=now,
        dedupe_key=f"rely_asked:{kept.ref}", expires_at=kept.until_at,
    )  # fmt: skip
    return kept.ref


def _agree(
    uow: UnitOfWork, actor: Actor, member: Member, one: Relied, shown: Shown, now: datetime
) -> None:
    agree(uow, actor, member, RELY, shown, now, about=one.ref, until=one.until_at)
    (consent,) = uow.consents.standing(member.id, RELY, one.ref)
    uow.relied.agree(one.id, consent.id, now)
    record_relied(uow, actor, one, "proof.relied_agreed", now)
    look_after(uow, actor, (member.id, None), now)


def _to_organisation(uow: UnitOfWork, actor: Actor, one: Relied, now: datetime) -> ReliedView:
    if one.waits:
        return relied_view(uow, one, now)
    member = uow.homes.member(one.member_id)
    uow.sights.log(
        actor, member.id, ("credential", "name"), place_id=one.place_id, why="relied", now=now,
        subject_ref=one.ref,
    )  # fmt: skip
    return relied_view(uow, one, now, name=member.shown_name)


def _own_one(uow: UnitOfWork, member: Member, ref: str, *, lock: bool = False) -> Relied:
    one = uow.relied.by_ref(ref, lock=lock)
    if one.member_id != member.id:
        raise NotFound("relied_unknown")
    return one
