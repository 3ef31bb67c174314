"""Parts that several things have: stretches of time, roughly where, and what a list asks for."""

import re
from typing import Any

from enabler.api.schemas.fields import Given, Moment, Ref, Sent, Text, Whole, wrong
from enabler.domain.windows import Weekly, Window

MOST_LISTED, USUALLY_LISTED = 50, 20
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00", re.ASCII)
CLOCK_PATTERN = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"


class Clock(Text):
    """A clock time of the place, kept as minutes since midnight."""

    def __init__(self, **more: Any) -> None:
        super().__init__(metadata={"pattern": CLOCK_PATTERN, "examples": ["09:30"]}, **more)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:  # type: ignore[override]
        if not isinstance(value, str) or not _CLOCK.fullmatch(value):
            raise wrong("clock_wanted")
        return int(value[:2]) * 60 + int(value[3:])

    def out(self, minutes: int) -> str:
        """As it is written."""
        return f"{minutes // 60:02d}:{minutes % 60:02d}"


class WindowSchema(Given):
    """A stretch of time, in UTC."""

    start = Moment(required=True, metadata={"examples": ["2026-11-24T14:00:00+00:00"]})
    end = Moment(required=True, metadata={"examples": ["2026-11-24T17:00:00+00:00"]})


class WindowSent(Sent):
    """A stretch of time, with the offset of each end."""

    start = Moment(required=True, metadata={"examples": ["2026-11-24T14:00:00+00:00"]})
    end = Moment(required=True, metadata={"examples": ["2026-11-24T17:00:00+00:00"]})


class WeeklySchema(Given):
    """A stretch of each week, by the clocks of the place. Monday is 0."""

    weekday = Whole(required=True, most=6)
    start = Clock(required=True, attribute="start_minute")
    end = Clock(required=True, attribute="end_minute")


class WeeklySent(Sent):
    """A stretch of each week, by the clocks of the place. Monday is 0."""

    weekday = Whole(required=True, most=6)
    start = Clock(required=True)
    end = Clock(required=True)


class RoughlySchema(Given):
    """Where something is, as others may know it."""

    ward = Text(required=True, metadata={"examples": ["Uplands"]})
    within_metres = Whole(
        required=True, allow_none=True, metadata={"description": "Of your own cell: a band's end."}
    )


class ListQuery(Sent):
    """Which part of a list."""

    limit = Whole(least=1, most=MOST_LISTED, in_query=True, load_default=USUALLY_LISTED)
    cursor = Ref(
        load_default=lambda: None, metadata={"description": "The `next` of the part before."}
    )


class PartSchema(Given):
    """A part of a list, the newest first; ``next`` is the cursor of the part that follows."""

    next = Text(required=True, allow_none=True, attribute="after")


def windows(sent: list[dict[str, Any]]) -> tuple[Window, ...]:
    """Stretches as the services take them. Raises Invalid."""
    return tuple(Window(one["start"], one["end"]) for one in sent)


def weekly(sent: list[dict[str, Any]]) -> tuple[Weekly, ...]:
    """Stretches of the week as the services take them. Raises Invalid."""
    return tuple(Weekly(one["weekday"], one["start"], one["end"]) for one in sent)
