"""What those who keep a place's market often say: kept by them, offered where a reason is typed."""

from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, LimitReached, NotFound
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.words import LONGEST_LINE, checked_words
from enabler.persistence.decisions import StandardAnswer
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._once import once

MOST = 100
LONGEST = 500


def show(*, actor: Actor) -> tuple[StandardAnswer, ...]:
    """The answers of the actor's place, by name. Raises NotAllowed."""
    with reading() as uow:
        place_id = _place(actor)
        return uow.decisions.standard_answers(place_id)


def add(*, actor: Actor, name: str, words: str, key: str, now: datetime) -> str:
    """Keep an answer under a name that no other has; its ref.

    Raises NotAllowed, Invalid("name" or "words"), LimitReached, KeyReused.
    """
    called = checked_words("name", name, most=LONGEST_LINE // 2)
    said = checked_words("words", words, most=LONGEST)
    with unit_of_work() as uow:
        place_id = _place(actor)
        result = once(
            uow, "standard_answers.add", actor=actor, key=key, now=now,
            arguments={"name": called, "words": said},
            act=lambda: _add(uow, actor, place_id, called, said, now),
        )  # fmt: skip
        uow.commit()
    return str(result["ref"])


def end(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """Offer it no more. Raises NotAllowed, NotFound, KeyReused."""
    with unit_of_work() as uow:
        place_id = _place(actor)

        def act() -> dict[str, Any]:
            ended = uow.decisions.end_answer(place_id, ref, now)
            if ended is None:
                raise NotFound("answer_unknown")
            _record(uow, actor, place_id, (ended, ref), "ended", now)
            return {"ref": ref}

        once(uow, "standard_answers.end", actor=actor, key=key, arguments={"ref": ref}, now=now,
             act=act)  # fmt: skip
        uow.commit()


def _place(actor: Actor) -> int:
    require(actor, Action.MODERATE, Subject(actor.place_id))
    if actor.place_id is None:
        raise NotFound("place_unknown")
    return actor.place_id


def _add(
    uow: UnitOfWork, actor: Actor, place_id: int, name: str, words: str, now: datetime
) -> dict[str, Any]:
    known = uow.decisions.standard_answers(place_id)
    if len(known) >= MOST:
        raise LimitReached("answers_too_many", most=MOST)
    if name in {one.name for one in known}:
        raise Invalid("name", "answer_name_taken")
    ref = uow.refs.new(place_id, "answer")
    kept = uow.decisions.keep_answer(
        place_id=place_id, ref=ref, name=name, words=words, made_by=actor.member_id, made_at=now
    )
    _record(uow, actor, place_id, (kept, ref), "kept", now)
    return {"ref": ref}


def _record(
    uow: UnitOfWork, actor: Actor, place_id: int, which: tuple[int, str], verb: str, now: datetime
) -> None:
    uow.audit.record(
        actor, f"answer.{verb}", place_id=place_id, subject=("answer", *which), now=now,
        columns=("name", "words"),
    )  # fmt: skip
