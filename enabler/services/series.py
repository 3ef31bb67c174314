"""Help that is needed every week: begun, looked at, a day left out, changed, ended, made anew.

A series is its asker's, or the organisation's that asks: then all who lead it answer for it.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from enabler.domain.bank_holidays import bank_holidays
from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.members import Organisation
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.recurrence import Repeat, days_of
from enabler.domain.series import Series
from enabler.domain.vocabulary import OrganisationState, Priority
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._asking_side import askers_of
from enabler.services._ground import Ground, ground
from enabler.services._need_drafts import NeedDraft, checked_draft, where_of
from enabler.services._once import once
from enabler.services._posting import require_standing
from enabler.services._progress import withdraw_need
from enabler.services._series import (
    asks_for,
    change_days,
    country,
    days_ahead,
    days_due,
    leave_out,
    make_day,
    needs_to_come,
    today_of,
)
from enabler.services._series_views import SHOWN_AHEAD, is_elsewhere, series_view
from enabler.services._subjects import of_organisation, of_series, place_of
from enabler.services._tell import tell
from enabler.services.views import SeriesView

MAKES = "make-series"
"""The job that makes the needs of the days to come."""
_GONE = (OrganisationState.REFUSED, OrganisationState.ERASED)
"""An organisation that asks no more; one that is suspended may be let in again."""


def begin(*, actor: Actor, draft: NeedDraft, key: str, now: datetime) -> SeriesView:
    """Ask for help every week (``draft.every``): the needs of the next fourteen days are made now.

    Raises NotAllowed, NotFound (the organisation), Invalid (at the field of the draft that is
    wrong), WrongMoment, KeyReused.
    """
    with unit_of_work() as uow:
        organisation = None
        if draft.organisation_ref is not None:
            organisation = uow.organisations.by_ref(actor.place_id, draft.organisation_ref)
        require(actor, Action.POST_NEED, (
            of_organisation(organisation) if organisation else Subject(actor.place_id)
        ))  # fmt: skip
        asker = uow.homes.member(actor.member_id or 0)
        here = ground(uow, asker.place_id, now)
        result = once(
            uow, "series.begin", actor=actor, key=key, arguments=asdict(draft), now=now,
            act=lambda: _begin(uow, actor, draft, organisation, here),
        )  # fmt: skip
        view = series_view(uow, uow.series.by_ref(asker.place_id, result["ref"]), here)
        uow.commit()
    return view


def holidays_in(*, actor_place_id: int, every: Repeat, now: datetime) -> tuple[date, ...]:
    """The bank holidays of the place on which the week would fall, from now until its last day."""
    with reading() as uow:
        here = ground(uow, actor_place_id, now)
    today = today_of(here)
    free = bank_holidays(country(here), today, max(today, every.last_on))
    fall = {day for day, _ in days_of(every.weekly, today, every.last_on)}
    return tuple(day for day in free if day in fall)


def show(*, actor: Actor, ref: str, now: datetime) -> SeriesView:
    """A series with its next days, for its asker or those who lead what asks.

    Raises NotFound, NotAllowed.
    """
    with unit_of_work() as uow:
        series = uow.series.by_ref(place_of(actor), ref)
        require(actor, Action.CHANGE_NEED, of_series(series))
        view = _seen(uow, actor, series, ground(uow, series.place_id, now))
        uow.commit()
    return view


def skip(*, actor: Actor, ref: str, day: date, key: str, now: datetime) -> SeriesView:
    """No help on this day: whoever was asked or said yes is told.

    Raises NotFound, NotAllowed, Invalid("day", code), WrongMoment, KeyReused.
    """

    def act(uow: UnitOfWork, series: Series, here: Ground) -> None:
        if day not in dict(days_ahead(series, here, SHOWN_AHEAD)):
            raise Invalid("day", "day_not_of_series")
        leave_out(uow, actor, series, day, here)
        _record(uow, actor, series, "skipped", here)

    return _change(actor, ref, "skip", {"day": day}, key, now, act)


def change(
    *, actor: Actor, ref: str, draft: NeedDraft, version: int, key: str, now: datetime
) -> SeriesView:
    """Ask for it otherwise from now on, also on the days whose need is made already. A day to
    which somebody said yes stays as agreed where its kind or its spot would change.

    Raises NotFound, NotAllowed, WrongMoment (also *changed_meanwhile*), Invalid, KeyReused.
    """

    def act(uow: UnitOfWork, series: Series, here: Ground) -> None:
        if series.version != version:
            raise WrongMoment("changed_meanwhile", version=series.version)
        if is_elsewhere(actor, series):
            raise NotAllowed("beyond_mandate", action=Action.CHANGE_NEED.value)
        organisation = asks_for(uow, series)
        every, values = _meant(uow, series.asker_id, draft, organisation, here)
        if organisation and series.asker_id not in askers_of(uow, series, now):
            values["asker_id"] = actor.member_id  # who wrote it leads no more
        kept = uow.series.change(series.id, every, version=version + 1, **values)
        _record(uow, actor, series, "changed", here)
        change_days(uow, actor, kept, here)
        _make_all(uow, actor, kept, here)

    return _change(actor, ref, "change", {"version": version, **asdict(draft)}, key, now, act)


def end(*, actor: Actor, ref: str, key: str, now: datetime) -> SeriesView:
    """No more of it: needs of days to come are taken back. Raises as ``skip``."""

    def act(uow: UnitOfWork, series: Series, here: Ground) -> None:
        for _, need in needs_to_come(uow, series, here):
            if need.windows[0].start > here.now:
                withdraw_need(uow, actor, need, here)
        uow.series.change(series.id, ended_at=here.now)
        _record(uow, actor, series, "ended", here)

    return _change(actor, ref, "end", {}, key, now, act)


def make_due(*, now: datetime) -> int:
    """Make the needs of the days to come, each in its own transaction; how many days were worked.

    Safe to run twice and from two processes at once. A series whose need cannot be asked for any
    more (its kind is not offered here now) is ended and its asker told; it holds up no other. One
    whose asker's account rests, or whose organisation is not open or led by nobody, waits; an
    organisation that is gone asks no more.
    """
    with reading() as uow:
        due = []
        for place in uow.places.all():
            here = ground(uow, place.id, now)
            for series in uow.series.running(place.id, today_of(here)):
                due += [(series.id, day) for day, _ in days_due(uow, series, here)]
    return sum(_make_one(series_id, day, now) for series_id, day in due)


def _make_one(series_id: int, day: date, now: datetime) -> bool:
    actor = Actor.system(MAKES)
    try:
        with unit_of_work() as uow:
            series = uow.series.lock(series_id)
            here = ground(uow, series.place_id, now)
            stretch = dict(days_due(uow, series, here)).get(day)
            if series.ended_at is not None or stretch is None:
                return False
            organisation = asks_for(uow, series)
            if organisation is not None and organisation.state in _GONE:
                raise Invalid("organisation_ref", "organisation_not_active")
            once(
                uow, "series.make", actor=actor, key=f"job:{MAKES}:{day}:{series_id}", now=now,
                arguments={"series": series_id, "day": day},
                act=lambda: {"ref": make_day(uow, actor, series, day, stretch, here)},
            )  # fmt: skip
            uow.commit()
    except WrongMoment:  # who asks cannot now: the day is made if they can again in time
        return False
    except Invalid as refused:
        return _give_up(series_id, refused.code, now)
    return True


def _give_up(series_id: int, because: str, now: datetime) -> bool:
    with unit_of_work() as uow:
        series = uow.series.lock(series_id)
        if series.ended_at is not None:
            return False
        here = ground(uow, series.place_id, now)
        uow.series.change(series_id, ended_at=now)
        _record(uow, Actor.system(MAKES), series, "ended", here, why=because)
        gone = because == "organisation_not_active"  # of which its people are told
        for member_id in () if gone else askers_of(uow, series, now):
            tell(
                uow, place_id=series.place_id, member_id=member_id, template="series_over",
                parameters={"series": series.ref}, priority=Priority.REMINDER,
                dedupe_key=f"series_over:{series.ref}:{member_id}", now=now,
            )  # fmt: skip
        uow.commit()
    return True


def _begin(
    uow: UnitOfWork, actor: Actor, draft: NeedDraft, organisation: Organisation | None, here: Ground
) -> dict[str, Any]:
    asker = uow.homes.member(actor.member_id or 0)
    require_standing(uow, actor, asker, organisation, here)
    every, values = _meant(uow, asker.id, draft, organisation, here)
    series = uow.series.add(
        every, place_id=here.place.id, ref=uow.refs.new(here.place.id, "series"),
        asker_id=asker.id, organisation_id=None if organisation is None else organisation.id,
        first_on=today_of(here).isoformat(), begun_at=here.now, **values,
    )  # fmt: skip
    _record(uow, actor, series, "begun", here)
    _make_all(uow, actor, series, here)
    return {"ref": series.ref}


def _make_all(uow: UnitOfWork, actor: Actor, series: Series, here: Ground) -> None:
    for day, stretch in days_due(uow, series, here):
        make_day(uow, actor, series, day, stretch, here)


def _meant(
    uow: UnitOfWork,
    asker_id: int,
    draft: NeedDraft,
    organisation: Organisation | None,
    here: Ground,
) -> tuple[Repeat, dict[str, Any]]:
    """The week and the columns of what was drafted. Raises Invalid."""
    off = uow.rulesets.category_off(here.place.id)
    checked = checked_draft(draft, off=off, ruleset=here.ruleset, now=here.now)
    if checked.every is None:
        raise Invalid("weekly", "weekdays_missing")
    where = where_of(uow, uow.homes.member(asker_id), checked, organisation)
    return checked.every, {
        "category": checked.category, "words": checked.words, "at_home": checked.at_home,
        "postcode": None if checked.at_home else where.postcode,
        "address": None if checked.at_home else where.address,
        "duration_minutes": checked.duration_minutes, "slots": checked.slots,
        "languages_required": list(checked.languages_required),
        "preferences": list(checked.preferences), "reach_metres": checked.reach_metres,
        "setting": checked.setting, "circumstances": list(checked.circumstances),
    }  # fmt: skip


def _change(
    actor: Actor, ref: str, what: str, said: dict[str, Any], key: str, now: datetime,
    act: Callable[[UnitOfWork, Series, Ground], None],
) -> SeriesView:  # fmt: skip
    with unit_of_work() as uow:
        found = uow.series.by_ref(place_of(actor), ref)
        require(actor, Action.CHANGE_NEED, of_series(found))
        here = ground(uow, found.place_id, now)

        def once_only() -> dict[str, Any]:
            series = uow.series.lock(found.id)
            if series.ended_at is not None:
                raise WrongMoment("series_ended")
            act(uow, series, here)
            return {"ref": series.ref}

        once(
            uow, f"series.{what}", actor=actor, key=key, arguments={"ref": found.ref, **said},
            now=now, act=once_only,
        )  # fmt: skip
        view = _seen(uow, actor, uow.series.by_id(found.id), here)
        uow.commit()
    return view


def _seen(uow: UnitOfWork, actor: Actor, series: Series, here: Ground) -> SeriesView:
    """What its page shows; a spot that another lead wrote down is a sight."""
    if series.organisation_id is not None and not series.at_home:
        uow.sights.log(
            actor, series.asker_id, ("address",), place_id=series.place_id, why="need",
            now=here.now, subject_ref=series.ref,
        )  # fmt: skip
    return series_view(uow, series, here, hides=is_elsewhere(actor, series))


def _record(
    uow: UnitOfWork, actor: Actor, series: Series, verb: str, here: Ground, why: str | None = None
) -> None:
    uow.audit.record(
        actor, f"series.{verb}", place_id=series.place_id,
        subject=("series", series.id, series.ref), now=here.now, why=why,
    )  # fmt: skip
