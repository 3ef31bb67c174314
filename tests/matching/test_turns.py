"""The least asked get their turn, by a draw whose chances are known."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from enabler.domain.vocabulary import Risk
from enabler.matching.asking import Verdict, after, ask_shares, decide
from enabler.matching.situations import Situation, Weights
from enabler.matching.turns import draw, seed_of
from tests.matching.asks import LATER, PRESSING, SITUATIONS, a_situation

TURNS = Weights(turns_percent=40)
MIXED = a_situation(
    0.4, 0.35, 0.3, 0.25, 0.1, pace=LATER, weights=TURNS,
    columns={"asks_month": (7, 3, 0, 0, 0), "newcomer": (False, False, False, True, True)},
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(SITUATIONS)
def test_the_chances_of_being_next_add_up_to_one(situation: Situation) -> None:
    for ask in decide(situation).asks:
        shares = ask_shares(situation)
        assert sum(shares.values()) == pytest.approx(1)
        assert shares[ask.offer] == ask.propensity
        situation = after(situation, ask.offer)


def test_the_least_asked_and_the_new_have_the_better_odds() -> None:
    odds = {1: 1 / 8, 2: 1 / 4, 3: 1.0, 4: 4.0}
    together = sum(odds.values())
    wanted = {offer: 0.4 * odd / together + 0.6 * (offer == 1) for offer, odd in odds.items()}

    assert ask_shares(MIXED) == pytest.approx(wanted)


def test_over_many_needs_they_come_as_often_as_was_said() -> None:
    needs = 3000
    times = dict.fromkeys(MIXED.candidates.offer, 0)
    turns = 0
    for number in range(needs):
        (ask,) = decide(replace(MIXED, seed=seed_of(str(number), 1, "salt"))).asks
        times[ask.offer] += 1
        turns += ask.because is Verdict.TURN
        assert ask.first_thing == (ask.because is Verdict.TURN and ask.offer == 4)
    shares = ask_shares(MIXED)
    for offer, count in times.items():
        share = shares.get(offer, 0.0)
        assert count / needs == pytest.approx(share, abs=4 * (share / needs) ** 0.5)
    assert turns / needs == pytest.approx(0.4, abs=0.04)


def test_the_next_ask_of_a_need_has_a_draw_of_its_own() -> None:
    firsts = {decide(replace(MIXED, asked=asked)).asks[0].offer for asked in range(40)}

    assert len(firsts) > 1


@pytest.mark.parametrize(
    "situation",
    [replace(MIXED, pace=PRESSING), replace(MIXED, risk=Risk.HIGH),
     replace(MIXED, weights=Weights(turns_percent=0))],
)  # fmt: skip
def test_there_are_none_where_help_presses_or_much_can_go_wrong(situation: Situation) -> None:
    for number in range(50):
        found = decide(replace(situation, seed=seed_of(str(number), 1, "salt")))
        assert all((ask.because, ask.propensity) == (Verdict.ASKED, 1) for ask in found.asks)


@pytest.mark.parametrize("changed", [{"minutes": 90}, {"risk": Risk.MEDIUM}])
def test_nobody_new_begins_with_something_long_or_risky(changed: dict[str, object]) -> None:
    plain = replace(MIXED, **changed)

    assert not plain.is_first_thing
    assert ask_shares(plain)[4] == pytest.approx(ask_shares(plain)[3])


def test_a_turn_goes_to_nobody_whom_to_ask_does_not_pay() -> None:
    tired = replace(MIXED, candidates=replace(MIXED.candidates, asks_week=(0, 0, 0, 20, 0)))

    assert set(ask_shares(tired)) == {1, 2, 3}


def test_where_nobody_else_fits_the_turn_is_the_rules_own() -> None:
    alone = a_situation(0.6, 0.1, weights=TURNS)

    assert ask_shares(alone) == {1: 1.0}


def test_draws_are_even_and_repeat() -> None:
    draws = np.array([draw(seed_of(str(n), 1, "salt"), n % 3) for n in range(4000)])

    assert draws.min() >= 0
    assert draws.max() < 1
    assert np.abs(np.histogram(draws, 10, (0, 1))[0] / 4000 - 0.1).max() < 0.02
    assert draw(seed_of("7K4P", 3, "salt"), 2) == draw(seed_of("7K4P", 3, "salt"), 2)
    assert len({seed_of("7K4P", 3, "a"), seed_of("7K4P", 3, "b"), seed_of("7K4P", 4, "a")}) == 3
