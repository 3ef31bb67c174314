"""Rounds: the optimal one over many needs, and the steps that come due by themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from enabler.domain.needs import Need
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import MatchState
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _round
from enabler.services._asking import take_step
from enabler.services._due_needs import StepFailed, work_due
from enabler.services._ground import ground
from enabler.services._progress import move_match
from enabler.services._replacing import after_refusal
from enabler.services._visits import keep_confirmed

__all__ = [
    "PricesFailed", "RoundReport", "StepFailed", "confirm_by_silence", "lapse_asks", "price",
    "run_round", "work_due_needs",
]  # fmt: skip

Progress = Callable[[str, int, int], None]
"""Told which step is on (a place's slug), how much of it is done, and of how much."""

Clock = Callable[[], float]
"""Seconds from some fixed moment, for telling how long it took."""


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What a round came to, over its places. ``unmatched`` are open slots without a proposal;
    ``objective`` is the scores of what was proposed, together."""

    needs_open: int = 0
    slots_open: int = 0
    offers: int = 0
    pairs: int = 0
    proposed: int = 0
    unmatched: int = 0
    objective: int = 0
    seconds: float = 0.0


def run_round(
    *, actor: Actor, place_slug: str | None = None, now: datetime, dry_run: bool = False,
    progress: Progress = lambda *_: None, clock: Clock = lambda: 0.0,
) -> RoundReport:  # fmt: skip
    """One optimal round for a place, or for each in turn. Safe to run twice, and twice at once.

    ``dry_run`` figures out the same and changes nothing. Raises NotFound, NotAllowed.
    """
    began = clock()
    with reading() as uow:
        found = [uow.places.by_slug(place_slug)] if place_slug else uow.places.all()
    report = RoundReport()
    for place in found:
        require(actor, Action.PROPOSE, Subject(place.id))
        report = _with(report, *_one_place(actor, place.id, place.slug, now, dry_run, progress))
    return replace(report, seconds=clock() - began)


def _one_place(
    actor: Actor, place_id: int, slug: str, now: datetime, dry_run: bool, progress: Progress
) -> tuple[_round.Chosen, _round.Kept]:
    with reading() as uow:
        here = ground(uow, place_id, now)
        chosen = _round.choose(uow, here)
        if dry_run:
            return chosen, _round.rehearse(uow, here, chosen)
    return chosen, _round.keep(actor, here, chosen, lambda done, of: progress(slug, done, of))


def _with(report: RoundReport, chosen: _round.Chosen, kept: _round.Kept) -> RoundReport:
    return RoundReport(
        needs_open=report.needs_open + chosen.needs_open,
        slots_open=report.slots_open + chosen.slots_open,
        offers=report.offers + chosen.offers,
        pairs=report.pairs + chosen.pairs,
        proposed=report.proposed + kept.proposed,
        unmatched=report.unmatched + chosen.slots_open - kept.proposed,
        objective=report.objective + kept.objective,
    )


class PricesFailed(RuntimeError):
    """What a place's offers cost could not be figured out; its cause says why."""

    def __init__(self, place_id: int) -> None:
        super().__init__(f"the prices of place number {place_id} could not be figured out")
        self.place_id = place_id


def price(*, now: datetime) -> int:
    """Figure out what offers cost now and keep it, place by place; of how many places.

    It is a round that asks nobody and changes no need: it orders who is asked from then on. Where
    nothing is open, or the rules want no prices, none is figured out, and those of earlier go. Safe
    to run twice, and twice at once. A place that fails holds up no other: what it raised is raised
    after them. The solver loads a compiler in large places: this is a job's, never a page's.
    """
    with reading() as uow:
        places = [place.id for place in uow.places.all()]
    return _price(places, now)


def _price(place_ids: Sequence[int], now: datetime) -> int:
    priced = 0
    for nth, place_id in enumerate(place_ids, start=1):
        try:
            priced += _price_one(place_id, now)
        except Exception as failure:
            _price(place_ids[nth:], now)
            raise PricesFailed(place_id) from failure
    return priced


def _price_one(place_id: int, now: datetime) -> bool:
    with reading() as uow:
        here = ground(uow, place_id, now)
        wanted = here.ruleset.price_hours and uow.needs.open_in(place_id)
        chosen = _round.choose(uow, here, to_ask=False) if wanted else None
    if chosen is not None:
        _round.remember(here, chosen)
        return True
    with unit_of_work() as uow:
        uow.rounds.drop_prices(place_id)
        uow.commit()
    return False


def work_due_needs(*, now: datetime, limit: int = 200) -> int:
    """Do the next step of open needs whose time has come, each in its own transaction; how many.

    Safe to run twice and from two processes at once: a need that another works on is skipped. One
    whose step cannot be done holds up no other: what it raised is raised after them.
    """
    return work_due(
        lambda uow, broken: uow.needs.claim_due(now, without=broken),
        lambda uow, need: _take_step(uow, need, now), limit,
    )  # fmt: skip


def _take_step(uow: UnitOfWork, need: Need, now: datetime) -> None:
    here = ground(uow, need.place_id, now, need.cell)
    take_step(uow, Actor.system("work-due-needs"), need, here)
    uow.commit()


def lapse_asks(*, now: datetime, limit: int = 500) -> int:
    """Let asks lapse whose time to answer is over, of so many needs; how many asks. No answer is an
    answer, too: others are asked where too few are left.

    A need that somebody works on at this moment is left for the next time.
    """
    actor = Actor.system("lapse-asks")
    lapsed = 0
    with unit_of_work() as uow:
        for need_id in uow.matches.claim_lapsing(now, limit):
            lapsed += _lapse(uow, actor, uow.needs.by_id(need_id), now)
        uow.commit()
    return lapsed


def _lapse(uow: UnitOfWork, actor: Actor, need: Need, now: datetime) -> int:
    here = ground(uow, need.place_id, now, need.cell)
    over = [
        match for match in uow.matches.of_need(need.id, MatchState.ASKED)
        if match.answer_by is not None and match.answer_by <= now
    ]  # fmt: skip
    for match in over:
        move_match(uow, actor, match, MatchState.LAPSED, here, why="no_answer",
                   ended_because="no_answer")  # fmt: skip
    if over:
        after_refusal(uow, need.id, here)
    return len(over)


def confirm_by_silence(*, now: datetime, limit: int = 500) -> int:
    """Confirm what was said to be done and nobody spoke against in the ruleset's days; how many."""
    with reading() as uow:
        due = [match_id for place in uow.places.all() for match_id in _silent(uow, place.id, now)]
    return sum(_confirm(match_id, now) for match_id in due[:limit])


def _silent(uow: UnitOfWork, place_id: int, now: datetime) -> list[int]:
    days = ground(uow, place_id, now).ruleset.confirm_days
    return uow.matches.unconfirmed(now - timedelta(days=days), place_id)


def _confirm(match_id: int, now: datetime) -> bool:
    with unit_of_work() as uow:
        need = uow.needs.lock(uow.matches.by_id(match_id).need_id)
        match = uow.matches.by_id(match_id)
        if match.state is not MatchState.DONE:
            return False  # confirmed or disputed while this was coming
        here = ground(uow, need.place_id, now, need.cell)
        actor = Actor.system("confirm-by-silence")
        keep_confirmed(uow, actor, match, need, here, why="silence")
        uow.commit()
    return True
