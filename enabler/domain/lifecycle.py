"""Which change of state may follow which: tables, not code.

A service asks ``advance`` before it changes a state; what the table does not name raises
``WrongMoment`` with the state in it, so that the door can say where the thing stands now.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from enabler.domain.errors import WrongMoment
from enabler.domain.vocabulary import (
    MatchState,
    MemberState,
    NeedState,
    OfferState,
    OrganisationState,
)

S = TypeVar("S", bound=StrEnum)

_N = NeedState
NEED_MOVES: Mapping[NeedState, frozenset[NeedState]] = {
    _N.DRAFT: frozenset({_N.HELD, _N.OPEN, _N.WITHDRAWN}),
    _N.HELD: frozenset({_N.OPEN, _N.REFUSED, _N.WITHDRAWN, _N.SUSPENDED}),
    # Held again: what its asker changed is looked at as what was posted.
    _N.OPEN: frozenset(
        {_N.HELD, _N.FILLED, _N.ARRANGED, _N.DONE, _N.CLOSED, _N.WITHDRAWN, _N.SUSPENDED}
    ),
    _N.FILLED: frozenset({_N.OPEN, _N.ARRANGED, _N.DONE, _N.CLOSED, _N.WITHDRAWN, _N.SUSPENDED}),
    _N.ARRANGED: frozenset({_N.OPEN, _N.FILLED, _N.DONE, _N.CLOSED, _N.WITHDRAWN, _N.SUSPENDED}),
    _N.DONE: frozenset({_N.CLOSED, _N.OPEN}),
    _N.SUSPENDED: frozenset({_N.OPEN, _N.HELD, _N.CLOSED, _N.REFUSED, _N.WITHDRAWN}),
    _N.CLOSED: frozenset(),
    _N.WITHDRAWN: frozenset(),
    _N.REFUSED: frozenset({_N.HELD}),  # undone, or appealed against with success
}

_O = OfferState
OFFER_MOVES: Mapping[OfferState, frozenset[OfferState]] = {
    _O.HELD: frozenset({_O.OPEN, _O.REFUSED, _O.ENDED, _O.SUSPENDED}),
    _O.OPEN: frozenset({_O.PAUSED, _O.ENDED, _O.SUSPENDED, _O.HELD}),
    _O.PAUSED: frozenset({_O.OPEN, _O.ENDED, _O.SUSPENDED, _O.HELD}),
    _O.SUSPENDED: frozenset({_O.OPEN, _O.HELD, _O.ENDED, _O.REFUSED}),
    _O.ENDED: frozenset({_O.HELD}),  # with its organisation, whose refusal is taken back
    _O.REFUSED: frozenset({_O.HELD}),
}

_G = OrganisationState
ORGANISATION_MOVES: Mapping[OrganisationState, frozenset[OrganisationState]] = {
    _G.HELD: frozenset({_G.ACTIVE, _G.REFUSED, _G.SUSPENDED}),
    _G.ACTIVE: frozenset({_G.PAUSED, _G.HELD, _G.SUSPENDED}),
    _G.PAUSED: frozenset({_G.ACTIVE, _G.HELD, _G.SUSPENDED}),
    _G.SUSPENDED: frozenset({_G.ACTIVE, _G.HELD, _G.REFUSED}),
    _G.REFUSED: frozenset({_G.HELD}),
    _G.ERASED: frozenset(),
}

_P = MemberState
MEMBER_MOVES: Mapping[MemberState, frozenset[MemberState]] = {
    _P.HELD: frozenset({_P.ACTIVE, _P.SUSPENDED, _P.ERASED}),
    _P.ACTIVE: frozenset({_P.HELD, _P.PAUSED, _P.SUSPENDED, _P.ERASED}),
    _P.PAUSED: frozenset({_P.ACTIVE, _P.SUSPENDED, _P.ERASED}),
    _P.SUSPENDED: frozenset({_P.ACTIVE, _P.HELD, _P.ERASED}),
    _P.ERASED: frozenset(),
}

_M = MatchState
MATCH_MOVES: Mapping[MatchState, frozenset[MatchState]] = {
    _M.PROPOSED: frozenset({_M.ASKED, _M.ACCEPTED, _M.WITHDRAWN, _M.LAPSED}),
    _M.ASKED: frozenset({_M.ACCEPTED, _M.DECLINED, _M.LAPSED, _M.WITHDRAWN}),
    _M.ACCEPTED: frozenset({_M.ARRANGED, _M.RELEASED, _M.DONE, _M.WITHDRAWN, _M.DISPUTED}),
    _M.ARRANGED: frozenset({_M.ARRANGED, _M.RELEASED, _M.DONE, _M.WITHDRAWN, _M.DISPUTED}),
    _M.DONE: frozenset({_M.CONFIRMED, _M.DISPUTED}),
    _M.DISPUTED: frozenset({_M.CONFIRMED, _M.WITHDRAWN}),
    # A late yes still counts where a slot is free; who said yes too late is asked again first.
    _M.LAPSED: frozenset({_M.ACCEPTED, _M.ASKED, _M.WITHDRAWN}),
    _M.DECLINED: frozenset(),
    _M.RELEASED: frozenset(),
    _M.CONFIRMED: frozenset(),
    _M.WITHDRAWN: frozenset(),
}

LIVE_MATCHES = frozenset({_M.ACCEPTED, _M.ARRANGED, _M.DONE, _M.CONFIRMED, _M.DISPUTED})
"""Matches that fill a slot of their need and use capacity of their offer."""

CHANGEABLE_NEEDS = frozenset({_N.HELD, _N.OPEN, _N.FILLED, _N.ARRANGED})
"""Needs whose asker may still say otherwise what is wanted."""
CHANGEABLE_OFFERS = frozenset({_O.HELD, _O.OPEN, _O.PAUSED})
MATCHABLE_NEEDS = frozenset({_N.OPEN})
SETTLED_NEEDS = frozenset({_N.CLOSED, _N.WITHDRAWN, _N.REFUSED})
"""Needs that have ended: nothing happens to them any more."""


_OVER = frozenset({_M.DONE, _M.CONFIRMED, _M.DISPUTED})


def need_state(slots: int, live: Sequence[MatchState]) -> NeedState:
    """Where a need stands by the states of its live matches: it is as far as its slowest slot."""
    if len(live) < slots:
        return _N.OPEN
    if all(state is _M.CONFIRMED for state in live):
        return _N.CLOSED
    if all(state in _OVER for state in live):
        return _N.DONE
    if any(state is _M.ACCEPTED for state in live):
        return _N.FILLED
    return _N.ARRANGED


def advance(moves: Mapping[S, frozenset[S]], old: S, new: S) -> S:
    """The new state, if the table allows the change. Raises WrongMoment otherwise."""
    if new not in moves[old]:
        raise WrongMoment(f"cannot_{new.value}_when_{old.value}", state=old.value, wanted=new.value)
    return new
