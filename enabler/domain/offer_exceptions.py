"""When an offer does not hold though its week says so, as stretches of time (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.bank_holidays import bank_holidays
from enabler.domain.recurrence import whole_days
from enabler.domain.vocabulary import ExceptionKind
from enabler.domain.windows import Window

MADE_AHEAD = timedelta(days=2 * 366)
"""How far ahead of now stretches are made: further than anybody may ask (366 days)."""
MADE_AGAIN = timedelta(days=400)
"""When less than this is left of what was made, more is made."""
_FAR = timedelta(days=40 * 366)


@dataclass(frozen=True, slots=True, order=True)
class OfferException:
    """Not on these *days* (both in); only in this *season* (either end may be open); or not on
    *bank-holidays*. Days are local."""

    kind: ExceptionKind
    first: date | None = None
    last: date | None = None


def stretches(
    exceptions: Iterable[OfferException], zone: ZoneInfo, country: str, now: datetime
) -> tuple[Window, ...]:
    """The stretches from today on in which the offer does not hold, in order, without doubles."""
    today = now.astimezone(zone).date()
    found = {
        stretch for each in exceptions for stretch in _of_one(each, zone, country, today)
        if stretch.end > now
    }  # fmt: skip
    return tuple(sorted(found))


def _of_one(
    one: OfferException, zone: ZoneInfo, country: str, today: date
) -> Iterable[Window]:  # fmt: skip
    if one.kind is ExceptionKind.BANK_HOLIDAYS:
        days = bank_holidays(country, today, today + MADE_AHEAD)
        return (whole_days(day, day, zone) for day in days)
    if one.kind is ExceptionKind.DAYS:
        return (whole_days(one.first or today, one.last or today, zone),)
    outside = []
    if one.first is not None and one.first > today:
        outside.append(whole_days(today, one.first - timedelta(days=1), zone))
    if one.last is not None:
        after = max(today, one.last + timedelta(days=1))
        outside.append(whole_days(after, after + _FAR, zone))
    return outside
