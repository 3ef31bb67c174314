"""Who may read an address, and how near two homes may be said to be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from types import SimpleNamespace
from typing import Any

import pytest

from enabler.domain.disclosure import (
    Standing,
    distance_band,
    may_know_how_to_meet,
    may_read_address,
)
from enabler.domain.matches import Match
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import MatchState

SIDES = (0, 250, 500, 1000, 2000, 4000)


@pytest.mark.parametrize(("one", "other"), list(product(SIDES, SIDES)))
def test_a_band_is_no_finer_than_the_larger_cell(one: int, other: int) -> None:
    bands = sorted({distance_band(metres, one, other) for metres in range(0, 20_000, 7)})
    widths = {upper - lower for lower, upper in pairwise(bands)}
    assert widths == {max(one, other, 500)}
    assert bands[0] == max(one, other, 500)


def test_a_band_holds_its_distance() -> None:
    for metres in (0, 1, 499, 500, 501, 999, 1000, 1001, 12_345):
        upper = distance_band(metres, 250, 500)
        assert upper - 500 <= metres <= upper


NOW = datetime(2026, 3, 12, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)
RULES = Ruleset(0, 0)
NEED: Any = SimpleNamespace(needed_by=NOW)
AGREED = Match(
    1, 1, "M1", 1, 1, 7, None, MatchState.ARRANGED, 1, 0, (), 100, 0, NOW, NOW, None, NOW,
    NOW, NOW + HOUR, None, None, None,
)  # fmt: skip
ENTITLED = {MatchState.ACCEPTED, MatchState.ARRANGED, MatchState.DONE, MatchState.CONFIRMED}
LAST = NOW + HOUR + timedelta(hours=RULES.address_hours_after)


def reads(match: Match = AGREED, **changed: Any) -> bool:
    facts: dict[str, Any] = {
        "standing": Standing(), "member_id": 7, "caution_until": None, "now": NOW
    } | changed  # fmt: skip
    standing = facts.pop("standing")
    return may_read_address(match, NEED, RULES, standing, **facts)


@pytest.mark.parametrize("state", MatchState)
@pytest.mark.parametrize("standing", [Standing(), Standing(("identity",)), Standing((), True)])
@pytest.mark.parametrize("member_id", [7, 8, None])
def test_an_address_is_for_the_helper_whose_side_stands_and_nobody_else(
    state: MatchState, standing: Standing, member_id: int | None
) -> None:
    found = reads(replace(AGREED, state=state), standing=standing, member_id=member_id)
    assert found is (state in ENTITLED and standing == Standing() and member_id == 7)


def test_an_address_is_gone_after_its_time_and_hidden_while_caution_holds() -> None:
    assert reads(now=LAST)
    assert not reads(now=LAST + timedelta(microseconds=1))
    assert not reads(caution_until=NOW + HOUR)
    assert reads(caution_until=NOW)


def test_how_to_meet_goes_with_the_address_but_for_caution() -> None:
    for standing in (Standing(("identity",)), Standing((), True)):
        assert not may_know_how_to_meet(AGREED, NEED, RULES, standing, member_id=7, now=NOW)
    assert may_know_how_to_meet(AGREED, NEED, RULES, Standing(), member_id=7, now=NOW)
