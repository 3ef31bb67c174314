"""How much time a need and an offer have in common, for many pairs at once.

The time two have in common counts only in unbroken stretches of at least the need's duration,
inside one of the need's windows. Needs without windows are looked at from now on for the
policy's ``any_time_days``; what lies before now is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from enabler.matching.arrays import Flags, Ints, Vocabulary, spread
from enabler.matching.needs_and_offers import Need, Offer
from enabler.matching.policy import Policy
from enabler.matching.windows import (
    DAY,
    FIRST_MONDAY,
    MINUTE,
    Stretch,
    clipped,
    free_stretches,
    merged,
    seconds_of,
    stretches_of,
)

FRAME = 182 * DAY
"""Free time is spelled out once for all needs whose windows lie in one such frame of time."""


@dataclass(frozen=True)
class Calendars:
    """Free stretches of several people, end to end; person k has ``first[k] .. first[k + 1]``."""

    start: Ints
    end: Ints
    first: Ints

    def usable(self, people: Ints, windows: Sequence[Stretch], duration: int) -> Ints:
        """Seconds that each of ``people`` could use of ``windows``, in stretches long enough."""
        total = np.zeros(len(people), dtype=np.int64)
        count = self.first[people + 1] - self.first[people]
        owner, at = spread(self.first[people], count)
        start, end = self.start[at], self.end[at]
        for opens, closes in windows:
            common = np.minimum(end, closes) - np.maximum(start, opens)
            long_enough = common >= duration
            np.add.at(total, owner[long_enough], common[long_enough])
        return total


class Timetable:
    """The times of some needs and offers, read once.

    ``asked``: seconds in each need's windows; ``any_time``: which needs leave the time open.
    """

    def __init__(
        self, needs: Sequence[Need], offers: Sequence[Offer], policy: Policy, now: datetime | None
    ) -> None:
        self._zone = policy.zone
        self._windows = _windows(needs, policy.any_time_days * DAY, now)
        self._duration = [need.duration_minutes * MINUTE for need in needs]
        self.any_time: Flags = np.array([need.windows is None for need in needs], dtype=np.bool_)
        self.asked: Ints = np.array(
            [sum(end - start for start, end in windows) for windows in self._windows], np.int64
        )
        self._frame: Ints = np.array(
            [_frame(k, windows) for k, windows in enumerate(self._windows)], dtype=np.int64
        )
        kinds = Vocabulary()
        self._kind = kinds.codes((offer.weekly, offer.away) for offer in offers) - 1
        self._kinds = [(weekly, stretches_of(away)) for weekly, away in kinds]
        self.ever_away: Flags = np.array([bool(offer.away) for offer in offers], dtype=np.bool_)

    def usable(self, need: Ints, offer: Ints, *, heed_away: bool = True) -> Ints:
        """Seconds that each pair could use; 0 where they have no stretch long enough.

        Costs the stretches of the offers concerned, spelled out once per distinct availability
        and half year, and then array steps over the pairs.
        """
        found = np.zeros(len(need), dtype=np.int64)
        order = np.lexsort((need, self._frame[need]))
        for rows in _runs(order, self._frame[need]):
            people, kind = np.unique(self._kind[offer[rows]], return_inverse=True)
            calendars = self._calendars(people, need[rows], heed_away=heed_away)
            for part in _runs(np.arange(len(rows)), need[rows]):
                k = int(need[rows[part[0]]])
                found[rows[part]] = calendars.usable(
                    kind[part], self._windows[k], self._duration[k]
                )
        return found

    def _calendars(self, people: Ints, needs: Ints, *, heed_away: bool) -> Calendars:
        """The free time of ``people`` over all that ``needs``, of one frame, may ask of it."""
        windows = [window for k in np.unique(needs) for window in self._windows[k]]
        if self._frame[needs[0]] >= 0:
            windows = [(min(w[0] for w in windows), max(w[1] for w in windows))]
        free = [
            [
                stretch
                for low, high in windows
                for stretch in free_stretches(
                    weekly, away if heed_away else (), self._zone, low, high
                )
            ]
            for weekly, away in (self._kinds[person] for person in people)
        ]
        count = np.array([0, *(len(stretches) for stretches in free)], dtype=np.int64)
        both = np.array([stretch for one in free for stretch in one], dtype=np.int64)
        both = both.reshape(-1, 2)
        return Calendars(both[:, 0], both[:, 1], np.cumsum(count))


def _runs(order: Ints, key: Ints) -> list[Ints]:
    """``order``, which sorts ``key``, cut where the key changes."""
    if not len(order):
        return []
    return np.split(order, np.flatnonzero(np.diff(key[order])) + 1)


def _frame(number: int, windows: Sequence[Stretch]) -> int:
    """The half year that holds all windows of a need, or a frame of its own (negative)."""
    if not windows or windows[0][0] // FRAME != windows[-1][1] // FRAME:
        return -1 - number
    return windows[0][0] // FRAME


def _windows(needs: Sequence[Need], any_time: int, now: datetime | None) -> list[list[Stretch]]:
    """Each need's windows as stretches from now on, joined where they touch.

    Without a clock (``now`` None) nothing is over, and *any time* starts with the earliest
    window of all, or in a plain week of 1970 where there is none.
    """
    given = [None if need.windows is None else stretches_of(need.windows) for need in needs]
    if now is None:
        starts = [windows[0][0] for windows in given if windows]
        present, floor = min(starts, default=FIRST_MONDAY), min(starts, default=0)
    else:
        present = floor = seconds_of(now)
    always = [(present, present + any_time)]
    latest = max((windows[-1][1] for windows in given if windows), default=floor)
    return [
        always if windows is None else clipped(merged(windows), floor, max(floor, latest))
        for windows in given
    ]
