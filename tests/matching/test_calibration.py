"""Whether chances come true, by hand and in the long run."""

import numpy as np
import pytest

from enabler.matching.answer_curve import PRIOR_YES
from enabler.matching.ask_columns import Outcome
from enabler.matching.calibration import judged, standing_for
from tests.matching.asked import World, simulated


def floats(*values):
    return np.array(values, dtype=float)


class TestJudged:
    def test_the_score_is_the_mean_of_the_squares(self):
        found = judged(floats(0.9, 0.2, 0.5, 0.0), floats(1, 0, 0, 0))

        assert found.brier == pytest.approx((0.01 + 0.04 + 0.25 + 0) / 4)
        assert found.base_brier == pytest.approx(0.25 * 0.75)

    def test_tenths_hold_as_many_asks_each_from_the_least_likely_on(self):
        chances = np.arange(20) / 20
        found = judged(chances[::-1], (chances >= 0.5).astype(float)[::-1])

        assert [tenth.n for tenth in found.deciles] == [2] * 10
        assert [tenth.forecast for tenth in found.deciles] == pytest.approx(
            [0.025 + 0.1 * k for k in range(10)]
        )
        assert [tenth.seen for tenth in found.deciles] == [0] * 5 + [1] * 5

    def test_asks_of_one_chance_are_alike_wherever_a_tenth_ends(self):
        found = judged(np.full(20, 0.3), np.repeat([0.0, 1.0], 10))

        assert {tenth.seen for tenth in found.deciles} == {0.5}

    def test_the_order_changes_nothing(self):
        random = np.random.default_rng(1)
        chances, yes = np.round(random.random(500), 1), (random.random(500) < 0.4).astype(float)
        order = random.permutation(500)

        assert judged(chances, yes) == judged(chances[order], yes[order])

    def test_few_asks_make_few_tenths(self):
        assert len(judged(floats(0.1, 0.9), floats(0, 1)).deciles) == 2

    def test_nothing_asked_is_nothing_said(self):
        found = judged(floats(), floats())

        assert (found.brier, found.base_brier, found.deciles) == (0, 0, ())

    def test_true_chances_are_within_five_points_and_beat_the_share(self):
        asked, chance = simulated(World(spread=1.2), 20_000, 500, seed=1)
        found = judged(chance, asked.yes.astype(float))

        assert found.brier < found.base_brier
        assert all(abs(tenth.forecast - tenth.seen) < 0.05 for tenth in found.deciles)


class TestStandingFor:
    def test_those_who_end_stand_for_those_cut_short_before(self):
        """Of four the second is cut short at 2: the two after it stand for three."""
        found = standing_for(floats(1, 2, 3, 4), np.array([False, True, False, False]), 99)

        assert found == pytest.approx([1, 0, 1.5, 1.5])

    def test_whoever_is_cut_short_later_is_known_until_then(self):
        found = standing_for(floats(1, 2, 9, 9), np.array([False, True, True, False]), 5)

        assert found == pytest.approx([1, 0, 1.5, 1.5])

    def test_nobody_stands_for_more_than_ten(self):
        assert standing_for(np.arange(100.0), np.arange(100) < 99, 999)[99] == 10

    def test_without_it_true_chances_would_look_too_low(self):
        """Half of the asks are cut short within the hour that is judged."""
        asked, chance = simulated(World(cut=60), 20_000, 500, seed=1)
        cut = asked.outcome == Outcome.CUT_SHORT
        yes = (asked.yes & (asked.minutes <= 60)).astype(float)
        hour = chance * PRIOR_YES.by(np.array([60.0]))
        known = ~cut | (asked.minutes >= 60)

        fair = judged(hour, yes, standing_for(asked.minutes, cut, 60))
        assert yes[known].mean() - hour.mean() > 0.05
        assert all(abs(tenth.forecast - tenth.seen) < 0.05 for tenth in fair.deciles)
