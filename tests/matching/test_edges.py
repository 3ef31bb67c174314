"""All pairs at once: the same as asking about each pair alone, and everything accounted for."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from enabler.matching import Policy, edges, nearest_misses, why_not
from enabler.matching.distance import metres
from enabler.matching.policy import DEFAULT_WEIGHTS, RULES
from tests.matching.builders import NOW, a_need, an_offer
from tests.matching.worlds import POLICY, failed, worlds


def pairs_of(found):
    return set(zip(found.need.tolist(), found.offer.tolist(), strict=True))


@given(worlds())
@settings(max_examples=120, deadline=None)
def test_admits_exactly_the_pairs_that_break_no_rule(world):
    needs, offers = world
    found = edges(needs, offers, POLICY, now=NOW)
    fine = {
        (i, j)
        for i, need in enumerate(needs)
        for j, offer in enumerate(offers)
        if not failed(need, offer)
    }

    assert pairs_of(found) == fine


@given(worlds())
@settings(max_examples=70, deadline=None)
def test_each_offer_is_admitted_or_counted_once_under_a_rule_that_it_breaks(world):
    needs, offers = world
    found = edges(needs, offers, POLICY, now=NOW)
    for i, need in enumerate(needs):
        because = Counter(why_not(need, offer, POLICY, now=NOW) for offer in offers)
        admitted = because.pop(None, 0)

        assert found.because(i) == because
        assert admitted == (found.need == i).sum()
        assert all(
            why_not(need, offer, POLICY, now=NOW) in failed(need, offer) | {None}
            for offer in offers
        )


@given(worlds())
@settings(max_examples=70, deadline=None)
def test_the_nearest_misses_break_one_rule_alone(world):
    needs, offers = world
    for need in needs:
        broken = [failed(need, offer) for offer in offers]
        alone = Counter(next(iter(codes)) for codes in broken if len(codes) == 1)

        assert nearest_misses(need, offers, POLICY, now=NOW) == alone


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_what_is_given_changes_no_pair_and_no_point(world, random):
    needs, offers = world
    one = edges(needs, offers, POLICY, now=NOW)
    left, right = list(needs), list(offers)
    random.shuffle(left)
    random.shuffle(right)
    other = edges(left, right, POLICY, now=NOW)

    def named(found, some_needs, some_offers):
        return {
            (some_needs[i].id, some_offers[j].id): found.points[row].tolist()
            for row, (i, j) in enumerate(zip(found.need, found.offer, strict=True))
        }

    assert named(one, needs, offers) == named(other, left, right)


@given(worlds())
@settings(max_examples=50, deadline=None)
def test_points_add_up_to_the_score_and_keep_to_their_weights(world):
    found = edges(*world, POLICY, now=NOW)
    weights = np.array([DEFAULT_WEIGHTS[factor] for factor in found.factors])

    assert (found.points.sum(axis=1) == found.score).all()
    assert (found.points >= 0).all()
    assert (found.points <= weights).all()


def test_comes_sorted_by_need_then_offer():
    found = edges([a_need(id=k) for k in range(3)], [an_offer(id=k) for k in range(3)], Policy())

    assert list(zip(found.need, found.offer, strict=True)) == sorted(pairs_of(found))


def test_needs_and_offers_may_be_none_at_all():
    for found in (
        edges([], [], Policy()),
        edges([a_need()], [], Policy()),
        edges([], [an_offer()], Policy()),
    ):
        assert len(found) == 0
        assert found.points.shape == (0, len(found.factors))


def test_counts_far_offers_without_looking_at_them_one_by_one():
    far = [an_offer(id=k, easting=100_000 + k) for k in range(2000)]
    found = edges([a_need()], [*far, an_offer(categories=frozenset())], Policy())

    assert found.because(0) == {"category": 1, "reach": 2000}


def test_finds_everybody_in_reach_across_a_wide_country():
    """Against all distances: 400 needs and 400 offers over 600 km, reaches up to 300 km."""
    generator = np.random.default_rng(3)
    east, north = generator.integers(0, 600_000, (2, 800))
    reach = np.exp(generator.uniform(0, np.log(300_000), 400)).astype(int)
    needs = [a_need(id=k, easting=int(east[k]), northing=int(north[k])) for k in range(400)]
    offers = [
        an_offer(id=k, easting=int(east[400 + k]), northing=int(north[400 + k]),
                 reach_metres=int(reach[k]))
        for k in range(400)
    ]  # fmt: skip
    found = edges(needs, offers, Policy())
    apart = np.hypot(east[:400, None] - east[None, 400:], north[:400, None] - north[None, 400:])

    assert pairs_of(found) == set(zip(*np.nonzero(np.rint(apart) <= reach), strict=True))


coordinates = st.lists(st.tuples(*[st.integers(0, 1_300_000)] * 4), min_size=1, max_size=20)


@given(coordinates)
def test_distance_is_symmetric_whole_and_nought_at_home(points):
    east, north, other_east, other_north = np.array(points, dtype=np.int64).T
    there = metres(east, north, other_east, other_north)

    assert (there == metres(other_east, other_north, east, north)).all()
    assert (metres(east, north, east, north) == 0).all()
    assert (np.abs(there - np.hypot(east - other_east, north - other_north)) <= 0.5).all()


def test_every_rule_of_the_contract_has_a_count():
    refused = edges([a_need()], [an_offer()], Policy()).refused

    assert set(refused) == set(RULES)
