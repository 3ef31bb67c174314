"""A custodian asks the author of a held thing; the author answers on a page of their own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import ORGANISATION_LEADS, Priority
from enabler.domain.words import checked_words
from enabler.persistence.decisions import Question
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._decided import Decided
from enabler.services._deciding import Wish, carry_out
from enabler.services._ground import Ground
from enabler.services._once import once
from enabler.services._subjects import place_of
from enabler.services._tell import tell
from enabler.services._things import Thing


@dataclass(frozen=True, slots=True)
class QuestionView:
    """What its author is asked about a thing of theirs; ``open``: it waits for the answer."""

    ref: str
    about_kind: str
    about_ref: str
    words: str
    asked_at: datetime
    answer: str | None
    open: bool


def ask(
    *, actor: Actor, ref: str, words: str, seen: str | None = None, key: str, now: datetime
) -> Decided:
    """Ask the author of a held need, offer or organisation; it stays held, and its clock stands
    still until they answer or the ruleset's hours are over.

    Raises NotFound, NotAllowed (also of one's own), WrongMoment("asked_already", …), Invalid,
    KeyReused.
    """
    said = checked_words("words", words)

    def act(uow: UnitOfWork, thing: Thing, here: Ground) -> dict[str, Any]:
        if any(one.ended_at is None for one in uow.decisions.questions(thing.kind, thing.id)):
            raise WrongMoment("asked_already")
        return _ask(uow, actor, thing, said, here)

    wish = Wish("questions.ask", said, seen, ("held",))
    return carry_out(actor, ref, wish, act, key=key, now=now)


def show(*, actor: Actor, ref: str) -> QuestionView:
    """What the actor is asked. Raises NotFound, NotAllowed."""
    with reading() as uow:
        question = uow.decisions.question(place_of(actor), ref)
        require(actor, Action.APPEAL, _subject(question))
        return _view(question)


def waiting(*, actor: Actor) -> tuple[QuestionView, ...]:
    """What the actor, or an organisation that they lead, is asked and has not answered, the oldest
    first. Raises NotAllowed."""
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    leads = actor.organisations(*ORGANISATION_LEADS)
    with reading() as uow:
        return tuple(_view(one) for one in uow.decisions.asked_of(actor.member_id or 0, leads))


def answer(*, actor: Actor, ref: str, words: str, key: str, now: datetime) -> QuestionView:
    """Answer what a custodian asked; the desk sees it, and its clock goes on.

    Raises NotFound, NotAllowed, WrongMoment("question_over"), Invalid, KeyReused.
    """
    said = checked_words("words", words)
    with unit_of_work() as uow:
        question = uow.decisions.question(place_of(actor), ref)
        require(actor, Action.APPEAL, _subject(question))
        once(
            uow, "questions.answer", actor=actor, key=key, now=now,
            arguments={"ref": question.ref, "words": said},
            act=lambda: _answer(uow, actor, question, said, now),
        )  # fmt: skip
        view = _view(uow.decisions.question(question.place_id, question.ref))
        uow.commit()
    return view


def _subject(question: Question) -> Subject:
    return Subject(
        question.place_id, owner_id=question.member_id, organisation_id=question.organisation_id
    )


def _ask(uow: UnitOfWork, actor: Actor, thing: Thing, words: str, here: Ground) -> dict[str, Any]:
    if not thing.authors:
        raise NotAllowed("nobody_to_ask")
    question = uow.decisions.ask(
        place_id=here.place.id, ref=uow.refs.new(here.place.id, "question"),
        subject_kind=thing.kind, subject_id=thing.id, subject_ref=thing.ref,
        member_id=thing.member_id, organisation_id=thing.organisation_id,
        asked_by=actor.member_id, asked_at=here.now, words=words,
    )  # fmt: skip
    uow.audit.record(
        actor, f"{thing.kind}.asked", place_id=here.place.id, subject=thing.subject, now=here.now,
        states=(thing.state, thing.state), why="moderation", columns=("question",),
    )  # fmt: skip
    for member_id in thing.authors:
        tell(
            uow, place_id=here.place.id, member_id=member_id, template="question_asked",
            parameters={"question": question.ref}, priority=Priority.MATCH, now=here.now,
            dedupe_key=f"question_asked:{question.ref}:{member_id}",
        )  # fmt: skip
    uow.desk.let_go(here.place.id, thing.kind, thing.ref)
    return {"state": thing.state}


def _answer(
    uow: UnitOfWork, actor: Actor, question: Question, words: str, now: datetime
) -> dict[str, Any]:
    if not uow.decisions.answer(question.id, by=actor.member_id, words=words, now=now):
        raise WrongMoment("question_over")
    uow.audit.record(
        actor, f"{question.subject_kind}.answered", place_id=question.place_id, now=now,
        subject=(question.subject_kind, question.subject_id, question.subject_ref),
        columns=("answer",),
    )  # fmt: skip
    return {"ref": question.ref}


def _view(question: Question) -> QuestionView:
    return QuestionView(
        question.ref, question.subject_kind, question.subject_ref, question.words,
        question.asked_at, question.answer, question.ended_at is None,
    )  # fmt: skip
