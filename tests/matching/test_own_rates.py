"""Own rates: what earlier answers say, how long they count, and what silence is worth."""

from dataclasses import replace

import numpy as np
import pytest

from enabler.matching.ask_columns import AskedColumns, Outcome
from enabler.matching.chances import prior
from enabler.matching.giver_memory import Memory
from enabler.matching.own_rates import MOST_OWN, Rates, own_asks, rates_of, worth
from tests.matching.asked import DAY, START, World, an_ask, simulated

ANA, BEN = 11, 22


def asked(*rows):
    """Rows of (giver, day asked, outcome), each settled after an hour."""
    giver, day, outcome = (np.array(column) for column in zip(*rows, strict=True))
    made = (START + day * DAY).astype(np.int64)
    pairs = an_ask(metres=np.full(len(rows), 500)).pairs
    return AskedColumns(pairs, giver, made, made + 3600, np.full(len(rows), 60.0), outcome)


def known(past, giver, day, silence=1.0):
    memory = Memory.of(past, np.array([giver]), np.array([int(START + day * DAY)]))
    return memory.givers(np.full(len(past), silence))


class TestMemory:
    PAST = asked((ANA, 0, Outcome.YES), (BEN, 1, Outcome.NO), (ANA, 60, Outcome.NO))

    def test_halves_what_was_said_every_sixty_days(self):
        ana = known(self.PAST, ANA, 120)

        assert (ana.yes[0], ana.asks[0]) == (pytest.approx(0.25), pytest.approx(0.75))

    def test_holds_nothing_that_came_later(self):
        ana = known(self.PAST, ANA, 60)

        assert (ana.yes[0], ana.asks[0]) == (pytest.approx(0.5), pytest.approx(0.5))

    def test_knows_an_answer_only_once_it_is_given(self):
        half_an_hour = known(self.PAST, ANA, 0.5 / 24)

        assert (half_an_hour.yes[0], half_an_hour.asks[0]) == (0, 0)
        assert np.isnan(half_an_hour.days_since_yes[0])
        assert half_an_hour.days_since_ask[0] == pytest.approx(0.5 / 24)

    def test_never_tells_of_the_very_ask(self):
        at_once = replace(self.PAST, settled_at=self.PAST.asked_at)
        first = Memory.of(at_once, at_once.giver, at_once.asked_at).givers(np.ones(3))

        assert first.asks.tolist() == [0, 0, pytest.approx(0.5)]
        assert np.isnan(first.days_since_ask[:2]).all()

    def test_knows_days_since_the_last_yes_and_the_last_ask(self):
        ana, ben = known(self.PAST, ANA, 70), known(self.PAST, BEN, 70)

        assert ana.days_since_yes[0] == pytest.approx(70 - 1 / 24)
        assert (ana.days_since_ask[0], ben.days_since_ask[0]) == (10, 69)
        assert np.isnan(ben.days_since_yes[0])

    def test_knows_nothing_of_strangers(self):
        for stranger in (5, 15, 99):
            found = known(self.PAST, stranger, 500)
            assert (found.yes[0], found.asks[0]) == (0, 0)
            assert np.isnan([found.days_since_yes[0], found.days_since_ask[0]]).all()

    def test_counts_silence_as_much_as_it_is_worth(self):
        assert known(self.PAST, BEN, 61, silence=0.25).asks[0] == pytest.approx(
            0.25 * 0.5, rel=1e-3
        ), "of one no, sixty days old"

    def test_is_the_sum_of_all_answers_by_age(self):
        past, _ = simulated(World(), 400, 7, seed=1)
        at = START + 100 * DAY
        found = Memory.of(past, np.arange(7), np.full(7, at)).givers(np.ones(400))

        then = past.settled_at < at
        ages = 0.5 ** ((at - past.asked_at) / (60 * DAY))
        for giver in range(7):
            theirs = then & (past.giver == giver)
            assert found.asks[giver] == pytest.approx(ages[theirs].sum())
            assert found.yes[giver] == pytest.approx(ages[theirs & past.yes].sum())

    def test_of_nothing_is_nothing(self):
        found = known(self.PAST.at(np.zeros(0, np.int64)), ANA, 3)

        assert (found.yes[0], found.asks[0]) == (0, 0)
        assert np.isnan(found.days_since_ask[0])


class TestRates:
    def test_an_own_rate_is_drawn_to_that_of_the_kind(self):
        ask = an_ask(yes=0.5, asks=0.5)

        assert Rates(0.2, {"shopping": 0.3}).own(ask.pairs, ask.givers).tolist() == [3.5 / 10.5]

    def test_are_drawn_to_three_in_ten(self):
        found = rates_of(asked(*[(ANA, day, Outcome.YES) for day in range(20)]), np.ones(20))

        assert found.place == pytest.approx((6 + 20) / 40)
        assert found.kinds["shopping"] == pytest.approx((20 * 0.65 + 20) / 40)
        assert found.own_asks == 10

    def test_silence_is_worth_what_would_have_been_seen(self):
        assert worth(0.3, np.array([0.0, 1.0])).tolist() == [0, 1]
        assert worth(0.3, np.array([0.5]))[0] == pytest.approx(0.35 / 0.85)

    def test_are_the_likeliest_ones(self):
        """A rate m with s of each silence: Σ_yes 1/m = Σ_others s / (1 - m s)."""
        past, _ = simulated(World(), 5_000, 100, seed=1)
        seen = np.random.default_rng(1).uniform(0, 1, 5_000)
        place = rates_of(past, seen).place

        slope = past.yes.sum() / place - np.sum((seen / (1 - place * seen))[~past.yes])
        drawn = 20 * (0.3 - place) / (place * (1 - place))
        assert slope + drawn == pytest.approx(0, abs=5)

    @pytest.mark.parametrize(("truth", "low", "high"), [(3, 2, 4.5), (10, 7, 14), (40, 25, 80)])
    def test_how_much_people_differ_is_found(self, truth, low, high):
        random = np.random.default_rng(2)
        giver = random.integers(0, 600, 12_000)
        yes = random.random(12_000) < random.beta(0.3 * truth, 0.7 * truth, 600)[giver]

        assert low < own_asks(giver, yes, np.full(12_000, 0.3), np.ones(12_000)) < high

    def test_people_who_are_all_alike_are_drawn_together(self):
        yes = np.tile([True, False], 500)

        assert own_asks(np.arange(1000) // 10, yes, np.full(1000, 0.5), np.ones(1000)) == MOST_OWN

    def test_nobody_asked_twice_says_nothing_of_it(self):
        yes = np.tile([True, False], 300)

        assert own_asks(np.arange(600), yes, np.full(600, 0.5), np.ones(600)) == 10


def test_an_ask_that_was_filled_at_once_is_no_mark_against_anybody():
    """What counted as a no before: others were quicker."""
    past = replace(asked(*[(ANA, day, Outcome.CUT_SHORT) for day in range(9)]), minutes=np.zeros(9))

    found = prior().givers(past, np.array([ANA]), np.array([START + 30 * DAY]))
    assert found.asks[0] == 0
