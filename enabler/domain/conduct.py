"""What one side of a match may say of the other, when it counts, and how long it stays (pure)."""

from datetime import datetime, timedelta

from enabler.domain.errors import WrongMoment
from enabler.domain.matches import Match
from enabler.domain.vocabulary import MatchState

NOT_COME, OFF_LATE, LEFT_EARLY, RUDE = "did-not-come", "called-off-late", "left-early", "was-rude"
KINDS = (NOT_COME, OFF_LATE, LEFT_EARLY, RUDE)
OPEN, DISPUTED, COUNTS, DOES_NOT_COUNT, TAKEN_BACK = (
    "open", "disputed", "counts", "does-not-count", "taken-back",
)  # fmt: skip
STAYS = timedelta(days=365)
"""So long after it was said it stands on the page of whom it is about, and is then forgotten."""
SAID_WITHIN = timedelta(days=14)
"""So long after a visit its two can say something of it."""
OFTEN, OFTEN_WITHIN = 3, timedelta(days=90)
"""So many that count, in so long, are a line on the desk. Nothing follows by itself: who is asked,
and how often, is the same as before."""


def may_be_said(match: Match, now: datetime) -> bool:
    """Whether it is worth asking what happened: a visit that began or was called off, not long
    ago."""
    start = match.visit_start
    if start is None or now > start + SAID_WITHIN:
        return False
    return match.state is MatchState.RELEASED or now >= start


def check_said(
    kind: str, match: Match, now: datetime, *, called_off_at: datetime | None, late_hours: int
) -> None:
    """Whether this can be said of a match now. ``called_off_at``: when the other side gave it up.

    Raises WrongMoment: conduct_no_visit, conduct_too_early, conduct_too_late, conduct_not_late.
    """
    start = match.visit_start
    if start is None:
        raise WrongMoment("conduct_no_visit")
    if now > start + SAID_WITHIN:
        raise WrongMoment("conduct_too_late")
    if kind == OFF_LATE:
        if called_off_at is None or start - called_off_at > timedelta(hours=late_hours):
            raise WrongMoment("conduct_not_late")
        return
    if match.state is MatchState.RELEASED:
        raise WrongMoment("conduct_no_visit")
    if now < start:
        raise WrongMoment("conduct_too_early")
