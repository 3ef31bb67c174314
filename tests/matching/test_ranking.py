"""One need: the best offers first, with their reasons."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.matching import Policy, edges, rank
from enabler.matching.policy import DEFAULT_WEIGHTS
from tests.matching.builders import NOW, a_need, an_offer, hours, metres_east
from tests.matching.worlds import POLICY, worlds


def best(offers, limit=9, **need):
    return [found.offer for found in rank(a_need(**need), offers, Policy(), limit, now=NOW)]


def test_puts_the_nearer_of_two_equal_helpers_first():
    assert best([an_offer(id="far", **metres_east(900)), an_offer(id="near")]) == ["near", "far"]


def test_breaks_ties_by_id_whatever_the_order():
    offers = [an_offer(id=name) for name in ("c", "a", "b")]

    assert best(offers) == best(offers[::-1]) == ["a", "b", "c"]


def test_orders_ids_that_are_numbers_by_size_and_before_texts():
    assert best([an_offer(id=name) for name in ("x", 10, 9, "10")]) == [9, 10, "10", "x"]


@pytest.mark.parametrize(("limit", "expected"), [(2, 2), (0, 0), (-1, 0), (99, 5)])
def test_gives_no_more_than_were_asked_for(limit, expected):
    assert len(best([an_offer(id=k) for k in range(5)], limit)) == expected


def test_leaves_out_whom_a_rule_refuses():
    assert best([an_offer(id="held", held=True), an_offer(id="fine")]) == ["fine"]


def test_gives_the_distance_and_every_reason():
    [found] = rank(a_need(), [an_offer(**metres_east(300))], Policy(), 1, now=NOW)

    assert found.distance_metres == 300
    assert {reason.factor for reason in found.reasons} == set(DEFAULT_WEIGHTS)


@given(worlds(), st.integers(0, 6), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_is_the_admitted_offers_in_order_of_score_then_id(world, limit, random):
    needs, offers = world
    for need in needs:
        found = edges([need], offers, POLICY, now=NOW)
        order = sorted(
            (-score, offers[j].id)
            for score, j in zip(found.score.tolist(), found.offer, strict=True)
        )
        random.shuffle(offers)
        ranked = rank(need, offers, POLICY, limit, now=NOW)

        assert [(-one.score, one.offer) for one in ranked] == order[:limit]
        assert all(one.score == sum(r.points for r in one.reasons) for one in ranked)


class TestWithoutAClock:
    def test_nothing_is_over(self):
        assert rank(a_need(windows=(hours(-9, -8),)), [an_offer()], Policy(), 1)

    def test_any_time_wants_one_weekly_stretch(self):
        assert rank(a_need(), [an_offer(weekly=((2, 60, 90),))], Policy(), 1)
        assert not rank(a_need(), [an_offer(weekly=((2, 60, 89),))], Policy(), 1)


class TestImpossibleValues:
    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"slots": -1}, "slots"),
            ({"duration_minutes": 0}, "duration_minutes"),
            ({"priority": 0}, "priority"),
            ({"priority": 1001}, "priority"),
            ({"circumstance": -1}, "circumstance"),
            ({"reach_metres": -1}, "reach_metres"),
            ({"windows": (hours(2, 1),)}, "windows"),
            ({"windows": ((NOW.replace(tzinfo=None), NOW),)}, "windows"),
            ({"waiting_since": NOW.replace(tzinfo=None)}, "waiting_since"),
        ],
    )
    def test_make_no_need(self, given, field):
        with pytest.raises(Invalid) as refusal:
            a_need(**given)

        assert refusal.value.field == field

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"reach_metres": -1}, "reach_metres"),
            ({"capacity": -1}, "capacity"),
            ({"asks_left": -1}, "asks_left"),
            ({"recent_asks": -1}, "recent_asks"),
            ({"acceptance": 1.01}, "acceptance"),
            ({"acceptance": float("nan")}, "acceptance"),
            ({"helped": {"a": -1}}, "helped"),
            ({"weekly": ((7, 0, 60),)}, "weekly"),
            ({"weekly": ((0, 60, 60),)}, "weekly"),
            ({"weekly": ((0, 0, 1441),)}, "weekly"),
            ({"away": (hours(1, 1),)}, "away"),
        ],
    )
    def test_make_no_offer(self, given, field):
        with pytest.raises(Invalid) as refusal:
            an_offer(**given)

        assert refusal.value.field == field

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"timezone": "Europe/Atlantis"}, "timezone"),
            ({"timezone": "../etc"}, "timezone"),
            ({"timezone": "Europe"}, "timezone"),
            ({"timezone": ""}, "timezone"),
            ({"any_time_days": 0}, "any_time_days"),
            ({"acceptance_prior": 2}, "acceptance_prior"),
        ],
    )
    def test_make_no_policy(self, given, field):
        with pytest.raises(Invalid) as refusal:
            Policy(**given)

        assert refusal.value.field == field
