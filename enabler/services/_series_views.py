"""A series as its asker sees it at this moment."""

from dataclasses import replace
from datetime import timedelta

from enabler.domain.bank_holidays import is_bank_holiday
from enabler.domain.lifecycle import NEED_MOVES
from enabler.domain.permissions import Actor
from enabler.domain.recurrence import MADE_AHEAD
from enabler.domain.series import Series
from enabler.domain.vocabulary import NeedState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._series import asks_for, country, days_ahead, draft_of, today_of
from enabler.services.views import DayView, EveryWeek, SeriesView

SHOWN_AHEAD = timedelta(days=35)


def is_elsewhere(actor: Actor, series: Series) -> bool:
    """Whether it is for another and somewhere else than at home: where, no supporter reads."""
    return actor.by is not None and not series.at_home


def series_view(
    uow: UnitOfWork, series: Series, here: Ground, *, hides: bool = False
) -> SeriesView:
    """The series with its next days; nobody else's name or address is in it. ``hides``: not where
    it is, so that it cannot be changed either."""
    draft = draft_of(uow, series)
    theirs = asks_for(uow, series)
    goes_on = series.ended_at is None and series.every.last_on >= today_of(here)
    return SeriesView(
        ref=series.ref,
        draft=replace(draft, postcode=None, address=None) if hides else draft,
        version=series.version, begun_at=series.begun_at, ended_at=series.ended_at,
        days=_days(uow, series, here) if goes_on else (),
        made_until=today_of(here) + MADE_AHEAD,
        may=frozenset(({"end"} if hides else {"change", "end"}) if goes_on else ()),
        organisation=None if theirs is None else theirs.name,
    )  # fmt: skip


def weekly_of(uow: UnitOfWork, organisation_id: int, here: Ground) -> tuple[EveryWeek, ...]:
    """What an organisation asks for every week and goes on with, the newest first."""
    found = uow.series.of_organisation(organisation_id, today_of(here))
    return tuple(EveryWeek(one.ref, one.category, one.words, one.every) for one in found)


def _days(uow: UnitOfWork, series: Series, here: Ground) -> tuple[DayView, ...]:
    known = uow.series.occurrences(series.id, today_of(here))
    ids = {one.need_id for one in known.values() if one.need_id is not None}
    needs = uow.needs.by_ids(ids)
    found = []
    for day, stretch in days_ahead(series, here, SHOWN_AHEAD):
        one = known.get(day)
        need = needs.get(one.need_id or 0) if one is not None else None
        skipped = one.skipped if one is not None else None
        open_still = need is None or NeedState.WITHDRAWN in NEED_MOVES[need.state]
        found.append(DayView(
            day=day, window=need.windows[0] if need and need.windows else stretch,
            bank_holiday=is_bank_holiday(country(here), day),
            need_ref=need.ref if need else None, need_state=need.state if need else None,
            skipped=skipped, may_skip=skipped is None and open_still,
        ))  # fmt: skip
    return tuple(found)
