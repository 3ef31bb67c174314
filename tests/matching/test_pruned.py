"""A round from the best pairs only is as good as one from all pairs, however few are kept."""

import numpy as np
import pytest
from hypothesis import given as invented
from hypothesis import settings
from hypothesis import strategies as st

from enabler.matching.kernels import markets
from enabler.matching.pruned import choose_from, kept_at_first
from enabler.matching.search import Grid, search
from enabler.matching.solving import choose
from tests.matching.sides import NEARNESS, at_random


def scarce(seed, needs=60, offers=25):
    """More slots than places, so that many needs must take what is left."""
    generator = np.random.default_rng(seed)
    wanted, given = at_random(needs, offers, seed=seed, side=4_000)
    return Grid.of(given), wanted, generator.integers(0, 3, needs), generator.integers(0, 3, offers)


@invented(
    st.integers(0, 10**6), st.integers(0, 6), st.sampled_from([0, 9]), st.booleans(),
    st.integers(1, 60),
)  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_is_as_good_as_from_all_pairs(seed, keep, further, ranked, offers):
    grid, wanted, slots, capacity = scarce(seed, offers=offers)
    priority = (1 + np.arange(60) % 3).tolist() if ranked else None
    rows = search(grid, wanted, nearness=NEARNESS).rows
    best = choose(rows, slots, capacity, priority=priority, further=further)
    cut = choose_from(
        grid, wanted, slots, capacity,
        nearness=NEARNESS, keep=keep, priority=priority, further=further,
    )  # fmt: skip

    def goals(choice):
        weights = [priority[i] if priority else 1 for i in choice.need]
        return sum(weights), choice.objective

    assert goals(cut.choice) == goals(best)
    assert cut.admitted.tolist() == np.diff(rows.first).tolist()


@pytest.mark.parametrize(("needs", "offers"), [(0, 0), (3, 0), (0, 3)])
def test_an_empty_side_has_no_rows(needs, offers):
    wanted, given = at_random(needs, offers, seed=1, side=4_000)
    slots, capacity = np.ones(needs, int), np.ones(offers, int)
    found = choose_from(Grid.of(given), wanted, slots, capacity, nearness=NEARNESS)

    assert (found.choice.filled, len(found.rows), len(found.rows.first)) == (0, 0, needs + 1)


def test_reopens_nobody_where_places_are_plentiful():
    grid, wanted, slots, _ = scarce(3, offers=60)
    found = choose_from(grid, wanted, slots, np.full(60, 100), nearness=NEARNESS, keep=2)

    assert (found.reopened, found.passes) == (0, 0)


def test_reopens_some_where_places_are_scarce_and_proves_it_over_every_pair():
    grid, wanted, slots, capacity = scarce(4)
    found = choose_from(grid, wanted, slots, capacity, nearness=NEARNESS, keep=1)
    every = search(grid, wanted, nearness=NEARNESS).rows
    prices = found.choice.need_price, found.choice.offer_price
    need = np.repeat(np.arange(60), np.diff(every.first))
    over = prices[0][need] + prices[1][every.offer] - found.choice.worth[need] - every.score
    taken = set(zip(found.choice.need.tolist(), found.choice.offer.tolist(), strict=True))
    others = [pair not in taken for pair in zip(need.tolist(), every.offer.tolist(), strict=True)]

    assert found.reopened > 0
    assert (over[others] >= 0).all()


def test_a_proof_that_was_tampered_with_is_seen(monkeypatch):
    """If nobody were reopened, the optimum over the few kept would not be the optimum over all."""
    grid, wanted, slots, capacity = scarce(4)
    whole = choose_from(grid, wanted, slots, capacity, nearness=NEARNESS, keep=1)
    monkeypatch.setattr(markets, "doubtful", lambda market, cut: np.zeros(0, dtype=np.int64))
    cheated = choose_from(grid, wanted, slots, capacity, nearness=NEARNESS, keep=1)

    assert cheated.choice.filled < whole.choice.filled


@pytest.mark.parametrize(("capacity", "keep"), [([10], 32), ([3], 64)])
def test_keeps_more_where_places_are_scarce(capacity, keep):
    assert kept_at_first(np.array([2, 2]), np.array(capacity)) == keep
