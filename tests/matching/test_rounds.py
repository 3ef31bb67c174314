"""A whole round: needs and offers to matches, by id, with what stays open and why."""

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from enabler.matching import Policy, settle
from tests.matching.builders import NOW, a_need, an_offer, metres_east
from tests.matching.worlds import POLICY, failed, offers, worlds


def round_of(needs, some_offers, policy=POLICY):
    return settle(needs, some_offers, policy, now=NOW)


def pairs(found):
    return [(need, candidate.offer) for need, candidate in found.matches]


def test_two_needs_share_two_helpers_though_both_suit_one_better():
    needs = [a_need(id=1), a_need(id=2, reach_metres=10)]
    found = round_of(needs, [an_offer(id="near"), an_offer(id="far", **metres_east(900))])

    assert pairs(found) == [(1, "far"), (2, "near")]
    assert (found.filled, found.pairs, found.optimal) == (2, 3, True)


def test_whoever_waits_longer_comes_first_when_helpers_are_few():
    needs = [a_need(id=1), a_need(id=2, waiting_since=NOW.replace(day=20))]

    assert pairs(round_of(needs, [an_offer()])) == [(2, "o")]


def test_a_helper_is_proposed_no_oftener_than_they_may_be_asked():
    needs = [a_need(id=k) for k in range(4)]

    assert len(round_of(needs, [an_offer(capacity=9, asks_left=2)]).matches) == 2


def test_says_why_a_slot_stays_open():
    needs = [a_need(id=1), a_need(id=2, priority=200), a_need(id=3, category="meals")]
    found = round_of(needs, [an_offer(), an_offer(id="x", held=True)])

    assert [(one.need, dict(one.because)) for one in found.unmatched] == [
        (1, {"held": 1, "capacity": 1}),
        (3, {"category": 2}),
    ]


def test_a_need_half_filled_is_among_those_with_open_slots():
    found = round_of([a_need(slots=2)], [an_offer()])

    assert [one.need for one in found.unmatched] == ["n"]
    assert dict(found.unmatched[0].because) == {}


def test_prices_tell_what_one_more_hour_of_a_helper_would_add():
    """The second helper is spare, so nothing; the first would bring this need a better score."""
    helpers = [an_offer(id="near"), an_offer(id="far", **metres_east(1000))]
    found = round_of([a_need(id=1), a_need(id=2)], helpers, Policy())

    assert found.offer_prices == {"near": 200, "far": 0}


def test_times_its_steps_by_the_clock_handed_in():
    ticks = count(step=2.5)
    found = settle([], [], POLICY, now=NOW, clock=lambda: next(ticks))

    assert found.seconds == {"edges": 2.5, "solve": 2.5}


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=70, deadline=None)
def test_the_order_of_what_is_given_changes_nothing_at_all(world, random):
    needs, some_offers = world
    one = round_of(needs, some_offers)
    random.shuffle(needs)
    random.shuffle(some_offers)

    assert round_of(needs, some_offers) == one


@given(worlds())
@settings(max_examples=70, deadline=None)
def test_breaks_no_rule_and_no_limit(world):
    needs, some_offers = world
    found = round_of(needs, some_offers)
    need_by_id = {need.id: need for need in needs}
    offer_by_id = {offer.id: offer for offer in some_offers}
    chosen = pairs(found)

    assert len(set(chosen)) == len(chosen) == found.filled
    assert not any(failed(need_by_id[n], offer_by_id[o]) for n, o in chosen)
    for need in needs:
        filled = sum(n == need.id for n, _ in chosen)
        assert filled <= need.slots
        assert (filled < need.slots) == (need.id in {one.need for one in found.unmatched})
    for offer in some_offers:
        used = sum(o == offer.id for _, o in chosen)
        assert used <= offer.capacity
        assert offer.asks_left is None or used <= offer.asks_left
    assert found.objective == sum(candidate.score for _, candidate in found.matches)


@given(worlds())
@settings(max_examples=50, deadline=None)
def test_what_keeps_a_need_open_adds_up_to_all_offers(world):
    needs, some_offers = world
    found = round_of(needs, some_offers)
    for one in found.unmatched:
        filled = sum(need == one.need for need, _ in found.matches)
        assert sum(one.because.values()) + filled == len(some_offers)


@given(worlds(), offers(99))
@settings(max_examples=70, deadline=None)
def test_one_more_offer_never_lowers_what_is_filled(world, another):
    needs, some_offers = world

    assert round_of(needs, [*some_offers, another]).filled >= round_of(needs, some_offers).filled
