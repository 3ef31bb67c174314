"""Help that is needed every week: made two weeks ahead, left out, changed, ended; once only."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.meeting import NONE_SO
from enabler.domain.recurrence import Repeat
from enabler.domain.vocabulary import NeedState
from enabler.domain.windows import Weekly
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import matches, needs, series
from enabler.services.views import NeedView, SeriesView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.services.deeds import a_key, asks_of

THURSDAYS = Repeat((Weekly(3, 600, 720),), date(2026, 6, 30))
FIRST, SECOND = date(2026, 3, 12), date(2026, 3, 19)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    """Who asks."""
    return a_member(place, "Rosa Long")


def begin(asker: BuiltMember, every: Repeat = THURSDAYS, **draft: Any) -> SeriesView:
    asked = needs.NeedDraft(
        **{"category": "shopping", "words": "The week's shop.", "every": every,
           "circumstances": NONE_SO} | draft
    )  # fmt: skip
    return series.begin(actor=asker.actor, draft=asked, key=a_key(), now=NOW)


def made(asker: BuiltMember) -> list[NeedView]:
    """The needs that there are, the first to come first."""
    with reading() as uow:
        refs = [need.ref for need in uow.needs.of_asker(asker.place.id, asker.id)]
    found = (needs.show(actor=asker.actor, ref=ref, now=NOW) for ref in refs)
    return sorted(found, key=lambda need: need.windows[0].start)


def days(shown: SeriesView) -> dict[date, str | None]:
    return {one.day: one.need_ref for one in shown.days}


class TestDays:
    def test_of_the_next_two_weeks_are_asked_for_at_once(self, asker: BuiltMember) -> None:
        shown = begin(asker)
        found = made(asker)
        assert [need.windows[0].start for need in found] == [
            datetime(2026, 3, day, 10, tzinfo=NOW.tzinfo) for day in (12, 19)
        ]  # fmt: skip
        assert {day for day, ref in days(shown).items() if ref} == {FIRST, SECOND}
        assert len(shown.days) == 5
        assert all(need.repeats_ref is None for need in found)
        assert {need.series_ref for need in found} == {shown.ref}

    def test_keep_their_hour_behind_the_change_of_the_clocks(self, asker: BuiltMember) -> None:
        begin(asker)
        assert series.make_due(now=NOW + timedelta(days=14)) == 2
        assert [need.windows[0].start.hour for need in made(asker)] == [10, 10, 10, 9]

    def test_are_made_once_by_whoever_looks(self, asker: BuiltMember) -> None:
        begin(asker)
        for at in (0, 0, 3, 7, 7):
            series.make_due(now=NOW + timedelta(days=at))
        assert len(made(asker)) == 3

    def test_end_with_the_last(self, asker: BuiltMember) -> None:
        begin(asker, replace(THURSDAYS, last_on=SECOND))
        assert series.make_due(now=NOW + timedelta(days=30)) == 0

    def test_on_bank_holidays_are_left_out_if_the_asker_says_so(self, asker: BuiltMember) -> None:
        mondays = Repeat((Weekly(0, 600, 720),), date(2026, 6, 30), skips_bank_holidays=True)
        shown = begin(asker, mondays)
        easter = date(2026, 4, 6)
        assert [one.day for one in shown.days if one.bank_holiday] == [easter]
        series.make_due(now=NOW + timedelta(days=20))
        after = series.show(actor=asker.actor, ref=shown.ref, now=NOW)
        assert {one.day: one.skipped for one in after.days}[easter] == "bank-holiday"
        assert easter not in [need.windows[0].start.date() for need in made(asker)]
        free = series.holidays_in(actor_place_id=asker.place.id, every=mondays, now=NOW)
        assert free == (easter, date(2026, 5, 4), date(2026, 5, 25))

    def test_wait_while_the_account_rests_and_end_with_the_kind_of_help(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        shown = begin(asker)
        with unit_of_work() as uow:
            uow.session.get_one(MemberRow, asker.id).state = "paused"  # type: ignore[assignment]
            uow.commit()
        assert series.make_due(now=NOW + timedelta(days=7)) == 0
        assert series.show(actor=asker.actor, ref=shown.ref, now=NOW).ended_at is None


class TestWhoHelpedWell:
    def test_is_asked_first_and_alone(self, place: BuiltPlace, asker: BuiltMember) -> None:
        far = a_helper(place, "Fay Far", at=(1900, 1900))
        begin(asker)
        first = asks_of(far)[0]
        other = a_helper(place, "Nell Near", at=(520, 520))
        match = matches.accept(actor=far.actor, match_ref=first.ref, key=a_key(), now=NOW).ref
        then = NOW + timedelta(days=2, hours=4)
        matches.done(actor=far.actor, match_ref=match, minutes=30, key=a_key(), now=then)
        matches.confirm(actor=asker.actor, match_ref=match, key=a_key(), now=then)
        week = NOW + timedelta(days=7)
        series.make_due(now=week)
        newest = made(asker)[-1].windows
        asked = [
            [ask for ask in asks_of(one, week) if ask.windows == newest] for one in (far, other)
        ]
        assert [len(each) for each in asked] == [1, 0]


class TestOneDay:
    def test_is_left_out_and_who_was_asked_is_not_waited_for(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        helper = a_helper(place)
        shown = begin(asker)
        after = series.skip(actor=asker.actor, ref=shown.ref, day=FIRST, key=a_key(), now=LATER)
        assert {one.day: one.skipped for one in after.days}[FIRST] == "asker"
        assert [need.state for need in made(asker)] == [NeedState.WITHDRAWN, NeedState.OPEN]
        assert len(asks_of(helper)) == 1
        far = date(2026, 4, 2)
        series.skip(actor=asker.actor, ref=shown.ref, day=far, key=a_key(), now=LATER)
        series.make_due(now=NOW + timedelta(days=14))
        assert far not in [need.windows[0].start.date() for need in made(asker)]
        with pytest.raises(Invalid) as wrong:
            series.skip(actor=asker.actor, ref=shown.ref, day=date(2026, 3, 13), key=a_key(),
                        now=LATER)  # fmt: skip
        assert (wrong.value.field, wrong.value.code) == ("day", "day_not_of_series")


class TestAllDays:
    def changed(self, asker: BuiltMember, shown: SeriesView, **said: Any) -> SeriesView:
        return series.change(
            actor=asker.actor, ref=shown.ref, draft=replace(shown.draft, **said),
            version=shown.version, key=a_key(), now=LATER,
        )  # fmt: skip

    def test_to_come_are_changed_with_those_that_are_made(self, asker: BuiltMember) -> None:
        shown = begin(asker)
        week = (Weekly(3, 840, 960), Weekly(4, 840, 960))
        after = self.changed(asker, shown, words="Less.", every=replace(THURSDAYS, weekly=week))
        found = made(asker)
        assert [(need.words, need.windows[0].start.hour) for need in found] == [("Less.", 14)] * 4
        assert len(days(after)) == 10
        with pytest.raises(WrongMoment) as told:
            self.changed(asker, shown, words="More.")
        assert told.value.code == "changed_meanwhile"

    def test_that_the_week_has_no_more_are_taken_back(self, asker: BuiltMember) -> None:
        shown = begin(asker)
        fridays = replace(THURSDAYS, weekly=(Weekly(4, 600, 720),))
        self.changed(asker, shown, every=fridays)
        assert sorted((need.state.value, need.windows[0].start.day) for need in made(asker)) == [
            ("open", 13), ("open", 20), ("withdrawn", 12), ("withdrawn", 19),
        ]  # fmt: skip

    def test_end_when_the_asker_says_so(self, place: BuiltPlace, asker: BuiltMember) -> None:
        a_helper(place)
        shown = begin(asker)
        series.end(actor=asker.actor, ref=shown.ref, key=a_key(), now=LATER)
        assert {need.state for need in made(asker)} == {NeedState.WITHDRAWN}
        assert series.make_due(now=NOW + timedelta(days=7)) == 0
        with pytest.raises(WrongMoment):
            self.changed(asker, shown, words="More.")


@pytest.mark.parametrize(
    ("every", "field"),
    [
        (Repeat((), date(2026, 6, 1)), "weekly"),
        (Repeat((Weekly(1, 600, 610),), date(2026, 6, 1)), "each_end"),
        (Repeat((Weekly(1, 600, 700),), date(2027, 6, 1)), "last_on"),
    ],
)
def test_a_week_that_means_nothing_is_refused(
    asker: BuiltMember, every: Repeat, field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        begin(asker, every)
    assert wrong.value.field == field


def test_nobody_else_sees_or_changes_it(
    place: BuiltPlace, noise: BuiltPlace, asker: BuiltMember
) -> None:
    ref = begin(asker).ref
    for someone, error in (
        (a_member(place, "Una"), NotAllowed), (a_custodian(place), NotAllowed),
        (a_member(noise, "Nell"), NotFound),
    ):  # fmt: skip
        with pytest.raises(error):
            series.show(actor=someone.actor, ref=ref, now=NOW)
        with pytest.raises(error):
            series.end(actor=someone.actor, ref=ref, key=a_key(), now=NOW)
