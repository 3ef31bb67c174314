"""How fast people answer: against a hand-made table, and against what was thought before."""

import numpy as np
import pytest

from enabler.matching.answer_curve import KNOTS, PRIOR_NO, PRIOR_YES, kaplan_meier, noes, yeses


def floats(*values):
    return np.array(values, dtype=float)


def flags(*values):
    return np.array(values, dtype=bool)


class TestKaplanMeier:
    def test_is_the_product_of_those_who_stay(self):
        """Of five one answers at 1; of four one at 2, when another is lost; the last at 4."""
        times, left = kaplan_meier(floats(1, 2, 2, 3, 4), flags(1, 1, 0, 0, 1), np.ones(5))

        assert times.tolist() == [1, 2, 4]
        assert left == pytest.approx([4 / 5, 4 / 5 * 3 / 4, 0])

    def test_counts_by_weight(self):
        twice = kaplan_meier(floats(1, 1, 2, 3), flags(1, 1, 0, 1), np.ones(4))
        weighed = kaplan_meier(floats(1, 2, 3), flags(1, 0, 1), floats(2, 1, 1))

        assert twice[1] == pytest.approx([0.5, 0])
        assert weighed[1] == pytest.approx(twice[1])

    def test_says_nothing_where_nothing_was_seen(self):
        times, left = kaplan_meier(floats(5, 9), flags(0, 0), np.ones(2))

        assert (len(times), len(left)) == (0, 0)

    def test_is_the_same_in_any_order(self):
        order = np.array([3, 0, 4, 2, 1])
        minutes, seen = floats(1, 2, 2, 3, 4), flags(1, 1, 0, 0, 1)

        one, other = (
            kaplan_meier(minutes, seen, np.ones(5)),
            kaplan_meier(minutes[order], seen[order], np.ones(5)),
        )
        assert np.array_equal(one, other)


class TestCurves:
    def test_begin_as_a_lognormal_with_half_an_hour(self):
        assert PRIOR_YES.by(floats(0, 30, 30 * np.exp(1.2), 1e6)) == pytest.approx(
            [0, 0.5, 0.8413, 1], abs=1e-3
        )
        assert PRIOR_NO.by(floats(30, 1e6)) == pytest.approx([0.2, 0.4])

    def test_are_the_priors_where_nobody_answered(self):
        nobody = (floats(), flags(), floats())

        assert yeses(*nobody).shares == pytest.approx(PRIOR_YES.shares, abs=0.003)
        assert noes(*nobody).shares == pytest.approx(PRIOR_NO.shares, abs=0.003)

    def test_move_to_what_is_seen(self):
        quick = yeses(np.full(1800, 5.0), np.ones(1800, bool), np.ones(1800))

        assert quick.by(floats(7))[0] == pytest.approx((1800 + 200 * 0.113) / 2000, abs=0.01)
        assert quick.shares[-1] == 1

    def test_leave_those_open_who_never_say_no(self):
        silent = noes(np.full(1800, 600.0), np.zeros(1800, bool), np.ones(1800))

        assert silent.shares[-1] < 0.06

    def test_rise(self):
        random = np.random.default_rng(1)
        minutes, yes = random.exponential(100, 300), random.random(300) < 0.5

        shares = yeses(minutes, yes, np.where(yes, 1.0, 0.3)).shares
        assert list(shares) == sorted(shares)
        assert shares[0] >= 0
        assert len(shares) == len(KNOTS)

    def test_know_how_likely_a_time_is(self):
        about = PRIOR_YES.around(floats(0, 30, KNOTS[0], 1e9))

        assert about[:3] == pytest.approx([0.01, 0.01, 0.01])
        assert about[3] > 0
