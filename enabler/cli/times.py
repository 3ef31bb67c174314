"""Moments on the command line."""

import re
from datetime import UTC, datetime
from typing import Any

import click

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2900, 1, 1, tzinfo=UTC)
"""Around every moment between these there is room for years of waiting and remembering."""


class Month(click.ParamType[tuple[int, int]]):
    """A month, such as 2026-11."""

    name = "month"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Its year and number."""
        found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", str(value), re.ASCII)
        if found is None or not FIRST.year < int(found[1]) < LAST.year:
            self.fail(f"{value} is not a month such as 2026-11.", param, ctx)
        return int(found[1]), int(found[2])


class AtTime(click.ParamType[datetime]):
    """A moment as ISO 8601 with its offset, such as 2026-11-24T12:00:00+00:00 or …Z."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The moment, in UTC. A time without its offset is refused: nobody knows when it is."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} is not a time such as 2026-11-24T12:00:00+00:00.", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value} needs its offset from UTC, such as +00:00 or Z.", param, ctx)
        if not FIRST <= moment < LAST:
            self.fail(f"{value} is not between {FIRST.year} and {LAST.year}.", param, ctx)
        return moment.astimezone(UTC)
