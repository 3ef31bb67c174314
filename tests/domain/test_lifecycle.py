"""Changes of state: what the tables allow, and nothing else."""

import pytest

from enabler.domain.errors import WrongMoment
from enabler.domain.lifecycle import (
    LIVE_MATCHES,
    MATCH_MOVES,
    NEED_MOVES,
    OFFER_MOVES,
    SETTLED_NEEDS,
    advance,
)
from enabler.domain.vocabulary import MatchState, NeedState, OfferState


class TestTheTables:
    def test_name_every_state(self) -> None:
        assert set(NEED_MOVES) == set(NeedState)
        assert set(OFFER_MOVES) == set(OfferState)
        assert set(MATCH_MOVES) == set(MatchState)

    def test_let_nothing_leave_its_end(self) -> None:
        for state in SETTLED_NEEDS:
            assert NEED_MOVES[state] <= {NeedState.HELD}  # a refusal that is taken back
        assert not MATCH_MOVES[MatchState.CONFIRMED]
        assert not MATCH_MOVES[MatchState.DECLINED]
        assert OFFER_MOVES[OfferState.REFUSED] == {OfferState.HELD}

    def test_let_every_need_come_to_an_end(self) -> None:
        for state in NeedState:
            reached, ahead = {state}, [state]
            while ahead:
                for after in NEED_MOVES[ahead.pop()] - reached:
                    reached.add(after)
                    ahead.append(after)
            assert reached & SETTLED_NEEDS

    def test_never_bring_a_held_or_refused_thing_into_a_match(self) -> None:
        assert NeedState.FILLED not in NEED_MOVES[NeedState.HELD]
        assert MatchState.DECLINED not in LIVE_MATCHES


class TestAdvance:
    def test_gives_the_new_state(self) -> None:
        assert advance(NEED_MOVES, NeedState.HELD, NeedState.OPEN) is NeedState.OPEN

    def test_says_where_the_thing_stands(self) -> None:
        with pytest.raises(WrongMoment) as wrong:
            advance(MATCH_MOVES, MatchState.DECLINED, MatchState.ACCEPTED)
        assert wrong.value.facts["state"] == "declined"
