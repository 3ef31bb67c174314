"""Opening hours of one day, as people write them: 9am to midday, 1pm to 5pm."""

import re

from enabler.domain.errors import Invalid
from enabler.doors.local_time import read_clock

Stretch = tuple[int, int]
"""Minutes of the local day: from, until."""

MOST_A_DAY = 4
WHOLE_DAY: Stretch = (0, 1440)
_APART = re.compile(r"\s*(?:[,;&]|\band\b|\n)\s*")
_UNTIL = re.compile(r"\s*(?:\bto\b|\buntil\b|[-\u2013\u2014])\s*")
_NONE = frozenset({"", "closed", "-", "none"})
_ALL = frozenset({"all day", "24 hours", "open all day"})


def read_opening(text: str, *, field: str) -> tuple[Stretch, ...]:
    """The stretches of a day in order; none when it is closed.

    Raises Invalid(field, code): hours_malformed, hours_end_first, hours_overlap, and what
    ``read_clock`` raises for a time that could be morning or afternoon.
    """
    plain = " ".join(text.lower().split())
    if plain in _NONE:
        return ()
    if plain in _ALL:
        return (WHOLE_DAY,)
    found = sorted(_stretch(part, field) for part in _APART.split(plain))
    if len(found) > MOST_A_DAY:
        raise Invalid(field, "hours_malformed")
    for (_, end), (start, _) in zip(found, found[1:], strict=False):  # noqa: RUF007
        if start < end:
            raise Invalid(field, "hours_overlap")
    return tuple(found)


def _stretch(text: str, field: str) -> Stretch:
    ends = _UNTIL.split(text)
    if len(ends) != 2 or not all(ends):
        raise Invalid(field, "hours_malformed")
    start, end = (_minute(each, field) for each in ends)
    end = end or 1440  # midnight is the end of the day
    if start >= end:
        raise Invalid(field, "hours_end_first")
    return start, end


def _minute(text: str, field: str) -> int:
    if text == "24:00":
        return 1440
    clock = read_clock(text, field=field)
    return clock.hour * 60 + clock.minute


def written_opening(stretches: tuple[Stretch, ...]) -> str:
    """The stretches so that they can be read again, in any language: 09:00-12:00, 13:00-17:00."""
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in stretches)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
