"""The soft scores, factor by factor."""

from datetime import timedelta

import pytest

from enabler.domain.errors import Invalid
from enabler.matching import Policy, rank
from enabler.matching.policy import DEFAULT_WEIGHTS
from enabler.matching.priority import priority_of
from tests.matching.builders import NOW, a_need, an_offer, hours, metres_east

PLAIN = Policy()


def points(factor, need=None, offer=None, policy=PLAIN):
    [candidate] = rank(a_need(**need or {}), [an_offer(**offer or {})], policy, 1, now=NOW)
    return {reason.factor: reason.points for reason in candidate.reasons}[factor]


def test_the_weights_make_a_thousand():
    assert sum(DEFAULT_WEIGHTS.values()) == 1000


@pytest.mark.parametrize(
    ("apart", "reach", "expected"), [(0, 2000, 400), (500, 2000, 300), (2000, 2000, 0), (0, 0, 400)]
)
def test_nearness_is_measured_against_that_helpers_own_reach(apart, reach, expected):
    assert points("nearness", offer=metres_east(apart) | {"reach_metres": reach}) == expected


class TestTimeFit:
    def test_is_full_where_the_need_leaves_the_time_open(self):
        assert points("time_fit", offer={"weekly": ((0, 0, 60),)}) == 150

    def test_is_the_share_of_the_asked_time(self):
        assert points("time_fit", {"windows": (hours(0, 4),)}, {"away": (hours(1, 4),)}) == 37

    def test_counts_no_stretch_too_short_to_help_in(self):
        need = {"windows": (hours(0, 4),), "duration_minutes": 60}

        assert points("time_fit", need, {"away": (hours(0.75, 2),)}) == 75


@pytest.mark.parametrize(("asks", "helps", "expected"), [(0, 0, 150), (1, 0, 75), (1, 1, 50)])
def test_whoever_was_asked_least_comes_first(asks, helps, expected):
    assert points("asked_least", offer={"recent_asks": asks, "recent_helps": helps}) == expected


@pytest.mark.parametrize(("chance", "expected"), [(0, 0), (0.123, 12), (1, 100), (None, 30)])
def test_a_likely_yes_counts_and_an_unknown_one_by_the_prior(chance, expected):
    assert points("acceptance", offer={"acceptance": chance}) == expected


@pytest.mark.parametrize(
    ("balance", "expected"),
    [(None, 0), (0, 40), (-600, 80), (-6000, 80), (600, 0), (6000, 0), (-300, 60)],
)
def test_who_had_more_help_than_they_gave_comes_before(balance, expected):
    assert points("reciprocity", offer={"balance_minutes": balance}) == expected


@pytest.mark.parametrize(("times", "expected"), [(0, 0), (1, 30), (2, 40), (10**6, 59)])
def test_having_helped_this_person_counts(times, expected):
    assert points("helped_before", {"member": "a"}, {"helped": {"a": times, "b": 9}}) == expected


def test_having_helped_others_counts_nothing():
    assert points("helped_before", {}, {"helped": {"b": 9}}) == 0
    assert points("helped_before", {"member": "a"}, {"helped": {"b": 9}}) == 0


def test_the_language_counts_where_one_is_wanted():
    welsh = frozenset({"cy"})

    assert points("language", {"languages_required": welsh}, {"languages": welsh}) == 40
    assert points("language", {}, {"languages": welsh}) == 0


class TestRotation:
    def first(self, number):
        shops = [an_offer(id=f"shop{k}", organisation=f"shop{k}") for k in range(4)]
        return rank(a_need(id=f"need{number}"), shops, Policy(), 1)[0].offer

    def test_gives_each_of_equal_organisations_a_turn(self):
        turns = [self.first(number) for number in range(400)]

        assert all(60 <= turns.count(f"shop{k}") <= 140 for k in range(4))

    def test_is_nothing_for_neighbours(self):
        assert points("rotation") == 0


class TestWeights:
    def test_are_the_policys(self):
        assert points("nearness", policy=Policy(weights={"nearness": 7})) == 7

    @pytest.mark.parametrize(
        ("given", "field"),
        [({"charm": 1}, "weights.charm"), ({"nearness": -1}, "weights.nearness"),
         ({"nearness": 10**7}, "weights.nearness")],
    )  # fmt: skip
    def test_are_refused_where_they_mean_nothing(self, given, field):
        with pytest.raises(Invalid) as refusal:
            Policy(weights=given)

        assert refusal.value.field == field


class TestPriority:
    def test_is_raised_by_circumstance_and_by_waiting(self):
        need = a_need(priority=100, circumstance=50, waiting_since=NOW - timedelta(days=3, hours=5))

        assert priority_of(need, NOW) == 180

    def test_is_raised_no_further_after_twenty_days(self):
        assert priority_of(a_need(waiting_since=NOW - timedelta(days=99)), NOW) == 300

    def test_is_not_lowered_by_a_wait_that_lies_ahead(self):
        assert priority_of(a_need(waiting_since=NOW + timedelta(days=9)), NOW) == 100
        assert priority_of(a_need(waiting_since=NOW)) == 100
