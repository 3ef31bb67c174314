"""Moments on the command line."""

from datetime import UTC, datetime
from typing import Any

import click

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2900, 1, 1, tzinfo=UTC)
"""Around every moment between these there is room for years of waiting and remembering."""


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
