"""How much a need comes before others when there are not helpers enough for all."""

from datetime import datetime

from enabler.matching.needs_and_offers import Need
from enabler.matching.windows import DAY, seconds_of

POINTS_PER_DAY = 10
MOST_FOR_WAITING = 200
"""Waiting raises a need for twenty days; whoever waits longer is a case for a person, not a sum."""


def priority_of(need: Need, now: datetime | None = None) -> int:
    """``priority + circumstance + min(200, 10 x whole days waited)``; at least 1.

    Only the order of these numbers matters to an assignment (see
    :mod:`enabler.matching.assignment`).
    """
    waited = 0
    if now is not None and need.waiting_since is not None:
        waited = max(0, seconds_of(now) - seconds_of(need.waiting_since)) // DAY
    return need.priority + need.circumstance + min(MOST_FOR_WAITING, POINTS_PER_DAY * waited)
