"""How much time a need and an offer have in common, for many pairs at once.

The time two have in common counts only in unbroken stretches of at least the need's duration,
inside one of the need's windows. Needs without windows are looked at from now on for the
policy's ``any_time_days``; what lies before now is over.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from enabler.matching.arrays import Flags, Ints, spread
from enabler.matching.kernels.compiling import compiled
from enabler.matching.kernels.stretches import FIRST_MONDAY, WEEK, Calendar, common_time
from enabler.matching.needs_and_offers import Need, Offer
from enabler.matching.policy import Policy
from enabler.matching.stretches import DAY, MINUTE, Stretches, blocks_of, seconds_of, spans_of
from enabler.matching.windows import clock_spans

FRAME = 182 * DAY
"""Clock changes are looked for where windows are, and across gaps between them up to this long."""


LAST_MOMENT = seconds_of(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))


class Timetable:
    """The times of some needs and offers, read once.

    ``asked``: seconds in each need's windows; ``any_time``: which needs leave the time open.
    ``many``: pairs will be so many that machine code pays.
    """

    def __init__(
        self,
        needs: Sequence[Need],
        offers: Sequence[Offer],
        policy: Policy,
        now: datetime | None,
        *,
        many: bool,
    ) -> None:
        self._many = many
        self.any_time: Flags = np.array([need.windows is None for need in needs], dtype=np.bool_)
        windows = _windows(needs, self.any_time, policy.any_time_days * DAY, now)
        self.asked: Ints = windows.total()
        pieces, ahead = _pieces(windows, policy.zone)
        blocks = blocks_of([offer.weekly for offer in offers])
        gaps = spans_of([offer.away for offer in offers])
        duration = np.array([need.duration_minutes * MINUTE for need in needs], dtype=np.int64)
        self._room = _most_weeks(pieces) * _most(blocks) + _most(gaps) + 1
        self._calendar = Calendar(
            pieces.first, duration, *_local(pieces, ahead).hours(),
            pieces.start, pieces.end, ahead,
            blocks.first, gaps.first, *blocks.hours(),
            blocks.start, blocks.end, gaps.start, gaps.end,
        )  # fmt: skip

    def usable(self, need: Ints, offer: Ints) -> Ints:
        """Seconds that each pair could use; 0 where the helper's absence takes them all, and
        :data:`NEVER` where there would be none either way.

        Time: three bit tests for each pair, and for those that share an hour of the week the
        blocks in all weeks that the need's windows touch.
        """
        found = np.empty(len(need), dtype=np.int64)
        if self._many:
            shelf = np.empty((4, self._room), dtype=np.int64)
            compiled(common_time)(self._calendar, need, offer, shelf, found)
        else:
            lists = [[0] * self._room for _ in range(4)]
            common_time(self._listed, need.tolist(), offer.tolist(), lists, found)
        return found

    @cached_property
    def _listed(self) -> Calendar:
        """The calendar as lists."""
        return Calendar(*(np.asarray(column).tolist() for column in self._calendar))


def _windows(
    needs: Sequence[Need], any_time: Flags, length: int, now: datetime | None
) -> Stretches:
    """Each need's windows as stretches from now on, joined where they touch.

    Without a clock (``now`` None) nothing is over, and *any time* starts with the earliest
    window of all, or in a plain week of 1970 where there is none.
    """
    given = spans_of([need.windows or () for need in needs])
    if now is not None:
        present = floor = seconds_of(now)
    else:
        floor = int(given.start.min()) if len(given.start) else 0
        present = floor if len(given.start) else FIRST_MONDAY
    given = given.since(floor)
    always = np.flatnonzero(any_time)
    start = np.full(len(always), present, dtype=np.int64)
    owner = np.concatenate([given.owner(), always])
    order = np.argsort(owner, kind="stable")
    start = np.concatenate([given.start, start])[order]
    end = np.concatenate([given.end, np.full(len(always), present + length)])[order]
    return Stretches.joined(len(needs), owner[order], start, end)


def _pieces(windows: Stretches, zone: ZoneInfo) -> tuple[Stretches, Ints]:
    """The windows cut where the zone's clocks change, and each piece's offset in seconds."""
    since, ahead = _offsets(windows, zone)
    first = np.searchsorted(since, windows.start, side="right") - 1
    last = np.searchsorted(since, windows.end, side="left")
    owner, at = spread(first, last - first)
    until = np.append(since[1:], np.iinfo(np.int64).max)
    start = np.maximum(windows.start[owner], since[at])
    end = np.minimum(windows.end[owner], until[at])
    before = np.concatenate([[0], np.cumsum(last - first)])
    return Stretches(before[windows.first], start, end), ahead[at]


def _offsets(windows: Stretches, zone: ZoneInfo) -> tuple[Ints, Ints]:
    """Since when the clocks stand at which offset, for all moments of the windows.

    The bounds are whole days, so that the next question of the day finds them looked up.
    """
    start = windows.start // DAY * DAY
    end = np.minimum(-(-windows.end // DAY) * DAY, LAST_MOMENT) + FRAME
    busy = Stretches.joined(1, np.zeros(len(start), dtype=np.int64), start, end)
    spans = [
        (since, ahead)
        for low, high in zip(busy.start.tolist(), (busy.end - FRAME).tolist(), strict=True)
        for since, _, ahead in clock_spans(zone, low, high)
    ]
    since, ahead = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    return since, ahead


def _local(pieces: Stretches, ahead: Ints) -> Stretches:
    """The pieces on the place's clocks, in seconds since a Monday's midnight."""
    shift = ahead - FIRST_MONDAY
    return Stretches(pieces.first, pieces.start + shift, pieces.end + shift)


def _most(stretches: Stretches) -> int:
    return int(np.diff(stretches.first).max(initial=0))


def _most_weeks(pieces: Stretches) -> int:
    """How many weeks, begun ones included, the pieces of one need touch at most."""
    weeks = (pieces.end - pieces.start) // WEEK + 2
    before = np.concatenate([[0], np.cumsum(weeks)])
    return int(np.diff(before[pieces.first]).max(initial=0))
