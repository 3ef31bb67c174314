"""What somebody asks for every week, over the JSON door."""

from enabler.api.schemas.fields import (
    Choice,
    Codes,
    Day,
    Given,
    Inner,
    Many,
    Moment,
    Sent,
    Text,
    Truth,
    Whole,
)
from enabler.api.schemas.matches import SAID_WORDS
from enabler.api.schemas.needs import NeedSent
from enabler.api.schemas.parts import WeeklySchema, WeeklySent, WindowSchema
from enabler.domain.meeting import Setting
from enabler.domain.vocabulary import NeedState

DEEDS = ("end",)


class SeriesDaySchema(Given):
    """A day to come: its need, once that is made, or why there is none."""

    day = Day(required=True, metadata={"examples": ["2026-11-24"]})
    window = Inner(WindowSchema, required=True)
    bank_holiday = Truth(required=True)
    need_ref = Text(required=True, allow_none=True)
    need_state = Choice(NeedState, required=True, allow_none=True)
    skipped = Choice(("asker", "bank-holiday"), required=True, allow_none=True)
    may_skip = Truth(required=True)


class SeriesSchema(Given):
    """What you ask for every week, with its next days."""

    ref = Text(required=True, metadata={"examples": ["K3M9"]})
    version = Whole(required=True)
    category = Text(required=True, metadata={"examples": ["shopping"]})
    words = Text(required=True)
    at_home = Truth(required=True)
    postcode = Text(required=True, allow_none=True)
    address = Text(required=True, allow_none=True)
    setting = Choice(
        Setting, required=True, allow_none=True, metadata={"description": "Where they meet."}
    )
    circumstances = Many(Text(), required=True, metadata={"description": SAID_WORDS})
    duration_minutes = Whole(required=True)
    slots = Whole(required=True, metadata={"description": "Helpers wanted."})
    languages_required = Many(Text(), required=True)
    preferences = Many(Text(), required=True)
    reach_metres = Whole(required=True, allow_none=True)
    weekly = Many(Inner(WeeklySchema), required=True)
    last_on = Day(required=True)
    skips_bank_holidays = Truth(required=True)
    begun_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)
    days = Many(Inner(SeriesDaySchema), required=True)
    organisation = Text(
        required=True, allow_none=True, metadata={"description": "The one that asks."}
    )
    organisation_ref = Text(required=True, allow_none=True)
    may = Codes(DEEDS, required=True, metadata={"description": "What you can do now."})


class SeriesPart(Given):
    """All that you ask for every week, the newest first."""

    series = Many(Inner(SeriesSchema), required=True)


class SeriesSent(NeedSent):
    """What you ask for every week, by the clocks of the place, until the last day (in)."""

    weekly = Many(
        Inner(WeeklySent), required=True, most=7,
        metadata={"examples": [[{"weekday": 1, "start": "10:00", "end": "12:00"}]]},
    )  # fmt: skip
    last_on = Day(required=True, metadata={"examples": ["2026-12-18"]})
    skips_bank_holidays = Truth(load_default=False)

    class Meta:
        """A week has its own times."""

        exclude = ("windows",)


class EveryWeekSchema(Given):
    """A series as a line of a list."""

    ref = Text(required=True, metadata={"examples": ["K3M9"]})
    category = Text(required=True, metadata={"examples": ["shopping"]})
    words = Text(required=True)
    weekly = Many(Inner(WeeklySchema), required=True)
    last_on = Day(required=True)
    skips_bank_holidays = Truth(required=True)


class SkippedSent(Sent):
    """The day that is left out."""

    day = Day(required=True, metadata={"examples": ["2026-11-24"]})
