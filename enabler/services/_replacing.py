"""A refusal is replaced: when somebody said no or did not answer, the need is due at once where
those who are still asked are too few. The job that works due needs asks the next best.

The need is locked by the caller.
"""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.next_steps import Asked, is_short, is_with_people
from enabler.domain.vocabulary import MatchState, NeedState, NextStep
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground


@dataclass(frozen=True, slots=True)
class Running:
    """A wave (from 0) that still has its time, until ``ends``: with the asks that are out."""

    wave: int
    ends: datetime
    out: tuple[Asked, ...]


def after_refusal(uow: UnitOfWork, need_id: int, ground: Ground) -> None:
    """Make the need due now, if it is open and too few are asked still.

    What is due already keeps its step: at the end of a wave the next one follows, or people.
    People who have it keep it: they were told, and are not told anew. Whose time is over waits for
    the word of whoever asked.
    """
    need = uow.needs.by_id(need_id)
    settled = need.state is not NeedState.OPEN or need.next_step is NextStep.CHASE
    if settled or need.next_step_at is None or need.next_step_at <= ground.now:
        return
    out = [one for one in uow.matches.of_need(need.id, MatchState.ASKED) if _is_out(one, ground)]
    if is_short(need, ground.ruleset, out=len(out), now=ground.now):
        step = need.next_step if is_with_people(need) else NextStep.ASK_MORE
        uow.needs.change(need.id, next_step=step, next_step_at=ground.now)


def running(uow: UnitOfWork, need: Need, ground: Ground) -> Running | None:
    """The wave that still has its time, where somebody is left to answer; None between waves.

    Its time is that of those who were asked first: whoever is asked in place of others does not
    draw it out.
    """
    if need.next_step is not NextStep.ASK_MORE or need.wave < 1:
        return None
    asks = uow.matches.of_need(need.id)
    ends = min(
        (one.answer_by for one in asks if one.wave == need.wave - 1 and one.answer_by),
        default=ground.now,
    )  # fmt: skip
    out = [
        Asked(one.asked_at, one.answer_by)
        for one in asks
        if _is_out(one, ground) and one.asked_at and one.answer_by
    ]
    return Running(need.wave - 1, ends, tuple(out)) if out and ends > ground.now else None


def _is_out(match: Match, ground: Ground) -> bool:
    """Whether an answer is awaited: an ask whose time is over will lapse."""
    waits = match.answer_by is not None and match.answer_by > ground.now
    return match.state is MatchState.ASKED and waits
