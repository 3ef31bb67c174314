"""Stretches of time: when somebody is free, what two people have in common.

A stretch is half-open, ``(start, end)`` in whole seconds of UTC since 1970. A helper's weekly
availability is read on the clocks of the place: **a moment counts when the clock on the wall
shows a time inside the block**. So on the night the clocks go forward a block inside the
skipped hour is nothing, and on the night they go back a block inside the repeated hour comes
twice. Stretches that touch are one: a visit may run over midnight or over a clock change.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from enabler.matching.needs_and_offers import Span, WeeklyBlock

Stretch = tuple[int, int]

MINUTE = 60
DAY = 24 * 60 * MINUTE
WEEK = 7 * DAY
FIRST_MONDAY = 4 * DAY
"""5 January 1970; day 0 was a Thursday."""


def seconds_of(moment: datetime) -> int:
    """The moment in whole seconds of UTC, fractions dropped."""
    return int(moment.timestamp() // 1)


def stretches_of(spans: Iterable[Span]) -> list[Stretch]:
    """Spans of aware datetimes as stretches, sorted, those that overlap or touch joined."""
    return merged((seconds_of(start), seconds_of(end)) for start, end in spans)


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The union, as sorted stretches with a gap between any two."""
    union: list[Stretch] = []
    for start, end in sorted(stretches):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(end, union[-1][1]))
        elif start < end:
            union.append((start, end))
    return union


def without(stretches: Iterable[Stretch], gaps: Sequence[Stretch]) -> list[Stretch]:
    """What is left of ``stretches`` (sorted, disjoint) outside ``gaps`` (likewise)."""
    left: list[Stretch] = []
    for start, end in stretches:
        at = start
        for gap_start, gap_end in gaps:
            if gap_end <= at or gap_start >= end:
                continue
            if at < gap_start:
                left.append((at, gap_start))
            at = gap_end
        if at < end:
            left.append((at, end))
    return left


def clipped(stretches: Iterable[Stretch], low: int, high: int) -> list[Stretch]:
    """The parts inside ``low .. high``."""
    cut = ((max(start, low), min(end, high)) for start, end in stretches)
    return [(start, end) for start, end in cut if start < end]


def free_stretches(
    weekly: Sequence[WeeklyBlock] | None,
    away: Sequence[Stretch],
    zone: ZoneInfo,
    low: int,
    high: int,
) -> list[Stretch]:
    """When somebody is free between ``low`` and ``high``, in unbroken stretches.

    ``weekly`` None is always; ``away`` (sorted, disjoint) is taken off.
    """
    free = [(low, high)] if weekly is None else _weekly_stretches(weekly, zone, low, high)
    return without(free, away)


def _weekly_stretches(
    weekly: Sequence[WeeklyBlock], zone: ZoneInfo, low: int, high: int
) -> list[Stretch]:
    """Each span of one UTC offset is a plain calendar of local seconds; the blocks repeat in it."""
    found: list[Stretch] = []
    for start, end, offset in clock_spans(zone, low, high):
        local_start, local_end = start + offset, end + offset
        week = local_start - (local_start - FIRST_MONDAY) % WEEK
        while week < local_end:
            for weekday, opens, closes in weekly:
                day = week + weekday * DAY
                block = (day + opens * MINUTE, day + closes * MINUTE)
                for a, b in clipped((block,), local_start, local_end):
                    found.append((a - offset, b - offset))
            week += WEEK
    return merged(found)


@lru_cache(maxsize=1024)
def clock_spans(zone: ZoneInfo, low: int, high: int) -> tuple[tuple[int, int, int], ...]:
    """``low .. high`` cut where the zone's clocks change: (start, end, seconds ahead of UTC).

    A change is looked for once a day and then found to the second by bisection; a zone that
    changed twice within a day and came back would be missed (there is none).
    """
    spans: list[tuple[int, int, int]] = []
    start, offset, at = low, _offset(zone, low), low
    while at < high:
        next_at = min(at + DAY, high)
        if _offset(zone, next_at) != offset:
            change = _change_between(zone, at, next_at)
            spans.append((start, change, offset))
            start, offset = change, _offset(zone, change)
        at = next_at
    if start < high:
        spans.append((start, high, offset))
    return tuple(spans)


def _change_between(zone: ZoneInfo, low: int, high: int) -> int:
    """The first second in ``low+1 .. high`` whose offset differs from the one at ``low``."""
    before = _offset(zone, low)
    return (
        low
        + 1
        + bisect_right(range(low + 1, high + 1), 0, key=lambda at: int(_offset(zone, at) != before))
    )


def _offset(zone: ZoneInfo, at: int) -> int:
    ahead = datetime.fromtimestamp(at, UTC).astimezone(zone).utcoffset()
    return 0 if ahead is None else int(ahead.total_seconds())
