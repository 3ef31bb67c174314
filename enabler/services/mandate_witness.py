"""A mandate of somebody who cannot answer a message: staff of the council see or hear that they
want it, or see a paper. For a private supporter two people do, the second later or by ringing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.mandates import Attorney, Basis, read_days, read_scopes
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.words import checked_words
from enabler.persistence.mandate_asks import MandateAsk
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._mandate_asks import record
from enabler.services._mandate_desk import (
    Person,
    found_person,
    found_supporter,
    newcomer_at_desk,
    sign_up_at_desk,
)
from enabler.services._mandate_views import ask_view
from enabler.services._mandates import Consent, Supporter, begin, most_days
from enabler.services._once import once
from enabler.services.ports import Secrets
from enabler.services.views.mandates import WitnessView

__all__ = ["Person", "Seen", "one", "second", "waiting", "witness"]

WAITS_FOR = timedelta(days=14)
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody at the desk saw or heard: of whom (their name in full and their postcode), who
    is to act, in what, how long, on what grounds. A paper is seen and described, never kept.
    ``newcomer``: who they are, where they have no account yet."""

    name: str
    postcode: str
    helper: str
    scopes: tuple[str, ...]
    days: int | None
    basis: str
    attorney: str | None
    evidence: str
    language: str
    newcomer: Person | None = None


def witness(
    *, actor: Actor, seen: Seen, secrets: Secrets, key: str, now: datetime
) -> tuple[str, str]:
    """Record it. Whether it begins at once (*mandate*) or waits for a second person (*ask*), with
    its ref. Whoever is looked for is found by name and postcode together, or not at all.

    Raises NotAllowed, Invalid ("name", "postcode", "helper", "scopes", "days", "basis", "attorney",
    "evidence", of a newcomer), WrongMoment (has_a_phone, beginning), LimitReached, KeyReused.
    """
    basis, attorney = _basis(seen)
    scopes = read_scopes(seen.scopes, attorney)
    evidence = checked_words("evidence", seen.evidence, most=LONGEST)
    with unit_of_work() as uow:
        require(actor, Action.RECORD_MANDATE, Subject(actor.place_id))
        days = read_days(seen.days, most_days(uow, actor.place_id or 0, now))
        found = _person(uow, actor, seen, basis, now)
        supporter = found_supporter(uow, actor, seen.helper, None, now)
        if actor.member_id is None or actor.member_id == supporter.ids[0]:
            raise NotAllowed("own_case")
        consent = Consent(
            basis, seen.language, "desk", attorney=attorney, evidence=evidence,
            recorded_by=actor.member_id, witness_id=actor.member_id,
        )  # fmt: skip

        def act() -> dict[str, Any]:
            member = found or _sign_up(uow, actor, seen, secrets, now)
            if supporter.member is not None:
                kept = _wait(uow, actor, member, supporter, scopes, days, consent, secrets, now)
                return {"kind": "ask", "ref": kept.ref}
            begun = begin(uow, actor, member, supporter, scopes, days, consent, now)
            return {"kind": "mandate", "ref": begun.ref}

        result = once(
            uow, "mandate_witness.witness", actor=actor, key=key, now=now, act=act, again=False,
            arguments={"of": secrets.digest(f"{seen.name}, {seen.postcode}".casefold()),
                       "for": secrets.digest(seen.helper), "scopes": list(scopes), "days": days,
                       "basis": basis.value},
        )  # fmt: skip
        uow.commit()
    return str(result["kind"]), str(result["ref"])


def _person(
    uow: UnitOfWork, actor: Actor, seen: Seen, basis: Basis, now: datetime
) -> Member | None:
    """Whoever is meant; None for somebody new, who said who they are."""
    new = seen.newcomer is not None
    found = found_person(uow, actor, seen.name, seen.postcode, now, new=new)
    if found is None:
        return None
    if actor.member_id == found.id:
        raise NotAllowed("own_case")
    if basis is Basis.WITNESS and uow.contacts.of(found.id):
        raise WrongMoment("has_a_phone")
    return found


def _sign_up(
    uow: UnitOfWork, actor: Actor, seen: Seen, secrets: Secrets, now: datetime
) -> Member:  # fmt: skip
    newcomer = None
    if seen.newcomer is not None:
        newcomer = newcomer_at_desk(seen.newcomer, seen.language)
    return sign_up_at_desk(uow, actor, None, newcomer, secrets, now)


def _basis(seen: Seen) -> tuple[Basis, Attorney | None]:
    if seen.basis not in (Basis.WITNESS, Basis.WRITING, Basis.ATTORNEY):
        raise Invalid("basis", "choose_one")
    if seen.basis != Basis.ATTORNEY:
        return Basis(seen.basis), None
    if seen.attorney not in {each.value for each in Attorney}:
        raise Invalid("attorney", "choose_one")
    return Basis.ATTORNEY, Attorney(seen.attorney)


def _wait(
    uow: UnitOfWork, actor: Actor, member: Member, supporter: Supporter, scopes: Any, days: int,
    consent: Consent, secrets: Secrets, now: datetime,
) -> MandateAsk:  # fmt: skip
    kept = uow.mandate_asks.add(
        place_id=member.place_id, ref=uow.refs.new(member.place_id, "mandate-ask"),
        asked_by="desk", by_member_id=actor.member_id, member_id=member.id,
        supporter_id=supporter.ids[0], nonce=secrets.token(), scopes=scopes, days=days,
        basis=consent.basis, attorney=consent.attorney, evidence=consent.evidence,
        language=consent.language, wording_hash=consent.wording_hash, asked_at=now,
        expires_at=now + WAITS_FOR,
    )  # fmt: skip
    record(uow, actor, kept, "witnessed", now)
    return kept


def waiting(*, actor: Actor, now: datetime) -> tuple[WitnessView, ...]:
    """What waits for a second person at the desk, but for the actor's own; the two names are
    sights. Raises NotAllowed."""
    with unit_of_work() as uow:
        require(actor, Action.RECORD_MANDATE, Subject(actor.place_id))
        found = uow.mandate_asks.at_desk(actor.place_id or 0, now)
        views = tuple(
            _waiting(uow, actor, one, now)
            for one in found
            if actor.member_id not in (one.member_id, one.supporter_id)
        )
        uow.commit()
    return views


def one(*, actor: Actor, ref: str, now: datetime) -> WitnessView:
    """One of them. Raises NotFound, NotAllowed."""
    with unit_of_work() as uow:
        asked = uow.mandate_asks.by_ref(actor.place_id, ref)
        require(actor, Action.RECORD_MANDATE, Subject(asked.place_id))
        if asked.asked_by != "desk":
            raise NotFound("mandate_unknown")
        if actor.member_id in (asked.member_id, asked.supporter_id):
            raise NotAllowed("own_case")
        view = _waiting(uow, actor, asked, now)
        uow.commit()
    return view


def _waiting(uow: UnitOfWork, actor: Actor, one: MandateAsk, now: datetime) -> WitnessView:
    member = uow.homes.member(one.member_id or 0)
    supporter = uow.homes.member(one.supporter_id or 0)
    for each in (member, supporter):
        uow.sights.log(
            actor, each.id, ("name",), place_id=one.place_id, why="mandate", now=now,
            subject_ref=one.ref,
        )  # fmt: skip
    sides = (member.id, supporter.id, one.by_member_id)
    return WitnessView(
        ask_view(uow, actor, one, now, known=True), member.name, supporter.name,
        may=actor.member_id not in sides, basis=one.basis, evidence=one.evidence,
    )  # fmt: skip


def second(
    *, actor: Actor, ref: str, agrees: bool, words: str, key: str, now: datetime
) -> str | None:
    """Another person than the first saw or rang the member, who wants it (or not: it is dropped);
    the mandate's ref, for a yes. ``words``: how they know.

    Raises NotFound, NotAllowed (own_case: the first, or one of the two), Invalid("words", code),
    WrongMoment (ask_over and as a mandate's beginning), LimitReached, KeyReused.
    """
    said = checked_words("words", words, most=LONGEST)
    with unit_of_work() as uow:
        asked = uow.mandate_asks.by_ref(actor.place_id, ref, lock=True)
        require(actor, Action.RECORD_MANDATE, Subject(asked.place_id))
        sides = (asked.member_id, asked.supporter_id, asked.by_member_id)
        if asked.asked_by != "desk" or actor.member_id is None or actor.member_id in sides:
            raise NotAllowed("own_case")

        def act() -> dict[str, Any]:
            if not asked.waits(now):
                raise WrongMoment("ask_over")
            ended = "agreed" if agrees else "declined"
            begun = _begin(uow, actor, asked, said, now) if agrees else None
            uow.mandate_asks.end(asked.id, ended, now)
            record(uow, actor, asked, ended, now, words=said)
            return {"mandate": begun}

        result = once(
            uow, "mandate_witness.second", actor=actor, key=key, now=now, act=act,
            arguments={"ask": asked.ref, "agrees": agrees},
        )  # fmt: skip
        uow.commit()
    return result["mandate"]


def _begin(uow: UnitOfWork, actor: Actor, asked: MandateAsk, said: str, now: datetime) -> str:
    consent = Consent(
        asked.basis, asked.language or "en", "desk", attorney=asked.attorney,
        evidence=f"{asked.evidence}\n{said}",
        recorded_by=asked.by_member_id, witness_id=asked.by_member_id, second_id=actor.member_id,
    )  # fmt: skip
    supporter = Supporter(member=uow.homes.member(asked.supporter_id or 0))
    member = uow.homes.member(asked.member_id or 0)
    return begin(uow, actor, member, supporter, asked.scopes, asked.days, consent, now).ref
