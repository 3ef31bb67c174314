"""A refusal is replaced: the next best is asked within seconds, not when the wave is over."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from enabler.cli.matching import lines
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, NextStep
from enabler.domain.windows import Window
from enabler.doors.words.considered import IN_PLACE, finding_words
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import explanations, matches, needs, rounds
from enabler.services.views import NeedView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member, a_place
from tests.services.deeds import a_key, accept, asks_of, decline, post, the_ask
from tests.services.test_asking import EVENING, MORNING, texts
from tests.services.test_storms import at_once

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SOON = (Window(NOW + HOUR, NOW + 5 * HOUR),)
OPERATOR = Actor.operator("a test")


def a_crowd(place: BuiltPlace, many: int, **each: object) -> list[BuiltMember]:
    """So many helpers in a row, the nearest first."""
    return [a_helper(place, f"Hal {n}", at=(500 + 200 * n, 500), **each) for n in range(many)]


def asked(crowd: list[BuiltMember], now: datetime = NOW) -> list[int]:
    """How many asks each of them has to answer."""
    return [len(asks_of(helper, now)) for helper in crowd]


def shown(asker: BuiltMember, need: NeedView, now: datetime = NOW) -> NeedView:
    return needs.show(actor=asker.actor, ref=need.ref, now=now)


def wave_of(need: NeedView) -> int:
    with reading() as uow:
        return uow.needs.by_ref(None, need.ref).wave


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann")


class TestARefusalOfWhatIsUrgent:
    def test_is_replaced_by_the_next_best(self, place: BuiltPlace, asker: BuiltMember) -> None:
        crowd = a_crowd(place, 6)
        need = post(asker, windows=SOON)
        decline(crowd[1], now=NOW + 5 * MINUTE)
        assert shown(asker, need).next_step_at == NOW + 5 * MINUTE
        rounds.work_due_needs(now=NOW + 5 * MINUTE)
        assert asked(crowd, NOW + 5 * MINUTE) == [1, 0, 1, 1, 0, 0]

    def test_draws_the_wave_not_out_nor_widens_it(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        crowd = a_crowd(place, 12)
        need = post(asker, windows=SOON)
        for minute, helper in enumerate(crowd[:3], start=1):
            decline(helper, now=NOW + minute * MINUTE)
            rounds.work_due_needs(now=NOW + minute * MINUTE)
        assert asked(crowd) == [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]
        after = shown(asker, need)
        assert (after.next_step, after.next_step_at) == (NextStep.ASK_MORE, need.next_step_at)
        assert wave_of(need) == 1
        rounds.lapse_asks(now=NOW + 30 * MINUTE)
        rounds.work_due_needs(now=NOW + 30 * MINUTE)
        assert asked(crowd, NOW + 30 * MINUTE) == [0] * 3 + [1] * 8 + [0]
        assert wave_of(need) == 2

    def test_of_all_at_once_goes_on_to_the_next_wave(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        crowd = a_crowd(place, 12)
        need = post(asker, windows=SOON)
        for helper in crowd[:3]:
            decline(helper)
        rounds.work_due_needs(now=NOW)
        assert asked(crowd) == [0] * 3 + [1] * 5 + [0] * 4
        assert wave_of(need) == 2

    def test_is_replaced_when_it_is_silence(self, place: BuiltPlace, asker: BuiltMember) -> None:
        crowd = a_crowd(place, 6)
        need = post(asker, windows=SOON)
        ref = the_ask(crowd[0])
        with unit_of_work() as uow:
            first = uow.matches.by_ref(place.id, ref)
            uow.matches.change(first.id, answer_by=NOW + 10 * MINUTE, wave=-1)
            uow.commit()
        assert rounds.lapse_asks(now=NOW + 10 * MINUTE) == 1
        assert shown(asker, need).next_step_at == NOW + 10 * MINUTE
        rounds.work_due_needs(now=NOW + 10 * MINUTE)
        assert asked(crowd, NOW + 10 * MINUTE) == [0, 1, 1, 1, 0, 0]

    def test_with_nobody_left_waits_for_those_who_are(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        crowd, custodian = a_crowd(place, 3), a_custodian(place)
        need = post(asker, windows=SOON)
        decline(crowd[0])
        rounds.work_due_needs(now=NOW)
        after = shown(asker, need)
        assert (after.next_step, after.next_step_at) == (NextStep.ASK_MORE, need.next_step_at)
        assert not texts("brokering_staff", custodian.id)
        assert accept(crowd[1]).state is MatchState.ACCEPTED

    def test_keeps_quiet_hours(self, place: BuiltPlace, asker: BuiltMember) -> None:
        crowd = a_crowd(place, 6)
        early = (Window(MORNING + HOUR, MORNING + 4 * HOUR),)
        need = post(asker, now=EVENING, windows=early)
        decline(crowd[0], now=EVENING + MINUTE)
        rounds.work_due_needs(now=EVENING + MINUTE)
        assert asked(crowd, EVENING + MINUTE) == [0, 1, 1, 1, 0, 0]
        assert {text.due_at for text in texts("ask")} == {MORNING}
        after = shown(asker, need, EVENING + MINUTE)
        assert (after.next_step, after.next_step_at) == (NextStep.AWAIT_ANSWERS, MORNING)

    def test_keeps_the_caps(self, place: BuiltPlace, asker: BuiltMember) -> None:
        crowd = [
            *a_crowd(place, 3),
            a_helper(place, "Full", "shopping", "gardening", at=(1400, 500), asks_per_week=1),
            a_helper(place, "Next", at=(1700, 500)),
        ]  # fmt: skip
        post(a_member(place, "Gus"), "gardening")
        post(asker, windows=SOON)
        decline(crowd[0])
        rounds.work_due_needs(now=NOW)
        assert asked(crowd) == [0, 1, 1, 1, 1]
        assert asks_of(crowd[3])[0].category == "gardening"


class TestARefusalOfWhatCanWait:
    def test_is_not_replaced_while_others_are_asked(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        crowd = a_crowd(place, 6)
        need = post(asker)
        for helper in crowd[:2]:
            decline(helper)
        assert shown(asker, need).next_step_at == need.next_step_at
        rounds.work_due_needs(now=NOW)
        assert asked(crowd) == [0, 0, 1, 0, 0, 0]
        decline(crowd[2])
        rounds.work_due_needs(now=NOW)
        assert asked(crowd) == [0, 0, 0, 1, 1, 1]

    def test_is_replaced_when_fewer_are_left_than_slots(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        crowd = a_crowd(place, 13)
        need = post(asker, slots=2)
        for helper in crowd[:4]:
            decline(helper)
        rounds.work_due_needs(now=NOW)
        assert asked(crowd) == [0] * 4 + [1] * 2 + [0] * 7
        decline(crowd[4])
        rounds.work_due_needs(now=NOW)
        assert asked(crowd) == [0] * 5 + [1] * 6 + [0] * 2
        assert wave_of(need) == 1

    def test_is_peoples_to_see_once_when_nobody_is_left(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        crowd, custodian = a_crowd(place, 2), a_custodian(place)
        need = post(asker, slots=2)
        for helper in crowd:
            decline(helper)
            rounds.work_due_needs(now=NOW)
            assert shown(asker, need).next_step is NextStep.BROKER
        assert len(texts("brokering", asker.id)) == 1
        assert len(texts("brokering_staff", custodian.id)) == 1
        assert not texts("more_waiting_staff", custodian.id)

    def test_asks_nobody_twice(self, place: BuiltPlace, asker: BuiltMember) -> None:
        crowd = a_crowd(place, 9)
        need, now = post(asker, windows=SOON), NOW
        while any(asked(crowd, now)):
            decline(next(one for one in crowd if asks_of(one, now)), now=now)
            rounds.work_due_needs(now=now)
            now += MINUTE
        assert shown(asker, need, now).declined == len(crowd)
        assert [len(texts("ask", helper.id)) for helper in crowd] == [1] * len(crowd)

    def test_after_it_was_taken_back_changes_nothing(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        helper = a_helper(place)
        need = post(asker)
        ref = the_ask(helper)
        needs.withdraw(actor=asker.actor, ref=need.ref, key=a_key(), now=NOW)
        assert rounds.lapse_asks(now=NOW + 3 * HOUR) == 0
        with reading() as uow:
            assert uow.matches.by_ref(place.id, ref).state is MatchState.WITHDRAWN
        assert shown(asker, need).next_step is None


class TestWhatIsToldOfIt:
    @pytest.fixture
    def need(self, place: BuiltPlace, asker: BuiltMember) -> NeedView:
        crowd = a_crowd(place, 5)
        need = post(asker, windows=SOON)
        decline(crowd[0])
        rounds.work_due_needs(now=NOW)
        return need

    def test_is_that_it_was_in_place_of_somebody(self, need: NeedView) -> None:
        found = explanations.about_need(actor=OPERATOR, need_ref=need.ref, now=NOW)
        assert [(one.wave, one.in_place) for one in found.considerations] == [(0, 0), (0, 1)]
        second = found.considerations[1]
        assert [one.verdict.value for one in second.ranked if one.verdict] == ["asked", "beyond"]
        assert second.refused["asked"] == 3
        assert f"in place of 1: {IN_PLACE}" in list(lines(found))

    def test_is_said_of_each_offer(self, need: NeedView) -> None:
        found = explanations.about_need(actor=OPERATOR, need_ref=need.ref, now=NOW)
        offer = found.considerations[1].ranked[0].offer_ref
        about = explanations.about_offer(
            actor=OPERATOR, need_ref=need.ref, offer_ref=offer, now=NOW
        )
        first, then = about.findings
        assert IN_PLACE not in finding_words(first)
        assert finding_words(then).startswith(IN_PLACE)
        assert finding_words(then).endswith("It was asked.")


@pytest.mark.parametrize("urgent", [True, False])
def test_all_at_once_ends_lawfully(context: Flask, urgent: bool) -> None:
    """Yeses, noes, silence and the job that asks on, at one moment, for several needs."""
    place = a_place("stormham", area="SO", policy={"asks_per_day": 99, "asks_per_week": 99})
    crowd = a_crowd(place, 12, capacity=50)
    soon = (Window(NOW + HOUR, NOW + 6 * HOUR),)
    more = {"windows": soon} if urgent else {}
    for number in range(4):
        post(a_member(place, f"Ann {number}"), slots=1 + number % 2, **more)
    end = NOW + (30 if urgent else 120) * MINUTE
    for now in (NOW + MINUTE, end, end + MINUTE):
        deeds: list[Callable[[], object]] = []
        for nth, helper in enumerate(crowd):
            for ask in asks_of(helper, now)[:2]:
                deeds.append(_answer(helper, ask.ref, now, yes=nth % 5 == 4))
        deeds += [lambda now=now: rounds.lapse_asks(now=now)] * 2
        deeds += [lambda now=now: rounds.work_due_needs(now=now)] * 2
        told = at_once(context, deeds)
        assert set(told) <= {"done", "already_filled", "cannot_declined_when_lapsed"}, told
    rounds.work_due_needs(now=end + MINUTE)
    with reading() as uow:
        for need in uow.needs.open_in(place.id):
            assert need.next_step_at is not None
            assert need.next_step_at > end + MINUTE
            who = Counter(match.helper_id for match in uow.matches.of_need(need.id))
            assert max(who.values()) == 1
        assert uow.laws.waiting_needs(end + MINUTE) == 0
        assert uow.laws.slots_miscounted() == 0
        assert uow.laws.capacities_exceeded() == 0


def _answer(helper: BuiltMember, ref: str, now: datetime, *, yes: bool) -> Callable[[], object]:
    say = matches.accept if yes else matches.decline
    return lambda: say(actor=helper.actor, match_ref=ref, key=a_key(), now=now)
