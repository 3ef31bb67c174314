"""Attention: whoever was asked lately may not look."""

import numpy as np
import pytest

from enabler.matching.attention import RESTS, attention, likeliest, likelihood


def floats(*values):
    return np.array(values, dtype=float)


def test_comes_back_day_by_day():
    assert attention(floats(0, 1, 2, 30), 0.5) == pytest.approx([0.1, 0.5, 0.75, 1], abs=1e-8)


def test_is_whole_for_whoever_was_never_asked():
    assert attention(floats(np.nan), 0.3).tolist() == [1]


def test_is_whole_where_nobody_tires():
    assert attention(floats(0, 0.01, np.nan), 1.0).tolist() == [1, 1, 1]


def test_its_likelihood_is_that_of_each_answer():
    found = likelihood(
        (np.array([True, False, False]), np.array([False, True, False])),
        floats(0.4, 0.4, 0.4),
        floats(0.5, 0.5, 0.5),
        (floats(0, 0, 0.6), floats(0, 0, 0.2)),
        (floats(0.1, 0, 0), floats(0, 0.2, 0)),
    )

    unheard = 1 - 0.5 * 0.2 - 0.4 * 0.5 * (0.6 - 0.2)
    assert found == pytest.approx(np.log([0.4 * 0.5 * 0.1, 0.6 * 0.5 * 0.2, unheard]).sum())


@pytest.mark.parametrize("truth", RESTS)
def test_its_likelihood_is_greatest_at_the_true_rest(truth):
    """Five thousand asks of people with known chances, some days after their last."""
    random = np.random.default_rng(3)
    days, chance = random.exponential(2, 5_000), random.uniform(0.2, 0.8, 5_000)
    looks = random.random(5_000) < attention(days, truth)
    yes = looks & (random.random(5_000) < chance)
    one, none = np.ones(5_000), np.zeros(5_000)
    answered = (yes, np.zeros(5_000, np.bool_))

    found = {
        rest: likelihood(answered, chance, attention(days, rest), (one, none), (one, one))
        for rest in RESTS
    }
    assert likeliest(found, 0.5) == truth


def test_asks_that_say_nothing_leave_it_where_it_was():
    assert likeliest(dict.fromkeys(RESTS, -70.0), 0.6) == 0.6
    assert likeliest(dict.fromkeys(RESTS, -70.0) | {0.4: -69.9}, 0.5) == 0.5
    assert likeliest(dict.fromkeys(RESTS, -70.0) | {0.4: -60.0}, 0.5) == 0.4
