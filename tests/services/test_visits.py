"""From a yes to confirmed; who may read an address, and when."""

from datetime import datetime, timedelta

import pytest

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.vocabulary import MatchState, NeedState, NextStep, Outcome
from enabler.domain.windows import Window
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.unit_of_work import reading
from enabler.services import matches, mine, moderation, needs, rounds
from enabler.services.views import MatchView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
    check_ends,
)
from tests.services.deeds import a_key, accept, post
from tests.services.test_asking import texts

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TOMORROW = (NOW + DAY, NOW + DAY + HOUR)


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker", address="7 Quiet Close")


@pytest.fixture
def helper(place: BuiltPlace) -> BuiltMember:
    return a_helper(place, "Hal Helper")


def arrange(
    who: BuiltMember, ref: str, start: datetime = TOMORROW[0], end: datetime = TOMORROW[1],
    now: datetime = NOW,
) -> MatchView:  # fmt: skip
    return matches.arrange(
        actor=who.actor, match_ref=ref, start=start, end=end, key=a_key(), now=now
    )


def done(who: BuiltMember, ref: str, minutes: int = 60, now: datetime = NOW) -> MatchView:
    return matches.done(actor=who.actor, match_ref=ref, minutes=minutes, key=a_key(), now=now)


def confirm(who: BuiltMember, ref: str, now: datetime = NOW) -> MatchView:
    return matches.confirm(actor=who.actor, match_ref=ref, key=a_key(), now=now)


def show(who: BuiltMember, ref: str, now: datetime = NOW) -> MatchView:
    return matches.show(actor=who.actor, ref=ref, now=now)


def sights() -> list[tuple[str, int, str]]:
    with reading() as uow:
        rows = uow.session.query(SightRow).order_by(SightRow.id)
        return [(row.viewer, row.member_id, row.what) for row in rows]


class TestTheAddress:
    def test_is_read_by_the_accepted_helper_alone_and_each_sight_is_logged(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        other = a_helper(place, "Other")
        need = post(asker)
        ref = accept(helper).ref
        assert sights() == [(helper.ref, asker.id, "address,name")]

        assert show(helper, ref, NOW + HOUR).address == "7 Quiet Close"
        assert len(sights()) == 2
        assert show(asker, ref).address is None
        assert mine.everything(actor=helper.actor, now=NOW).helping[0].address is None
        assert mine.everything(actor=helper.actor, now=NOW).helping[0].other_name is None
        with pytest.raises(NotAllowed):
            show(other, ref)
        custodian = a_custodian(place)
        seen = needs.show(actor=custodian.actor, ref=need.ref, now=NOW)
        assert (seen.address, seen.asker_name) == ("7 Quiet Close", "Ann")
        assert (custodian.ref, asker.id, "address,name") in sights()

    @pytest.mark.parametrize(
        ("arranged", "ends"), [(True, TOMORROW[1]), (False, NOW + timedelta(hours=30))]
    )
    def test_is_gone_48_hours_after_the_visit(
        self, asker: BuiltMember, helper: BuiltMember, arranged: bool, ends: datetime
    ) -> None:
        post(asker, windows=(Window(NOW + 20 * HOUR, NOW + 30 * HOUR),))
        ref = accept(helper).ref
        if arranged:
            arrange(helper, ref)
        last = ends + 48 * HOUR
        assert show(helper, ref, last).address == "7 Quiet Close"
        assert show(helper, ref, last).address_until == last
        after = show(helper, ref, last + timedelta(seconds=1))
        assert (after.address, after.postcode, after.other_name) == (None, None, "Ann")

    def test_is_gone_48_hours_after_it_was_done_if_that_was_earlier(
        self, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        done(helper, ref)
        assert show(helper, ref, NOW + 48 * HOUR).address is not None
        assert show(helper, ref, NOW + 49 * HOUR).address is None

    def test_is_closed_to_a_helper_whose_checks_have_lapsed(
        self, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        check_ends(helper, NOW + HOUR)
        assert show(helper, ref, NOW).address is not None
        assert show(helper, ref, NOW + 2 * HOUR).address is None


class TestArranging:
    def test_sets_the_visit_and_tells_the_other_side(
        self, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        need = post(asker)
        ref = accept(helper).ref
        arrange(asker, ref)
        assert len(texts("arranged", helper.id)) == 1
        later = arrange(helper, ref, TOMORROW[0] + HOUR, TOMORROW[1] + HOUR)
        assert later.visit_start == TOMORROW[0] + HOUR
        assert len(texts("arranged", asker.id)) == 1
        shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW)
        assert (shown.state, shown.next_step) == (NeedState.ARRANGED, NextStep.VISIT)
        assert shown.next_step_at == TOMORROW[1] + HOUR

    @pytest.mark.parametrize(
        ("start", "end", "field", "code"),
        [
            (NOW - HOUR, NOW + HOUR, "start", "visit_in_the_past"),
            (NOW + HOUR, NOW + HOUR, "end", "visit_ends_before_it_starts"),
            (NOW + HOUR, NOW + 26 * HOUR, "end", "visit_too_long"),
            (NOW + 400 * DAY, NOW + 400 * DAY + HOUR, "start", "visit_too_far_ahead"),
            (NOW + 46 * DAY, NOW + 46 * DAY + HOUR, "start", "visit_too_far_ahead"),
        ],
    )
    def test_refuses_a_time_that_cannot_be(
        self, asker: BuiltMember, helper: BuiltMember, start: datetime, end: datetime, field: str,
        code: str,
    ) -> None:  # fmt: skip
        post(asker)
        ref = accept(helper).ref
        with pytest.raises(Invalid) as wrong:
            arrange(helper, ref, start, end)
        assert (wrong.value.field, wrong.value.code) == (field, code)


class TestDoneAndConfirmed:
    @pytest.mark.parametrize("by_helper", [True, False])
    def test_is_said_by_one_side_and_confirmed_by_the_other(
        self, asker: BuiltMember, helper: BuiltMember, by_helper: bool
    ) -> None:
        sayer, other = (helper, asker) if by_helper else (asker, helper)
        need = post(asker)
        ref = accept(helper).ref
        assert done(sayer, ref, 50).may == {"report", "apart"}
        with pytest.raises(NotAllowed):
            confirm(sayer, ref)
        assert show(other, ref).may == {"confirm", "correct", "dispute", "report", "apart"}
        assert len(texts("done_asker" if by_helper else "done_helper", other.id)) == 1

        ended = confirm(other, ref)

        assert (ended.state, ended.minutes) == (MatchState.CONFIRMED, 50)
        shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW)
        assert (shown.state, shown.outcome) == (NeedState.CLOSED, Outcome.HELPED)
        assert shown.next_step is None

    def test_is_confirmed_by_silence_after_the_rulesets_days(
        self, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        need = post(asker)
        ref = accept(helper).ref
        assert done(helper, ref).confirm_by == NOW + 3 * DAY
        assert rounds.confirm_by_silence(now=NOW + 3 * DAY - HOUR) == 0
        assert rounds.confirm_by_silence(now=NOW + 3 * DAY) == 1
        assert rounds.confirm_by_silence(now=NOW + 3 * DAY) == 0
        assert show(asker, ref, NOW + 3 * DAY).state is MatchState.CONFIRMED
        shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW + 3 * DAY)
        assert shown.state is NeedState.CLOSED

    def test_of_two_slots_ends_with_the_last(self, place: BuiltPlace, asker: BuiltMember) -> None:
        helpers = [a_helper(place, name) for name in ("One", "Two")]
        need = post(asker, slots=2)
        refs = [accept(helper).ref for helper in helpers]
        states = []
        for helper, ref in zip(helpers, refs, strict=True):
            arrange(helper, ref)
        for helper, ref in zip(helpers, refs, strict=True):
            done(helper, ref)
            confirm(asker, ref)
            states.append(needs.show(actor=asker.actor, ref=need.ref, now=NOW).state)
        assert states == [NeedState.ARRANGED, NeedState.CLOSED]

    @pytest.mark.parametrize("minutes", [0, -5, 1441])
    def test_refuses_a_length_that_cannot_be(
        self, asker: BuiltMember, helper: BuiltMember, minutes: int
    ) -> None:
        post(asker)
        with pytest.raises(Invalid) as wrong:
            done(helper, accept(helper).ref, minutes)
        assert (wrong.value.field, wrong.value.code) == ("minutes", "minutes_out_of_range")

    def test_twice_with_one_key_is_once(self, asker: BuiltMember, helper: BuiltMember) -> None:
        post(asker)
        ref, key = accept(helper).ref, a_key()
        for _ in range(2):
            view = matches.done(actor=helper.actor, match_ref=ref, minutes=30, key=key, now=NOW)
            assert view.state is MatchState.DONE
        assert len(texts("done_asker")) == 1

    def test_for_an_organisation_is_confirmed_by_whoever_went(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        pantry = an_organisation(place)
        an_offer(pantry)
        post(asker)
        ref = accept(pantry.owner).ref
        done(asker, ref)
        assert confirm(pantry.owner, ref).state is MatchState.CONFIRMED


class TestADispute:
    def test_goes_to_the_custodians_desk_and_stops_the_silence(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        done(helper, ref)
        matches.dispute(
            actor=asker.actor, match_ref=ref, words="Nobody came.", key=a_key(), now=NOW
        )
        (report,) = moderation.desk(actor=a_custodian(place).actor, now=NOW).reports
        assert (report.about_ref, report.words) == (ref, "Nobody came.")
        assert rounds.confirm_by_silence(now=NOW + 9 * DAY) == 0
        assert len(texts("disputed", helper.id)) == 1
        assert confirm(asker, ref).state is MatchState.CONFIRMED  # it was a misunderstanding

    def test_is_not_for_help_that_nobody_said_was_done(
        self, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        with pytest.raises(WrongMoment):
            matches.dispute(actor=asker.actor, match_ref=ref, words="?", key=a_key(), now=NOW)
