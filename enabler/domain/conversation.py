"""What the two sides of a match write to each other: when it is open, what is only proposed (pure).

A conversation is of one match. It opens with the yes; when the match is given back or called off
it closes for both at that moment, words and all. Nothing here knows who asks: permissions do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.vocabulary import LineKind, MatchState
from enabler.domain.windows import Window

LONGEST_SAID = 1_000
OPEN_AFTER_THE_END = timedelta(hours=48)
OPEN_AFTER_THE_TIME = timedelta(days=31)
"""Where nobody ever says that it was done: as long as a visit can still be put off."""
SAID_AGAIN_WITHIN = timedelta(minutes=10)
"""What is the newest line and comes once more within this time is the same line."""
ON_THE_WAY_BEFORE = timedelta(hours=2)
ON_THE_WAY_AFTER = timedelta(hours=2)
CALLS_AFTER = timedelta(hours=24)
"""A visit can last longer than was agreed, and *done* can be said before somebody is out."""
_UNDER_WAY = frozenset({MatchState.ACCEPTED, MatchState.ARRANGED})
_OPEN = _UNDER_WAY | {MatchState.DONE, MatchState.CONFIRMED, MatchState.DISPUTED}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation. ``side`` is asker, helper or staff; times are UTC.

    ``visit`` is the time that is proposed or agreed, ``where`` the place in words (None: at the
    asker's address); ``holds`` says what the words seem to hold (codes of ``found_in``).
    """

    id: int
    by_member_id: int | None
    side: str
    kind: LineKind
    at: datetime
    words: str | None = None
    visit: Window | None = None
    where: str | None = None
    holds: tuple[str, ...] = ()


def open_until(match: Match, need: Need) -> datetime | None:
    """The last moment at which both may read and write; None where it is closed altogether."""
    if match.state not in _OPEN:
        return None
    ends = [max(match.visit_end or need.needed_by, need.needed_by) + OPEN_AFTER_THE_TIME]
    ends += [
        end + OPEN_AFTER_THE_END for end in (match.confirmed_at, need.ended_at) if end is not None
    ]
    return min(ends)


def is_open(match: Match, need: Need, now: datetime) -> bool:
    """Whether both sides may read and write now."""
    until = open_until(match, need)
    return until is not None and now <= until


def standing_proposal(match: Match, lines: Sequence[Line]) -> Line | None:
    """The last time that was proposed, if nothing was agreed since."""
    if match.state not in _UNDER_WAY:
        return None
    about = [line for line in lines if line.kind in (LineKind.PROPOSED, LineKind.AGREED)]
    return about[-1] if about and about[-1].kind is LineKind.PROPOSED else None


def is_said_again(
    line: Line, member_id: int | None, kind: LineKind, now: datetime, said: Mapping[str, Any]
) -> bool:
    """Whether this line says the same, of the same person, a moment ago."""
    same = (line.words, line.visit, line.where) == tuple(
        said.get(name) for name in ("words", "visit", "where")
    )
    by_same = (line.by_member_id, line.kind) == (member_id, kind)
    return same and by_same and now < line.at + SAID_AGAIN_WITHIN


def last_agreed(lines: Sequence[Line]) -> Line | None:
    """The line by which the time that holds now was agreed."""
    return next((line for line in reversed(lines) if line.kind is LineKind.AGREED), None)


def since_agreed(lines: Sequence[Line], kind: LineKind) -> Line | None:
    """The first line of this kind about the visit that is agreed now."""
    agreed = last_agreed(lines)
    first = 0 if agreed is None else agreed.id
    return next((line for line in lines if line.kind is kind and line.id > first), None)


def is_time_to_go(match: Match, now: datetime) -> bool:
    """Whether the helper may be on the way: from 2 hours before the visit until 2 after its end."""
    if match.state is not MatchState.ARRANGED or not match.visit_start or not match.visit_end:
        return False
    return match.visit_start - ON_THE_WAY_BEFORE <= now <= match.visit_end + ON_THE_WAY_AFTER


def may_be_there(match: Match, now: datetime) -> bool:
    """Whether the helper may be at the visit: in its time or, where they have agreed no time and
    know where it is, at any."""
    if match.state is MatchState.ACCEPTED and match.visit_start is None:
        return True
    return is_time_to_go(match, now)


def may_need_somebody(match: Match, now: datetime) -> bool:
    """Whether one of the two may call for help: while the helper may be there, and for a while
    after it was said that the help is done, or should have been."""
    if may_be_there(match, now):
        return True
    ends = [at for at in (match.visit_end, match.done_at) if at is not None]
    if match.state not in _OPEN or not ends:
        return False
    begins = match.visit_start or min(ends)
    return begins - ON_THE_WAY_BEFORE <= now <= max(ends) + CALLS_AFTER


def was_asked_for(need: Need, visit: Window) -> bool:
    """Whether the visit lies inside a time that the asker stated: then one side alone may fix it.

    The helper said yes to that time. "Any time" is no time: it has to be agreed.
    """
    return any(window.start <= visit.start and visit.end <= window.end for window in need.windows)
