"""The tree of kinds of help, the week of capacities, and how a need follows its matches."""

from datetime import UTC, datetime, timedelta

import pytest

from enabler.domain.categories import HIGHEST, TREE, category, credentials_for
from enabler.domain.lifecycle import LIVE_MATCHES, MATCH_MOVES, NEED_MOVES, OFFER_MOVES, need_state
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import (
    CATEGORIES,
    CredentialKind,
    MatchState,
    NeedState,
    OfferState,
    Risk,
)
from enabler.domain.weeks import week_of

M, N = MatchState, NeedState


class TestTheTree:
    def test_has_every_slug_of_the_contract_and_no_other(self) -> None:
        assert set(TREE) == set(CATEGORIES)

    @pytest.mark.parametrize("slug", CATEGORIES)
    def test_has_all_facts_of_a_leaf(self, slug: str) -> None:
        leaf = TREE[slug]
        assert leaf.slug == slug
        assert leaf.parent
        assert leaf.icon
        assert 5 <= leaf.minutes <= 480
        words = leaf.words["en"]
        assert len(words) == len(set(words)) >= 5
        assert all(word == word.strip().lower() for word in words)

    def test_asks_for_a_check_wherever_something_can_go_wrong(self) -> None:
        for leaf in TREE.values():
            if leaf.risk is not Risk.LOW:
                assert CredentialKind.IDENTITY in leaf.credentials

    def test_counts_what_nobody_knows_as_the_highest_risk(self) -> None:
        assert category("juggling").risk is Risk.HIGH
        assert category("juggling").credentials == HIGHEST


def test_a_place_may_ask_for_more_than_the_tree_and_never_for_less() -> None:
    rules = Ruleset(1, 1, category_credentials={"shopping": ("dbs-basic",), "transport": ()})
    assert credentials_for("shopping", rules) == {"identity", "dbs-basic"}
    assert credentials_for("transport", rules, ["insurance"]) == {
        "identity", "driving", "insurance"
    }  # fmt: skip


class TestTheWeek:
    @pytest.mark.parametrize(
        ("moment", "start"),
        [
            ("2026-03-10T10:00", "2026-03-09T00:00"),  # a Tuesday
            ("2026-03-09T00:00", "2026-03-09T00:00"),
            ("2026-03-08T23:59", "2026-03-02T00:00"),
            ("2026-06-07T23:30", "2026-06-07T23:00"),  # a Monday already, in summer time
        ],
    )
    def test_runs_from_monday_in_the_places_own_time(self, moment: str, start: str) -> None:
        week = week_of(datetime.fromisoformat(moment).replace(tzinfo=UTC), "Europe/London")
        assert week.start == datetime.fromisoformat(start).replace(tzinfo=UTC)

    def test_has_an_hour_less_when_the_clocks_go_forward(self) -> None:
        week = week_of(datetime(2026, 3, 28, tzinfo=UTC), "Europe/London")
        assert week.end - week.start == timedelta(days=7, hours=-1)


class TestANeed:
    @pytest.mark.parametrize(
        ("slots", "live", "state"),
        [
            (1, [], N.OPEN),
            (2, [M.CONFIRMED], N.OPEN),
            (1, [M.ACCEPTED], N.FILLED),
            (2, [M.ARRANGED, M.ACCEPTED], N.FILLED),
            (2, [M.ARRANGED, M.DONE], N.ARRANGED),
            (2, [M.CONFIRMED, M.DONE], N.DONE),
            (1, [M.DISPUTED], N.DONE),
            (2, [M.CONFIRMED, M.CONFIRMED], N.CLOSED),
        ],
    )
    def test_is_as_far_as_its_slowest_slot(
        self, slots: int, live: list[MatchState], state: NeedState
    ) -> None:
        assert need_state(slots, live) is state


def test_every_state_has_its_moves_and_only_to_states_there_are() -> None:
    for moves, states in ((NEED_MOVES, NeedState), (MATCH_MOVES, MatchState),
                          (OFFER_MOVES, OfferState)):  # fmt: skip
        assert set(moves) == set(states)
        assert {to for targets in moves.values() for to in targets} <= set(states)


def test_only_a_yes_can_become_live() -> None:
    """A slot is taken by a yes alone: whatever else was live before it."""
    for before, targets in MATCH_MOVES.items():
        if before not in LIVE_MATCHES:
            assert targets & LIVE_MATCHES <= {M.ACCEPTED}
