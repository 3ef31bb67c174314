"""The time that a text speaks of: its days, its times of day and its parts of a day together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from enabler.domain.errors import Invalid
from enabler.doors.local_time import moment, start_of_day
from sms.reading import Said
from sms.times.again import comes_again
from sms.times.clocks import Stretch, clocks
from sms.times.days import Named, days
from sms.times.hours import Clock, hour
from sms.times.pieces import Piece, Pieces, Span
from sms.tongues import Tongue

MORNING, AFTERNOON, EVENING = (8, 12), (12, 17), (17, 21)
LAST = time(23, 59)
_BEFORE_NOON = 7 * 60
"""Before seven o'clock is after noon, unless it was said."""
_APART = 4
"""So many words at least lie between things that have nothing to do with each other."""
_JUST_NOW = timedelta(hours=1)
_PARTS = (
    ("morning", MORNING), ("this_morning", MORNING), ("afternoon", AFTERNOON),
    ("this_afternoon", AFTERNOON), ("evening", EVENING), ("tonight", EVENING),
)  # fmt: skip
_ENDS = frozenset(("before", "by", "until"))


@dataclass(frozen=True, slots=True)
class When:
    """``start`` and ``end`` (aware, in the place's zone), either perhaps unknown; the stretches of
    words in which they were said."""

    start: datetime | None
    end: datetime | None
    spans: tuple[Span, ...]


def read_when(said: Said, tongues: Sequence[Tongue], now: datetime) -> When | None:
    """The time that a text speaks of; None where it speaks of none, or of several, or of an hour
    that the clocks jump over or that comes twice. ``now`` is in the place's zone (ZoneInfo), the
    first of ``tongues`` the language that somebody reads in: it settles what could be two."""
    return time_in(Pieces(said, [tongue.code for tongue in tongues]), now)


def time_in(pieces: Pieces, now: datetime) -> When | None:
    """The same, of the pieces of a text."""
    if comes_again(pieces):
        return None
    found = days(pieces, now.date())
    if not found:
        return None
    return _of_days(pieces, found, now)


def _of_days(pieces: Pieces, found: list[Named], now: datetime) -> When | None:
    if len({(one.day, one.last) for one in found}) != 1:
        found = _of_the_hour(pieces, found)
    if not found:
        return None
    try:
        when = _Day(pieces, found, now).all()
    except (Invalid, OverflowError):
        return None
    return None if when and _is_over(when, now) else when


def _of_the_hour(pieces: Pieces, found: list[Named]) -> list[Named]:
    """Of days that are named apart from each other the one of which an hour, or a part of the day,
    is said; none where it is said of several, or of days that stand side by side."""
    if not all(_are_apart(pieces, one.span[1], later.span[0]) for one, later in pairwise(found)):
        return []
    taken = {at for one in found for at in range(*one.span)}
    spans = [told.span for told in clocks(pieces, taken)]
    spans += [piece.span for name, _ in _PARTS for piece in pieces.met(name)]
    told = {min(found, key=lambda one: _distance(one.span, span)) for span in spans}
    return list(told) if len(told) == 1 else []


def _are_apart(pieces: Pieces, end: int, begin: int) -> bool:
    if begin - end >= _APART:
        return True
    return begin - end >= _APART // 2 and any(
        pieces.stops(at) for at in range(end, begin)
    )  # fmt: skip


def _distance(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _is_over(when: When, now: datetime) -> bool:
    """Whether it lies behind us: who says so means something else, or another day."""
    if when.end is not None:
        return when.end <= now or (when.start is not None and when.end < when.start)
    return when.start is not None and when.start < now - _JUST_NOW


def _with_then(pieces: Pieces, one: Named) -> Named:
    """``nurse comes friday, a bit of a dust round before then``."""
    if not one.lead:
        for lead in ("before", "by"):
            if any(then.begin >= one.span[1] for then in pieces.met(f"{lead}_then")):
                return replace(one, lead=lead)
    return one


class _Day:
    """One day that a text names, and what else it says of it."""

    def __init__(self, pieces: Pieces, found: list[Named], now: datetime) -> None:
        self._pieces, self._now, self._zone = pieces, now, ZoneInfo(str(now.tzinfo))
        self._named = next((one for one in found if one.lead), found[0])
        self._spans = tuple(one.span for one in found)
        self._taken = {at for begin, end in self._spans for at in range(begin, end)}
        self._stretches = clocks(pieces, self._taken)
        self._parts = self._parts_of_day()
        if not self._stretches:
            self._named = _with_then(pieces, self._named)

    def all(self) -> When | None:
        """What it all says together."""
        if self._named.last is not None:
            return self._several_days(self._named.last)
        if self._named.lead == "after":
            return None if not self._stretches else self._by_clocks()
        if self._named.lead in _ENDS and len(self._stretches) < 2:
            return self._deadline()
        if self._stretches:
            return self._by_clocks()
        return self._by_part()

    def _several_days(self, last: date) -> When:
        return When(self._morn(self._named.day), self._at(last, LAST), self._spans)

    def _deadline(self) -> When:
        """By that day; before it, which is by the day before; by an hour of it."""
        lead, day = self._named.lead, self._named.day
        if self._stretches and self._stretches[0].last is None:
            return self._ended(self._stretches[0])
        if self._parts:
            begin, end = self._parts[0][0]
            return When(None, self._at(day, time(begin if lead == "before" else end)), self._spans)
        last = day - timedelta(days=1) if lead == "before" else day
        return When(None, self._at(last, LAST), self._spans)

    def _by_clocks(self) -> When | None:
        ranges = [one for one in self._stretches if one.last]
        if len(ranges) == 1:
            return self._range(ranges[0])
        if len(self._stretches) == 1:
            return self._by_clock(self._stretches[0])
        if len(self._stretches) == 2:
            first, last = (one.first for one in self._stretches)
            begins = first.lead in ("after", "from") and last.lead in _ENDS
            if begins or (last.lead == "until" and first.lead not in _ENDS):
                return self._range(Stretch(first, last))
        return self._of_several()

    def _of_several(self) -> When | None:
        return When(None, None, self._spans)

    def _range(self, told: Stretch) -> When:
        last = told.last or told.first
        begin, end = self._half_of_day(told.first), last.minute
        if last.sure and not told.first.sure and begin > end and told.first.minute < end:
            begin = told.first.minute
        if not last.sure and end <= begin and end + 720 < 1440:
            end += 720
        if last.sure and not told.first.sure and end >= 720 and begin + 720 < end and begin < 720:
            begin = self._nearer(told.first, begin)
        if end <= begin and not told.first.sure and begin - 720 == told.first.minute < end:
            begin = told.first.minute  # '6 to 2'
        until = self._at_minute(self._named.day, end) if end > begin else None
        start = self._at_minute(self._named.day, begin)
        return When(start, until, (*self._spans, told.span))

    def _nearer(self, first: Clock, begin: int) -> int:
        """``2-4pm`` has both after noon; ``10-4pm`` has not."""
        return begin + 720 if first.minute < _BEFORE_NOON else begin

    def _by_clock(self, told: Stretch) -> When:
        if told.first.lead in _ENDS:
            return self._ended(told)
        start = self._at_minute(self._named.day, self._half_of_day(told.first))
        end = self._at(self._named.day, LAST) if told.first.lead == "after" else None
        return When(start, end, (*self._spans, told.span))

    def _ended(self, told: Stretch) -> When:
        end = self._at_minute(self._named.day, self._half_of_day(told.first))
        return When(None, end, (*self._spans, told.span))

    def _by_part(self) -> When:
        day = self._named.day
        if len({hours for hours, _ in self._parts}) == 1:
            (begin, end), _ = self._parts[0]
            spans = (*self._spans, *(piece.span for _, piece in self._parts))
            return When(self._at(day, time(begin)), self._at(day, time(end)), spans)
        spans = (*self._spans, *(piece.span for piece in self._pieces.met("all_day")))
        return When(self._morn(day), self._at(day, LAST), spans)

    def _parts_of_day(self) -> list[tuple[tuple[int, int], Piece]]:
        return [
            (hours, piece) for name, hours in _PARTS for piece in self._pieces.met(name)
            if self._is_part(piece)
        ] + [
            (hours, piece) for name, hours in (("am", MORNING), ("pm", AFTERNOON))
            for piece in self._pieces.met(name) if self._is_half(piece)
        ]  # fmt: skip

    def _is_half(self, piece: Piece) -> bool:
        """``tues am``; not the Welsh *am 3*."""
        return piece.begin - 1 in self._taken and hour(self._pieces, piece.end) is None

    def _is_part(self, piece: Piece) -> bool:
        """Not the *tomorrow* that is *morning*, too; not a greeting; not of a day that is over."""
        if piece.begin in self._taken and "tomorrow" in piece:
            return False
        before = self._pieces.ends.get(piece.begin)
        if before is not None and "gone_before" in before:
            return False
        return piece.begin > 0 or piece.begin in self._taken or piece.end in self._taken

    def _half_of_day(self, clock: Clock) -> int:
        """Of two possible hours the one that was said, or is likely."""
        minute = clock.minute
        if clock.sure or minute >= 780:
            return minute
        said = {hours for hours, _ in self._parts}
        if said & {AFTERNOON, EVENING} and MORNING not in said:
            return minute + 720 if minute < 720 else minute
        if MORNING in said:
            return minute
        if minute < _BEFORE_NOON:
            return minute + 720
        return minute + 720 if minute < 720 and self._is_over(minute) else minute

    def _is_over(self, minute: int) -> bool:
        """Whether that hour of this day is behind us, and twelve hours later is not."""
        past = self._now.hour * 60 + self._now.minute
        return self._named.day == self._now.date() and minute < past < minute + 720

    def _morn(self, day: date) -> datetime:
        return start_of_day(day, self._zone).astimezone(self._zone)

    def _at(self, day: date, clock: time) -> datetime:
        return moment(day, clock, self._zone, field="when").astimezone(self._zone)

    def _at_minute(self, day: date, minute: int) -> datetime:
        return self._at(day, time(minute // 60 % 24, minute % 60))
