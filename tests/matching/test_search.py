"""The search finds exactly the pairs of its contract, best first, however it is asked."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given as invented
from hypothesis import settings
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.matching.search import ANY_REACH, Grid, search
from tests.matching.elsewhere import printed
from tests.matching.sides import (
    ALWAYS,
    FAR,
    NEARNESS,
    anywhere,
    at_random,
    found_rows,
    given_of,
    given_rows,
    nearby,
    plainly,
    wanted_of,
    wanted_rows,
)


def hunt(wanted, given, **how):
    return search(Grid.of(given), wanted, nearness=NEARNESS, **how)


def same(one, other):
    return found_rows(one) == found_rows(other) and one.admitted.tolist() == other.admitted.tolist()


@invented(wanted_rows(), given_rows())
@settings(max_examples=150, deadline=None)
def test_finds_what_a_plain_reading_finds_best_first(needs, offers):
    wanted, given = wanted_of(needs), given_of(offers)
    found = hunt(wanted, given)
    expected = plainly(wanted, given)

    assert found_rows(found) == expected
    assert found.admitted.tolist() == [len(row) for row in expected]


@invented(wanted_rows(nearby), given_rows(nearby))
@settings(max_examples=150, deadline=None)
def test_so_it_does_at_the_rim_of_a_reach(needs, offers):
    wanted, given = wanted_of(needs), given_of(offers)

    assert found_rows(hunt(wanted, given)) == plainly(wanted, given)


@invented(wanted_rows(anywhere), given_rows(anywhere))
@settings(max_examples=80, deadline=None)
def test_so_it_does_at_the_ends_of_the_world(needs, offers):
    wanted, given = wanted_of(needs), given_of(offers)

    assert found_rows(hunt(wanted, given)) == plainly(wanted, given)


@invented(wanted_rows(), given_rows(), st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_keeps_the_first_of_all_and_counts_the_rest(needs, offers, keep):
    wanted, given = wanted_of(needs), given_of(offers)
    every, best = hunt(wanted, given), hunt(wanted, given, keep=keep)

    assert found_rows(best) == [row[:keep] for row in found_rows(every)]
    assert best.admitted.tolist() == every.admitted.tolist()


@invented(wanted_rows(), given_rows())
@settings(max_examples=40, deadline=None)
def test_finds_the_same_in_any_order_where_the_order_is_nothing(needs, offers):
    wanted, given = wanted_of(needs), given_of(offers)
    loose = hunt(wanted, given, ordered=False)

    assert [sorted(row) for row in found_rows(loose)] == plainly(wanted, given)


@invented(wanted_rows(), given_rows(), st.integers(0, 5), st.integers(0, 11))
@settings(max_examples=60, deadline=None)
def test_the_best_for_one_need_are_those_of_the_search(needs, offers, limit, need):
    wanted, given = wanted_of(needs), given_of(offers)
    if need < len(wanted):
        grid = Grid.of(given)
        found = search(grid, wanted, nearness=NEARNESS, keep=limit, among=[need])
        offer, score, admitted = grid.best(wanted, need, nearness=NEARNESS, limit=limit)

        assert [(offer.tolist(), score.tolist())] == [
            (found.rows.offer.tolist(), found.rows.score.tolist())
        ]
        assert admitted == found.admitted[0]


@invented(wanted_rows(), given_rows(), st.data())
@settings(max_examples=60, deadline=None)
def test_finds_the_same_for_some_needs_in_the_order_in_which_they_are_named(needs, offers, draw):
    wanted, given = wanted_of(needs), given_of(offers)
    among = draw.draw(st.permutations(range(len(needs)))) if needs else []
    among = among[: draw.draw(st.integers(0, len(among)))]
    every, some = hunt(wanted, given), hunt(wanted, given, among=among)

    assert found_rows(some) == [found_rows(every)[need] for need in among]
    assert some.admitted.tolist() == every.admitted[list(among)].tolist()


@invented(wanted_rows(), given_rows(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_what_is_given_changes_no_pair_and_no_score(needs, offers, random):
    left, right = list(enumerate(needs)), list(enumerate(offers))
    random.shuffle(left)
    random.shuffle(right)

    def named(some, others):
        found = hunt(wanted_of([row for _, row in some]), given_of([row for _, row in others]))
        return {
            (some[i][0], others[j][0]): score
            for i, row in enumerate(found_rows(found))
            for score, j in row
        }

    assert named(left, right) == named(list(enumerate(needs)), list(enumerate(offers)))


class TestAPlaceOfSomeSize:
    wanted, given = at_random(300, 3000)

    def test_finds_what_a_plain_reading_finds(self):
        some = range(0, 300, 15)
        wanted = wanted_of([[column[i] for column in self.wanted.asked] for i in some])

        assert found_rows(hunt(self.wanted, self.given, among=some)) == plainly(wanted, self.given)

    def test_many_threads_find_what_one_finds(self):
        grid = Grid.of(self.given)
        many, offers = at_random(3000, 1)[0], self.given
        one = search(grid, many, nearness=NEARNESS, threads=1)

        assert len(one.rows) > 10 * len(offers)
        for threads in (2, 3, None):
            assert same(one, search(grid, many, nearness=NEARNESS, threads=threads))

    def test_everything_at_one_point_is_found(self):
        """More pairs of one need than the buffer of keys holds to begin with."""
        given = given_of([(5, 5, 100, ALWAYS, 0, k % 7, [0]) for k in range(300)])
        wanted = wanted_of([(5, 5, 0, ANY_REACH, ALWAYS, 0, 0)] * 1000)
        found = hunt(wanted, given)

        assert found.admitted.tolist() == [300] * 1000
        assert len(set(map(tuple, found_rows(found)))) == 1
        assert found_rows(found)[0] == sorted((-NEARNESS - k % 7, k) for k in range(300))


PROGRAM = """
from enabler.matching.search import Grid, search
from tests.matching.sides import at_random

wanted, given = at_random(40, 300, seed=4, side=8000)
for keep in (None, 3):
    found = search(Grid.of(given), wanted, nearness=500, keep=keep)
    print(*(c.tolist() for c in (*vars(found.rows).values(), found.admitted)))
"""


@pytest.fixture(scope="module")
def found_here():
    here = printed(PROGRAM)
    assert len(here) > 4000
    return here


class TestInAnotherProcess:
    def test_uncompiled_finds_the_same(self, found_here):
        assert printed(PROGRAM, NUMBA_DISABLE_JIT="1") == found_here

    def test_no_index_is_out_of_bounds(self, found_here, checked):
        assert printed(PROGRAM, **checked) == found_here


class TestNobody:
    @pytest.mark.parametrize("needs", [0, 1])
    @pytest.mark.parametrize("keep", [None, 0, 7])
    def test_is_found_among_no_offers_or_for_no_needs(self, needs, keep):
        wanted = wanted_of([(0, 0, 0, 0, ALWAYS, 0, 0)] * needs)
        for offers in range(2 - needs):
            given = given_of([(0, 0, 0, ALWAYS, 0, 0, [0])] * offers)
            found = hunt(wanted, given, keep=keep)

            assert found_rows(found) == [[]] * needs
            assert found.admitted.tolist() == [0] * needs

    def test_is_found_for_a_category_that_nobody_has(self):
        given = given_of([(0, 0, 9, ALWAYS, 0, 0, [1])])
        wanted = wanted_of([(0, 0, code, 9, ALWAYS, 0, 0) for code in (-1, 0, 2, FAR)])

        assert hunt(wanted, given).admitted.tolist() == [0] * 4


def test_reach_nought_serves_the_same_spot_with_all_the_nearness():
    given = given_of([(x, 0, 0, ALWAYS, 0, 0, [0]) for x in (0, 1)])
    found = hunt(wanted_of([(0, 0, 0, ANY_REACH, ALWAYS, 0, 3)]), given)

    assert found_rows(found) == [[(-NEARNESS - 3, 0)]]


def test_an_offer_that_names_a_category_twice_is_found_once():
    given = given_of([(0, 0, 9, ALWAYS, 0, 0, [2, 0, 2, 0])])

    assert hunt(wanted_of([(0, 0, 2, 9, ALWAYS, 0, 0)]), given).admitted.tolist() == [1]


@pytest.mark.parametrize("most", [2**31 - 1, -(2**31) + 5])
def test_scores_may_be_as_great_and_as_small_as_32_bits_hold(most):
    given = given_of([(0, 0, 9, ALWAYS, 0, -k, [0]) for k in (5, 0, 3)])
    found = search(Grid.of(given), wanted_of([(0, 0, 0, 9, ALWAYS, 0, most)]), nearness=0)

    assert found_rows(found) == [[(-most, 1), (3 - most, 2), (5 - most, 0)]]


class TestImpossibleValues:
    wanted = wanted_of([(0, 0, 0, 9, ALWAYS, 0, FAR)])
    given = given_of([(0, 0, 9, ALWAYS, 0, 0, [0])])

    @pytest.mark.parametrize(
        ("how", "field"),
        [
            ({"nearness": -1}, "nearness"),
            ({"nearness": 10**7}, "nearness"),
            ({"keep": -1}, "keep"),
            ({"among": [1]}, "among"),
            ({"among": [-1]}, "among"),
            ({"among": [0.5]}, "among"),
            ({"nearness": 1}, "points"),
        ],
    )
    def test_are_refused_by_the_search(self, how, field):
        with pytest.raises(Invalid) as refusal:
            search(Grid.of(self.given), self.wanted, **{"nearness": 0, **how})

        assert refusal.value.field == field

    @pytest.mark.parametrize(
        ("need", "limit", "field"), [(1, 9, "need"), (-1, 9, "need"), (0, -1, "keep")]
    )
    def test_are_refused_for_one_need_too(self, need, limit, field):
        with pytest.raises(Invalid) as refusal:
            Grid.of(self.given).best(self.wanted, need, nearness=0, limit=limit)

        assert refusal.value.field == field

    @pytest.mark.parametrize(
        ("name", "column"),
        [
            ("easting", [2**31]),
            ("reach", [1, 2]),
            ("hours", [[1, 2]]),
            ("demands", [-1]),
            ("points", [0.5]),
        ],
    )
    def test_make_no_needs(self, name, column):
        with pytest.raises(Invalid) as refusal:
            replace(self.wanted, **{name: np.array(column)})

        assert refusal.value.field == name

    @pytest.mark.parametrize(
        ("name", "column"),
        [("first", [0]), ("first", [0, 2]), ("first", [1, 1]), ("category", [-1])],
    )
    def test_make_no_offers(self, name, column):
        with pytest.raises(Invalid) as refusal:
            replace(self.given, **{name: np.array(column)})

        assert refusal.value.field == name
