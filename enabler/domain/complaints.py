"""Complaints about what is done with personal data: who reads one, its clock, how it ends (pure).

The law (section 164A of the Data Protection Act 2018, in force since June 2026) asks that whoever
complains can do so easily, is told within 30 days that it was received, is kept up to date and is
told the outcome without undue delay. Here it is acknowledged the moment it is made, and the whole
answer has 30 days. They are days of the calendar, also over a change of the clocks.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.sign_in import Cap
from enabler.domain.vocabulary import Role

DAYS, ALARM_DAY = 30, 20
"""By the end of which day they have an answer; on the morning of which those who answer are told
again that there is none."""
MORNING = time(9, 0)
AGAIN = timedelta(days=1)
"""From the day on by which an answer was due they are told each day."""
HOW = ("page", "text", "desk")
COMPLAINT, CORRECTION = "complaint", "correction"
"""What it is: something that was done wrong, or something kept that is to be put right."""
OPEN, LOOKING, ANSWERED = "open", "looking", "answered"
TAKEN_BACK = "taken-back"
OUTCOMES = ("right", "partly", "not-right", TAKEN_BACK)
"""What came of it: they are right, in part, or not; or they took it back. Of a correction: it is
put right, in part, or stays as it is."""
FROM_STRANGERS = Cap("complaints_too_many", 200, timedelta(hours=1))
"""Of strangers, in a place. None below it is turned away, whatever address it comes from: a library
is one address. Only the letters about them are gathered."""


@dataclass(frozen=True, slots=True)
class Clock:
    """By the end of which local day there is an answer, when that day ends, and when those who
    answer hear of it again if there is none."""

    answer_by: date
    due_at: datetime
    alarm_at: datetime


def clock_of(made_at: datetime, timezone: str, *, correction: bool = False) -> Clock:
    """The clock of a complaint that was made at this moment. A ``correction`` is answered within
    a month (UK GDPR, article 12), which in winter is shorter than the days of a complaint."""
    zone = ZoneInfo(timezone)
    first = made_at.astimezone(zone).date()
    answer_by = first + timedelta(days=DAYS)
    if correction:
        answer_by = min(answer_by, _a_month_on(first))
    after = datetime.combine(answer_by + timedelta(days=1), time(), tzinfo=zone)
    alarm = datetime.combine(first + timedelta(days=ALARM_DAY), MORNING, tzinfo=zone)
    return Clock(answer_by, after.astimezone(UTC), alarm.astimezone(UTC))


def _a_month_on(day: date) -> date:
    """The same day of the next month, or its last where it has none."""
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def tells_next(due_at: datetime, timezone: str, now: datetime) -> datetime:
    """When those who answer hear of it again, after they heard at ``now``: the morning after the
    day by which the answer was due, then each morning."""
    zone = ZoneInfo(timezone)
    due = due_at.astimezone(zone).date()  # the day after the last: due_at is its midnight
    day = max(due, now.astimezone(zone).date() + AGAIN)
    return datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)


def readers(hands: Iterable[tuple[int, Role]], kept_from: Iterable[int]) -> frozenset[int]:
    """Who at the desk keeps a complaint: the administrators, who answer for data protection; where
    it is about all of them the safeguarding leads. Never whom it is about."""
    of: dict[Role, set[int]] = {}
    for member_id, role in hands:
        of.setdefault(role, set()).add(member_id)
    kept = set(kept_from)
    first = of.get(Role.ADMINISTRATOR, set()) - kept
    return frozenset(first or of.get(Role.SAFEGUARDING_LEAD, set()) - kept)
