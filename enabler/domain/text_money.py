"""What texts cost, and what of it a place has left for a month (pure). Money is in pence."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from enabler.domain.ruleset import Ruleset

WARN_AT: Mapping[int, str] = {80: "texts_money_short_staff", 100: "texts_money_spent_staff"}
"""At how many per cent of a month's money those who keep the place are told, by which letter."""


class KeptBack(StrEnum):
    """Why a text was not sent: enough of its need, the money is spent, or nobody knows whether."""

    NEED = "cap_of_need"
    SPENT = "money_spent"
    UNKNOWN = "price_unknown"


def pence_a_segment(rules: Ruleset, of_installation: Decimal | None) -> Decimal | None:
    """What a segment costs: as the place says, else as the installation does; None: not known."""
    if rules.text_price_tenths:
        return Decimal(rules.text_price_tenths) / 10
    return of_installation or None


def held_back(spent: Decimal | None, most: int) -> KeptBack | None:
    """Whether what can wait is held back: also where nobody can tell what was spent."""
    if spent is None:
        return KeptBack.UNKNOWN
    return KeptBack.SPENT if spent >= most else None


def month_of(day: date | datetime, timezone: str) -> tuple[datetime, datetime]:
    """When the local month begins and ends that holds this local day, or this moment."""
    zone = ZoneInfo(timezone)
    local = day.astimezone(zone) if isinstance(day, datetime) else day
    number = local.year * 12 + local.month
    return (
        datetime(local.year, local.month, 1, tzinfo=zone),
        datetime(number // 12, number % 12 + 1, 1, tzinfo=zone),
    )
