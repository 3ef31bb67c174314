"""Where words of time stand in a text, and the times of day among them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sms.reading import Said, first_of
from sms.tongues import Phrase, Tongue

Span = tuple[int, int]
_CLOCK = re.compile(r"(\d{1,2})(?:[.:]([0-5]\d))?(am|pm|a|p|yb|yp|yh)?")
_FIGURE = re.compile(r"\d{1,2}")
_LATE = ("pm", "p", "yp", "yh")
_DASHES = frozenset("-–—")  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes; whether it was said to be of the morning or the afternoon."""

    minute: int
    sure: bool
    span: Span


class Lists:
    """One text, and where the phrases of the word lists of time stand in it."""

    def __init__(self, said: Said, tongues: Sequence[Tongue]) -> None:
        self.said, self.tongues = said, tongues

    def met(self, name: str) -> list[Span]:
        return [
            (at, at + len(phrase))
            for at, _, phrase in self.all(lambda tongue: tongue.of("times", name))
        ]

    def just_before(self, at: int, name: str) -> Span | None:
        """The phrase of this list that ends where a word begins."""
        names = {"after_alone": "after"}
        for tongue in self.tongues:
            for phrase in tongue.of("times", names.get(name, name)):
                begin = at - len(phrase)
                if begin >= 0 and self.said.begins(phrase, begin):
                    if name == "after_alone" and phrase == ("from",):
                        continue
                    return begin, at
        return None

    def phrase(self, name: str, at: int) -> Phrase | None:
        lists = (first_of(self.said, tongue.of("times", name), at) for tongue in self.tongues)
        return max(filter(None, lists), key=len, default=None)

    def all(
        self, phrases: Callable[[Tongue], Iterable[Phrase]]
    ) -> list[tuple[int, Tongue, Phrase]]:  # fmt: skip
        found = []
        for at in range(len(self.said.tokens)):
            for tongue in self.tongues:
                phrase = first_of(self.said, phrases(tongue), at)
                if phrase:
                    found.append((at, tongue, phrase))
                    break
        return found

    def dash_after(self, at: int) -> bool:
        tokens = self.said.tokens
        if at + 1 >= len(tokens):
            return False
        return self.said.text[tokens[at].end : tokens[at + 1].begin].strip() in _DASHES

    def clocks(self, spans: Iterable[Span]) -> list[Clock]:
        """Times of day in the words that name no day."""
        gone = {at for begin, end in spans for at in range(begin, end)}
        found: list[Clock] = []
        at = 0
        while at < len(self.said.tokens):
            clock = None if at in gone else self._clock(at, found)
            if clock and not gone.intersection(range(*clock.span)):
                found.append(clock)
            at = clock.span[1] if clock else at + 1
        return found

    def _clock(self, at: int, before: list[Clock]) -> Clock | None:
        noon = self.phrase("noon", at)
        if noon:
            return Clock(720, True, (at, at + len(noon)))
        past = self._past(at)
        if past:
            return past
        match = _CLOCK.fullmatch(self.said.words[at])
        if match is None or int(match[1]) > 23 or self._counts(at, match, before):
            return None
        half, after = (match[3], at + 1) if match[3] else self._half_named(at + 1)
        minute = 60 * int(match[1]) + int(match[2] or 0)
        if half:
            minute = minute % 720 + (720 if half in _LATE else 0)
        return Clock(minute, bool(half) or int(match[1]) > 12, (at, after))

    def _half_named(self, at: int) -> tuple[str, int]:
        """Which half of the day is named there, and where the next word begins."""
        for name in ("am", "pm"):
            if phrase := self.phrase(name, at):
                return name, at + len(phrase)
        return "", at

    def _past(self, at: int) -> Clock | None:
        for name, shift in (("half", 30), ("quarter_past", 15), ("quarter_to", -15)):
            phrase = self.phrase(name, at)
            after = at + len(phrase or ())
            if phrase and after < len(self.said.tokens):
                hour = _FIGURE.fullmatch(self.said.words[after])
                if hour and 1 <= int(hour[0]) <= 12:
                    return Clock(60 * int(hour[0]) + shift, False, (at, after + 1))
        return None

    def _counts(self, at: int, match: re.Match[str], before: list[Clock]) -> bool:
        """A bare number is a time only where its neighbours say so: ``at 3``, ``after 11``,
        ``9-1``."""
        if match[2] or match[3] or any(self.phrase(name, at + 1) for name in ("am", "pm")):
            return False
        led = any(self.just_before(at, name) for name in ("at", "after", "before", "by", "until"))
        ranged = self.dash_after(at) or (at > 0 and self.dash_after(at - 1)) or (
            at + 1 < len(self.said.tokens) and self.phrase("until", at + 1) is not None
        )  # fmt: skip
        return not (led or ranged)

    def are_range(self, first: Clock, last: Clock) -> bool:
        between = last.span[0] - first.span[1]
        return (between == 0 and self.dash_after(first.span[1] - 1)) or (
            between > 0 and self.phrase("until", first.span[1]) is not None
        )
