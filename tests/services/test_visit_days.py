"""The day of a visit: the word at the door, rung, arrived, left, longer, stuck; who may say so."""

from datetime import timedelta
from typing import Any

import pytest

from enabler.domain.door_words import WORDS
from enabler.domain.errors import EnablerError, NotAllowed, NotFound, WrongMoment
from enabler.domain.vocabulary import MatchState, Priority, Role
from enabler.persistence.unit_of_work import reading
from enabler.services import matches, visits, watching
from enabler.services.views import MatchView
from enabler.services.views.visits import VisitDayView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.services.deeds import a_key, accept, post, the_ask
from tests.services.test_asking import texts
from tests.services.test_on_the_day import THURSDAY, arrange

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
END = THURSDAY + HOUR


@pytest.fixture
def ref(asker: BuiltMember, helper: BuiltMember) -> str:
    """A visit on Thursday at 11, over which the helper wants us to watch."""
    post(asker)
    ref = accept(helper).ref
    arrange(helper, ref, THURSDAY)
    say("watch", helper, ref, NOW)
    return ref


def say(verb: str, who: BuiltMember, ref: str, now: Any, **more: Any) -> MatchView:
    return getattr(visits, verb)(actor=who.actor, match_ref=ref, key=a_key(), now=now, **more)


def day(who: BuiltMember, ref: str, now: Any) -> VisitDayView:
    shown = matches.show(actor=who.actor, ref=ref, now=now).day
    assert shown is not None
    return shown


def refused(code: str, kind: type[EnablerError], act: Any) -> None:
    with pytest.raises(kind) as wrong:
        act()
    assert wrong.value.code == code


class TestTheWord:
    def test_is_one_of_ours_and_the_same_for_both_once_they_are_brought_together(
        self, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ask = the_ask(helper)
        assert day(helper, ask, NOW).word is None
        accept(helper, ask)
        assert day(helper, ask, NOW).word == day(asker, ask, NOW).word
        assert day(asker, ask, NOW).word in WORDS["en"]

    def test_is_in_the_language_of_whoever_hears_it(self, place: BuiltPlace) -> None:
        asker, helper = a_member(place, "Ana", language="cy"), a_helper(place)
        post(asker)
        assert day(helper, accept(helper).ref, NOW).word in WORDS["cy"]

    def test_is_for_nobody_else(self, place: BuiltPlace, ref: str) -> None:
        custodian = a_custodian(place)
        assert matches.show(actor=custodian.actor, ref=ref, now=NOW).day is None

    def test_that_is_not_known_wakes_custodians_and_leads_at_once(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        desk = {a_custodian(place).id, a_member(place, "Lena", roles=(Role.SAFEGUARDING_LEAD,)).id}
        with pytest.raises(NotAllowed):
            say("wrong_word", helper, ref, THURSDAY)
        for _ in range(2):
            say("wrong_word", asker, ref, THURSDAY)
        told = texts("visit_stuck_staff")
        assert {row.member_id for row in told} == desk
        assert len(told) == 2
        assert {row.priority for row in told} == {Priority.SAFETY}
        assert day(asker, ref, THURSDAY).stuck_at == THURSDAY


class TestArrivingAndLeaving:
    def test_are_for_whoever_goes_on_the_day(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        for verb in ("watch", "rang", "arrive", "leave"):
            for nobody in (asker, a_member(place), a_custodian(place)):
                with pytest.raises(NotAllowed):
                    say(verb, nobody, ref, THURSDAY)
        for verb in ("arrive", "leave", "stuck"):
            refused("not_the_time_of_the_visit", WrongMoment,
                    lambda verb=verb: say(verb, helper, ref, THURSDAY - 3 * HOUR))  # fmt: skip

    def test_are_said_once_however_often(self, helper: BuiltMember, ref: str) -> None:
        say("arrive", helper, ref, THURSDAY)
        say("arrive", helper, ref, THURSDAY + MINUTE)
        say("leave", helper, ref, END)
        say("leave", helper, ref, END + MINUTE)
        say("arrive", helper, ref, END + MINUTE)
        shown = day(helper, ref, END)
        assert (shown.arrived_at, shown.left_at) == (THURSDAY, END)

    def test_done_by_the_helper_is_out_and_by_the_asker_is_not(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        say("arrive", helper, ref, THURSDAY)
        matches.done(actor=asker.actor, match_ref=ref, minutes=30, key=a_key(), now=END)
        assert visit(ref).inside
        assert visit(ref).next_at == END + 15 * MINUTE
        say("leave", helper, ref, END)
        assert not visit(ref).inside

    def test_done_by_the_helper_ends_the_alarm(self, helper: BuiltMember, ref: str) -> None:
        say("arrive", helper, ref, THURSDAY)
        matches.done(actor=helper.actor, match_ref=ref, minutes=30, key=a_key(), now=END)
        assert visit(ref).next_at is None

    def test_whoever_is_inside_is_waited_for_though_it_was_called_off(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        say("arrive", helper, ref, THURSDAY)
        matches.release(actor=asker.actor, match_ref=ref, key=a_key(), now=THURSDAY)
        watching.ring_due(now=END + 15 * MINUTE)
        with reading() as uow:
            found = uow.visits.of(uow.matches.by_ref(None, ref).id)
        assert found is not None
        assert found.stage == 2
        say("leave", helper, ref, END + 16 * MINUTE)
        assert visit(ref).next_at is None

    def test_whoever_is_not_is_not_waited_for(self, asker: BuiltMember, ref: str) -> None:
        matches.release(actor=asker.actor, match_ref=ref, key=a_key(), now=NOW)
        assert visit(ref).next_at is None
        watching.ring_due(now=END + HOUR)
        assert texts("visit_not_arrived") == []

    def test_staying_longer_begins_the_wait_anew(self, helper: BuiltMember, ref: str) -> None:
        say("arrive", helper, ref, THURSDAY)
        say("stay", helper, ref, END, minutes=45)
        assert day(helper, ref, END).until_at == END + 45 * MINUTE
        assert visit(ref).next_at == END + 60 * MINUTE

    def test_a_new_time_is_watched_over_and_not_the_old_one(
        self, helper: BuiltMember, ref: str
    ) -> None:
        arrange(helper, ref, THURSDAY + 24 * HOUR)
        watching.ring_due(now=END + HOUR)
        assert texts("visit_not_arrived") == []
        watching.ring_due(now=THURSDAY + 24 * HOUR + 15 * MINUTE)
        assert len(texts("visit_not_arrived")) == 1


def test_which_visit_a_text_without_a_reference_is_about(
    asker: BuiltMember, helper: BuiltMember, ref: str
) -> None:
    assert visits.under_way(actor=helper.actor, now=THURSDAY - 3 * HOUR) is None
    assert visits.under_way(actor=helper.actor, now=THURSDAY) == ref
    assert visits.under_way(actor=asker.actor, now=THURSDAY) is None
    say("arrive", helper, ref, THURSDAY)
    assert visits.under_way(actor=helper.actor, now=END + 9 * HOUR) == ref


class TestTheDesk:
    def test_sees_it_with_whom_to_ring_and_says_when_all_are_well(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        custodian = a_custodian(place)
        say("arrive", helper, ref, THURSDAY)
        watching.ring_due(now=END + 29 * MINUTE)
        assert watching.desk(actor=custodian.actor, now=END) == ()
        with pytest.raises(NotFound):
            watching.show(actor=custodian.actor, match_ref=ref, now=END)
        watching.ring_due(now=END + 30 * MINUTE)
        (line,) = watching.desk(actor=custodian.actor, now=END)
        assert (line.match_ref, line.because) == (ref, "overdue")
        case = watching.show(actor=custodian.actor, match_ref=ref, now=END)
        assert [(call.who, call.name) for call in case.calls] == [
            ("helper", "Hal Helper"), ("asker", "Ann Asker")
        ]  # fmt: skip
        assert all(call.phone for call in case.calls)
        clear(custodian, ref)
        assert watching.desk(actor=custodian.actor, now=END) == ()
        watching.ring_due(now=END + 3 * HOUR)
        assert len(texts("visit_overdue_staff")) == 1
        refused("visit_not_watched", WrongMoment, lambda: clear(custodian, ref))

    def test_is_no_place_for_one_of_the_two_nor_for_a_neighbour(
        self, place: BuiltPlace, helper: BuiltMember
    ) -> None:
        custodian = a_custodian(place)
        post(custodian)
        ref = accept(helper).ref
        arrange(helper, ref, THURSDAY)
        say("stuck", helper, ref, THURSDAY)
        for act in (lambda who: watching.show(actor=who.actor, match_ref=ref, now=END),
                    lambda who: clear(who, ref)):  # fmt: skip
            refused("party_to_it", NotAllowed, lambda act=act: act(custodian))
            with pytest.raises(NotAllowed):
                act(a_member(place))
        # Nobody else is there: an alarm never goes nowhere.
        assert [row.member_id for row in texts("visit_stuck_staff")] == [custodian.id]


def clear(who: BuiltMember, ref: str) -> None:
    watching.clear(
        actor=who.actor, match_ref=ref, words="I spoke with Hal: all well.", key=a_key(), now=END
    )


def visit(ref: str) -> Any:
    with reading() as uow:
        return uow.visits.of(uow.matches.by_ref(None, ref).id)


def test_a_state_is_untouched_by_all_of_this(helper: BuiltMember, ref: str) -> None:
    for verb in ("rang", "arrive", "leave"):
        assert say(verb, helper, ref, THURSDAY).state is MatchState.ARRANGED
