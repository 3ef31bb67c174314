"""Whoever could have been chosen in a round, by need, with their place by score."""

from hypothesis import given, settings

from enabler.matching import Policy, edges, rank, settle
from tests.matching.builders import NOW, a_need, an_offer, metres_east
from tests.matching.worlds import POLICY, worlds


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_are_the_ranked_of_each_need_and_whom_which_rule_refused(world):
    needs, offers = world
    ranked = settle(needs, offers, POLICY, now=NOW).ranked

    for need in needs:
        alone = rank(need, offers, POLICY, len(offers), now=NOW)
        assert ranked.best(need.id, len(offers)) == list(enumerate(alone, start=1))
        assert ranked.best(need.id, 2) == list(enumerate(alone[:2], start=1))
        assert ranked.admitted(need.id) == len(alone)
        assert ranked.because(need.id) == edges([need], offers, POLICY, now=NOW).because(0)


def test_further_down_are_given_with_their_place_to_whoever_names_them():
    offers = [an_offer(id=metres, **metres_east(metres)) for metres in (100, 400, 700, 1000)]
    ranked = settle([a_need()], offers, Policy(), now=NOW).ranked

    found = ranked.best("n", 1, also={700})

    assert [(place, one.offer) for place, one in found] == [(1, 100), (3, 700)]
