"""The assignment is the best there is: against every choice, against scipy, and by its proof."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import coo_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from enabler.matching import ProofFailed, assign
from enabler.matching.kernels import markets
from enabler.matching.rows import Rows
from enabler.matching.solving import worths


@st.composite
def problems(draw, most=4, most_pairs=10):
    needs, offers = draw(st.integers(1, most)), draw(st.integers(1, most))
    every = [(i, j) for i in range(needs) for j in range(offers)]
    pairs = draw(st.lists(st.sampled_from(every), max_size=most_pairs, unique=True))
    few = st.integers(-3, 3)
    score = draw(st.lists(few | st.integers(-1000, 1000), min_size=len(pairs), max_size=len(pairs)))
    slots = draw(st.lists(st.integers(0, 3), min_size=needs, max_size=needs))
    capacity = draw(st.lists(st.integers(0, 3), min_size=offers, max_size=offers))
    priority = draw(
        st.none() | st.lists(st.integers(1, 4) | st.just(10**25), min_size=needs, max_size=needs)
    )
    need, offer = [i for i, _ in pairs], [j for _, j in pairs]
    return (need, offer, score, slots, capacity), priority


def goals(problem, priority, rows):
    """(weighted slots filled, total score) of a choice of rows; None if it does not fit."""
    need, offer, score, slots, capacity = problem
    for side, room in ((need, slots), (offer, capacity)):
        if any(np.bincount([side[row] for row in rows], minlength=len(room)) > room):
            return None
    weight = priority or [1] * len(slots)
    return sum(weight[need[row]] for row in rows), sum(score[row] for row in rows)


def best_of_all(problem, priority):
    rows = range(len(problem[0]))
    choices = (choice for size in range(len(rows) + 1) for choice in combinations(rows, size))
    return max(filter(None, (goals(problem, priority, list(choice)) for choice in choices)))


@given(problems())
@settings(max_examples=120, deadline=None)
def test_no_choice_at_all_is_better(drawn):
    problem, priority = drawn
    result = assign(*problem, priority=priority)

    assert goals(problem, priority, result.pair.tolist()) == best_of_all(problem, priority)
    assert result.filled == len(result.pair)
    assert result.objective == sum(problem[2][row] for row in result.pair)
    assert result.optimal


@given(problems(most=6, most_pairs=30))
@settings(max_examples=120, deadline=None)
def test_primal_equals_dual(drawn):
    (need, offer, score, slots, capacity), priority = drawn
    result = assign(need, offer, score, slots, capacity, priority=priority)
    value = [int(result.worth[i]) + s for i, s in zip(need, score, strict=True)]
    left, right = result.need_price.tolist(), result.offer_price.tolist()
    over = sum(max(0, v - left[i] - right[j]) for i, j, v in zip(need, offer, value, strict=True))
    dual = sum(map(int.__mul__, slots, left)) + sum(map(int.__mul__, capacity, right)) + over

    assert dual == sum(value[row] for row in result.pair)


@given(problems(most=5, most_pairs=20), st.data())
@settings(max_examples=120, deadline=None)
def test_an_offers_price_is_what_one_more_place_would_add(drawn, data):
    (need, offer, score, slots, capacity), priority = drawn
    more = data.draw(st.integers(0, len(capacity) - 1))
    before = assign(need, offer, score, slots, capacity, priority=priority)
    capacity[more] += 1
    after = assign(need, offer, score, slots, capacity, priority=priority)

    def total(result):
        return sum(int(before.worth[i]) for i in result.need) + result.objective

    assert total(after) - total(before) == before.offer_price[more]
    assert after.filled >= before.filled


@given(problems(most=4, most_pairs=14), st.sampled_from([1, 5, 400]), st.data())
@settings(max_examples=100, deadline=None)
def test_an_offers_price_has_what_further_matches_cost_as_well(drawn, further, data):
    (need, offer, score, slots, capacity), priority = drawn
    more = data.draw(st.integers(0, len(capacity) - 1))
    before = assign(need, offer, score, slots, capacity, priority=priority, further=further)
    matches, room = before.offer.tolist().count(more), capacity[more]
    capacity[more] += 1
    after = assign(need, offer, score, slots, capacity, priority=priority, further=further)

    def total(result):
        return sum(int(before.worth[i]) for i in result.need) + result.objective

    added, price = total(after) - total(before), before.offer_price[more]
    dearest, following = (further * k * (k + 1) // 2 for k in (max(matches - 1, 0), matches))
    assert added == (max(0, price - following) if matches == room else 0)
    assert price >= dearest
    assert matches == room or price <= following


@given(problems(most=6, most_pairs=30), st.randoms(use_true_random=False))
@settings(max_examples=120, deadline=None)
def test_the_order_of_rows_changes_nothing(drawn, random):
    problem, priority = drawn
    rows = list(range(len(problem[0])))
    random.shuffle(rows)
    shuffled = [[column[row] for row in rows] for column in problem[:3]]
    one = assign(*problem, priority=priority)
    other = assign(*shuffled, *problem[3:], priority=priority)

    for name in ("need", "offer", "need_price", "offer_price"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()


@given(problems(most=6, most_pairs=30), st.randoms(use_true_random=False))
@settings(max_examples=120, deadline=None)
def test_renaming_needs_and_offers_keeps_filled_objective_and_offer_prices(drawn, random):
    (need, offer, score, slots, capacity), priority = drawn
    left, right = list(range(len(slots))), list(range(len(capacity)))
    random.shuffle(left)
    random.shuffle(right)

    def moved(places, column):
        return [one for _, one in sorted(zip(places, column, strict=True))]

    one = assign(need, offer, score, slots, capacity, priority=priority)
    other = assign(
        [left[i] for i in need],
        [right[j] for j in offer],
        score,
        moved(left, slots),
        moved(right, capacity),
        priority=priority and moved(left, priority),
    )

    assert (one.filled, one.objective) == (other.filled, other.objective)
    assert moved(right, one.offer_price.tolist()) == other.offer_price.tolist()


def sparse_problem(seed, needs=120, offers=90, degree=6):
    generator = np.random.default_rng(seed)
    need = np.repeat(np.arange(needs), degree)
    offer = generator.integers(0, offers, len(need))
    _, once = np.unique(need * offers + offer, return_index=True)
    return need[once], offer[once], generator.integers(-1000, 1001, len(once)), generator


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_scipy_on_one_slot_each(seed):
    need, offer, score, _ = sparse_problem(seed)
    result = assign(need, offer, score, np.ones(120, int), np.ones(90, int))
    graph = coo_array((np.ones(len(need)), (need, offer)), shape=(120, 90)).tocsr()
    dense = np.zeros((120, 90))
    dense[need, offer] = score + 1_000_000
    best = linear_sum_assignment(dense, maximize=True)
    most = (maximum_bipartite_matching(graph, perm_type="column") >= 0).sum()

    assert result.filled == most
    assert result.objective == dense[best].sum() - most * 1_000_000


@pytest.mark.parametrize("seed", range(4))
def test_agrees_with_an_integer_program_on_slots_capacities_and_priorities(seed):
    need, offer, score, generator = sparse_problem(seed, needs=40, offers=25, degree=8)
    slots, capacity = generator.integers(0, 4, 40), generator.integers(0, 4, 25)
    priority = generator.integers(1, 6, 40)
    result = assign(need, offer, score, slots, capacity, priority=priority)
    fits = [
        LinearConstraint(coo_array((np.ones(len(side)), (side, range(len(side))))).toarray(), ub=ub)
        for side, ub in ((need, slots), (offer, capacity))
    ]
    weights = priority[need].astype(float)
    whole = np.ones(len(need))
    first = milp(-weights, integrality=whole, bounds=(0, 1), constraints=fits)
    weighted = round(-first.fun)
    fill = LinearConstraint(weights[None, :], lb=weighted)
    second = milp(-score.astype(float), integrality=whole, bounds=(0, 1), constraints=[*fits, fill])

    assert priority[result.need].sum() == weighted
    assert result.objective == round(-second.fun)


class TestProof:
    def market(self):
        """Two needs and two offers, solved: need 0 takes offer 1, need 1 takes offer 0."""
        rows = Rows(
            np.array([0, 2, 3]), np.array([0, 1, 0], np.int32), np.array([10, 9, 9], np.int32)
        )
        one_each = np.array([1, 1])
        market = markets.opened(
            rows, one_each, one_each, worths(rows, one_each, one_each, None, 0), 0
        )
        markets.fill(market, np.array([0, 1]))
        markets.settle(market)
        return market

    def test_holds_for_what_was_solved(self):
        markets.prove(self.market())

    @pytest.mark.parametrize(
        ("column", "to", "code"),
        [
            ("chosen", [True, False, False], "open_slot_priced"),
            ("chosen", [True, False, True], "capacity_exceeded"),
            ("chosen", [True, True, True], "slots_exceeded"),
            ("need_price", [0, 0], "better_pair_left"),
            ("need_price", [-1, 0], "need_price_below_zero"),
            ("offer_price", [0, -1], "offer_price_below_cost"),
            ("offer_price", [10**6, 0], "worse_pair_chosen"),
            ("filled", [0, 1], "count_wrong"),
            ("used", [1, 0], "count_wrong"),
        ],
    )
    def test_fails_for_a_choice_or_prices_put_wrong(self, column, to, code):
        with pytest.raises(ProofFailed) as failure:
            markets.prove(self.market()._replace(**{column: to}))

        assert failure.value.code == code

    def test_fails_for_a_price_on_a_spare_place(self):
        market = self.market()
        prices = [market.offer_price[0], market.offer_price[1] + 1]

        with pytest.raises(ProofFailed) as failure:
            markets.prove(market._replace(capacity=[1, 2], offer_price=prices))

        assert failure.value.code == "spare_place_priced"
