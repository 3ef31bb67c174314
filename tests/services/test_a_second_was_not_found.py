"""Two go together, and one was found: both sides hear in time, and others are asked."""

from datetime import timedelta

import pytest
from flask import Flask

from enabler.domain.vocabulary import MatchState, NeedState
from enabler.domain.windows import Window
from enabler.services import credential_desk, needs
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member
from tests.services.deeds import accept, post
from tests.services.test_nobody_is_left_waiting import take_back, tick, told
from tests.services.test_on_the_day import THURSDAY, arrange
from tests.services.test_visits_steps import DAY, HOUR, WITH_A_CHILD, a_checked, show

NEAR = THURSDAY - timedelta(hours=47)
LATE = THURSDAY - timedelta(hours=24)


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker")


class TestTwoGoTogether:
    @pytest.fixture
    def hal(self, place: BuiltPlace) -> BuiltMember:
        return a_checked(place, "Hal")

    @pytest.fixture
    def ref(self, asker: BuiltMember, hal: BuiltMember) -> str:
        """The only one who said yes; a time is agreed."""
        post(asker, "befriending", **WITH_A_CHILD)
        ref = accept(hal).ref
        arrange(hal, ref, THURSDAY)
        return ref

    def test_nobody_is_alarmed_while_there_is_time(
        self, app: Flask, asker: BuiltMember, hal: BuiltMember, ref: str
    ) -> None:
        tick(app, THURSDAY - timedelta(hours=49))
        assert told("mate_late_helper") == told("mate_late_asker") == []

    def test_both_hear_in_time_and_the_desk_sees_it(
        self, app: Flask, place: BuiltPlace, asker: BuiltMember, hal: BuiltMember, ref: str
    ) -> None:
        custodian = a_custodian(place)
        for _ in range(2):
            tick(app, NEAR)
        assert (told("mate_late_helper"), told("mate_late_asker")) == ([hal.id], [asker.id])
        (gap,) = credential_desk.desk(actor=custodian.actor, now=NEAR).gaps
        assert (gap.match_ref, gap.kinds, gap.release_at) == (ref, ("mate",), LATE)
        hers = show(asker, ref, NEAR).day
        assert hers is not None
        assert hers.waits_until == LATE

    def test_whoever_is_found_closes_it_and_all_goes_on(
        self, app: Flask, place: BuiltPlace, asker: BuiltMember, hal: BuiltMember
    ) -> None:
        hope = a_checked(place, "Hope")
        post(asker, "befriending", windows=(Window(NOW + DAY, NOW + DAY + 2 * HOUR),),
             **WITH_A_CHILD)  # fmt: skip
        ref, soon = accept(hal).ref, NOW + HOUR
        tick(app, soon)
        assert told("mate_late_asker") == [asker.id]
        accept(hope, now=soon)
        for moment in (soon + HOUR, NOW + DAY - HOUR):
            tick(app, moment)
        assert show(hal, ref, soon).state is MatchState.ACCEPTED
        assert show(hal, ref, soon).address is not None
        assert told("check_back") == told("mate_none_asker") == []

    def test_nobody_goes_and_nobody_waits_at_the_door_when_none_was_found(
        self, app: Flask, asker: BuiltMember, hal: BuiltMember, ref: str
    ) -> None:
        tick(app, NEAR)
        tick(app, LATE)
        match = show(hal, ref, LATE)
        assert (match.state, match.ended_because) == (MatchState.RELEASED, "mate_missing")
        assert (told("mate_none_helper"), told("mate_none_asker")) == ([hal.id], [asker.id])
        need = needs.show(actor=asker.actor, ref=match.need_ref, now=LATE)
        assert (need.state, need.slots_filled) == (NeedState.OPEN, 0)

    def test_after_a_late_yes_half_of_what_is_left_is_for_finding_somebody(
        self, app: Flask, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        hal = a_checked(place, "Hal")
        soon = Window(NOW + 10 * HOUR, NOW + 12 * HOUR)
        post(asker, "befriending", windows=(soon,), **WITH_A_CHILD)
        accept(hal)
        tick(app, NOW + HOUR / 2)
        assert told("mate_late_asker") == []  # others have just been asked
        tick(app, NOW + 2 * HOUR)
        assert told("mate_late_asker") == [asker.id]
        tick(app, NOW + 5 * HOUR)
        assert told("mate_none_asker") == []
        tick(app, NOW + 6 * HOUR)
        assert told("mate_none_asker") == [asker.id]


def test_without_an_agreed_time_a_check_that_ends_leaves_a_while_to_put_it_right(
    app: Flask, place: BuiltPlace, asker: BuiltMember
) -> None:
    helper = a_checked(place, "Hal")
    first, second = (Window(NOW + at, NOW + at + 2 * HOUR) for at in (HOUR, 6 * HOUR))
    post(asker, "befriending", setting=WITH_A_CHILD["setting"], windows=(first, second))
    ref = accept(helper).ref
    now = first.end + HOUR  # the first time has passed, and nothing is agreed
    take_back(a_custodian(place), helper, now)
    assert show(helper, ref, now).state is MatchState.ACCEPTED
    assert told("check_gap_helper") == [helper.id]
    assert told("check_gap_asker") == [asker.id]
    tick(app, now + HOUR)
    assert show(helper, ref, now + HOUR).state is MatchState.ACCEPTED
    tick(app, now + 2 * HOUR)
    assert show(helper, ref, now + 2 * HOUR).state is MatchState.RELEASED
