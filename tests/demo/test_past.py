"""What came of the invented needs keeps the laws, whoever is invented."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enabler.domain.demo.shapes import Invention, Match, Story
from enabler.domain.lifecycle import LIVE_MATCHES, SETTLED_NEEDS, need_state
from enabler.domain.vocabulary import CATEGORIES, MatchState, NeedState, NextStep, Outcome
from tests.demo.towns import NOW, PEOPLE, RULES, told

ZONE = ZoneInfo("Europe/London")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
BIG = told(600, 1)


def matches(invention: Invention, stories: list[Story]) -> Iterator[tuple[Story, Match]]:
    for story in stories:
        for match in story.matches:
            yield story, match


@settings(max_examples=15, deadline=None)
@given(size=st.integers(10, 300), seed=st.integers(0, 10**6), now=MOMENTS)
def test_the_laws_hold_for_any_people_at_any_time(size: int, seed: int, now: datetime) -> None:
    invention, stories, _ = told(size, seed, now)
    assert len(stories) == len(invention.needs)
    for story in stories:
        check_need(invention, story, now)
    for story, match in matches(invention, stories):
        check_match(invention, story, match, now)
    check_caps(invention, stories)


def check_need(invention: Invention, story: Story, now: datetime) -> None:
    need = invention.needs[story.need]
    live = [match for match in story.matches if match.state in LIVE_MATCHES]
    assert sorted(match.slot or 0 for match in live) == list(range(1, len(live) + 1))
    assert len(live) <= need.slots
    assert need.posted_at < now
    assert (story.next_step is None) == (story.next_step_at is None)
    if story.state in SETTLED_NEEDS:
        assert story.next_step is None
        assert story.ended_at is not None
        assert need.posted_at < story.ended_at <= now
        assert (story.outcome is not None) == (story.state is NeedState.CLOSED)
    elif story.state is not NeedState.SUSPENDED:
        assert story.next_step_at is not None
        assert story.next_step_at >= now
    if story.state is NeedState.OPEN:
        assert story.next_step_at == now
        assert need.needed_by > now
        assert live == []
    elif story.state in (NeedState.FILLED, NeedState.ARRANGED, NeedState.DONE):
        assert need_state(need.slots, [match.state for match in live]) is story.state
    if story.outcome is Outcome.HELPED:
        assert len(live) == need.slots
    if need.held and story.state is not NeedState.HELD:
        assert story.decided_at is not None


def check_match(invention: Invention, story: Story, match: Match, now: datetime) -> None:
    need, offer = invention.needs[story.need], invention.offers[match.offer]
    asked = story.decided_at or need.posted_at
    assert asked <= match.asked_at < now
    assert match.state not in (MatchState.ASKED, MatchState.PROPOSED)
    assert 8 * 60 <= minute(match.asked_at) < 20 * 60
    assert offer.decided_at is not None
    assert offer.decided_at < match.asked_at
    assert offer.ended_at is None or match.asked_at < offer.ended_at
    assert need.category in offer.categories
    assert (match.slot is not None) == (match.state in LIVE_MATCHES)
    moments = [match.asked_at, match.accepted_at, match.arranged_at, match.done_at,
               match.confirmed_at]  # fmt: skip
    known = [moment for moment in moments if moment is not None]
    assert known == sorted(known)
    assert known[-1] <= now
    if match.visit is not None and match.state in LIVE_MATCHES:
        assert match.accepted_at is not None
        assert match.accepted_at <= match.visit.start
        assert match.visit.minutes == need.duration_minutes
        assert not need.windows or any(
            window.start <= match.visit.start and match.visit.end <= window.end
            for window in need.windows
        )


def minute(moment: datetime) -> int:
    local = moment.astimezone(ZONE)
    return local.hour * 60 + local.minute


def check_caps(invention: Invention, stories: list[Story]) -> None:
    yes: Counter[object] = Counter()
    asks: Counter[object] = Counter()
    for _, match in matches(invention, stories):
        who = invention.offers[match.offer].posted_by
        asks[who, "day", match.asked_at.astimezone(ZONE).date()] += 1
        asks[who, "week", match.asked_at.astimezone(ZONE).isocalendar()[:2]] += 1
        if match.slot is not None and match.accepted_at is not None:
            yes[match.offer, match.accepted_at.astimezone(ZONE).isocalendar()[:2]] += 1
    for (offer, _), count in yes.items():  # type: ignore[misc]
        assert count <= invention.offers[offer].capacity
    for (who, period, _), count in asks.items():  # type: ignore[misc]
        most = RULES.asks_per_week if period == "week" else RULES.asks_per_day
        assert count <= min(most, invention.members[who].asks_per_week or most)


class TestTheFigures:
    def test_show_every_state_that_something_can_be_in(self) -> None:
        invention, stories, _ = BIG
        states = {story.state for story in stories}
        assert states == set(NeedState) - {NeedState.DRAFT}
        found = {match.state for _, match in matches(invention, stories)}
        # Asks that wait are made by the first round or tick itself, not invented.
        assert found == set(MatchState) - {MatchState.PROPOSED, MatchState.ASKED}

    def test_show_every_kind_of_help(self) -> None:
        invention, stories, _ = BIG
        assert {need.category for need in invention.needs} == set(CATEGORIES)
        waiting = Counter(
            invention.needs[s.need].category for s in stories if s.state is NeedState.OPEN
        )
        assert len(waiting) > 15

    def test_show_how_needs_end(self) -> None:
        _, stories, _ = BIG
        ends = Counter(story.outcome for story in stories if story.state is NeedState.CLOSED)
        assert ends[Outcome.HELPED] > sum(ends.values()) / 2
        assert ends[Outcome.NOBODY_FOUND] > 0

    def test_spread_over_the_week_with_fewer_at_its_end(self) -> None:
        invention, _, _ = BIG
        past = [n for n in invention.needs if n.posted_at < NOW - timedelta(days=14)]
        days = Counter(need.posted_at.astimezone(ZONE).weekday() for need in past)
        assert set(days) == set(range(7))
        assert days[5] + days[6] < (days[0] + days[1] + days[2]) * 2 / 3

    def test_ask_where_people_live(self) -> None:
        invention, _, _ = BIG
        wards = Counter(
            (invention.homes[invention.members[n.asker].home or 0].spot) // 20
            for n in invention.needs
        )
        whole = sum(PEOPLE.values())
        for row, lives in enumerate(PEOPLE.values()):
            assert wards[row] / len(invention.needs) == pytest.approx(lives / whole, abs=0.08)

    def test_leave_some_open_needs_with_a_first_wave_behind_them(self) -> None:
        _, stories, _ = BIG
        steps = Counter((s.next_step, s.wave) for s in stories if s.state is NeedState.OPEN)
        assert set(steps) == {(NextStep.ASK_FIRST, 0), (NextStep.ASK_MORE, 1)}

    def test_were_helped_only_by_those_who_could(self) -> None:
        invention, stories, could = BIG
        for story, match in matches(invention, stories):
            assert could.scored(story.need, match.offer).score > 0

    def test_say_everything_in_turn(self) -> None:
        invention, _, _ = BIG
        said = Counter(need.words for need in invention.needs if need.category == "shopping")
        assert max(said.values()) - min(said.values()) <= 1


class TestWhoIsShownRound:
    def test_the_helper_has_helped_the_resident_before_and_nobody_else(self) -> None:
        invention, stories, _ = BIG
        helped = [story for story, match in matches(invention, stories) if match.offer == 0]
        assert [invention.needs[story.need].asker for story in helped] == [0, 0, 0]
        assert {story.state for story in helped} == {NeedState.CLOSED}

    def test_no_open_lift_is_near_the_helper(self) -> None:
        invention, stories, could = BIG
        rivals = [
            s.need
            for s in stories
            if invention.needs[s.need].category == "transport" and s.state is NeedState.OPEN
        ]
        assert all(0 not in could.candidates.get(row, []) for row in rivals)
