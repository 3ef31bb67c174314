"""Matches: an ask is answered, a visit arranged, help done and confirmed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enabler.domain.conversation import was_asked_for
from enabler.domain.errors import AlreadyFilled, Invalid
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.windows import Window
from enabler.domain.words import checked_words, optional_words
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services import _answers, _settling_minutes, _visits
from enabler.services._conversation import match_with_words
from enabler.services._ground import Ground, ground
from enabler.services._match_views import match_view
from enabler.services._once import once
from enabler.services._subjects import of_match, place_of, to_answer, to_release
from enabler.services.views import MatchView

__all__ = [
    "accept", "arrange", "confirm", "correct", "decide", "decline", "dispute", "done", "release",
    "show",
]  # fmt: skip

LONGEST_HELP_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class _Case:
    """A match with what leave to touch it depends on."""

    match: Match
    need: Need
    offer: Offer

    def subject(self, actor: Actor, action: Action) -> Subject:
        """For both sides, but for what is the helper's side's alone."""
        if action is Action.MODERATE:
            return Subject(self.need.place_id)
        if action is Action.ANSWER_ASK:
            return to_answer(actor, self.match, self.offer)
        of_both = to_release if action is Action.RELEASE_MATCH else of_match
        return of_both(actor, self.match, self.need, self.offer)


def show(*, actor: Actor, ref: str, now: datetime) -> MatchView:
    """A match as the actor may see it at this moment; what it shows of others is logged.

    With its conversation, while that is open to the actor: its lines are read from then on.

    Raises NotFound, NotAllowed.
    """
    with unit_of_work() as uow:
        case = _case(uow, actor, ref)
        require(actor, Action.SEE_MATCH, case.subject(actor, Action.SEE_MATCH))
        view = match_with_words(uow, actor, (case.match, case.need, case.offer), now)
        uow.commit()
    return view


def accept(*, actor: Actor, match_ref: str, key: str, now: datetime) -> MatchView:
    """A helper says yes to what they were asked; both sides are told.

    Raises NotFound, NotAllowed (also where a credential has lapsed), WrongMoment, AlreadyFilled
    (the yes is kept: should the slot come free, this helper is asked first), LimitReached (the
    offer's capacity of this week is used up), KeyReused.
    """

    def act(uow: UnitOfWork, case: _Case, here: Ground) -> dict[str, Any]:
        return _answers.accept(uow, actor, case.match, case.need, case.offer, here)

    return _change(actor, match_ref, key, now, "accept", Action.ANSWER_ASK, {}, act)


def decline(
    *, actor: Actor, match_ref: str, words: str | None = None, key: str, now: datetime
) -> MatchView:
    """A helper says no to what they were asked; they hear no more of this need.

    Raises NotFound, NotAllowed, WrongMoment, Invalid, KeyReused.
    """
    said = optional_words("words", words)

    def act(uow: UnitOfWork, case: _Case, here: Ground) -> dict[str, Any]:
        return _answers.decline(uow, actor, case.match, said, here)

    given = {"words": said}
    return _change(actor, match_ref, key, now, "decline", Action.ANSWER_ASK, given, act)


def release(
    *, actor: Actor, match_ref: str, words: str | None = None, key: str, now: datetime
) -> MatchView:
    """One side cannot, after all: the slot comes free and others are asked.

    Raises NotFound, NotAllowed, WrongMoment, Invalid, KeyReused.
    """
    said = optional_words("words", words)

    def act(uow: UnitOfWork, case: _Case, here: Ground) -> dict[str, Any]:
        return _answers.release(uow, actor, case.match, said, here)

    given = {"words": said}
    return _change(actor, match_ref, key, now, "release", Action.RELEASE_MATCH, given, act)


def arrange(
    *, actor: Actor, match_ref: str, start: datetime, end: datetime, words: str | None = None,
    key: str, now: datetime,
) -> MatchView:  # fmt: skip
    """Either side says when the visit is; again, to change it. The other side is told.

    Where the asker stated times, the visit lies inside one of them: any other has to be proposed
    (``conversations.propose``). Raises NotFound, NotAllowed, WrongMoment, Invalid (start, end or
    words), KeyReused.
    """
    said = optional_words("words", words)
    _visits.check_visit(start, end, now)
    visit = Window(start, end)

    def act(uow: UnitOfWork, case: _Case, here: Ground) -> dict[str, Any]:
        if case.need.windows and not was_asked_for(case.need, visit):
            raise Invalid("start", "visit_outside_wanted")
        whole = (case.match, case.need, case.offer)
        return _visits.arrange(uow, actor, whole, visit, said, here)

    given = {"start": start, "end": end, "words": said}
    return _change(actor, match_ref, key, now, "arrange", Action.ARRANGE_MATCH, given, act)


def done(*, actor: Actor, match_ref: str, minutes: int, key: str, now: datetime) -> MatchView:
    """Either side says that the help was given, and how long it took; the other is asked.

    Raises NotFound, NotAllowed, WrongMoment, Invalid("minutes", …), KeyReused.
    """
    _require_possible(minutes)

    def act(uow: UnitOfWork, case: _Case, here: Ground) -> dict[str, Any]:
        return _visits.finish(uow, actor, case.match, minutes, here)

    given = {"minutes": minutes}
    return _change(actor, match_ref, key, now, "done", Action.FINISH_MATCH, given, act)


def confirm(*, actor: Actor, match_ref: str, key: str, now: datetime) -> MatchView:
    """The side that did not say so confirms that the help was given.

    Raises NotFound, NotAllowed, WrongMoment, KeyReused.
    """

    def act(uow: UnitOfWork, case: _Case, here: Ground) -> dict[str, Any]:
        return _visits.confirm(uow, actor, case.match, here)

    return _change(actor, match_ref, key, now, "confirm", Action.CONFIRM_MATCH, {}, act)


def correct(*, actor: Actor, match_ref: str, minutes: int, key: str, now: datetime) -> MatchView:
    """The side that did not say so says that it took other minutes; the first side is asked then.

    The same minutes confirm it. Raises NotFound, NotAllowed, WrongMoment (also
    *corrected_too_often*), Invalid("minutes", …), KeyReused.
    """
    _require_possible(minutes)

    def act(uow: UnitOfWork, case: _Case, here: Ground) -> dict[str, Any]:
        return _settling_minutes.correct(uow, actor, case.match, minutes, here)

    given = {"minutes": minutes}
    return _change(actor, match_ref, key, now, "correct", Action.CONFIRM_MATCH, given, act)


def decide(
    *, actor: Actor, match_ref: str, minutes: int, words: str, key: str, now: datetime
) -> MatchView:
    """A custodian says how long a disputed help took: it is confirmed so; for 0 it is taken back,
    and others are asked. ``words`` say why, and are kept with the audit.

    Raises NotFound, NotAllowed (also *party_to_it*), WrongMoment, Invalid, KeyReused.
    """
    _require_possible(minutes, least=0)
    said = checked_words("words", words)

    def act(uow: UnitOfWork, case: _Case, here: Ground) -> dict[str, Any]:
        whole = (case.match, case.need, case.offer)
        return _settling_minutes.decide(uow, actor, whole, minutes, said, here)

    given = {"minutes": minutes, "words": said}
    return _change(actor, match_ref, key, now, "decide", Action.MODERATE, given, act)


def _require_possible(minutes: int, *, least: int = 1) -> None:
    if not least <= minutes <= LONGEST_HELP_MINUTES:
        raise Invalid("minutes", "minutes_out_of_range", least=least, most=LONGEST_HELP_MINUTES)


def dispute(*, actor: Actor, match_ref: str, words: str, key: str, now: datetime) -> MatchView:
    """The side that did not say so says that it was otherwise; a custodian looks at it.

    Raises NotFound, NotAllowed, WrongMoment, Invalid, KeyReused.
    """
    said = checked_words("words", words)

    def act(uow: UnitOfWork, case: _Case, here: Ground) -> dict[str, Any]:
        return _visits.dispute(uow, actor, case.match, said, here)

    given = {"words": said}
    return _change(actor, match_ref, key, now, "dispute", Action.CONFIRM_MATCH, given, act)


def _change(
    actor: Actor, match_ref: str, key: str, now: datetime, verb: str, action: Action,
    given: Mapping[str, Any], act: Callable[[UnitOfWork, _Case, Ground], dict[str, Any]],
) -> MatchView:  # fmt: skip
    """Load, require, do it once under the need's lock, keep, look again."""
    with unit_of_work() as uow:
        case = _case(uow, actor, match_ref)
        require(actor, action, case.subject(actor, action))
        here = ground(uow, case.need.place_id, now, case.need.cell)
        result = once(
            uow, f"matches.{verb}", actor=actor, key=key, now=now,
            arguments={"match": case.match.ref, **given},
            act=lambda: act(uow, _locked(uow, case), here),
        )  # fmt: skip
        if result.get("lost"):
            uow.commit()
            raise AlreadyFilled(need=case.need.ref)
        view = match_view(uow, actor, uow.matches.by_id(case.match.id), now)
        uow.commit()
    return view


def _case(uow: UnitOfWork, actor: Actor, match_ref: str) -> _Case:
    match = uow.matches.by_ref(place_of(actor), match_ref)
    return _Case(match, uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id))


def _locked(uow: UnitOfWork, case: _Case) -> _Case:
    """The case as it is now, its need held: what was read before may have changed since."""
    need = uow.needs.lock(case.need.id)
    return _Case(uow.matches.by_id(case.match.id), need, case.offer)
