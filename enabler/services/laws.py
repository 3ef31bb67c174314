"""The laws of the house, counted on a live database: what ``enabler check`` prints."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from enabler.domain.chasing import AGREED
from enabler.domain.vocabulary import NeedState
from enabler.persistence.erasures import Listed
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services._keeping import outlived
from enabler.services._reporting import readers_of
from enabler.services.clock import CLOCK
from enabler.services.ports import ErasureList
from enabler.timebank import checks

GRACE = timedelta(minutes=15)
CLOCK_IS_DEAD_AFTER = timedelta(hours=1)
WORKS_NEEDS = "work-due-needs"
"""The job that does the next steps of open needs."""
CHASES_AGREED = "chase-agreed"
"""The job that does those of needs that are filled or arranged."""
_OF_HOURS = {
    "posted_differs": "balances_not_as_their_rows",
    "held_differs": "balances_not_as_their_rows",
    "applied_differs": "balances_not_as_their_rows",
    "sum_not_zero": "sums_not_zero",
    "floor_broken": "floors_broken",
    "border_not_paired": "borders_not_paired",
    "border_not_mirrored": "borders_not_mirrored",
}
"""What a finding of the ledger's checks counts as; all others are of rows that should not be."""
_WRONG_ROWS = "hours_rows_wrong"


@dataclass(frozen=True, slots=True)
class LawCount:
    """How often a law is broken in one respect; ``what`` is a code of the catalogue."""

    law: int
    count: int
    what: str


def check(*, now: datetime, erased: ErasureList | None = None) -> tuple[LawCount, ...]:
    """Every count, all of one moment of the database; ``now`` is the moment of the graces.

    ``erased``: the list of who was erased, which no backup holds; without it nobody is on it.
    """
    with reading() as uow:
        return count(uow, now, erased)


def count(
    uow: UnitOfWork, now: datetime, erased: ErasureList | None = None
) -> tuple[LawCount, ...]:
    """Every count, inside a unit of work that is open."""
    return (*_of_things(uow, now), *_of_people(uow), *_of_the_list(uow, erased))


def _of_the_list(uow: UnitOfWork, erased: ErasureList | None) -> tuple[LawCount, ...]:
    """Law 8: the list outside the backups against the database's own, both ways."""
    listed = [] if erased is None else [Listed(*line) for line in erased.lines()]
    unknown = set() if erased is None else set(uow.erasures.listed()).difference(listed)
    return (
        LawCount(8, len(uow.erasures.back(listed)), "erased_are_back"),
        LawCount(8, len(unknown), "erased_not_in_the_list"),
    )


def _of_things(uow: UnitOfWork, now: datetime) -> tuple[LawCount, ...]:
    laws, tick = uow.laws, uow.clock.last_tick(CLOCK)
    return (
        LawCount(1, _waiting(uow, tick, now), "needs_past_their_next_step"),
        LawCount(1, _passed_over(uow, now - GRACE), "needs_passed_over"),
        LawCount(1, int(_is_dead(tick, now)), "clock_is_dead"),
        LawCount(1, _read_by_nobody(uow, now), "reports_read_by_nobody"),
        *_of_hours(uow),
        LawCount(2, uow.laws_of_hours.help_not_settled_once(), "help_not_settled_once"),
        LawCount(2, uow.laws_of_hours.promises_left_over(), "promises_left_over"),
        LawCount(2, uow.laws_of_hours.waiting_for_nobody(), "hours_wait_for_nobody"),
        LawCount(2, uow.laws_of_hours.events_not_moved_once(), "events_not_moved_once"),
        LawCount(3, laws.slots_miscounted(), "slots_miscounted"),
        LawCount(3, laws.capacities_exceeded(), "capacities_exceeded"),
        LawCount(3, laws.days_overfilled(), "days_overfilled"),
        LawCount(4, laws.accepted_twice(), "messages_accepted_twice"),
        LawCount(4, laws.in_doubt(now - GRACE), "messages_in_doubt"),
        LawCount(5, laws.unanswered(now - GRACE), "messages_unanswered"),
        LawCount(6, laws.matched_though_closed(), "matched_though_closed"),
        LawCount(6, uow.signals.open_though_held(), "open_though_held_by_a_signal"),
        LawCount(6, laws.asked_without_credential(), "asked_without_credential"),
        LawCount(8, laws.without_audit(), "changes_without_audit"),
        LawCount(8, outlived(uow, now), "kept_too_long"),
    )


def _of_hours(uow: UnitOfWork) -> tuple[LawCount, ...]:
    """The whole ledger against its own rows: what no constraint can see is counted here."""
    findings = checks.check(
        uow.ledger.all_accounts(), uow.ledger.all_entries(), uow.purses.mirrors()
    )
    counts = Counter(_OF_HOURS.get(each.code, _WRONG_ROWS) for each in findings)
    return tuple(
        LawCount(2, counts[what], what)
        for what in (*dict.fromkeys(_OF_HOURS.values()), _WRONG_ROWS)
    )


def _of_people(uow: UnitOfWork) -> tuple[LawCount, ...]:
    laws = uow.laws_of_people
    return (
        LawCount(7, laws.small_cells(), "cells_too_small"),
        LawCount(7, laws.homes_elsewhere(), "homes_not_in_their_cell"),
        LawCount(7, laws.offers_off_their_cell(), "offers_measured_exactly"),
        LawCount(7, laws.sights_missing(), "sights_missing"),
        LawCount(8, laws.erased_not_gone(), "erased_not_gone"),
        LawCount(9, laws.across_places(), "rows_across_places"),
        LawCount(12, laws.texts_in_quiet_hours(), "texts_in_quiet_hours"),
        LawCount(12, laws.texts_over_the_cap(), "texts_over_the_cap"),
        LawCount(12, laws.texts_after_stop(), "texts_after_stop"),
    )


def _read_by_nobody(uow: UnitOfWork, now: datetime) -> int:
    """Reports that wait, and whoever could read them is named in them, or gone."""
    found = uow.reports.all_unsettled()
    desks = {place_id: uow.staff.at_desk(place_id, now) for place_id in {r.place_id for r in found}}
    return sum(not readers_of(each, desks[each.place_id]) for each in found)


def _passed_over(uow: UnitOfWork, before: datetime) -> int:
    open_ones = uow.laws.passed_over(WORKS_NEEDS, (NeedState.OPEN,), before)
    return open_ones + uow.laws.passed_over(CHASES_AGREED, AGREED, before)


def _waiting(uow: UnitOfWork, tick: datetime | None, now: datetime) -> int:
    """Needs past their step by more than the grace, which counts from the last tick too."""
    if tick is not None and tick + GRACE >= now:
        return 0  # the clock lived a moment ago: what it has left undone is "passed over"
    return uow.laws.waiting_needs(now - GRACE)


def _is_dead(tick: datetime | None, now: datetime) -> bool:
    """A clock that never ticked in this database is none."""
    return tick is not None and tick + CLOCK_IS_DEAD_AFTER < now
