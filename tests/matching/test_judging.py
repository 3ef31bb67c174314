"""Many needs at once: the same answer as for few, cut short or not, all or some."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.matching import Policy, edges, results
from enabler.matching.judging import Judge
from tests.matching.builders import NOW, a_need, an_offer, metres_east
from tests.matching.elsewhere import printed
from tests.matching.worlds import POLICY, worlds


def columns(found):
    """All that was found, as lists."""
    rows = (found.need, found.offer, found.distance_metres, found.score, found.admitted)
    lists = [column.tolist() for column in (*rows, found.points)]
    return lists, [(code, count.tolist()) for code, count in found.refused.items()]


@given(worlds(most=8))
@settings(max_examples=60, deadline=None)
def test_machine_code_and_a_search_change_nothing_in_the_answer(world):
    few, many = (Judge(*world, POLICY, NOW, many=many).edges() for many in (False, True))

    assert columns(many) == columns(few)


def best_by_need(found, keep):
    """(need, offer, score) of the best of each need, ties by offer, by need and offer."""
    pairs = list(zip(found.need, found.offer, found.score, strict=True))
    best = []
    for need in set(found.need.tolist()):
        mine = sorted((-score, offer) for one, offer, score in pairs if one == need)
        best += sorted((need, offer, -score) for score, offer in mine[:keep])
    return best


@given(worlds(most=8), st.integers(0, 3), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_best_of_each_need_are_kept_and_all_are_counted(world, keep, many):
    judge = Judge(*world, POLICY, NOW, many=many)
    every, best = judge.edges(), judge.edges(keep=keep)
    rows = list(zip(best.need, best.offer, best.score, strict=True))

    assert rows == best_by_need(every, keep)
    assert best.points.sum(axis=1).tolist() == best.score.tolist()
    assert best.admitted.tolist() == every.admitted.tolist()
    assert columns(best)[1] == columns(every)[1]


@given(worlds(most=8), st.data(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_some_needs_are_judged_as_they_are_among_all(world, draw, many):
    judge = Judge(*world, POLICY, NOW, many=many)
    among = draw.draw(st.lists(st.sampled_from(range(len(world[0]))))) if world[0] else []
    every, some = judge.edges(), judge.edges(among=among)
    named = np.isin(every.need, among)

    assert some.score.tolist() == every.score[named].tolist()
    assert some.need.tolist() == every.need[named].tolist()
    for need in among:
        assert some.because(need) == every.because(need)
        assert some.admitted[need] == every.admitted[need]


@given(worlds(), st.data())
@settings(max_examples=40, deadline=None)
def test_rows_are_by_need_as_named_the_best_first(world, draw):
    found = edges(*world, POLICY, now=NOW)
    among = draw.draw(st.permutations(range(len(world[0]))))
    rows = found.rows(np.array(among, dtype=np.int64))
    expected = [
        sorted(
            (-score, offer)
            for one, offer, score in zip(found.need, found.offer, found.score, strict=True)
            if one == need
        )
        for need in among
    ]
    pairs = list(zip((-rows.score).tolist(), rows.offer.tolist(), strict=True))

    assert [pairs[a:b] for a, b in zip(rows.first[:-1], rows.first[1:], strict=True)] == expected


def test_reasons_are_a_pairs_own_wherever_it_stands():
    needs = [a_need(id=k, **metres_east(k)) for k in range(70)]
    offers = [an_offer(id=k, recent_asks=k % 5) for k in range(80)]
    found = edges(needs, offers, Policy())
    assert len(found) > results.BLOCK + 1

    for pair in (0, results.BLOCK - 1, results.BLOCK, len(found) - 1, 1):
        points = [reason.points for reason in found.reasons(pair)]
        assert points == found.points[pair].tolist()
        assert sum(points) == found.score[pair]


def test_a_large_question_is_searched_in_parts_by_several_threads():
    """More needs than a part has, so many that the threshold is passed by number alone."""
    lots = np.random.default_rng(8)
    spots = lots.integers(0, 20_000, (1300, 2)).tolist()
    needs = [a_need(id=k, easting=x, northing=y) for k, (x, y) in enumerate(spots[:600])]
    offers = [an_offer(id=k, easting=x, northing=y) for k, (x, y) in enumerate(spots[:1300])]
    judge = Judge(needs, offers, Policy(), NOW)
    assert judge.question.many
    found = judge.edges()

    assert columns(found) == columns(Judge(needs, offers, Policy(), NOW, many=False).edges())
    assert len(found) > 600


@pytest.mark.parametrize(("how", "field"), [
    ({"keep": -1}, "keep"), ({"among": [1]}, "among"), ({"among": [-1]}, "among"),
])  # fmt: skip
def test_impossible_wishes_are_refused(how, field):
    with pytest.raises(Invalid) as refusal:
        Judge([a_need()], [an_offer()], Policy()).edges(**how)

    assert refusal.value.field == field


PROGRAM = """
import random
from hypothesis import seed, settings, given
from tests.matching.test_judging import *

@seed(3)
@settings(max_examples=15, database=None, deadline=None)
@given(worlds(most=8))
def show(world):
    print(columns(Judge(*world, POLICY, NOW, many=True).edges()))

show()
"""


class TestInAnotherProcess:
    def test_uncompiled_and_with_every_index_checked_the_answers_are_the_same(self, checked):
        here = printed(PROGRAM)

        assert len(here) > 5000
        assert printed(PROGRAM, **checked) == here
        assert printed(PROGRAM, NUMBA_DISABLE_JIT="1") == here
