"""The days of a series: which are to come, and the need of each, made or left out.

The series is locked by the caller.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.bank_holidays import country_of, is_bank_holiday
from enabler.domain.errors import WrongMoment
from enabler.domain.lifecycle import CHANGEABLE_NEEDS, SETTLED_NEEDS
from enabler.domain.members import Organisation
from enabler.domain.needs import Need
from enabler.domain.permissions import Actor
from enabler.domain.recurrence import MADE_AHEAD, days_of, stretch_on
from enabler.domain.series import Series
from enabler.domain.windows import Window
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._need_changes import change_need
from enabler.services._need_drafts import NeedDraft
from enabler.services._posting import post_need
from enabler.services._progress import withdraw_need

ASKER, BANK_HOLIDAY = "asker", "bank-holiday"


def today_of(here: Ground) -> date:
    """The place's day of this moment."""
    return here.now.astimezone(ZoneInfo(here.place.timezone)).date()


def country(here: Ground) -> str:
    """Whose bank holidays hold here."""
    return country_of(here.place.authority_code, here.ruleset.bank_holidays)


def days_ahead(series: Series, here: Ground, ahead: timedelta) -> Iterator[tuple[date, Window]]:
    """Its days from now on with their stretches, as far ahead as is asked."""
    zone, today = ZoneInfo(here.place.timezone), today_of(here)
    first, last = max(today, series.first_on), min(today + ahead, series.every.last_on)
    for day, weekly in days_of(series.every.weekly, first, last):
        stretch = stretch_on(day, weekly, zone)
        left = stretch.end - max(here.now, stretch.start)
        if left >= timedelta(minutes=series.duration_minutes):
            yield day, stretch


def days_due(uow: UnitOfWork, series: Series, here: Ground) -> list[tuple[date, Window]]:
    """Its days up to fourteen ahead that nothing became of yet."""
    known = uow.series.occurrences(series.id, today_of(here))
    ahead = days_ahead(series, here, MADE_AHEAD)
    return [(day, stretch) for day, stretch in ahead if day not in known]


def make_day(
    uow: UnitOfWork, actor: Actor, series: Series, day: date, stretch: Window, here: Ground
) -> str | None:
    """Ask for the help of one day, or leave the day out; the need's ref. Raises as posting does."""
    if series.every.skips_bank_holidays and is_bank_holiday(country(here), day):
        uow.series.keep_day(series.id, day, skipped=BANK_HOLIDAY)
        return None
    asker = uow.homes.member(series.asker_id)
    draft = replace(draft_of(uow, series), windows=(stretch,), every=None)
    need = post_need(
        uow, actor, asker, draft, here, of_series=True, organisation=asks_for(uow, series),
        known=lambda made: uow.series.keep_day(series.id, day, need_id=made.id),
    )  # fmt: skip
    return need.ref


def asks_for(uow: UnitOfWork, series: Series) -> Organisation | None:
    """The organisation whose series it is, if it is one's."""
    theirs = series.organisation_id
    return None if theirs is None else uow.organisations.by_id(theirs)


def draft_of(uow: UnitOfWork, series: Series) -> NeedDraft:
    """What is asked for every week, as its asker could write it again."""
    theirs = asks_for(uow, series)
    return NeedDraft(
        category=series.category, words=series.words, at_home=series.at_home,
        postcode=series.postcode, address=series.address,
        duration_minutes=series.duration_minutes, slots=series.slots,
        languages_required=series.languages_required, preferences=series.preferences,
        reach_metres=series.reach_metres, every=series.every, setting=series.setting,
        circumstances=series.circumstances,
        organisation_ref=None if theirs is None else theirs.ref,
    )  # fmt: skip


def needs_to_come(uow: UnitOfWork, series: Series, here: Ground) -> list[tuple[date, Need]]:
    """The needs that were made of it for today and later and have not ended, held."""
    known = uow.series.occurrences(series.id, today_of(here))
    ids = {one.need_id: day for day, one in known.items() if one.need_id is not None}
    needs = uow.needs.lock_many(ids)
    return [(ids[need.id], need) for need in needs.values() if need.state not in SETTLED_NEEDS]


def leave_out(uow: UnitOfWork, actor: Actor, series: Series, day: date, here: Ground) -> None:
    """No help that day: a need that is there already is taken back. Raises WrongMoment."""
    for known, need in needs_to_come(uow, series, here):
        if known == day:
            withdraw_need(uow, actor, need, here)
    uow.series.keep_day(series.id, day, skipped=ASKER)


def change_days(uow: UnitOfWork, actor: Actor, series: Series, here: Ground) -> None:
    """Bring the needs that are made already to what the series says now, where they still may
    change; one on a day that the week no longer has is taken back unless somebody said yes."""
    stretches = dict(days_ahead(series, here, MADE_AHEAD))
    for day, need in needs_to_come(uow, series, here):
        if need.state not in CHANGEABLE_NEEDS or need.windows[0].start <= here.now:
            continue
        if day in stretches:
            draft = replace(draft_of(uow, series), windows=(stretches[day],), every=None)
            try:
                change_need(uow, actor, need, draft, here)
            except WrongMoment:  # somebody said yes to what it was: that day stays as agreed
                continue
        elif not need.slots_filled:
            withdraw_need(uow, actor, need, here)
            uow.series.keep_day(series.id, day, skipped=ASKER)
