"""Times as people write them: ``tues 10am``, ``saturday 5th after 11``, ``thurs 9-1``.

A day with a clock time is a beginning alone, a range both ends, a day without a clock time the
whole of it, a deadline an end alone. What is vague, or comes again and again, is no time: it is
asked about, or left to people, and never guessed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sms.reading import Said, first_of
from sms.tongues import Phrase, Tongue

_CLOCK = re.compile(r"(\d{1,2})(?:[.:]([0-5]\d))?(am|pm|a|p|yb|yp|yh)?")
_NTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|af|il|ydd|ed|fed|eg)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(?:20)?\d\d)?")
_FIGURE = re.compile(r"\d{1,2}")
_LEADING = re.compile(r"\d+")
_LATE = ("pm", "p", "yp", "yh")
_DASHES = frozenset("-–—")  # noqa: RUF001
MORNING, AFTERNOON, EVENING = (8, 12), (12, 17), (17, 21)
LAST = time(23, 59)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class When:
    """``start`` and ``end`` (aware, in the place's zone), either perhaps unknown; the stretches of
    words in which they were said."""

    start: datetime | None
    end: datetime | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day in minutes; whether it was said to be of the morning or the afternoon."""

    minute: int
    sure: bool
    span: Span


def read_when(said: Said, tongues: Sequence[Tongue], now: datetime) -> When | None:
    """The time that a text speaks of; None where it speaks of none, or of several. ``now`` is in
    the place's zone."""
    reader = _Reader(said, tongues, now)
    if reader.comes_again():
        return None
    days = reader.days()
    if len({day for day, _ in days}) != 1:
        return None
    day, spans = days[0][0], [span for _, span in days]
    return reader.within(day, spans)


class _Reader:
    """One text, and what its words could mean of time."""

    def __init__(self, said: Said, tongues: Sequence[Tongue], now: datetime) -> None:
        self._said, self._tongues, self._now = said, tongues, now

    def comes_again(self) -> bool:
        """Whether it is said of every week, or of every day."""
        every = self._met("every")
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
        found = [(today, span) for span in [*self._met("today"), *self._met("tonight")]]
        found += [(today + timedelta(days=1), span) for span in self._met("tomorrow")]
        dates = self._dates()
        for weekday, span in self._weekdays():
            beside = [one for one in dates if one[1][0] == span[1]]
            if not beside:
                found.append((self._next(weekday), span))
        return sorted([*found, *dates], key=lambda one: one[1])

    def within(self, day: date, spans: list[Span]) -> When:
        """The time of that day."""
        before = self._just_before(spans[0][0], "before")
        by = self._just_before(spans[0][0], "by")
        if before or by:
            last = day if by else day - timedelta(days=1)
            return When(None, self._at(last, LAST), (*spans, before or by or spans[0]))
        clocks = self._clocks(spans)
        if len(clocks) == 2 and self._are_range(*clocks):
            return self._range(day, spans, *clocks)
        if len(clocks) == 1:
            return self._by_clock(day, spans, clocks[0])
        if clocks:
            return When(None, None, tuple(spans))
        return self._by_part(day, spans)

    def _range(self, day: date, spans: list[Span], first: _Clock, last: _Clock) -> When:
        begin, end = self._half_of_day(first, spans), last.minute
        if end <= begin and end + 720 < 1440:
            end += 720
        start = self._at_minute(day, begin)
        until = self._at_minute(day, end) if end > begin else None
        return When(start, until, (*spans, first.span, last.span))

    def _by_clock(self, day: date, spans: list[Span], clock: _Clock) -> When:
        moment = self._at_minute(day, self._half_of_day(clock, spans))
        if self._just_before(clock.span[0], "after_alone"):
            return When(moment, self._at(day, LAST), (*spans, clock.span))
        if self._just_before(clock.span[0], "before") or self._just_before(clock.span[0], "by"):
            return When(None, moment, (*spans, clock.span))
        return When(moment, None, (*spans, clock.span))

    def _by_part(self, day: date, spans: list[Span]) -> When:
        parts = [
            (hours, span) for name, hours in
            (("morning", MORNING), ("afternoon", AFTERNOON), ("evening", EVENING),
             ("tonight", EVENING))
            for span in self._met(name)
        ]  # fmt: skip
        if len({hours for hours, _ in parts}) == 1:
            (begin, end), _ = parts[0]
            taken = (*spans, *(span for _, span in parts))
            return When(self._at(day, time(begin)), self._at(day, time(end)), taken)
        taken = (*spans, *self._met("all_day"))
        start = datetime.combine(day, time(), self._now.tzinfo)
        return When(start, self._at(day, LAST), taken)

    def _half_of_day(self, clock: _Clock, spans: list[Span]) -> int:
        """Before seven o'clock is after noon, unless it was said; so is all that is said of an
        evening."""
        if clock.sure:
            return clock.minute
        late = bool(self._met("evening") or self._met("tonight"))
        if clock.minute < 7 * 60 or (late and clock.minute < 12 * 60):
            return clock.minute + 720
        if self._met("afternoon") and clock.minute < 12 * 60:
            return clock.minute + 720
        return clock.minute

    def _clocks(self, spans: Iterable[Span]) -> list[_Clock]:
        """Times of day in the words that name no day."""
        gone = {at for begin, end in spans for at in range(begin, end)}
        found: list[_Clock] = []
        at = 0
        while at < len(self._said.tokens):
            clock = None if at in gone else self._clock(at, found)
            if clock and not gone.intersection(range(*clock.span)):
                found.append(clock)
            at = clock.span[1] if clock else at + 1
        return found

    def _clock(self, at: int, before: list[_Clock]) -> _Clock | None:
        noon = self._phrase("noon", at)
        if noon:
            return _Clock(720, True, (at, at + len(noon)))
        past = self._past(at)
        if past:
            return past
        match = _CLOCK.fullmatch(self._said.words[at])
        if match is None or int(match[1]) > 23 or self._counts(at, match, before):
            return None
        half, after = (match[3], at + 1) if match[3] else self._half_named(at + 1)
        minute = 60 * int(match[1]) + int(match[2] or 0)
        if half:
            minute = minute % 720 + (720 if half in _LATE else 0)
        return _Clock(minute, bool(half) or int(match[1]) > 12, (at, after))

    def _half_named(self, at: int) -> tuple[str, int]:
        """Which half of the day is named there, and where the next word begins."""
        for name in ("am", "pm"):
            if phrase := self._phrase(name, at):
                return name, at + len(phrase)
        return "", at

    def _past(self, at: int) -> _Clock | None:
        for name, shift in (("half", 30), ("quarter_past", 15), ("quarter_to", -15)):
            phrase = self._phrase(name, at)
            after = at + len(phrase or ())
            if phrase and after < len(self._said.tokens):
                hour = _FIGURE.fullmatch(self._said.words[after])
                if hour and 1 <= int(hour[0]) <= 12:
                    return _Clock(60 * int(hour[0]) + shift, False, (at, after + 1))
        return None

    def _counts(self, at: int, match: re.Match[str], before: list[_Clock]) -> bool:
        """A bare number is a time only where its neighbours say so: ``at 3``, ``after 11``,
        ``9-1``."""
        if match[2] or match[3] or any(self._phrase(name, at + 1) for name in ("am", "pm")):
            return False
        led = any(self._just_before(at, name) for name in ("at", "after", "before", "by", "until"))
        ranged = self._dash_after(at) or (at > 0 and self._dash_after(at - 1)) or (
            at + 1 < len(self._said.tokens) and self._phrase("until", at + 1) is not None
        )  # fmt: skip
        return not (led or ranged)

    def _are_range(self, first: _Clock, last: _Clock) -> bool:
        between = last.span[0] - first.span[1]
        return (between == 0 and self._dash_after(first.span[1] - 1)) or (
            between > 0 and self._phrase("until", first.span[1]) is not None
        )

    def _dash_after(self, at: int) -> bool:
        tokens = self._said.tokens
        if at + 1 >= len(tokens):
            return False
        return self._said.text[tokens[at].end : tokens[at + 1].begin].strip() in _DASHES

    def _weekdays(self) -> list[tuple[int, Span]]:
        return [
            (tongue.days[phrase], (at, at + len(phrase)))
            for at, tongue, phrase in self._all(lambda tongue: tuple(tongue.days))
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
        return next(filter(None, (self._phrase(name, at) for name in names)), None)

    def _just_before(self, at: int, name: str) -> Span | None:
        """The phrase of this list that ends where a word begins."""
        names = {"after_alone": "after"}
        for tongue in self._tongues:
            for phrase in tongue.of("times", names.get(name, name)):
                begin = at - len(phrase)
                if begin >= 0 and self._said.begins(phrase, begin):
                    if name == "after_alone" and phrase == ("from",):
                        continue
                    return begin, at
        return None

    def _met(self, name: str) -> list[Span]:
        return [
            (at, at + len(phrase))
            for at, _, phrase in self._all(lambda tongue: tongue.of("times", name))
        ]

    def _phrase(self, name: str, at: int) -> Phrase | None:
        lists = (first_of(self._said, tongue.of("times", name), at) for tongue in self._tongues)
        return max(filter(None, lists), key=len, default=None)

    def _all(
        self, phrases: Callable[[Tongue], Iterable[Phrase]]
    ) -> list[tuple[int, Tongue, Phrase]]:  # fmt: skip
        found = []
        for at in range(len(self._said.tokens)):
            for tongue in self._tongues:
                phrase = first_of(self._said, phrases(tongue), at)
                if phrase:
                    found.append((at, tongue, phrase))
                    break
        return found

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self._now.tzinfo)

    def _at_minute(self, day: date, minute: int) -> datetime:
        return self._at(day, time(minute // 60 % 24, minute % 60))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
