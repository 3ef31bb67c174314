"""Between rounds: the order by score less price, and what a price beyond all scores says."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from enabler.matching import Candidate, Policy, assign, by_price, cut_off, rank, settle
from enabler.matching.prices import greatest_score
from tests.matching.builders import NOW, a_need, an_offer, metres_east

PLAIN = Policy()
SOME = st.lists(st.integers(0, 1000), max_size=12)


def ranked(*scores: int) -> list[Candidate]:
    """Candidates a, b, … with these scores, best first."""
    best = sorted(zip("abcdefghijkl", scores, strict=False), key=lambda one: (-one[1], one[0]))
    return [Candidate(name, 100, score, ()) for name, score in best]


def order(candidates: list[Candidate]) -> str:
    return "".join(str(one.offer) for one in candidates)


def test_whoever_the_round_needs_elsewhere_comes_later_and_says_by_how_much():
    found = by_price(ranked(900, 800, 700), {"a": 150}, PLAIN)

    assert order(found) == "bac"
    assert [one.kept_back for one in found] == [0, 150, 0]
    assert [one.score for one in found] == [800, 900, 700]


def test_a_price_that_moves_nobody_is_not_spoken_of():
    assert [one.kept_back for one in by_price(ranked(900, 700), {"a": 200}, PLAIN)] == [0, 0]


def test_beyond_all_scores_a_price_says_only_if_there_is_nobody_else():
    """Between two of the kind the scores decide again, however dear the needs they serve."""
    found = by_price(ranked(900, 800, 10), {"a": 10**30, "b": 5000}, PLAIN)

    assert order(found) == "cab"
    assert [one.kept_back for one in found] == [0, 1000, 1000]


def test_is_cut_off_at_the_greatest_score_of_the_policy():
    policy = Policy(weights={"nearness": 5000})

    assert (greatest_score(PLAIN), greatest_score(policy)) == (1000, 5600)
    assert cut_off({"a": 10**30, "b": 0, "c": 5600, "d": 1}, policy) == {
        "a": 5600, "c": 5600, "d": 1
    }  # fmt: skip


@given(SOME, SOME, st.randoms(use_true_random=False))
def test_nobody_is_lost_and_without_prices_nothing_changes(scores, prices, random: Random):
    known = ranked(*scores)
    costs = dict(zip("abcdefghijkl", prices, strict=False))
    found = by_price(known, costs, PLAIN)

    assert sorted(order(found)) == sorted(order(known))
    worth = [one.score - min(costs.get(one.offer, 0), 1000) for one in found]
    assert worth == sorted(worth, reverse=True)
    assert by_price(known, {}, PLAIN) == known
    assert all(one.kept_back in (0, costs.get(one.offer)) for one in found)


def test_the_prices_of_a_round_keep_the_only_gardener_for_the_garden():
    gardener = an_offer(id="g", categories=frozenset({"shopping", "gardening"}))
    shopper = an_offer(id="s", **metres_east(1500))
    gardens = [a_need(id=1, category="gardening"), a_need(id=2, category="gardening")]
    prices = settle(gardens, [gardener, shopper], PLAIN, now=NOW).offer_prices

    alone = rank(a_need(), [gardener, shopper], PLAIN, 2, now=NOW)
    assert order(alone) == "gs"
    assert order(by_price(alone, prices, PLAIN)) == "sg"


def test_further_matchs_of_one_helper_cost_as_the_policy_says():
    """Two needs at one door: the nearer helper gets both, unless the second match costs more than
    the way."""
    needs = [a_need(id=1), a_need(id=2)]
    helpers = [an_offer(id="near", capacity=2), an_offer(id="far", capacity=2, **metres_east(500))]

    def shares(points: int) -> list[object]:
        found = settle(needs, helpers, Policy(further_match=points), now=NOW)
        return sorted(candidate.offer for _, candidate in found.matches)

    assert shares(0) == ["near", "near"]
    assert shares(99) == ["near", "near"]  # 500 of 2,000 metres are a hundred points
    assert shares(101) == ["far", "near"]


def test_spreading_matches_leaves_no_slot_open():
    needs = [a_need(id=k) for k in range(4)]
    found = settle(needs, [an_offer(capacity=4)], Policy(further_match=1_000_000), now=NOW)

    assert found.filled == 4
    direct = assign([0, 1], [0, 0], [5, 5], [1, 1], [2], further=7)
    assert (direct.filled, direct.objective) == (2, 10 - 7)
