"""Who of the staff is named in a report and hears nothing of it; how many strangers make (pure)."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from enabler.domain.sign_in import Cap

_TITLES = r"(?:mr|mrs|ms|miss|mx|dr|cllr|councillor)\.?"


def names(words: str, name: str) -> bool:
    """Whether the words name this person: by the whole name, or by title and last name.

    A first or last name alone is many people's, or no name at all ("green").
    """
    parts = [re.escape(part) for part in name.casefold().split()]
    if not parts:
        return False
    said = " ".join(words.casefold().split())
    ways = [r"\s".join(parts)] if len(parts) > 1 else []
    ways += [rf"{parts[0]}\s(?:\S+\s)?{parts[-1]}"] if len(parts) > 2 else []
    ways.append(rf"{_TITLES}\s(?:\S+\s)?{parts[-1]}")
    return any(re.search(rf"(?<!\w)(?:{way})(?!\w)", said) for way in ways)


PERIOD = timedelta(hours=1)
FROM_ONE, FROM_ALL = 10, 60
"""Reports of strangers in an hour, from one network address and in the whole place: a library or a
mast of a phone company is one address. Beyond it what went wrong waits; a worry never does."""
_LIMIT = Cap("reports_too_many", FROM_ONE, PERIOD)


def check_flood(newest: Sequence[datetime | None], now: datetime) -> None:
    """``newest``: when the last report was made that still has room, by address and in the place.

    Raises LimitReached("reports_too_many") with ``until`` and ``minutes``.
    """
    for nth in newest:
        _LIMIT.check(nth, now)


def is_flood(newest: Sequence[datetime | None], now: datetime) -> bool:
    """Whether it is one too many for a letter of its own."""
    return any(nth is not None and now < nth + PERIOD for nth in newest)
