"""What texts cost, and what of it a place has left for a month (pure). Money is in pence."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from enabler.domain.ruleset import Ruleset


def pence_a_segment(rules: Ruleset, of_installation: Decimal | None) -> Decimal | None:
    """What a segment costs: as the place says, else as the installation does; None: not known."""
    if rules.text_price_tenths:
        return Decimal(rules.text_price_tenths) / 10
    return of_installation or None


def month_of(day: date, timezone: str) -> tuple[datetime, datetime]:
    """When the local month that holds this day begins and ends."""
    zone = ZoneInfo(timezone)
    number = day.year * 12 + day.month
    return (
        datetime(day.year, day.month, 1, tzinfo=zone),
        datetime(number // 12, number % 12 + 1, 1, tzinfo=zone),
    )
