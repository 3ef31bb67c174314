"""What the two sides say on the day of a visit: arrived, left, longer, stuck; and before it.

Each is one call by a match's ref, said again without harm, so that a page and a text can make it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from enabler.domain.conversation import may_be_there, may_need_somebody
from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.lifecycle import MATCH_MOVES, advance
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.visits import Visit, arrived, calls, left, stays
from enabler.domain.vocabulary import MatchState
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._conversation import match_with_words
from enabler.services._demands import require_standing
from enabler.services._ground import Ground, ground
from enabler.services._once import once
from enabler.services._subjects import asks, goes, of_match, place_of
from enabler.services._visit_alarms import stuck_now
from enabler.services._visit_day import keep_visit, visit_of
from enabler.services.views import MatchView

SHORTEST_STAY, LONGEST_STAY = 5, 240
_CALLS = ("stuck", "wrong_word")
_Case = tuple[Match, Need, Offer]
_Act = Callable[[UnitOfWork, _Case, Visit, Ground], Visit]


def watch(*, actor: Actor, match_ref: str, key: str, now: datetime) -> MatchView:
    """Whoever goes wants somebody to notice if they do not come out again.

    Raises NotFound, NotAllowed, WrongMoment, KeyReused.
    """

    def act(uow: UnitOfWork, case: _Case, visit: Visit, here: Ground) -> Visit:
        _require_under_way(case[0])
        return replace(visit, watched=True)

    return _say(actor, match_ref, key, now, "watch", {}, act)


def rang(*, actor: Actor, match_ref: str, key: str, now: datetime) -> MatchView:
    """Whoever goes has talked with the asker before. Raises as ``watch``."""

    def act(uow: UnitOfWork, case: _Case, visit: Visit, here: Ground) -> Visit:
        _require_under_way(case[0])
        return replace(visit, rang_at=visit.rang_at or now)

    return _say(actor, match_ref, key, now, "rang", {}, act)


def no_money(*, actor: Actor, match_ref: str, key: str, now: datetime) -> MatchView:
    """Either side says that no money was spent, so that there is no receipt.

    Raises as ``watch``.
    """

    def act(uow: UnitOfWork, case: _Case, visit: Visit, here: Ground) -> Visit:
        _require_under_way(case[0])
        return replace(visit, no_money_at=visit.no_money_at or now)

    return _say(actor, match_ref, key, now, "no_money", {}, act, either=True)


def arrive(*, actor: Actor, match_ref: str, key: str, now: datetime) -> MatchView:
    """Whoever goes is there. Their checks are looked at once more.

    Raises NotFound, NotAllowed (also *credential_missing*), WrongMoment (also *mate_missing*),
    KeyReused.
    """

    def act(uow: UnitOfWork, case: _Case, visit: Visit, here: Ground) -> Visit:
        if visit.arrived_at is None and visit.left_at is None:
            if not may_be_there(case[0], now):
                raise WrongMoment("not_the_time_of_the_visit", state=case[0].state.value)
            require_standing(uow, case, here)
        return arrived(replace(visit, watched=True), now, case[1].duration_minutes)

    return _say(actor, match_ref, key, now, "arrive", {}, act)


def leave(*, actor: Actor, match_ref: str, key: str, now: datetime) -> MatchView:
    """Whoever goes is out: the alarm is off, also where nobody heard that they had arrived.

    Raises NotFound, NotAllowed, WrongMoment, KeyReused.
    """

    def act(uow: UnitOfWork, case: _Case, visit: Visit, here: Ground) -> Visit:
        if not (visit.inside or visit.left_at or visit.stage or may_be_there(case[0], now)):
            raise WrongMoment("not_the_time_of_the_visit", state=case[0].state.value)
        return left(visit, now)

    return _say(actor, match_ref, key, now, "leave", {}, act)


def stay(
    *, actor: Actor, match_ref: str, minutes: int, key: str, now: datetime
) -> MatchView:  # fmt: skip
    """Whoever goes stays so many minutes from now. Raises as ``leave``; Invalid("minutes", …)."""
    if not SHORTEST_STAY <= minutes <= LONGEST_STAY:
        raise Invalid("minutes", "minutes_out_of_range", least=SHORTEST_STAY, most=LONGEST_STAY)

    def act(uow: UnitOfWork, case: _Case, visit: Visit, here: Ground) -> Visit:
        if visit.left_at is not None or not (visit.inside or may_be_there(case[0], now)):
            raise WrongMoment("not_the_time_of_the_visit", state=case[0].state.value)
        return stays(visit, minutes, now)

    return _say(actor, match_ref, key, now, "stay", {"minutes": minutes}, act)


def stuck(*, actor: Actor, match_ref: str, key: str, now: datetime) -> MatchView:
    """Either side needs somebody now: custodians and leads hear of it at once.

    Raises NotFound, NotAllowed, WrongMoment, KeyReused.
    """
    return _stuck(actor, match_ref, key, now, "stuck")


def wrong_word(*, actor: Actor, match_ref: str, key: str, now: datetime) -> MatchView:
    """Whoever is at the door does not know the word: the asker does not open.

    Raises as ``stuck``.
    """
    return _stuck(actor, match_ref, key, now, "wrong_word")


def under_way(*, actor: Actor, now: datetime) -> str | None:
    """The ref of the visit that the actor is at, or about to go to: what a text without a ref is
    about. Raises NotAllowed."""
    require(actor, Action.SEE_OWN)
    with reading() as uow:
        mine = uow.matches.of_helper(actor.member_id or 0, ())
        seen = uow.visits.of_many(match.id for match in mine)
        inside = [match for match in mine if match.id in seen and seen[match.id].inside]
        going = [match for match in mine if may_be_there(match, now)]
        going.sort(key=lambda match: (match.visit_start is None, match.visit_start or now))
        return next((match.ref for match in (*inside, *going)), None)


def _stuck(actor: Actor, match_ref: str, key: str, now: datetime, verb: str) -> MatchView:
    def act(uow: UnitOfWork, case: _Case, visit: Visit, here: Ground) -> Visit:
        if not (visit.inside or may_need_somebody(case[0], now)):
            raise WrongMoment("not_the_time_of_the_visit", state=case[0].state.value)
        if verb == "wrong_word" and not asks(actor, case[1]):
            raise NotAllowed(action=Action.CONVERSE.value)
        if visit.calls_now:
            return visit
        stuck_now(uow, case[0], case[1], here)
        return calls(visit, now)

    return _say(actor, match_ref, key, now, verb, {}, act, either=True)


def _require_under_way(match: Match) -> None:
    advance(MATCH_MOVES, match.state, MatchState.ARRANGED)


def _say(
    actor: Actor, match_ref: str, key: str, now: datetime, verb: str, given: dict[str, Any],
    act: _Act, *, either: bool = False,
) -> MatchView:  # fmt: skip
    """Load, require, say it once under the need's lock, keep, look again."""
    with unit_of_work() as uow:
        match = uow.matches.by_ref(place_of(actor), match_ref)
        case = match, uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id)
        require(actor, Action.FINISH_MATCH, of_match(actor, *case))
        if not goes(actor, match, case[2]) and not (either and asks(actor, case[1])):
            raise NotAllowed(action=Action.FINISH_MATCH.value)
        here = ground(uow, case[1].place_id, now, case[1].cell)
        once(
            uow, f"visits.{verb}", actor=actor, key=key, now=now,
            arguments={"match": match.ref, **given},
            act=lambda: _kept(uow, actor, case, verb, here, act),
        )  # fmt: skip
        found = uow.matches.by_id(match.id), uow.needs.by_id(match.need_id), case[2]
        view = match_with_words(uow, actor, found, now, reads=False)
        uow.commit()
    return view


def _kept(
    uow: UnitOfWork, actor: Actor, case: _Case, verb: str, here: Ground, act: _Act
) -> dict[str, Any]:
    need = uow.needs.lock(case[1].id)
    match = uow.matches.by_id(case[0].id)
    before = visit_of(uow, match, need, here)
    after = act(uow, (match, need, case[2]), before, here)
    if after != before:
        keep_visit(uow, after, here)
    if after != before or verb in _CALLS:  # a call while another waits: the desk sees both
        uow.audit.record(
            actor, f"visit.{verb}", place_id=match.place_id, now=here.now,
            subject=("match", match.id, match.ref), states=(match.state.value, match.state.value),
        )  # fmt: skip
    return {"match": match.ref}
