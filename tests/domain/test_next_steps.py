"""What happens next, and when: pure rules of waves, urgency and the hand-over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from enabler.domain.desk import EntryKind, Waiting, when_held
from enabler.domain.members import CellPoint
from enabler.domain.needs import Need
from enabler.domain.next_steps import (
    Asked,
    after_asks,
    after_hand_over,
    after_replacing,
    after_wave,
    ask_at,
    is_over,
    is_short,
    is_time_short,
    is_urgent,
    wave_size,
    when_arranged,
    when_done,
    when_filled,
)
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import NeedState, NextStep

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
RULES = Ruleset(1, 1)
NEED = Need(
    id=1, place_id=1, ref="7K4P", asker_id=1, category="shopping", words="Milk",
    cell=CellPoint(1, 1, 0, 0, 1000), duration_minutes=30, slots=1, slots_filled=0, priority=100,
    circumstance=0, requires=(), languages_required=(), preferences=(), reach_metres=None,
    windows=(), state=NeedState.OPEN, held_because=None, ruleset_id=1, wave=0, next_step=None,
    next_step_at=None, repeats_id=None, outcome=None, posted_at=NOW,
    needed_by=NOW + 72 * HOUR,
)  # fmt: skip


def wanted_in(hours: float) -> Need:
    """The need, wanted so many hours from now at the latest."""
    return replace(NEED, needed_by=NOW + hours * HOUR)


def test_a_wave_asks_so_many_for_each_free_slot() -> None:
    sizes = [wave_size(RULES, wave, 2) for wave in range(5)]
    assert sizes == [6, 10, 16, 16, 16]
    assert wave_size(replace(RULES, waves=()), 0, 3) == 3


@pytest.mark.parametrize(
    ("hours", "urgent", "short", "over"),
    [(24, True, True, False), (24.1, False, False, False), (0.5, True, True, False),
     (0.4, True, True, True)],
)  # fmt: skip
def test_urgency_goes_by_when_it_is_wanted(
    hours: float, urgent: bool, short: bool, over: bool
) -> None:
    need = wanted_in(hours)
    assert is_urgent(need, RULES, NOW) is urgent
    assert is_time_short(need, RULES, NOW) is short
    assert is_over(need, NOW) is over


def test_a_kind_that_cannot_wait_is_urgent_however_its_time_was_said() -> None:
    flood = replace(wanted_in(14 * 24), category="emergency")
    assert is_urgent(flood, RULES, NOW)
    assert not is_urgent(flood, replace(RULES, categories_urgent=()), NOW)
    assert ask_at(flood, RULES, due_at=NOW, now=NOW) == Asked(NOW, NOW + 30 * MINUTE)


class TestAnAsk:
    def test_has_its_time_from_when_its_text_may_go(self) -> None:
        later = NOW + 10 * HOUR
        ask = ask_at(NEED, RULES, due_at=later, now=NOW)
        assert ask == Asked(later, later + 120 * MINUTE)

    def test_has_less_time_when_it_is_urgent_and_never_beyond_the_need(self) -> None:
        assert ask_at(wanted_in(5), RULES, due_at=NOW, now=NOW) == Asked(NOW, NOW + 30 * MINUTE)
        last = ask_at(wanted_in(5), RULES, due_at=NOW + 4.5 * HOUR, now=NOW)
        assert last == Asked(NOW + 4.5 * HOUR, NOW + 5 * HOUR)

    def test_is_not_made_when_it_would_come_too_late(self) -> None:
        assert ask_at(wanted_in(5), RULES, due_at=NOW + 4.6 * HOUR, now=NOW) is None


class TestAfterAsks:
    def test_comes_the_next_wave_when_the_last_of_this_had_its_time(self) -> None:
        asks = [Asked(NOW, NOW + HOUR), Asked(NOW, NOW + 2 * HOUR)]
        plan = after_asks(asks, wave=0, ruleset=RULES, now=NOW)
        assert (plan.step, plan.at) == (NextStep.ASK_MORE, NOW + 2 * HOUR)

    def test_comes_the_end_of_quiet_hours_when_all_wait_for_it(self) -> None:
        asks = [Asked(NOW + 9 * HOUR, NOW + 11 * HOUR), Asked(NOW + 10 * HOUR, NOW + 12 * HOUR)]
        plan = after_asks(asks, wave=0, ruleset=RULES, now=NOW)
        assert (plan.step, plan.at) == (NextStep.AWAIT_ANSWERS, NOW + 9 * HOUR)

    def test_does_not_wait_for_sleepers_while_somebody_is_awake(self) -> None:
        asks = [Asked(NOW, NOW + HOUR), Asked(NOW + 9 * HOUR, NOW + 11 * HOUR)]
        assert after_asks(asks, wave=0, ruleset=RULES, now=NOW).at == NOW + HOUR

    def test_of_the_last_wave_come_the_answers(self) -> None:
        steps = [after_wave(NOW, wave=wave, ruleset=RULES).step for wave in range(4)]
        last = [NextStep.AWAIT_ANSWERS] * 2
        assert steps == [NextStep.ASK_MORE, NextStep.ASK_MORE, *last]


@pytest.mark.parametrize(
    ("hours", "wave", "slots", "filled", "enough"),
    [(72, 1, 1, 0, 1), (72, 2, 3, 1, 2), (5, 1, 1, 0, 3), (5, 2, 1, 0, 5), (5, 1, 2, 1, 3),
     (5, 0, 1, 0, 3)],
)  # fmt: skip
def test_too_few_are_asked_below_the_slots_or_where_it_is_urgent_below_the_wave(
    hours: float, wave: int, slots: int, filled: int, enough: int
) -> None:
    need = replace(wanted_in(hours), wave=wave, slots=slots, slots_filled=filled)
    short = [is_short(need, RULES, out=out, now=NOW) for out in (0, enough - 1, enough)]
    assert short == [True, True, False]


class TestAfterReplacing:
    ENDS = NOW + 20 * MINUTE

    def test_the_wave_ends_when_it_would_have(self) -> None:
        asks = [Asked(NOW, NOW + 30 * MINUTE), Asked(NOW + HOUR, NOW + 2 * HOUR)]
        plan = after_replacing(asks, self.ENDS, wave=0, ruleset=RULES, now=NOW)
        assert (plan.step, plan.at) == (NextStep.ASK_MORE, self.ENDS)
        plan = after_replacing(asks, self.ENDS, wave=2, ruleset=RULES, now=NOW)
        assert (plan.step, plan.at) == (NextStep.AWAIT_ANSWERS, self.ENDS)

    def test_comes_the_end_of_quiet_hours_when_all_wait_for_it(self) -> None:
        asks = [Asked(NOW + 2 * HOUR, NOW + 3 * HOUR), Asked(NOW + HOUR, NOW + 3 * HOUR)]
        plan = after_replacing(asks, NOW + 3 * HOUR, wave=0, ruleset=RULES, now=NOW)
        assert (plan.step, plan.at) == (NextStep.AWAIT_ANSWERS, NOW + HOUR)


class TestAfterTheHandOver:
    @pytest.mark.parametrize(("hours", "again"), [(72, 24), (20, 2)])
    def test_the_house_looks_again_sooner_when_it_is_urgent(
        self, hours: float, again: float
    ) -> None:
        plan = after_hand_over(wanted_in(hours), RULES, NOW)
        assert (plan.step, plan.at) == (NextStep.BROKER, NOW + again * HOUR)

    def test_its_asker_says_how_it_ended_when_the_time_is_over(self) -> None:
        plan = after_hand_over(wanted_in(0.1), RULES, NOW)
        assert (plan.step, plan.at) == (NextStep.CHASE, NOW + 24 * HOUR)


@pytest.mark.parametrize(
    ("waiting", "hours"),
    [
        (Waiting(EntryKind.NEED, NOW, ("childcare",), "category", setting="home"), 4),
        (Waiting(EntryKind.NEED, NOW, ("shopping",), "account", urgent=True), 4),
        (Waiting(EntryKind.OFFER, NOW, ("goods",), "first_offer"), 24),
    ],
)
def test_a_held_thing_is_promised_by_the_clock_of_its_risk_or_the_places_if_sooner(
    waiting: Waiting, hours: float
) -> None:
    plan = when_held(waiting, RULES)
    assert (plan.step, plan.at) == (NextStep.AWAIT_CUSTODIAN, NOW + hours * HOUR)


def test_every_other_state_has_its_step() -> None:
    assert when_filled(NEED, NOW).at == NOW + 24 * HOUR
    assert when_filled(wanted_in(3), NOW).at == NOW + 3 * HOUR
    assert when_filled(wanted_in(-3), NOW).at == NOW
    assert when_arranged(NOW).step is NextStep.VISIT
    assert when_done(NOW, RULES).at == NOW + 72 * HOUR
