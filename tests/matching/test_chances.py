"""The chance of a yes: what is taken at first, and what is found in what people did."""

from dataclasses import replace

import numpy as np
import pytest

from enabler.matching.ask_columns import Outcome, daypart_of
from enabler.matching.chances import Chances, asks_of, learn, prior
from enabler.matching.features import FEATURES
from enabler.matching.own_rates import Rates
from tests.matching.asked import DAY, START, World, an_ask, simulated, with_outcome


def one(values):
    [value] = values
    return value


def coefficient(model, name):
    return model.coefficients[FEATURES.index(name)]


def none_of(asked):
    return asked.at(np.zeros(0, np.int64))


@pytest.fixture(scope="module")
def plain():
    """Twelve thousand asks of people who are all alike and never cut short."""
    asked, chance = simulated(World(spread=0.0), 12_000, 400, seed=1)
    return asked, chance, learn(asked, prior(1.0))


@pytest.fixture(scope="module")
def cut():
    return [simulated(World(cut=60), 4_000, 200, seed) for seed in (1, 2, 3)]


def bias(cut, name=None):
    """How far the mean chance is from the truth, over three worlds: the standard error is 0.007."""
    found = []
    for asked, chance in cut:
        asked = asked if name is None else with_outcome(asked, name)
        model = learn(asked, prior(1.0))
        found.append(model.chance(asks_of(asked, model)).mean() - chance.mean())
    return float(np.mean(found))


class TestThePrior:
    def test_takes_a_newcomer_next_door_for_three_in_ten(self):
        assert one(prior().chance(an_ask(metres=0))) == pytest.approx(0.3)

    def test_lowers_it_with_the_way_against_that_givers_own_reach(self):
        at_the_end = one(prior().chance(an_ask(metres=2000)))

        assert np.log(at_the_end / (1 - at_the_end)) == pytest.approx(
            np.log(0.3 / 0.7) - 0.5 * np.log(2)
        )
        assert at_the_end == one(prior().chance(an_ask(metres=700, reach=700)))

    def test_stands_by_an_old_acquaintance_and_by_those_who_say_yes(self):
        usual = one(prior().chance(an_ask()))

        assert one(prior().chance(an_ask(helped=3))) > usual
        assert one(prior().chance(an_ask(helped=3))) == one(prior().chance(an_ask(helped=1)))
        assert one(prior().chance(an_ask(yes=5.0, asks=5.0))) > usual
        assert one(prior().chance(an_ask(asks=5.0))) < usual

    def test_knows_nothing_of_hours_and_kinds_yet(self):
        asks = an_ask(daypart=np.arange(-1, 8), hours_until=np.linspace(0, 400, 9))

        assert len(set(prior().chance(asks))) == 1
        assert one(prior().chance(an_ask(category="respite"))) == one(prior().chance(an_ask()))

    def test_is_the_model_where_there_is_no_history(self):
        nothing = none_of(simulated(World(), 10, 3, seed=1)[0])

        assert learn(nothing, prior()) == prior()
        assert learn(nothing, replace(prior(0.7), id=4)) == prior(0.7)

    def test_gives_way_to_what_is_seen_only_slowly(self):
        asked, _ = simulated(World(), 20, 5, seed=1)
        all_yes = replace(asked, outcome=np.full(20, Outcome.YES))

        assert 0.3 < one(learn(all_yes, prior()).chance(an_ask(metres=0))) < 0.75


class TestLearning:
    """Stated errors are about three standard ones of twelve thousand asks."""

    def test_finds_the_coefficients_that_made_the_asks(self, plain):
        model = plain[2]
        others = np.mean([coefficient(model, f"part_{part}") for part in range(8) if part != 3])

        assert coefficient(model, "distance") == pytest.approx(-1.2, abs=0.3)
        assert coefficient(model, "helped") == pytest.approx(0.9, abs=0.15)
        assert coefficient(model, "part_3") - others == pytest.approx(0.7, abs=0.2)
        assert coefficient(model, "hours_until") == pytest.approx(0, abs=0.08)

    def test_finds_the_chance_of_every_pair(self, plain):
        asked, chance, model = plain

        assert np.abs(model.chance(asks_of(asked, model)) - chance).mean() < 0.03

    def test_knows_kinds_apart(self, plain):
        dogs, repairs = (
            one(plain[2].chance(an_ask(category=kind))) for kind in ("dog-walking", "repairs")
        )

        assert np.log(dogs / (1 - dogs)) - np.log(repairs / (1 - repairs)) == pytest.approx(
            1.2, abs=0.2
        )

    def test_knows_people_apart_by_their_own_answers(self):
        asked, chance = simulated(World(spread=1.2), 6_000, 150, seed=3)
        model = learn(asked, prior(1.0))
        late = asked.asked_at > START + 60 * DAY

        found = model.chance(asks_of(asked, model))[late]
        assert np.corrcoef(found, chance[late])[0, 1] > 0.85

    def test_is_the_same_to_the_last_bit_however_the_rows_come(self):
        asked, _ = simulated(World(cut=60, rest=0.5), 600, 60, seed=2)
        mixed = asked.at(np.random.default_rng(5).permutation(len(asked)))
        renamed = replace(mixed, giver=mixed.giver * 7 + 3)

        assert learn(mixed, prior()) == learn(asked, prior()) == learn(renamed, prior())

    def test_counts_nothing_twice_when_it_learns_again(self):
        asked, _ = simulated(World(cut=60), 500, 60, seed=2)
        once = learn(asked, prior(0.6))

        assert learn(asked, replace(once, rest=0.6)) == once

    def test_never_holds_a_yes_of_theirs_against_anybody(self):
        """People who alternate: whoever said yes last time says no now."""
        asked, _ = simulated(World(), 2_000, 40, seed=4)
        asked = asked.at(np.lexsort((asked.asked_at, asked.giver)))
        turns = np.where(np.arange(2_000) % 2, Outcome.YES, Outcome.NO)

        model = learn(replace(asked, outcome=turns), prior(1.0))
        assert coefficient(model, "own") >= 0


class TestAsksCutShort:
    """Two of three asks are ended by somebody quicker, after an hour on average."""

    def test_leave_the_chances_as_they_are(self, cut):
        assert (cut[0][0].outcome == Outcome.CUT_SHORT).mean() > 0.6
        assert abs(bias(cut)) < 0.02

    def test_would_raise_them_if_they_were_dropped(self, cut):
        heard = [(asked.at(np.flatnonzero(asked.yes | asked.no)), chance) for asked, chance in cut]

        assert bias(heard) > 0.15

    def test_would_lower_them_if_they_were_noes(self, cut):
        assert bias(cut, Outcome.NO) < -0.1
        assert bias(cut, Outcome.SILENT) < -0.1

    def test_leave_the_times_of_answers_as_they_are(self, cut):
        model = learn(cut[0][0], prior(1.0))

        assert model.yeses.by(np.array([30.0, 120.0])) == pytest.approx([0.5, 0.876], abs=0.04)
        assert one(model.noes.by(np.array([1e4]))) == pytest.approx(0.4, abs=0.05)

    def test_say_nothing_where_they_ended_at_once(self):
        asked, _ = simulated(World(), 400, 40, seed=6)
        at_once = replace(
            asked,
            outcome=np.full(400, Outcome.CUT_SHORT),
            minutes=np.zeros(400),
            settled_at=asked.asked_at,
        )

        model = learn(at_once, prior())
        assert model.coefficients == pytest.approx(prior().coefficients, abs=1e-8)
        assert model.yeses.shares == pytest.approx(prior().yeses.shares, abs=0.003)
        assert model.rates.place == 0.3


class TestTiring:
    @pytest.mark.parametrize("rest", [0.3, 0.5, 0.8])
    def test_is_found_from_the_asks(self, rest):
        asked, chance = simulated(World(rest=rest), 3_000, 100, seed=2)
        model = learn(asked, prior())

        assert model.rest == rest
        assert model.chance(asks_of(asked, model)).mean() == pytest.approx(chance.mean(), abs=0.02)

    def test_is_found_among_asks_cut_short(self):
        asked, _ = simulated(World(rest=0.3, cut=60), 4_000, 100, seed=1)

        assert learn(asked, prior()).rest == 0.3

    def test_is_as_the_place_has_it_where_little_is_known(self):
        asked, _ = simulated(World(rest=0.3), 499, 20, seed=2)

        assert learn(asked, prior(0.7)).rest == 0.7

    def test_is_left_out_where_the_place_wants_none(self):
        asked, _ = simulated(World(rest=0.3), 600, 20, seed=2)

        assert learn(asked, prior(1.0)).rest == 1.0


class TestKeeping:
    def test_brings_the_same_model_back(self):
        asked, _ = simulated(World(cut=60), 500, 60, seed=2)
        model = learn(asked, prior())

        assert Chances.of(model.values(), 7) == replace(model, id=7)

    def test_names_nobody(self):
        asked, _ = simulated(World(), 600, 60, seed=2)
        values = learn(asked, prior()).values()

        assert set(values) == {
            "coefficients", "kinds", "rate", "rates", "own_asks", "yeses", "noes", "rest"
        }  # fmt: skip
        assert set(values["kinds"]) == set(values["rates"]) == set(asked.pairs.category)


def test_a_kind_that_nobody_was_asked_for_has_the_places_rate():
    rates = Rates(0.4, {"shopping": 0.6})

    asks = an_ask(category=np.array(["shopping", "respite"]))
    assert rates.of(asks.pairs).tolist() == [0.6, 0.4]


@pytest.mark.parametrize(
    ("hour", "day", "part"),
    [(5, 5, 0), (6, 5, 1), (12, 5, 2), (17, 5, 3), (21, 9, 3), (22, 9, 0), (9, 10, 5), (23, 11, 4)],
)
def test_a_day_has_four_parts_and_a_weekend_its_own(hour, day, part):
    """5 January 2026 is a Monday."""
    moment = np.datetime64(f"2026-01-{day:02}T{hour:02}:30").astype(object)

    assert daypart_of(moment) == part
    assert daypart_of(None) == -1
