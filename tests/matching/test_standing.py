"""An optimum that stands: after any changes, as good as solving from the start."""

import os
import subprocess
import sys
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enabler.domain.errors import Invalid, LimitReached
from enabler.matching import assign
from enabler.matching.rows import Rows
from enabler.matching.solving import choose
from enabler.matching.standing import MOST_PLACES, MOST_PRIORITY, Limits, Standing
from tests.matching.test_solving import rows_of

FURTHER = (0, 15)


@dataclass
class World:
    """What a standing choice was told, so that it can be solved afresh."""

    standing: Standing
    further: int = 0
    needs: dict[int, list[int]] = field(default_factory=dict)
    offers: dict[int, int] = field(default_factory=dict)
    pairs: dict[tuple[int, int], int] = field(default_factory=dict)

    def enter_need(self, random, slots=None):
        offers = [j for j in self.offers if random.random() < 0.5]
        scores = [random.randint(-20, 100) for _ in offers]
        slots, priority = random.randint(0, 3) if slots is None else slots, random.randint(1, 3)
        i = self.standing.enter_need(offers, scores, slots=slots, priority=priority)
        self.needs[i] = [slots, priority]
        self.pairs |= {(i, j): s for j, s in zip(offers, scores, strict=True)}

    def enter_offer(self, random):
        needs = [i for i in self.needs if random.random() < 0.5]
        scores = [random.randint(-20, 100) for _ in needs]
        capacity = random.randint(0, 3)
        j = self.standing.enter_offer(needs, scores, capacity=capacity)
        self.offers[j] = capacity
        self.pairs |= {(i, j): s for i, s in zip(needs, scores, strict=True)}

    def withdraw_need(self, random):
        if self.needs:
            i = random.choice(sorted(self.needs))
            self.standing.withdraw_need(i)
            del self.needs[i]
            self.pairs = {pair: s for pair, s in self.pairs.items() if pair[0] != i}

    def withdraw_offer(self, random):
        if self.offers:
            j = random.choice(sorted(self.offers))
            self.standing.withdraw_offer(j)
            del self.offers[j]
            self.pairs = {pair: s for pair, s in self.pairs.items() if pair[1] != j}

    def resize_need(self, random):
        if self.needs:
            i = random.choice(sorted(self.needs))
            self.needs[i][0] = random.randint(0, 4)
            self.standing.resize_need(i, self.needs[i][0])

    def resize_offer(self, random):
        if self.offers:
            j = random.choice(sorted(self.offers))
            self.offers[j] = random.randint(0, 5)
            self.standing.resize_offer(j, self.offers[j])

    def afresh(self):
        """Solved from the start: (slots filled by priority, objective)."""
        left, right = sorted(self.needs), sorted(self.offers)
        need = [left.index(i) for i, _ in self.pairs]
        offer = [right.index(j) for _, j in self.pairs]
        priority = [self.needs[i][1] for i in left]
        found = assign(
            need, offer, list(self.pairs.values()), [self.needs[i][0] for i in left],
            [self.offers[j] for j in right], priority=priority, further=self.further,
        )  # fmt: skip
        return sum(priority[i] for i in found.need), found.objective

    def standing_now(self):
        choice = self.standing.choice()
        assert {
            (i, j) for i, j in zip(choice.need.tolist(), choice.offer.tolist(), strict=True)
        } <= set(self.pairs)
        return sum(self.needs[i][1] for i in choice.need.tolist()), choice.objective


EVENTS = (
    World.enter_need, World.enter_need, World.enter_need, World.enter_offer, World.enter_offer,
    World.withdraw_need, World.withdraw_offer, World.resize_need, World.resize_offer,
)  # fmt: skip


@given(st.randoms(use_true_random=False), st.sampled_from(FURTHER), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_after_any_changes_it_is_what_solving_afresh_would_find(random, further, events):
    world = World(Standing(further=further), further)
    for _ in range(events):
        random.choice(EVENTS)(world, random)
    world.standing.prove()

    assert world.standing_now() == world.afresh()


def test_it_is_optimal_after_each_of_a_thousand_changes_of_a_town():
    """Rows move, pools are swept: a long life, proved at every step."""
    generator = np.random.default_rng(4)
    rows, slots, capacity = rows_of(generator, needs=200, offers=150, degree=8)
    standing = Standing.of(rows, slots, capacity)
    alive = list(range(200))
    for event in range(1000):
        if event % 3 == 2:
            standing.withdraw_need(alive.pop(int(generator.integers(len(alive)))))
        elif event % 30 == 0:
            needs = generator.choice(alive, 12, replace=False)
            standing.enter_offer(needs, generator.integers(0, 1000, 12), capacity=2)
        else:
            offers = generator.choice(150, 8, replace=False)
            alive.append(standing.enter_need(offers, generator.integers(0, 1000, 8)))
        standing.prove()
    choice = standing.choice()

    assert choice.filled == standing.filled == len(choice.row)
    assert choice.filled > 150


def test_it_begins_where_a_solved_round_ended():
    rows, slots, capacity = rows_of(np.random.default_rng(5), needs=80, offers=60, degree=5)
    standing = Standing.of(rows, slots, capacity)
    afresh = choose(rows, slots, capacity)

    assert (standing.choice().filled, standing.choice().objective) == (
        afresh.filled,
        afresh.objective,
    )


def test_a_need_that_comes_moves_another_on_only_if_it_must():
    standing = Standing()
    near, far = standing.enter_offer([], []), standing.enter_offer([], [])
    first = standing.enter_need([near, far], [100, 40])
    second = standing.enter_need([near], [10])
    choice = standing.choice()

    assert dict(zip(choice.need.tolist(), choice.offer.tolist(), strict=True)) == {
        first: far, second: near,
    }  # fmt: skip


class TestBadArguments:
    def standing(self):
        standing = Standing()
        standing.enter_offer([], [], capacity=1)
        standing.enter_need([0], [5])
        return standing

    @pytest.mark.parametrize(
        ("call", "code"),
        [
            (lambda s: s.enter_need([1], [5]), "out_of_range"),
            (lambda s: s.enter_need([0, 0], [5, 5]), "given_twice"),
            (lambda s: s.enter_need([0], [5, 6]), "lengths_differ"),
            (lambda s: s.enter_need([0], [5], slots=-1), "out_of_range"),
            (lambda s: s.enter_need([0], [5], priority=MOST_PRIORITY + 1), "out_of_range"),
            (lambda s: s.enter_offer([3], [5]), "out_of_range"),
            (lambda s: s.enter_offer([0], [5], capacity=MOST_PLACES + 1), "out_of_range"),
            (lambda s: s.withdraw_need(7), "out_of_range"),
            (lambda s: s.withdraw_offer(-1), "out_of_range"),
            (lambda s: s.resize_need(0, -1), "out_of_range"),
            (lambda s: s.resize_need(0, 1.5), "not_whole"),
            (lambda s: s.resize_need(0, 2**70), "out_of_range"),
            (lambda s: s.resize_offer(0, True), "not_whole"),
            (lambda s: s.withdraw_need(0.5), "not_whole"),
            (lambda s: s.enter_need([0.5], [5]), "not_whole"),
            (lambda s: s.enter_need([0], [5.5]), "not_whole"),
            (lambda s: s.enter_need([0], np.array([2**64 - 5], np.uint64)), "not_whole"),
            (lambda s: s.enter_offer([0], [float("nan")]), "not_whole"),
        ],
    )
    def test_are_refused_and_change_nothing(self, call, code):
        standing = self.standing()
        with pytest.raises(Invalid) as refusal:
            call(standing)

        assert refusal.value.code == code
        assert standing.filled == 1

    @pytest.mark.parametrize(
        "call",
        [
            lambda s: s.enter_need([1], [5]),
            lambda s: s.enter_offer([1], [5]),
            lambda s: s.resize_need(1, 2),
            lambda s: s.resize_offer(1, 2),
            lambda s: s.withdraw_need(1),
            lambda s: s.withdraw_offer(1),
        ],
    )
    def test_who_is_no_more_is_not_spoken_of_again(self, call):
        standing = self.standing()
        standing.enter_offer([0], [5])
        standing.enter_need([1], [5])
        standing.withdraw_need(1)
        standing.withdraw_offer(1)
        with pytest.raises(Invalid) as refusal:
            call(standing)
        standing.prove()

        assert refusal.value.code == "withdrawn"

    @pytest.mark.parametrize("further", [-1, 0.5, float("nan"), True, "1"])
    def test_a_cost_of_further_matches_is_a_whole_number(self, further):
        with pytest.raises(Invalid):
            Standing(further=further)

    @pytest.mark.parametrize(
        ("column", "code"),
        [
            ({"slots": np.array([-1])}, "out_of_range"),
            ({"slots": np.array([1, 1])}, "lengths_differ"),
            ({"capacity": np.array([1.5])}, "not_whole"),
            ({"capacity": np.array([-1])}, "out_of_range"),
            ({"priority": np.array([1, 1])}, "lengths_differ"),
            ({"priority": np.array([0])}, "out_of_range"),
        ],
    )
    def test_columns_that_make_no_sense_do_not_stand(self, column, code):
        rows = Rows(np.array([0, 1]), np.zeros(1, np.int32), np.zeros(1, np.int32))
        with pytest.raises(Invalid) as refusal:
            Standing.of(rows, **{"slots": np.array([1]), "capacity": np.array([1])} | column)

        assert refusal.value.code == code


class TestLimits:
    """Beyond them a slot could be left open for the sake of a score."""

    def test_points_beyond_the_limits_are_refused(self):
        standing = Standing(limits=Limits(needs=10, points=10))
        standing.enter_offer([], [])
        with pytest.raises(LimitReached):
            standing.enter_need([0], [11])

    def test_needs_beyond_the_limits_are_refused_until_another_goes(self):
        standing = Standing(limits=Limits(needs=2, points=10))
        standing.enter_need([], [])
        standing.enter_need([], [])
        with pytest.raises(LimitReached):
            standing.enter_need([], [])
        standing.withdraw_need(0)

        assert standing.enter_need([], []) == 2

    @pytest.mark.parametrize("limits", [Limits(points=5), Limits(needs=0)])
    def test_what_stands_from_the_start_keeps_them_too(self, limits):
        rows = Rows(np.array([0, 1]), np.zeros(1, np.int32), np.full(1, -6, np.int32))
        with pytest.raises(LimitReached):
            Standing.of(rows, np.array([1]), np.array([1]), limits=limits)

    def test_scores_that_four_bytes_do_not_hold_are_refused(self):
        with pytest.raises(LimitReached):
            Standing(limits=Limits(needs=1, points=2**40))

    def test_no_cost_of_further_matches_leaves_a_slot_open(self):
        standing = Standing(further=10**5, limits=Limits(needs=400, points=10))
        offer = standing.enter_offer([], [], capacity=400)
        for _ in range(400):
            standing.enter_need([offer], [0])

        assert standing.filled == 400

    def test_a_cost_of_further_matches_beyond_all_bounds_is_refused(self):
        with pytest.raises(LimitReached):
            Standing(further=10**9)

    def test_however_long_the_chain_the_last_slot_is_filled(self):
        standing = Standing(limits=Limits(needs=11, points=10))
        for _ in range(11):
            standing.enter_offer([], [])
        for first in range(10):
            standing.enter_need([first, first + 1], [10, -10])
        standing.enter_need([0], [-10])

        assert standing.filled == 11


@pytest.mark.parametrize("setting", [{"NUMBA_BOUNDSCHECK": "1"}, {"NUMBA_DISABLE_JIT": "1"}])
def test_with_bounds_checked_and_uncompiled_it_is_the_same(setting, tmp_path):
    """Machine code checks no index of its own accord."""
    program = (
        "import numpy as np\n"
        "from tests.matching.test_solving import rows_of\n"
        "from enabler.matching.standing import Standing\n"
        "from enabler.matching.solving import choose\n"
        "g = np.random.default_rng(6)\n"
        "rows, slots, capacity = rows_of(g, needs=700, offers=400, degree=8)\n"
        "print(choose(rows, slots, capacity).objective)\n"
        "s = Standing.of(rows, slots, capacity, further=3)\n"
        "for k in range(60):\n"
        "    s.enter_need(g.choice(100, 9, replace=False), g.integers(0, 99, 9))\n"
        "    s.withdraw_need(k)\n"
        "    s.resize_offer(k, k % 4)\n"
        "    s.enter_offer(np.arange(100 + k, 120 + k), np.arange(20))\n"
        "    s.withdraw_offer(100 + k)\n"
        "s.prove()\n"
        "print(s.choice().objective)\n"
    )

    def ran(**more):
        environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "machine code")} | more
        run = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    plain = {"NUMBA_BOUNDSCHECK": "0", "NUMBA_CACHE_DIR": os.environ.get("NUMBA_CACHE_DIR", "")}
    assert ran(**setting) == ran(**plain)
