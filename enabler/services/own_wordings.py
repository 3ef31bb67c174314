"""A place's own phrases for kinds of help, as its custodians keep them: what members proposed is
taken or refused, a phrase of their own is added, one is taken back. What is taken counts with the
next text."""

from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, LimitReached, NotFound, WrongMoment
from enabler.domain.own_wordings import MOST_OWN, Proposed, checked_kind, checked_phrase, folded
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._once import once
from enabler.services.views.own_wordings import WordingsView


def show(*, actor: Actor) -> WordingsView:
    """What waits, and what counts. Raises NotAllowed."""
    with reading() as uow:
        place_id = _place(actor)
        return WordingsView(uow.own_wordings.proposed(place_id), uow.own_wordings.listed(place_id))


def proposed(*, actor: Actor, ref: str) -> Proposed:
    """One that waits. Raises NotAllowed, NotFound."""
    with reading() as uow:
        return uow.own_wordings.proposed_by_ref(_place(actor), ref)


def add(
    *, actor: Actor, phrase: str, category: str, language: str, key: str, now: datetime
) -> str:  # fmt: skip
    """A phrase of a custodian's own counts from now on; its ref.

    Raises NotAllowed, Invalid("phrase" or "category"), LimitReached, KeyReused.
    """
    said, slug = checked_phrase(phrase), checked_kind(category)
    with unit_of_work() as uow:
        place_id = _place(actor)
        result = once(
            uow, "own_wordings.add", actor=actor, key=key, now=now,
            arguments={"phrase": said, "category": slug, "language": language},
            act=lambda: {"ref": _keep(uow, actor, place_id, (said, slug, language), 0, now)},
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def take(
    *, actor: Actor, ref: str, phrase: str, category: str, key: str, now: datetime
) -> str:  # fmt: skip
    """The ``phrase`` that counts of what was proposed, for this kind of help; its ref. Where it
    counts already, more people are known to say it. Who had proposed it is kept no longer.

    Raises NotAllowed, NotFound, Invalid("phrase" or "category"), LimitReached, KeyReused.
    """
    said, slug = checked_phrase(phrase), checked_kind(category)
    with unit_of_work() as uow:
        place_id = _place(actor)

        def act() -> dict[str, Any]:
            one = uow.own_wordings.proposed_by_ref(place_id, ref)
            words = (said, slug, one.language)
            counts = uow.own_wordings.same(place_id, folded(said), slug)
            if counts is not None and counts.ended_at is None:
                more = counts.people + one.people
                uow.own_wordings.change(counts.id, people=more)
                _record(uow, actor, place_id, (counts.id, counts.ref), "taken", now)
                kept = counts.ref
            else:
                kept = _keep(uow, actor, place_id, words, one.people, now)
            uow.own_wordings.decided(place_id, one)
            return {"ref": kept}

        result = once(uow, "own_wordings.take", actor=actor, key=key, now=now, act=act,
                      arguments={"ref": ref, "phrase": said, "category": slug})  # fmt: skip
        uow.commit()
    return str(result["ref"])


def refuse(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """What was proposed is not taken, and is deleted. Raises NotAllowed, NotFound, KeyReused."""
    with unit_of_work() as uow:
        place_id = _place(actor)

        def act() -> dict[str, Any]:
            one = uow.own_wordings.proposed_by_ref(place_id, ref)
            uow.own_wordings.decided(place_id, one)
            _record(uow, actor, place_id, (0, one.ref), "refused", now)
            return {"ref": one.ref}

        once(uow, "own_wordings.refuse", actor=actor, key=key, now=now, act=act,
             arguments={"ref": ref})  # fmt: skip
        uow.commit()


def end(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """It counts no more. Raises NotAllowed, NotFound, WrongMoment("wording_ended"), KeyReused."""
    with unit_of_work() as uow:
        place_id = _place(actor)

        def act() -> dict[str, Any]:
            one = uow.own_wordings.by_ref(place_id, ref)
            if one.ended_at is not None:
                raise WrongMoment("wording_ended")
            uow.own_wordings.change(one.id, ended_at=now, ended_by=actor.member_id)
            _record(uow, actor, place_id, (one.id, one.ref), "ended", now)
            return {"ref": one.ref}

        once(uow, "own_wordings.end", actor=actor, key=key, now=now, act=act,
             arguments={"ref": ref})  # fmt: skip
        uow.commit()


def _place(actor: Actor) -> int:
    require(actor, Action.KEEP_WORDINGS, Subject(actor.place_id))
    if actor.place_id is None or actor.member_id is None:
        raise NotFound("place_unknown")
    return actor.place_id


def _keep(
    uow: UnitOfWork, actor: Actor, place_id: int, words: tuple[str, str, str], people: int,
    now: datetime,
) -> str:  # fmt: skip
    """It counts from now on, also where it was taken back before; its ref."""
    phrase, category, language = words
    if len(uow.own_wordings.of(place_id)) >= MOST_OWN:
        raise LimitReached("wordings_too_many", most=MOST_OWN)
    values = {
        "phrase": phrase, "language": language, "people": people, "taken_by": actor.member_id,
        "taken_at": now, "ended_at": None, "ended_by": None,
    }  # fmt: skip
    known = uow.own_wordings.same(place_id, folded(phrase), category)
    if known is None:
        ref = uow.refs.new(place_id, "wording")
        kept = uow.own_wordings.add(
            place_id=place_id, ref=ref, folded=folded(phrase), category=category, **values
        )
        _record(uow, actor, place_id, (kept, ref), "taken", now)
        return ref
    if known.ended_at is None:
        raise Invalid("phrase", "wording_known")
    uow.own_wordings.change(known.id, **values)
    _record(uow, actor, place_id, (known.id, known.ref), "taken", now)
    return known.ref


def _record(
    uow: UnitOfWork, actor: Actor, place_id: int, which: tuple[int, str], verb: str, now: datetime
) -> None:
    uow.audit.record(
        actor, f"wording.{verb}", place_id=place_id, subject=("wording", *which), now=now,
        columns=("phrase", "category"),
    )  # fmt: skip
