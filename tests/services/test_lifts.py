"""Whoever gave much comes a little sooner in a round, and never before what presses more."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import hours, matches
from enabler.services._ground import ground
from enabler.services._open_slots import points_of
from enabler.services._round import choose
from enabler.timebank.transfers import Reason, Transfer
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_helper,
    a_member,
    a_need,
    new_rules,
)
from tests.services.deeds import a_key, accept, earn, post

DAY = timedelta(days=1)
A_DAY_OF_WAITING = 10


def first_served(place: BuiltPlace, far: dict[str, Any], near: dict[str, Any]) -> str:
    """One helper for two needs, of Ann who lives far and gave much, and of Bea who lives near and
    gave nothing: whose is it?"""
    ann, bea = a_member(place, "Ann", at=(2500, 700)), a_member(place, "Bea", at=(900, 700))
    earn(ann, 600)
    needs = {a_need(ann, **far): "Ann", a_need(bea, **near): "Bea"}
    a_helper(place, "Hal", at=(700, 700), capacity=1)
    with reading() as uow:
        (served,) = choose(uow, ground(uow, place.id, NOW)).by_need
        return needs[uow.needs.by_id(served).ref]


@pytest.mark.parametrize(
    ("far", "near", "served"),
    [
        ({}, {}, "Ann"),
        ({}, {"posted_at": NOW - DAY}, "Bea"),  # who waits longer
        ({}, {"needed_by": NOW + timedelta(hours=12)}, "Bea"),  # what is urgent
        ({}, {"circumstance": 1}, "Bea"),
        ({}, {"priority": 200}, "Bea"),  # asked again
        ({"needed_by": NOW + timedelta(hours=12)}, {"posted_at": NOW - DAY}, "Bea"),
    ],
)
def test_among_equals_whoever_gave_much_and_nobody_over_what_presses(
    place: BuiltPlace, far: dict[str, Any], near: dict[str, Any], served: str
) -> None:
    assert first_served(place, far, near) == served


def test_a_place_can_switch_it_off(place: BuiltPlace) -> None:
    new_rules(place, {"hours_lift": 0})
    assert first_served(place, {}, {}) == "Bea"


NEEDS = st.dictionaries(
    st.integers(1, 20), st.tuples(st.integers(1, 900), st.booleans(), st.integers(0, 9)),
    min_size=2,
)  # fmt: skip
"""By number: priority, whether it goes first, what its asker's giving alone would lift it by."""


@given(NEEDS, st.integers(0, 9))
def test_a_lift_puts_nobody_over_what_goes_first_or_waits_a_day_longer(
    needs: dict[int, tuple[int, bool, int]], most: int
) -> None:
    gave = {number: min(most, lift) for number, (_, _, lift) in needs.items()}
    first = frozenset(number for number, (_, goes_first, _) in needs.items() if goes_first)
    points = points_of(gave, first, most)
    after = {number: needs[number][0] + points.get(number, 0) for number in needs}
    for one, (priority, goes_first, _) in needs.items():
        for other, (lower, _, _) in needs.items():
            if priority >= lower + A_DAY_OF_WAITING:
                assert after[one] > after[other]
            if goes_first and priority >= lower:
                assert after[one] >= after[other]


def test_only_whoever_had_help_and_gave_none_is_invited_to_give(place: BuiltPlace) -> None:
    asker, helper = a_member(place, "Ann"), a_helper(place, "Ben")
    post(asker)
    ref = accept(helper).ref
    assert not received_only(asker)
    matches.done(actor=helper.actor, match_ref=ref, minutes=30, key=a_key(), now=NOW)
    matches.confirm(actor=asker.actor, match_ref=ref, key=a_key(), now=NOW)
    assert (received_only(asker), received_only(helper)) == (True, False)
    assert not hours.balance(actor=asker.actor, now=NOW).lifted
    earn(helper, 600)
    assert hours.balance(actor=helper.actor, now=NOW).lifted


def received_only(member: BuiltMember) -> bool:
    return hours.statement(actor=member.actor, now=NOW).only_received


def test_whoever_had_help_is_asked_for_it_and_only_they_read_so(place: BuiltPlace) -> None:
    asker, helper = a_member(place, "Ann"), a_helper(place, "Ben")
    with unit_of_work() as uow:
        owes = uow.purses.for_member(place.id, helper.id, -300).number
        pot = uow.purses.open_pot(place.id, ref="AAAA", now=NOW, kind="community").account
        uow.ledger.post(Transfer("a-help", place.id, owes, pot, 120, Reason.HELP), NOW)
        uow.commit()
    post(asker)
    mine = accept(helper)
    hers = matches.show(actor=asker.actor, ref=mine.ref, now=NOW)
    assert {one.factor: one.points for one in mine.reasons}["reciprocity"] == 48
    assert "reciprocity" not in {one.factor for one in hers.reasons}
