"""Who was there, as people type it: a reference on each line, with a length where it differs."""

import re

from enabler.domain.errors import Invalid

MOST_MINUTES = 24 * 60
_ENTRY = re.compile(
    r"(?P<ref>[0-9A-Za-z]{1,12})"
    r"(?:[\s:=\u2013-]+(?:(?P<hours>\d{1,2})\s?h(?:ours?|rs?)?(?:\s?(?P<rest>\d{1,2}))?"
    r"|(?P<minutes>\d{1,4})))?"
    r"(?:\s?(?:m|min|mins|minutes))?",
    re.ASCII | re.IGNORECASE,
)
"""K7QP; K7QP 90; K7QP 90 min; K7QP 1h; K7QP: 1h30; K7QP 1 hour 30 minutes."""
_BETWEEN = re.compile(r"[\n,;]+")


def read_people(typed: str) -> tuple[tuple[str, int | None], ...]:
    """Each reference with its own minutes, or None where it has none, in the order of typing.

    Raises Invalid("people", people_unreadable) with the first, the ``nth``, that cannot be read.
    """
    parts = (" ".join(part.split()) for part in _BETWEEN.split(typed.replace("\r", "\n")))
    return tuple(_read(nth, entry) for nth, entry in enumerate(filter(None, parts), start=1))


def _read(nth: int, entry: str) -> tuple[str, int | None]:
    found = _ENTRY.fullmatch(entry)
    if found is None:
        raise Invalid("people", "people_unreadable", nth=nth)
    if found["minutes"] is None and found["hours"] is None:
        return found["ref"], None
    minutes = int(found["minutes"] or 0) + 60 * int(found["hours"] or 0) + int(found["rest"] or 0)
    if minutes > MOST_MINUTES:
        raise Invalid("people", "minutes_too_many", most=MOST_MINUTES)
    return found["ref"], minutes
