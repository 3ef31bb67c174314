"""Who has a thing of the desk in hand: taken, given back, taken over with a word."""

from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.words import LONGEST_LINE, optional_words
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._ground import Ground, ground
from enabler.services._once import once
from enabler.services._queue import queue_of, reports_of
from enabler.services.views import EntryView


def claim(
    *, actor: Actor, kind: str, ref: str, words: str | None = None, key: str, now: datetime
) -> None:
    """Take a thing that waits in hand, for the ruleset's minutes. From a colleague who has it, it
    is taken over with a word (``words``), which the history keeps.

    Raises NotAllowed (also of one's own), NotFound (it does not wait),
    WrongMoment("claimed_meanwhile"), Invalid, KeyReused.
    """
    said = optional_words("words", words, most=LONGEST_LINE)
    with unit_of_work() as uow:
        require(actor, Action.MODERATE, Subject(actor.place_id))
        here = ground(uow, _place(actor), now, alone=True)
        entry = _entry(uow, actor, kind, ref, here)
        if entry.own:
            raise NotAllowed("own_case")
        once(
            uow, "claims.claim", actor=actor, key=key, now=now,
            arguments={"kind": kind, "ref": entry.ref, "words": said},
            act=lambda: _claim(uow, actor, entry, said, here),
        )  # fmt: skip
        uow.commit()


def release(*, actor: Actor, kind: str, ref: str, key: str, now: datetime) -> None:
    """Give a thing back that the actor has in hand; nothing happens where they have not.

    Raises NotAllowed, NotFound (a ref of nothing here), KeyReused.
    """
    with unit_of_work() as uow:
        require(actor, Action.MODERATE, Subject(actor.place_id))
        place_id = _place(actor)
        if uow.refs.kind_of(place_id, ref) is None:
            raise NotFound("not_waiting")

        def act() -> dict[str, Any]:
            held = uow.desk.claim_of(place_id, kind, ref)
            if held is not None and held.by_member_id == actor.member_id:
                uow.desk.let_go(place_id, kind, ref)
            return {"ref": ref}

        arguments = {"kind": kind, "ref": ref}
        once(
            uow, "claims.release", actor=actor, key=key, arguments=arguments, now=now, act=act
        )  # fmt: skip
        uow.commit()


def _place(actor: Actor) -> int:
    if actor.place_id is None or actor.member_id is None:
        raise NotAllowed(action=Action.MODERATE.value)
    return actor.place_id


def _entry(uow: UnitOfWork, actor: Actor, kind: str, ref: str, here: Ground) -> EntryView:
    waiting = (
        one
        for one in queue_of(uow, actor, here, reports_of(uow, actor, here)[0])
        if (one.kind, one.ref) == (kind, ref)
    )
    found = next(waiting, None)
    if found is None:
        raise NotFound("not_waiting")
    return found


def _claim(
    uow: UnitOfWork, actor: Actor, entry: EntryView, words: str | None, here: Ground
) -> dict[str, Any]:
    place_id, by = here.place.id, actor.member_id or 0
    held = uow.desk.claim_of(place_id, entry.kind, entry.ref)
    lapses = timedelta(minutes=here.ruleset.desk_claim_minutes)
    theirs = held is not None and held.by_member_id != by and held.since + lapses > here.now
    if theirs and words is None:
        raise Invalid("words", "say_why_you_take_over")
    taken = uow.desk.take(
        place_id, entry.kind, entry.ref, by=by, now=here.now, instead=held
    )  # fmt: skip
    if not taken:
        raise WrongMoment("claimed_meanwhile")
    if theirs and held is not None:
        uow.audit.record(
            actor, "desk.taken-over", place_id=place_id, now=here.now, whose=held.by_member_id,
            subject=("member", held.by_member_id, entry.ref), why=entry.kind,
            values={"words": (None, words)},
        )  # fmt: skip
    elif words is not None:  # it came free while they wrote: what they wrote is kept all the same
        uow.audit.record(
            actor, "desk.taken", place_id=place_id, now=here.now, whose=by or None,
            subject=("member", by, entry.ref), why=entry.kind, values={"words": (None, words)},
        )  # fmt: skip
    return {"ref": entry.ref}
