"""What the greedy guarantees, against every set of at most ten candidates."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enabler.matching.asking import Stop, decide
from enabler.matching.situations import Situation, dues_of
from enabler.matching.yeses import yeses
from tests.matching.asks import NO_TURNS, PRESSING, WIDE, a_situation

EACH = 1500
"""Points of a yes where all scores are 500."""


def drawn(seed: int, alike: bool) -> Situation:
    """Up to ten candidates whose yeses are worth the same; their asks cost the same, or not."""
    rng = random.Random(seed)
    count = rng.randint(1, 10)
    costs = {} if alike else {
        "asks_week": tuple(rng.randint(0, 6) for _ in range(count)),
        "helps_week": tuple(rng.randint(0, 3) for _ in range(count)),
    }  # fmt: skip
    return a_situation(
        *(rng.uniform(0.01, 0.6) for _ in range(count)),
        wanted=rng.randint(1, 3), pace=WIDE, columns=costs,
        out=tuple(rng.uniform(0, 0.4) for _ in range(rng.randint(0, 2))),
    )  # fmt: skip


def sets(situation: Situation) -> list[tuple[int, ...]]:
    """Every set of candidates, by their positions."""
    count = len(situation.candidates)
    return [chosen for size in range(count + 1) for chosen in combinations(range(count), size)]


def dues(situation: Situation, chosen: Sequence[int]) -> float:
    costs = dues_of(situation.candidates, situation.weights)
    return float(sum(costs[at] for at in chosen))


def worth(situation: Situation, chosen: Sequence[int]) -> float:
    """W: points of the slots that get a yes, less the dues of the asks."""
    chances = [*situation.out, *(situation.candidates.effective[at] for at in chosen)]
    return EACH * yeses(chances, situation.wanted).filled - dues(situation, chosen)


def greedy(situation: Situation) -> tuple[int, ...]:
    return tuple(situation.candidates.offer.index(ask.offer) for ask in decide(situation).asks)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_where_asks_cost_the_same_no_set_is_better(seed: int) -> None:
    situation = drawn(seed, alike=True)
    best = max(worth(situation, chosen) for chosen in sets(situation))

    assert worth(situation, greedy(situation)) == pytest.approx(best, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_no_set_is_better_by_more_than_the_dues_of_those_who_are_not_in_it(seed: int) -> None:
    situation = drawn(seed, alike=False)
    found = greedy(situation)
    assert decide(situation).stop in (Stop.NOBODY, Stop.LIKELY)
    for other in sets(situation):
        others = dues(situation, sorted(set(found) - set(other)))
        assert worth(situation, found) >= worth(situation, other) - others - 1e-6


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_each_ask_adds_what_it_says(seed: int) -> None:
    situation = drawn(seed, alike=False)
    found = greedy(situation)
    for size, ask in enumerate(decide(situation).asks):
        gained = worth(situation, found[: size + 1]) - worth(situation, found[:size])
        assert ask.adds == pytest.approx(gained, abs=1e-6)
        assert ask.adds > 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.5, 0.8, 0.95]))
def test_no_smaller_set_reaches_the_target(seed: int, target: float) -> None:
    situation = replace(
        drawn(seed, alike=True),
        pace=replace(PRESSING, target=target, flight=100), weights=replace(NO_TURNS, cost=1),
    )  # fmt: skip
    found = decide(situation)
    sure = [
        len(chosen)
        for chosen in sets(situation)
        if yeses(
            [*situation.out, *(situation.candidates.effective[at] for at in chosen)],
            situation.wanted,
        ).likely
        >= found.aim
    ]

    assert (found.stop is Stop.LIKELY) == bool(sure)
    assert not sure or len(found.asks) == min(sure)


def test_with_unequal_costs_it_can_miss_the_best_and_stays_within_its_bound() -> None:
    """Somebody likely and dear stands before two who are cheap: no factor holds, the bound does."""
    situation = a_situation(
        0.9, 0.6, 0.6, pace=WIDE, columns={"asks_week": (30, 0, 0)},
        weights=replace(NO_TURNS, tiring=14),
    )  # fmt: skip
    found = greedy(situation)
    best = max(sets(situation), key=lambda chosen: worth(situation, chosen))

    assert found[0] == 0
    assert best == (1, 2)
    missed = worth(situation, best) - worth(situation, found)
    assert 0 < missed <= dues(situation, sorted(set(found) - set(best)))
