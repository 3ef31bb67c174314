"""Two who go together: from when on it counts as a gap that nobody was found to be the second."""

from datetime import datetime, timedelta

from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.ruleset import Ruleset
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._demands import demands_of, mate_of
from enabler.services._ground import Ground

MATE = "mate"
"""Stands among what is missing while two go together, the day is near, and there is no second."""
_SETTLES = timedelta(hours=1)
"""So long after a yes nobody is alarmed: others have just been asked."""


def mate_is_late(uow: UnitOfWork, match: Match, need: Need, here: Ground) -> bool:
    """Whether nobody has been found yet to go with this helper, and it is time to say so: twice
    the ruleset's hours before others are asked, so that there is as long to find somebody."""
    left = last_start(match, need) - here.now
    if left <= timedelta(0) or left > 2 * timedelta(hours=here.ruleset.credential_release_hours):
        return False
    fresh = match.answered_at is not None and here.now - match.answered_at < _SETTLES
    if fresh and left > 3 * _SETTLES:
        return False
    return demands_of(need, here.ruleset).pair and mate_of(uow, match, need, here) is None


def last_start(match: Match, need: Need) -> datetime:
    """When help begins at the latest, where no time is agreed yet: two may still be found."""
    return match.visit_start or max((one.start for one in need.windows), default=need.needed_by)


def mate_by(match: Match, need: Need, ruleset: Ruleset, now: datetime) -> datetime:
    """Until when the second is looked for; half of what is left, where that has passed."""
    starts = last_start(match, need)
    usual = starts - timedelta(hours=ruleset.credential_release_hours)
    return usual if usual > now else now + (starts - now) / 2
