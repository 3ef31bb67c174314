"""The row of a visit follows its match: begun with the yes, moved with its time, at rest when the
match is over and nobody is inside. The need is locked by the caller."""

import secrets
from dataclasses import replace

from enabler.domain.door_words import a_word
from enabler.domain.errors import WrongMoment
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.visits import Visit, left, moved, waiting
from enabler.domain.vocabulary import MatchState
from enabler.domain.windows import Window
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._demands import demands_of
from enabler.services._ground import Ground

_UNDER_WAY = (MatchState.ACCEPTED, MatchState.ARRANGED)


def begin_visit(uow: UnitOfWork, match: Match, need: Need, here: Ground) -> Visit:
    """Draw the word, and watch over the visit where the place's rules ask for that."""
    visit = _fresh(uow, match, need, here)
    uow.visits.begin(visit)
    return visit


def _fresh(uow: UnitOfWork, match: Match, need: Need, here: Ground) -> Visit:
    language = uow.homes.member(need.asker_id).language
    watched = demands_of(need, here.ruleset).check_in
    visit = Visit(match.id, match.place_id, a_word(language, secrets.choice), watched)
    if match.visit_start is None or match.visit_end is None:
        return visit
    return waiting(moved(visit, match.visit_start, match.visit_end), here.ruleset)


def visit_of(uow: UnitOfWork, match: Match, need: Need, here: Ground) -> Visit:
    """The row of a match; one that was said yes to before there were such rows gets its own, also
    by whoever only reads, so that both of them find the word and the buttons there."""
    found = uow.visits.of(match.id)
    if found is not None:
        return found
    uow.visits.begin_missing(_fresh(uow, match, need, here))
    return uow.visits.of(match.id) or _fresh(uow, match, need, here)


def keep_visit(uow: UnitOfWork, visit: Visit, here: Ground) -> Visit:
    """Write how a visit stands, with the moment of its next alarm."""
    kept = waiting(visit, here.ruleset)
    uow.visits.keep(kept)
    return kept


def move_visit(uow: UnitOfWork, match: Match, need: Need, time: Window, here: Ground) -> None:
    """Another time was agreed."""
    before = visit_of(uow, match, need, here)
    keep_visit(uow, moved(before, time.start, time.end), here)


def rest(uow: UnitOfWork, match: Match, state: MatchState) -> None:
    """The match moves on: where it is over, nobody is waited for who is not inside."""
    if match.state not in _UNDER_WAY or state in _UNDER_WAY:
        return
    visit = uow.visits.of(match.id)
    if visit is not None and not visit.inside:
        uow.visits.keep(replace(visit, next_at=None))
    if uow.credentials.gap(match.id) is not None:
        uow.credentials.close_gap(match.id)


def leave_with(uow: UnitOfWork, match: Match, here: Ground) -> None:
    """Whoever says that they have done it is out."""
    visit = uow.visits.of(match.id)
    if visit is not None and visit.left_at is None:
        uow.visits.keep(left(visit, here.now))


def require_receipt(uow: UnitOfWork, match: Match, need: Need, here: Ground) -> None:
    """Where money may have been spent: a receipt is there, or somebody said that none was.

    Raises WrongMoment("receipt_first").
    """
    if demands_of(need, here.ruleset).receipt and not receipt_is_there(uow, match):
        raise WrongMoment("receipt_first", state=match.state.value)


def receipt_is_there(uow: UnitOfWork, match: Match) -> bool:
    """Whether a receipt was added, or it was said that no money was spent."""
    visit = uow.visits.of(match.id)
    said = visit is not None and visit.no_money_at is not None
    return said or any(
        cost.has_receipt and cost.state.value != "withdrawn"
        for cost in uow.costs.of_match(match.id)
    )
