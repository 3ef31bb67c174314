"""What happens to a match after the answer: arranged, done, confirmed; or it ended before that."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from enabler.domain.demo.shapes import Match, Need
from enabler.domain.vocabulary import MatchState, Outcome

SILENT = 0.25
"""How often nobody confirms, so that silence does (0..1)."""

FILLED, NEED_WITHDRAWN, RELEASED = "filled", "need_withdrawn", "released_by_helper"
"""Why a match ended, as the services write it."""

_NOBODY = {
    Outcome.NOBODY_FOUND: 6, Outcome.HELPED_ELSEWHERE: 3, Outcome.NO_LONGER_NEEDED: 3,
    Outcome.COULD_NOT_BE_REACHED: 1, Outcome.NOT_SUITABLE: 1,
}  # fmt: skip


def end(match: Match, state: MatchState, why: str | None, at: datetime) -> None:
    """The match is over without help."""
    match.state, match.ended_because, match.ended_at = state, why, at


def fill(matches: Iterable[Match], filled_at: datetime) -> None:
    """Whoever had not answered when the last slot went heard that the need is filled."""
    for match in matches:
        unanswered = match.state is MatchState.LAPSED and match.answer_by > filled_at
        if unanswered or match.state is MatchState.ASKED:
            end(match, MatchState.LAPSED, FILLED, filled_at)


def arrange(match: Match, now: datetime, chance: Random) -> None:
    """The two agree on the visit soon after the yes."""
    said = match.accepted_at or match.asked_at
    match.arranged_at = min(said + timedelta(minutes=chance.randrange(3, 90)), now)
    match.state = MatchState.ARRANGED


def finish(need: Need, match: Match, now: datetime, chance: Random) -> datetime:
    """The helper says some time after the visit that it is done; when."""
    over = match.visit.end if match.visit is not None else match.asked_at
    done = min(over + timedelta(minutes=chance.randrange(5, 240)), now)
    match.minutes = max(5, need.duration_minutes + chance.choice((-15, 0, 0, 0, 15)))
    match.state, match.done_at = MatchState.DONE, done
    return done


def confirm(match: Match, done: datetime, confirm_days: int, chance: Random) -> datetime:
    """The asker confirms within a day or two, or silence does after the ruleset's days; when."""
    by_silence = chance.random() < SILENT
    wait = timedelta(days=confirm_days)
    soon = min(timedelta(minutes=chance.randrange(5, 36 * 60)), wait)
    confirmed = done + (wait if by_silence else soon)
    match.state, match.confirmed_at = MatchState.CONFIRMED, confirmed
    match.confirmed_by_asker = not by_silence
    return confirmed


def outcome(slots: int, confirmed: int, chance: Random) -> Outcome:
    """How a person said that it ended."""
    if confirmed == 0:
        return chance.choices(list(_NOBODY), list(_NOBODY.values()))[0]
    return Outcome.HELPED if confirmed == slots else Outcome.PARTLY_HELPED
