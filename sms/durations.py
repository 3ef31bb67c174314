"""How long something took, as people write it: ``1h30``, ``90 mins``, ``an hour and a half``."""

import re
from collections.abc import Sequence

from sms.reading import Said, first_of
from sms.tongues import Tongue

_TOGETHER = re.compile(r"(\d{1,2})(?:h|hr|hrs|hour|hours)(?:(\d{1,2})(?:m|min|mins)?)?")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_DECIMAL = re.compile(r"(\d{1,2})\.(\d{1,2})(?:h|hr|hrs)?")
_MINUTES = re.compile(r"(\d{1,3})(?:m|min|mins|minutes)")
_NUMBER = re.compile(r"\d{1,3}")
_MOST_HOURS = 12
"""A number alone above this is minutes."""


def minutes_at(
    said: Said, at: int, tongues: Sequence[Tongue], *, alone: bool = True
) -> tuple[int, int] | None:  # fmt: skip
    """The minutes that stand at a word, and the word after them; None for anything else. A number
    ``alone`` is hours up to 12, minutes above; or nothing."""
    if at >= len(said.tokens):
        return None
    for tongue in tongues:
        half = first_of(said, tongue.of("numbers", "half_hour"), at)
        if half:
            return 30, at + len(half)
    return _together(said, at, tongues) or _apart(said, at, tongues, alone)


def either_at(said: Said, at: int, tongues: Sequence[Tongue]) -> int | None:
    """The whole number that stands alone at a word, if it could be hours as well as minutes."""
    if not _NUMBER.fullmatch("".join(said.words[at : at + 1])) or unit_at(said, at + 1, tongues)[0]:
        return None
    number = int(said.words[at])
    return number if 1 <= number <= _MOST_HOURS else None


def unit_at(said: Said, at: int, tongues: Sequence[Tongue]) -> tuple[str, int]:
    """*hours* or *minutes*, and the word after it; nothing where no unit stands there."""
    for tongue in tongues:
        for name, unit in (("hour", "hours"), ("minute", "minutes")):
            phrase = first_of(said, tongue.of("numbers", name), at)
            if phrase:
                return unit, at + len(phrase)
    return "", at


def _together(said: Said, at: int, tongues: Sequence[Tongue]) -> tuple[int, int] | None:
    word = said.words[at]
    if found := _TOGETHER.fullmatch(word):
        minutes = 60 * int(found[1]) + int(found[2] or 0)
        return (minutes, at + 1) if found[2] else _with_minutes(said, minutes, at + 1, tongues)
    if found := _CLOCK.fullmatch(word):
        return 60 * int(found[1]) + int(found[2]), at + 1
    if found := _MINUTES.fullmatch(word):
        return int(found[1]), at + 1
    return None


def _apart(
    said: Said, at: int, tongues: Sequence[Tongue], alone: bool
) -> tuple[int, int] | None:  # fmt: skip
    """A number, then its unit, then perhaps minutes."""
    number = _number(said, at, tongues)
    if number is None:
        return None
    amount, after = number
    unit, after_unit = unit_at(said, after, tongues)
    if unit == "minutes":
        return round(amount), after_unit
    if unit == "hours":
        return _with_minutes(said, round(60 * amount), after_unit, tongues)
    if not alone or not _is_figure(said.words[at]):
        return None
    return round(60 * amount if amount <= _MOST_HOURS else amount), after


def _with_minutes(
    said: Said, minutes: int, at: int, tongues: Sequence[Tongue]
) -> tuple[int, int]:  # fmt: skip
    if half := _half_words(said, at, tongues):
        return minutes + 30, at + half
    if at < len(said.tokens):
        if found := _MINUTES.fullmatch(said.words[at]):
            return minutes + int(found[1]), at + 1
        if _NUMBER.fullmatch(said.words[at]) and int(said.words[at]) < 60:
            _, after = unit_at(said, at + 1, tongues)
            return minutes + int(said.words[at]), after
    return minutes, at


def _is_figure(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word) or _DECIMAL.fullmatch(word))


def _number(said: Said, at: int, tongues: Sequence[Tongue]) -> tuple[float, int] | None:
    word = said.words[at]
    if found := _DECIMAL.fullmatch(word):
        return float(f"{found[1]}.{found[2]}"), at + 1
    if _NUMBER.fullmatch(word):
        return int(word), at + 1
    for tongue in tongues:
        phrase = first_of(said, tongue.numbers, at)
        if phrase:
            return tongue.numbers[phrase], at + len(phrase)
    return None


def _half_words(said: Said, at: int, tongues: Sequence[Tongue]) -> int:
    found = [first_of(said, tongue.of("numbers", "and_a_half"), at) for tongue in tongues]
    return max(len(phrase or ()) for phrase in found)
