"""The alarm of a visit: who is woken when, whatever was lost, said twice or came too late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.door_words import WORDS, a_word
from enabler.domain.ruleset import Ruleset
from enabler.domain.visits import (
    LONGEST_STAY_MORE,
    Stage,
    Visit,
    arrived,
    left,
    moved,
    next_ring,
    rings,
    stays,
    waiting,
)

START = datetime(2026, 3, 12, 11, tzinfo=UTC)
END = START + timedelta(hours=1)
RULES = Ruleset(0, 0)
MINUTE = timedelta(minutes=1)
EXPECTED = Visit(1, 1, "maple", True, START, END)


def test_nobody_is_waited_for_who_is_not_watched_or_has_no_time() -> None:
    assert rings(replace(EXPECTED, watched=False), RULES) == ()
    assert rings(replace(EXPECTED, start_at=None), RULES) == ()
    assert waiting(replace(EXPECTED, watched=False), RULES).next_at is None


def test_the_stages_are_those_of_the_ruleset() -> None:
    assert rings(EXPECTED, RULES) == (
        (Stage.ARRIVED, START + 15 * MINUTE), (Stage.HELPER, END + 15 * MINUTE),
        (Stage.CUSTODIANS, END + 30 * MINUTE), (Stage.LEADS, END + 60 * MINUTE),
    )  # fmt: skip
    inside = arrived(EXPECTED, START, 60)
    assert rings(inside, RULES)[0] == (Stage.HELPER, END + 15 * MINUTE)


def test_it_goes_on_until_somebody_has_left_or_seen_to_it() -> None:
    visit = EXPECTED
    for stage in (Stage.ARRIVED, Stage.HELPER, Stage.CUSTODIANS, Stage.LEADS):
        ring = next_ring(visit, RULES)
        assert ring is not None
        assert ring[0] is stage
        for over in (left(visit, END), replace(visit, cleared_at=END)):
            assert next_ring(over, RULES) is None
        visit = replace(visit, stage=stage)
    assert next_ring(visit, RULES) is None


def test_what_is_said_twice_or_too_late_changes_nothing() -> None:
    inside = arrived(EXPECTED, START, 60)
    assert arrived(inside, END, 60) == inside
    out = left(inside, END)
    assert left(out, END + MINUTE) == out
    assert arrived(left(EXPECTED, END), END + MINUTE, 60).arrived_at is None


def test_whoever_stays_is_waited_for_from_the_new_time() -> None:
    late = replace(arrived(EXPECTED, START, 60), stage=Stage.CUSTODIANS)
    longer = stays(late, 30, END + 31 * MINUTE)
    assert next_ring(longer, RULES) == (Stage.HELPER, END + 76 * MINUTE)
    assert stays(late, 10_000, END).until_at == END + LONGEST_STAY_MORE


def test_another_time_begins_it_anew_but_for_whoever_is_inside() -> None:
    tomorrow = START + timedelta(days=1), END + timedelta(days=1)
    again = moved(replace(left(EXPECTED, END), stage=Stage.LEADS), *tomorrow)
    assert (again.left_at, again.stage, again.start_at) == (None, Stage.QUIET, tomorrow[0])
    inside = moved(arrived(EXPECTED, START, 60), *tomorrow)
    assert (inside.inside, inside.until_at) == (True, tomorrow[1])


@given(
    helper=st.integers(1, 1440), custodian=st.integers(1, 1440), lead=st.integers(1, 1440),
    length=st.integers(1, 1440), inside=st.booleans(),
)  # fmt: skip
def test_no_stage_comes_before_the_one_before_it(
    helper: int, custodian: int, lead: int, length: int, inside: bool
) -> None:
    rules = replace(
        RULES, overdue_helper_minutes=helper, overdue_custodian_minutes=custodian,
        overdue_lead_minutes=lead,
    )  # fmt: skip
    visit = replace(EXPECTED, until_at=START + length * MINUTE)
    found = rings(arrived(visit, START, 60) if inside else visit, rules)
    assert [stage for stage, _ in found] == sorted(stage for stage, _ in found)
    assert [at for _, at in found] == sorted(at for _, at in found)
    assert found[-1][0] is Stage.LEADS


@pytest.mark.parametrize("language", ["en", "cy", "pl"])
def test_a_word_is_plain_and_there_are_enough(language: str) -> None:
    words = WORDS.get(language, WORDS["en"])
    assert len(set(words)) == len(words) >= 50
    assert all(word.isalpha() and 3 <= len(word) <= 10 for word in words)
    assert a_word(language, min) == min(words)
