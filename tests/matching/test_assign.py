"""Choosing among many pairs at once: worked examples, degenerate shapes, bad arguments."""

import numpy as np
import pytest

from enabler.domain.errors import Invalid
from enabler.matching import assign


def chosen(result):
    return list(zip(result.need.tolist(), result.offer.tolist(), strict=True))


class TestChoosing:
    def test_prefers_the_greater_total_to_the_greatest_single_score(self):
        result = assign([0, 0, 1], [0, 1, 0], [10, 9, 9], [1, 1], [1, 1])

        assert chosen(result) == [(0, 1), (1, 0)]
        assert result.objective == 18

    def test_fills_a_slot_even_where_that_costs_score(self):
        result = assign([0, 1, 1], [0, 0, 1], [100, 1000, -500], [1, 1], [1, 1])

        assert result.filled == 2
        assert result.objective == -400

    def test_serves_the_need_of_higher_priority_when_there_is_one_helper(self):
        result = assign([0, 1], [0, 0], [1000, 1], [1, 1], [1], priority=[100, 101])

        assert chosen(result) == [(1, 0)]

    def test_fills_two_needs_rather_than_one_of_great_priority(self):
        """Priority chooses among as many as can be: it never leaves a helper idle."""
        result = assign([0, 0, 1], [0, 1, 0], [0, 0, 0], [1, 1], [1, 1], priority=[10**30, 1])

        assert result.filled == 2

    def test_gives_a_need_of_several_slots_different_offers(self):
        result = assign([0, 0, 0], [0, 1, 2], [5, 7, 6], [2], [9, 9, 9])

        assert chosen(result) == [(0, 1), (0, 2)]

    def test_uses_an_offer_as_often_as_its_capacity(self):
        result = assign([0, 1, 2], [0, 0, 0], [5, 7, 6], [1, 1, 1], [2])

        assert chosen(result) == [(1, 0), (2, 0)]

    def test_moves_an_earlier_choice_to_make_room(self):
        """A chain: each need can only be filled if the one before moves on."""
        need = [0, 0, 1, 1, 2, 2, 3]
        offer = [0, 1, 1, 2, 2, 3, 0]
        result = assign(need, offer, [9, 0, 9, 0, 9, 0, 0], [1] * 4, [1] * 4)

        assert result.filled == 4

    def test_counts_the_better_row_of_a_pair_given_twice(self):
        result = assign([0, 0], [0, 0], [3, 8], [2], [2])

        assert (result.filled, result.objective, result.pair.tolist()) == (1, 8, [1])


class TestDegenerate:
    @pytest.mark.parametrize(
        ("slots", "capacity"), [([], []), ([1, 2], []), ([], [3]), ([1], [1]), ([0, 0], [0])]
    )
    def test_no_pairs_fill_nothing(self, slots, capacity):
        result = assign([], [], [], slots, capacity)

        assert (result.filled, result.objective, result.optimal) == (0, 0, True)
        assert result.need_price.tolist() == [0] * len(slots)

    def test_capacity_zero_and_slots_zero_take_nobody(self):
        result = assign([0, 0, 1], [0, 1, 1], [5, 5, 5], [1, 0], [0, 0])

        assert result.filled == 0

    def test_five_hundred_slots_take_the_five_hundred_best(self):
        score = np.random.default_rng(1).integers(-1000, 1000, 2000)
        result = assign(np.zeros(2000, int), np.arange(2000), score, [500], np.ones(2000, int))

        assert result.filled == 500
        assert result.objective == np.sort(score)[-500:].sum()

    def test_more_slots_than_offers_leave_the_rest_open(self):
        result = assign([0, 0], [0, 1], [1, 1], [10**9], [10**9, 10**9])

        assert result.filled == 2

    def test_ten_thousand_identical_needs_share_what_there_is(self):
        need, offer = np.divmod(np.arange(50_000), 5)
        result = assign(need, offer, np.full(50_000, 7), np.ones(10_000, int), [100] * 5)

        assert (result.filled, result.objective) == (500, 3500)

    def test_ten_thousand_identical_pairs(self):
        need, offer = np.divmod(np.arange(10_000), 100)
        result = assign(need, offer, np.zeros(10_000), [1] * 100, [1] * 100)

        assert result.filled == 100

    def test_the_largest_scores_and_many_priorities_do_not_overflow(self):
        generator = np.random.default_rng(2)
        need, offer = np.divmod(np.arange(40_000), 200)
        score = generator.integers(2**31 - 9, 2**31, 40_000) * generator.choice([-1, 1], 40_000)
        priority = [3**k for k in range(200)]
        result = assign(need, offer, score, [1] * 200, [1] * 150 + [0] * 50, priority=priority)

        assert result.filled == 150
        assert result.need.tolist() == list(range(50, 200))

    def test_prices_beyond_63_bits_are_whole_numbers_still(self):
        """As many priorities as needs, and the largest scores: worth goes beyond int64."""
        needs = 40_000
        result = assign(
            np.arange(needs), np.zeros(needs), np.full(needs, 2**31 - 1), np.ones(needs),
            [needs - 1], priority=range(1, needs + 1),
        )  # fmt: skip

        assert result.filled == needs - 1
        assert result.need[0] == 1
        assert result.worth[-1] > 2**62
        assert result.offer_price[0] == result.worth[0] + 2**31 - 1


class TestBadArguments:
    @pytest.mark.parametrize(
        ("arguments", "field", "code"),
        [
            (([0], [0], [1, 2], [1], [1]), "score", "lengths_differ"),
            (([1], [0], [1], [1], [1]), "need", "out_of_range"),
            (([0], [-1], [1], [1], [1]), "offer", "out_of_range"),
            (([0], [0], [1.5], [1], [1]), "score", "not_whole"),
            (([0], [0], [float("nan")], [1], [1]), "score", "not_whole"),
            (([0], [0], [2**31], [1], [1]), "score", "out_of_range"),
            (([0], [0], [-(2**31)], [1], [1]), "score", "out_of_range"),
            (([0], [0], [1], [-1], [1]), "slots", "out_of_range"),
            (([0], [0], [1], [1], [-1]), "capacity", "out_of_range"),
            (([0], [0], ["1"], [1], [1]), "score", "not_whole"),
            (([[0]], [0], [1], [1], [1]), "need", "not_whole"),
            (([[0], [0, 1]], [0], [1], [1], [1]), "need", "not_whole"),
        ],
    )
    def test_are_refused_by_name(self, arguments, field, code):
        with pytest.raises(Invalid) as refusal:
            assign(*arguments)

        assert (refusal.value.field, refusal.value.code) == (field, code)

    @pytest.mark.parametrize(
        ("priority", "code"),
        [
            ([1, 2], "lengths_differ"),
            ([0], "out_of_range"),
            ([1.5], "not_whole"),
            (["a"], "not_whole"),
            ([True], "not_whole"),
            ([[1]], "not_whole"),
            ([[1], [1, 2]], "not_whole"),
        ],
    )
    def test_refuses_a_priority_that_means_nothing(self, priority, code):
        with pytest.raises(Invalid) as refusal:
            assign([0], [0], [1], [1], [1], priority=priority)

        assert (refusal.value.field, refusal.value.code) == ("priority", code)

    @pytest.mark.parametrize("further", [float("nan"), 0.5, True, "1", None, [1]])
    def test_refuses_a_cost_of_further_matches_that_is_not_whole(self, further):
        with pytest.raises(Invalid) as refusal:
            assign([0, 1], [0, 0], [1, 1], [1, 1], [2], further=further)

        assert (refusal.value.field, refusal.value.code) == ("further", "not_whole")

    @pytest.mark.parametrize("further", [np.uint8(200), np.int32(2**31 - 1), 2**61, 10**30])
    def test_counts_further_matches_exactly_however_dear(self, further):
        """Five matches of one offer: 0 + 1 + 3 + 6 + 10 times the cost."""
        result = assign(range(5), [0] * 5, [1] * 5, [1] * 5, [5], further=further)

        assert (result.filled, result.objective) == (5, 5 - 20 * int(further))

    def test_takes_whole_floats(self):
        assert assign([0.0], [0.0], [-3.0], [1.0], [1.0]).objective == -3
