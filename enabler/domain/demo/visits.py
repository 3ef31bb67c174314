"""When a helper can come: the first stretch that suits both sides."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.demo.shapes import Need, Offer
from enabler.domain.windows import Weekly, Window

_ANY_DAY = tuple(Weekly(day, 9 * 60, 20 * 60) for day in range(7))
"""When a visit is arranged where both sides leave the time open."""

_QUARTER = 15


def first_visit(need: Need, offer: Offer, after: datetime, zone: ZoneInfo) -> Window | None:
    """The first visit of the need's length inside one of its windows and the offer's week.

    It starts on a quarter of an hour where that fits; None where nothing fits after ``after``.
    """
    windows = need.windows or (Window(need.posted_at, need.needed_by),)
    weekly = _ANY_DAY if offer.any_time and not need.windows else offer.weekly
    for window in windows:
        spans = [window] if not weekly else _of_week(window, weekly, zone)
        for span in spans:
            visit = _within(span, need.duration_minutes, after)
            if visit is not None and not _overlaps(visit, offer.away):
                return visit
    return None


def _of_week(window: Window, weekly: Sequence[Weekly], zone: ZoneInfo) -> Iterator[Window]:
    """The parts of a window in which the week's stretches hold, in order of time."""
    day, last = (at.astimezone(zone).date() for at in (window.start, window.end))
    while day <= last:
        for block in sorted(weekly):
            if block.weekday == day.weekday():
                midnight = datetime.combine(day, time(), zone)
                start, end = (
                    (midnight + timedelta(minutes=minute)).astimezone(UTC)
                    for minute in (block.start_minute, block.end_minute)
                )
                if max(start, window.start) < min(end, window.end):
                    yield Window(max(start, window.start), min(end, window.end))
        day += timedelta(days=1)


def _within(span: Window, minutes: int, after: datetime) -> Window | None:
    start = max(span.start, after)
    length = timedelta(minutes=minutes)
    late = start.minute % _QUARTER
    rounded = start + timedelta(minutes=_QUARTER - late) if late else start
    for begin in (rounded, start):
        if begin + length <= span.end:
            return Window(begin, begin + length)
    return None


def _overlaps(visit: Window, away: Sequence[Window]) -> bool:
    return any(visit.start < gap.end and gap.start < visit.end for gap in away)
