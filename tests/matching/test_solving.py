"""The solver over rows: machine code and plain functions, the cost of further matches, ranks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from enabler.matching.kernels import markets
from enabler.matching.rows import Rows
from enabler.matching.solving import FEW, choose, filling_order, worths

UNMET = 1_000_000


def rows_of(generator, needs, offers, degree, most_slots=2, most_capacity=3):
    """Random rows, slots and capacities."""
    key = np.unique(
        np.repeat(np.arange(needs), degree) * offers + generator.integers(0, offers, needs * degree)
    )
    need, offer = np.divmod(key, offers)
    score = generator.integers(-100, 1000, len(key))
    order = np.lexsort((offer, -score, need))
    first = np.searchsorted(need, np.arange(needs + 1))
    rows = Rows(
        first.astype(np.int64), offer[order].astype(np.int32), score[order].astype(np.int32)
    )
    slots = generator.integers(0, most_slots + 1, needs)
    return rows, slots, generator.integers(0, most_capacity + 1, offers)


def by_flow(rows, slots, capacity, further=0):
    """(filled, objective) of a second opinion: OR-Tools' minimum cost flow, convex arcs and all."""
    flow, needs, offers = SimpleMinCostFlow(), len(slots), len(capacity)
    source, sink = needs + offers, needs + offers + 1
    need = np.repeat(np.arange(needs), np.diff(rows.first))
    pairs = flow.add_arcs_with_capacity_and_unit_cost(
        need, needs + rows.offer, np.ones(len(rows), int), -rows.score.astype(int)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        np.full(needs, source), np.arange(needs), slots, np.zeros(needs, int)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        np.arange(needs), np.full(needs, sink), slots, np.full(needs, UNMET)
    )
    for offer, places in enumerate(capacity.tolist()):
        for task in range(places):
            flow.add_arc_with_capacity_and_unit_cost(
                needs + offer, sink, 1, further * task * (task + 1) // 2
            )
    wanted = int(slots.sum())
    flow.set_node_supply(source, wanted)
    flow.set_node_supply(sink, -wanted)
    assert flow.solve() == flow.OPTIMAL
    filled = int(flow.flows(pairs).sum())
    return filled, -(flow.optimal_cost() - UNMET * (wanted - filled))


@given(st.integers(0, 10**6), st.sampled_from([0, 1, 7, 300]))
@settings(max_examples=60, deadline=None)
def test_agrees_with_a_minimum_cost_flow(seed, further):
    generator = np.random.default_rng(seed)
    needs, offers = generator.integers(1, 30, 2).tolist()
    rows, slots, capacity = rows_of(generator, needs, offers, degree=4)
    choice = choose(rows, slots, capacity, further=further)

    assert (choice.filled, choice.objective) == by_flow(rows, slots, capacity, further)


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_fills_no_less_along_any_line(seed):
    generator = np.random.default_rng(seed)
    rows, slots, capacity = rows_of(generator, 25, 15, degree=4)
    choice = choose(rows, slots, capacity, along=generator.integers(-9, 9, 25))
    other = choose(rows, slots, capacity)

    assert (choice.filled, choice.objective) == (other.filled, other.objective)


def test_goes_along_the_line_among_those_with_about_as_many_pairs():
    degree = np.array([1, 3, 2, 3, 9, 2])
    rows = Rows(np.append(0, np.cumsum(degree)), *np.zeros((2, degree.sum()), np.int32))
    worth = np.array([1, 1, 1, 2, 1, 1])
    along = np.array([9, 3, 2, 0, 0, 1])

    assert filling_order(rows, worth, along).tolist() == [3, 0, 5, 2, 1, 4]
    assert filling_order(rows, worth).tolist() == [3, 0, 2, 5, 1, 4]


@pytest.mark.parametrize(("offers", "further"), [(400, 0), (400, 25), (3000, 0)])
def test_machine_code_agrees_with_a_minimum_cost_flow(offers, further):
    rows, slots, capacity = rows_of(np.random.default_rng(offers), 1500, offers, degree=9)
    assert len(rows) > FEW
    choice = choose(rows, slots, capacity, further=further)

    assert (choice.filled, choice.objective) == by_flow(rows, slots, capacity, further)


@pytest.mark.parametrize("seed", range(3))
def test_machine_code_and_plain_functions_do_the_same(seed):
    generator = np.random.default_rng(seed)
    rows, slots, capacity = rows_of(generator, 700, 300, degree=9)
    worth = worths(rows, slots, capacity, generator.integers(1, 4, 700).tolist(), 5)
    one = markets.opened(rows, slots, capacity, worth, 5)
    assert markets.is_compiled(one)
    other = markets.as_lists(markets.opened(rows, slots, capacity, worth, 5))
    for market in (one, other):
        markets.fill(market, filling_order(rows, worth))
        markets.settle(market)
        markets.prove(market)

    for name in ("chosen", "need_price", "offer_price", "used", "taken"):
        assert list(getattr(one, name)) == list(getattr(other, name)), name


def test_further_matches_spread_the_load_among_equals():
    """Four needs, two helpers who suit all, one a little better: two each, not four and none."""
    rows = Rows(
        np.arange(0, 9, 2), np.array([0, 1] * 4, np.int32), np.array([105, 100] * 4, np.int32)
    )
    slots, capacity = np.ones(4, int), np.array([4, 4])

    assert np.bincount(choose(rows, slots, capacity).offer, minlength=2).tolist() == [4, 0]
    spread = choose(rows, slots, capacity, further=10)
    assert np.bincount(spread.offer, minlength=2).tolist() == [2, 2]
    assert (spread.cost, spread.objective) == (20, 410 - 20)


def test_no_cost_of_further_matches_leaves_a_slot_open():
    rows = Rows(np.arange(6), np.zeros(5, np.int32), np.zeros(5, np.int32))
    choice = choose(rows, np.ones(5, int), np.array([5]), further=10**6)

    assert choice.filled == 5


@given(st.integers(0, 10**6), st.data())
@settings(max_examples=60, deadline=None)
def test_one_more_helper_never_lowers_what_is_filled(seed, data):
    generator = np.random.default_rng(seed)
    rows, slots, capacity = rows_of(generator, 12, 9, degree=4)
    before = choose(rows, slots, capacity)
    more = capacity.copy()
    more[data.draw(st.integers(0, 8))] += 1
    after = choose(rows, slots, more)

    assert after.filled >= before.filled
    assert after.filled > before.filled or after.objective >= before.objective
