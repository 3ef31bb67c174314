"""When somebody is free, on the clocks of a place.

A helper's weekly availability is read so: **a moment counts when the clock on the wall shows a
time inside the block**. So on the night the clocks go forward a block inside the skipped hour is
nothing, and on the night they go back a block inside the repeated hour comes twice. Stretches
that touch are one: a visit may run over midnight or over a clock change.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from enabler.matching.kernels.stretches import WEEK, lay_free, lay_without
from enabler.matching.needs_and_offers import Span, WeeklyBlock
from enabler.matching.stretches import DAY, MINUTE, blocks_of, seconds_of, spans_of

__all__ = [
    "DAY",
    "MINUTE",
    "Stretch",
    "clock_spans",
    "free_stretches",
    "seconds_of",
    "stretches_of",
]

Stretch = tuple[int, int]


def stretches_of(spans: Iterable[Span]) -> list[Stretch]:
    """Spans of aware datetimes as stretches, sorted, those that overlap or touch joined."""
    joined = spans_of([tuple(spans)])
    return list(zip(joined.start.tolist(), joined.end.tolist(), strict=True))


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
    blocks = blocks_of([weekly])
    pieces = clock_spans(zone, low, high)
    weeks = (high - low) // WEEK + 2 * len(pieces)
    room = len(blocks.start) * weeks + len(away) + 1
    start, end, left_start, left_end = ([0] * room for _ in range(4))
    opens, closes, ahead = _columns(pieces, 3)
    count = lay_free(
        opens, closes, ahead, 0, len(pieces),
        blocks.start.tolist(), blocks.end.tolist(), 0, len(blocks.start), start, end,
    )  # fmt: skip
    leaves, returns = _columns(away, 2)
    left = lay_without(start, end, count, leaves, returns, 0, len(away), left_start, left_end)
    return list(zip(left_start[:left], left_end[:left], strict=True))


def _columns(rows: Sequence[tuple[int, ...]], count: int) -> list[list[int]]:
    return [[row[column] for row in rows] for column in range(count)]


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
