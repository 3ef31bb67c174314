"""Times as people write them: ``tues 10am``, ``saturday 5th after 11``, ``thurs 9-1``.

A day with a clock time is a beginning alone, a range both ends, a day without a clock time the
whole of it, a deadline an end alone. What is vague, or comes again and again, is no time: it is
asked about, or left to people, and never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.errors import Invalid
from enabler.doors.local_time import moment, start_of_day
from sms.clocks import Clock, Lists, Span
from sms.reading import Said, first_of
from sms.tongues import Phrase, Tongue

_NTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|af|il|ydd|ed|fed|eg)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(?:20)?\d\d)?")
_FIGURE = re.compile(r"\d{1,2}")
_LEADING = re.compile(r"\d+")
MORNING, AFTERNOON, EVENING = (8, 12), (12, 17), (17, 21)
LAST = time(23, 59)


@dataclass(frozen=True, slots=True)
class When:
    """``start`` and ``end`` (aware, in the place's zone), either perhaps unknown; the stretches of
    words in which they were said."""

    start: datetime | None
    end: datetime | None
    spans: tuple[Span, ...]


def read_when(said: Said, tongues: Sequence[Tongue], now: datetime) -> When | None:
    """The time that a text speaks of; None where it speaks of none, or of several, or of an hour
    that the clocks jump over or that comes twice. ``now`` is in the place's zone (ZoneInfo)."""
    reader = _Reader(said, tongues, now)
    if reader.comes_again():
        return None
    days = reader.days()
    if len({day for day, _ in days}) != 1:
        return None
    day, spans = days[0][0], [span for _, span in days]
    try:
        return reader.within(day, spans)
    except Invalid:
        return None


class _Reader:
    """One text, and what its words could mean of time."""

    def __init__(self, said: Said, tongues: Sequence[Tongue], now: datetime) -> None:
        self._said, self._tongues, self._now = said, tongues, now
        self._lists, self._zone = Lists(said, tongues), ZoneInfo(str(now.tzinfo))

    def comes_again(self) -> bool:
        """Whether it is said of every week, or of every day."""
        every = self._lists.met("every")
        return any(self._follows_day(end) or (end - begin > 0 and self._is_part(begin))
                   for begin, end in every)  # fmt: skip

    def _is_part(self, at: int) -> bool:
        """``mornings`` and ``daily`` need no day beside them."""
        return self._said.words[at] not in ("every", "each", "bob", "pob")

    def _follows_day(self, at: int) -> bool:
        return any(begin == at for _, (begin, _) in self._weekdays()) or self._part(at) is not None

    def days(self) -> list[tuple[date, Span]]:
        """Every day that is named, with where. A weekday with its date beside it is one."""
        today = self._now.date()
        found = [(today, span) for span in [*self._lists.met("today"), *self._lists.met("tonight")]]
        found += [(today + timedelta(days=1), span) for span in self._lists.met("tomorrow")]
        dates = self._dates()
        for weekday, span in self._weekdays():
            beside = [one for one in dates if one[1][0] == span[1]]
            if not beside:
                found.append((self._next(weekday), span))
        return sorted([*found, *dates], key=lambda one: one[1])

    def within(self, day: date, spans: list[Span]) -> When:
        """The time of that day."""
        before = self._lists.just_before(spans[0][0], "before")
        by = self._lists.just_before(spans[0][0], "by")
        if before or by:
            last = day if by else day - timedelta(days=1)
            return When(None, self._at(last, LAST), (*spans, before or by or spans[0]))
        clocks = self._lists.clocks(spans)
        if len(clocks) == 2 and self._lists.are_range(*clocks):
            return self._range(day, spans, *clocks)
        if len(clocks) == 1:
            return self._by_clock(day, spans, clocks[0])
        if clocks:
            return When(None, None, tuple(spans))
        return self._by_part(day, spans)

    def _range(self, day: date, spans: list[Span], first: Clock, last: Clock) -> When:
        begin, end = self._half_of_day(first, spans), last.minute
        if end <= begin and end + 720 < 1440:
            end += 720
        start = self._at_minute(day, begin)
        until = self._at_minute(day, end) if end > begin else None
        return When(start, until, (*spans, first.span, last.span))

    def _by_clock(self, day: date, spans: list[Span], clock: Clock) -> When:
        moment = self._at_minute(day, self._half_of_day(clock, spans))
        if self._lists.just_before(clock.span[0], "after_alone"):
            return When(moment, self._at(day, LAST), (*spans, clock.span))
        if any(self._lists.just_before(clock.span[0], name) for name in ("before", "by")):
            return When(None, moment, (*spans, clock.span))
        return When(moment, None, (*spans, clock.span))

    def _by_part(self, day: date, spans: list[Span]) -> When:
        parts = [
            (hours, span) for name, hours in
            (("morning", MORNING), ("afternoon", AFTERNOON), ("evening", EVENING),
             ("tonight", EVENING))
            for span in self._lists.met(name)
        ]  # fmt: skip
        if len({hours for hours, _ in parts}) == 1:
            (begin, end), _ = parts[0]
            taken = (*spans, *(span for _, span in parts))
            return When(self._at(day, time(begin)), self._at(day, time(end)), taken)
        taken = (*spans, *self._lists.met("all_day"))
        start = start_of_day(day, self._zone).astimezone(self._zone)
        return When(start, self._at(day, LAST), taken)

    def _half_of_day(self, clock: Clock, spans: list[Span]) -> int:
        """Before seven o'clock is after noon, unless it was said; so is all that is said of an
        evening."""
        if clock.sure:
            return clock.minute
        late = bool(self._lists.met("evening") or self._lists.met("tonight"))
        if clock.minute < 7 * 60 or (late and clock.minute < 12 * 60):
            return clock.minute + 720
        if self._lists.met("afternoon") and clock.minute < 12 * 60:
            return clock.minute + 720
        return clock.minute

    def _weekdays(self) -> list[tuple[int, Span]]:
        return [
            (tongue.days[phrase], (at, at + len(phrase)))
            for at, tongue, phrase in self._lists.all(lambda tongue: tuple(tongue.days))
        ]

    def _dates(self) -> list[tuple[date, Span]]:
        """``5th``, ``4 dec``, ``4th of december``, ``25/12``: the next one that comes."""
        found: list[tuple[date, Span]] = []
        for at, word in enumerate(self._said.words):
            slashed, nth = _SLASHED.fullmatch(word), _NTH.fullmatch(word)
            figure = nth or _FIGURE.fullmatch(word)
            if slashed:
                found += self._dated(int(slashed[1]), int(slashed[2]), (at, at + 1))
            elif figure:
                of = at + 1 + (self._said.words[at + 1 : at + 2] == ("of",))
                month, end = self._month(of)
                if month:
                    found += self._dated(
                        int((nth or figure)[(nth is not None and 1) or 0]), month, (at, end)
                    )
                elif nth:
                    found += self._in_month(int(nth[1]), (at, at + 1))
        return found

    def _month(self, at: int) -> tuple[int, int]:
        for tongue in self._tongues:
            phrase = first_of(self._said, tongue.months, at)
            if phrase:
                return tongue.months[phrase], at + len(phrase)
        return 0, at

    def _dated(self, day: int, month: int, span: Span) -> list[tuple[date, Span]]:
        today = self._now.date()
        for year in (today.year, today.year + 1):
            found = _date(year, month, day)
            if found and found >= today:
                return [(found, span)]
        return []

    def _in_month(self, day: int, span: Span) -> list[tuple[date, Span]]:
        today = self._now.date()
        year, month = today.year, today.month
        for _ in range(3):
            found = _date(year, month, day)
            if found and found >= today:
                return [(found, span)]
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return []

    def _next(self, weekday: int) -> date:
        today = self._now.date()
        return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)

    def _part(self, at: int) -> Phrase | None:
        names = ("morning", "afternoon", "evening")
        return next(filter(None, (self._lists.phrase(name, at) for name in names)), None)

    def _at(self, day: date, clock: time) -> datetime:
        return moment(day, clock, self._zone, field="when").astimezone(self._zone)

    def _at_minute(self, day: date, minute: int) -> datetime:
        return self._at(day, time(minute // 60 % 24, minute % 60))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
