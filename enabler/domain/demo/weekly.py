"""What the first invented organisation asks for every week: its owner is one who is shown round."""

import tomllib
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

from enabler.domain.demo.shapes import Organisation, Series
from enabler.domain.recurrence import Repeat
from enabler.domain.ruleset import Ruleset
from enabler.domain.windows import Weekly

WEEKS = 12
"""For how long it asks."""


def invent_series(
    organisations: Sequence[Organisation], ruleset: Ruleset, timezone: str, now: datetime
) -> list[Series]:
    """One series, begun this moment: the clock makes its needs. None where nothing suits."""
    text = (resources.files(__package__) / "weekly.toml").read_text("utf-8")
    unasked = {*ruleset.categories_off, *ruleset.categories_held}
    today = now.astimezone(ZoneInfo(timezone)).date()
    last_on = today + timedelta(weeks=WEEKS)
    found = [
        Series(
            organisation=0, asker=organisations[0].owner, category=said["category"],
            words=said["words"], duration_minutes=said["minutes"], slots=said["slots"],
            first_on=today, begun_at=now, every=Repeat(
                (Weekly(said["weekday"], _minute(said["start"]), _minute(said["end"])),), last_on,
                skips_bank_holidays=True,
            ),
        )
        for said in tomllib.loads(text)["ask"] if said["category"] not in unasked
    ]  # fmt: skip
    return found[:1]


def _minute(said: str) -> int:
    clock = time.fromisoformat(said)
    return 60 * clock.hour + clock.minute
