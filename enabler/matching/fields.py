"""Readers of single JSON values: each takes a value and its path, and gives what it means.

What cannot be read raises :class:`Invalid`, whose field is the path of the wrong value, such as
``needs[3].windows[0][1]``. Nothing is guessed: a number in a text is no number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from enabler.domain.errors import Invalid
from enabler.matching.needs_and_offers import Span, WeeklyBlock, check_block
from enabler.matching.policy import RULES

Reader = Callable[[Any, str], Any]

MOST = 2**31 - 1
"""The largest whole number that means anything here."""

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)

MISSING = object()
"""The default of a key that must be there."""


@dataclass(frozen=True, slots=True)
class Key:
    """How a key of an object is read, and what it is if it is not there."""

    read: Reader
    default: Any = MISSING


class Doubled(dict[str, Any]):
    """An object in which a key stood twice: which value was meant, nobody knows."""

    key = ""


def keyed(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object from its keys and values as they were written."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled, seen = Doubled(found), set[str]()
    for name, _ in pairs:
        if name in seen:
            doubled.key = name
            break
        seen.add(name)
    return doubled


def _object(value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Invalid(path, "not_an_object")
    if isinstance(value, Doubled):
        raise Invalid(inside(path, value.key), "key_twice")
    return value


def read_object(value: Any, keys: Mapping[str, Key], path: str) -> dict[str, Any]:
    """Read an object of exactly these keys; those left out get their defaults."""
    value = _object(value, path)
    for name in value:
        if name not in keys:
            raise Invalid(inside(path, name), "unknown_key")
    found = {}
    for name, key in keys.items():
        if name in value:
            found[name] = key.read(value[name], inside(path, name))
        elif key.default is MISSING:
            raise Invalid(inside(path, name), "missing")
        else:
            found[name] = key.default
    return found


def inside(path: str, name: str) -> str:
    """The path of a key inside an object."""
    return f"{path}.{name}" if path else name


def or_null(read: Reader) -> Reader:
    """Also null, which is None."""
    return lambda value, path: None if value is None else read(value, path)


def list_of(read: Reader) -> Reader:
    """A list, as a tuple."""

    def read_list(value: Any, path: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Invalid(path, "not_a_list")
        return tuple(read(one, f"{path}[{place}]") for place, one in enumerate(value))

    return read_list


def set_of(read: Reader) -> Reader:
    """A list, as a set: saying a thing twice is saying it once."""
    read_list = list_of(read)
    return lambda value, path: frozenset(read_list(value, path))


def mapping_of(read: Reader) -> Reader:
    """An object with keys of its own choice."""

    def read_mapping(value: Any, path: str) -> dict[str, Any]:
        found = _object(value, path)
        return {name: read(one, inside(path, name)) for name, one in found.items()}

    return read_mapping


def whole(low: int, high: int = MOST) -> Reader:
    """A whole number from ``low`` to ``high``."""

    def read_whole(value: Any, path: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise Invalid(path, "not_whole")
        if not low <= value <= high:
            raise Invalid(path, "out_of_range", low=low, high=high)
        return value

    return read_whole


def number(low: float, high: float) -> Reader:
    """A number from ``low`` to ``high``."""

    def read_number(value: Any, path: str) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise Invalid(path, "not_a_number")
        if not (isinstance(value, int) or isfinite(value)) or not low <= value <= high:
            raise Invalid(path, "out_of_range", low=low, high=high)
        return float(value)

    return read_number


def flag(value: Any, path: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Invalid(path, "not_true_or_false")
    return value


def text(value: Any, path: str) -> str:
    """A text that is not empty."""
    if not isinstance(value, str):
        raise Invalid(path, "not_a_text")
    if not value.strip():
        raise Invalid(path, "empty")
    return value


def preference(value: Any, path: str) -> str:
    """The code of a preference; a rule's code would be taken for the rule."""
    code = text(value, path)
    if code in RULES:
        raise Invalid(path, "is_a_rule")
    return code


def name(value: Any, path: str) -> str | int:
    """An id: a text that is not empty, or a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return whole(-MOST)(value, path)
    return text(value, path)


def party(value: Any, path: str) -> str:
    """An id that is only compared. As a text, for keys of JSON objects can be nothing else."""
    return str(name(value, path))


def moment(value: Any, path: str) -> datetime:
    """A time in ISO 8601 with its offset from UTC, between 1970 and 2200."""
    try:
        at = datetime.fromisoformat(text(value, path))
    except ValueError as wrong:
        raise Invalid(path, "not_a_time") from wrong
    if at.tzinfo is None:
        raise Invalid(path, "no_offset")
    if not EARLIEST <= at < LATEST:
        raise Invalid(path, "out_of_range", low=EARLIEST.year, high=LATEST.year)
    return at


def span(value: Any, path: str) -> Span:
    """``[start, end]``."""
    if not isinstance(value, list) or len(value) != 2:
        raise Invalid(path, "not_a_span")
    start, end = (moment(one, f"{path}[{place}]") for place, one in enumerate(value))
    if not start < end:
        raise Invalid(path, "ends_before_start")
    return start, end


def weekly_block(value: Any, path: str) -> WeeklyBlock:
    """``[weekday, "HH:MM", "HH:MM"]``; 24:00 is the end of the day."""
    if not isinstance(value, list) or len(value) != 3:
        raise Invalid(path, "not_a_weekly_block")
    weekday = whole(0, 6)(value[0], f"{path}[0]")
    block = (weekday, clock(value[1], f"{path}[1]"), clock(value[2], f"{path}[2]"))
    check_block(block, path)
    return block


def clock(value: Any, path: str) -> int:
    """``"HH:MM"`` as minutes after midnight, up to 24:00."""
    shown = text(value, path)
    digits = shown[:2] + shown[3:]
    if len(shown) != 5 or shown[2] != ":" or not (digits.isascii() and digits.isdigit()):
        raise Invalid(path, "not_a_clock_time")
    hours, minutes = int(shown[:2]), int(shown[3:])
    if minutes > 59 or hours * 60 + minutes > 24 * 60:
        raise Invalid(path, "not_a_clock_time")
    return hours * 60 + minutes


def pair_of_places(value: Any, path: str) -> tuple[str, str]:
    """``[place, place]``."""
    if not isinstance(value, list) or len(value) != 2:
        raise Invalid(path, "not_a_pair")
    one, other = (party(place, f"{path}[{at}]") for at, place in enumerate(value))
    return one, other
