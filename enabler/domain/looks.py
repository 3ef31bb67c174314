"""Looks at people by those who work here: why they say they look, and what is odd about a look
(pure).

Odd is not wrong: a neighbour may be on duty. A named reason goes to a safeguarding lead who is not
the viewer, and somebody asks.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.errors import Invalid
from enabler.domain.names import same_address
from enabler.domain.words import LONGEST_LINE, checked_words, optional_words

ASKED, REPORT, CHECK, DELIVERY, OTHER = "asked", "report", "check", "delivery", "other"
REASONS = (ASKED, REPORT, CHECK, DELIVERY, OTHER)
"""Why somebody at the desk looks a member up: they asked for it; a report; a check; a message that
did not arrive; something else, in words."""
HOLDS = timedelta(minutes=30)
"""So long a reason holds: for a call, not for a day."""
BY_CHOICE = ("looked-up", "lost-phone")
"""Whys of sights for which nothing at the desk waited: the viewer chose whom they look up."""
WHERE_UNTOLD = "untold-where"
"""Where somebody lives whom we could not send something: it waited, and is shown for a reason."""
WITH_REASON = (*BY_CHOICE, WHERE_UNTOLD)
"""Whys of sights for which the viewer had to say why."""

HOME, STREET, POSTCODE, SURNAME, NIGHT, HIDDEN, MANY = (
    "own-home", "own-street", "own-postcode", "same-surname", "at-night", "hidden", "many",
)  # fmt: skip
ODD = (HOME, POSTCODE, STREET, SURNAME, HIDDEN, NIGHT, MANY)
MANY_WITHIN = timedelta(hours=1)
COMMON_AT_LEAST, COMMON_ONE_IN = 10, 500
"""A last name is common where more than ten members of a place, and more than one in so many, have
it: in some places every twentieth is a Jones."""
_NUMBER = re.compile(r"^\s*(?:(?:flat|fflat|apartment|unit)\s+)?\d+\s*[a-z]?\s*[,/ ]\s*", re.I)


@dataclass(frozen=True, slots=True)
class Person:
    """One side of a look, as far as it is judged."""

    name: str
    home_id: int | None = None
    postcode: str | None = None
    address: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A look of staff's. ``by_choice``: nothing waited at the desk; ``others``: how many people the
    viewer looked up by choice in the hour before it, this one among them; ``common_name``: many in
    the place have the last name of whoever was seen."""

    at: datetime
    by_choice: bool
    others: int = 0
    common_name: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The ruleset's. Night is in minutes of the local day, and may run over midnight."""

    many: int
    night_from: int
    night_until: int


def bounds_of_day(day: date, timezone: str) -> tuple[datetime, datetime]:
    """When a local day begins and ends (UTC)."""
    begins = datetime.combine(day, time(), tzinfo=ZoneInfo(timezone))
    ends = datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(timezone))
    return begins.astimezone(UTC), ends.astimezone(UTC)


def checked_reason(reason: str, words: str | None) -> tuple[str, str | None]:
    """The reason, with words where there is none on the list.

    Raises Invalid("reason", look_reason_missing), Invalid("words", …).
    """
    if reason not in REASONS:
        raise Invalid("reason", "look_reason_missing")
    if reason == OTHER:
        return reason, checked_words("words", words, most=LONGEST_LINE)
    return reason, optional_words("words", words, most=LONGEST_LINE)


def odd(look: Look, viewer: Person, seen: Person, limits: Limits, timezone: str) -> tuple[str, ...]:
    """What is odd about a look, as codes; the strongest first. None: nothing is.

    Whose home, street or name it is counts for every look; the hour, the number and that somebody
    is hidden only for looks by choice: what waits at the desk may wait at night. Where many are
    called Jones, a Jones who works on what waits meets them each day: that counts by choice alone.
    """
    found = [*_near(viewer, seen)]
    if share_surname(viewer.name, seen.name) and (look.by_choice or not look.common_name):
        found.append(SURNAME)
    if look.by_choice:
        if seen.hidden:
            found.append(HIDDEN)
        if _is_night(look.at, limits, timezone):
            found.append(NIGHT)
        if look.others > limits.many:
            found.append(MANY)
    return tuple(found)


def _near(viewer: Person, seen: Person) -> tuple[str, ...]:
    if viewer.home_id is None or seen.home_id is None:
        return ()
    if viewer.home_id == seen.home_id or _same_door(viewer, seen):
        return (HOME,)
    if viewer.postcode == seen.postcode:
        return (POSTCODE,)
    return (STREET,) if _same_street(viewer, seen) else ()


def _same_door(viewer: Person, seen: Person) -> bool:
    same = viewer.postcode == seen.postcode
    return same and same_address(viewer.address or "", seen.address or "")


def _same_street(viewer: Person, seen: Person) -> bool:
    """The same street's name in the same part of the town: there is a Mill Lane in every second."""
    streets = {_street(viewer.address or ""), _street(seen.address or "")}
    towns = {_outward(viewer.postcode or ""), _outward(seen.postcode or "")}
    return len(streets) == 1 and len(towns) == 1 and streets != {""}


def _street(address: str) -> str:
    first = address.splitlines()[0] if address else ""
    without = _NUMBER.sub("", _NUMBER.sub("", first))
    return " ".join(without.split(",")[0].casefold().split())


def _outward(postcode: str) -> str:
    return postcode.split(" ")[0]


def share_surname(one: str, other: str) -> bool:
    """Whether two names have the same last part; one of a single part has none."""
    return surname(one) != "" and surname(one) == surname(other)


def is_common(namesakes: int, members: int) -> bool:
    """Whether so many of so many members say nothing by having one last name."""
    return namesakes > max(COMMON_AT_LEAST, members // COMMON_ONE_IN)


def surname(name: str) -> str:
    """The last part of a name, as it is compared; empty where there is one part only."""
    parts = name.casefold().split()
    return parts[-1] if len(parts) > 1 else ""


def _is_night(at: datetime, limits: Limits, timezone: str) -> bool:
    local = at.astimezone(ZoneInfo(timezone))
    minute = local.hour * 60 + local.minute
    start, end = limits.night_from, limits.night_until
    if start > end:
        return minute >= start or minute < end
    return start <= minute < end
