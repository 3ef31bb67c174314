"""Amounts as people and files write them, into whole minutes and into hours to show."""

import re
from decimal import ROUND_HALF_EVEN, Decimal

from enabler.domain.errors import Invalid
from enabler.timebank.transfers import MOST_MINUTES

_AMOUNT = re.compile(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})", re.ASCII)


def minutes_of(amount: str, *, minutes_each: int = 1) -> int:
    """The whole minutes of a decimal amount, halves to even.

    ``minutes_each``: 1 where the amount is minutes already (as a replay's is), 60 for hours.
    Raises Invalid: amount_unreadable, minutes_not_positive, rounded_to_nothing, minutes_too_many.
    """
    text = amount.strip()
    if not _AMOUNT.fullmatch(text):
        raise Invalid("amount", "amount_unreadable")
    exact = Decimal(text) * minutes_each
    if exact < 0:
        raise Invalid("amount", "minutes_not_positive")
    minutes = int(exact.to_integral_value(ROUND_HALF_EVEN))
    if minutes == 0:
        raise Invalid("amount", "rounded_to_nothing")
    if minutes > MOST_MINUTES:
        raise Invalid("amount", "minutes_too_many", minutes=minutes, most=MOST_MINUTES)
    return minutes


def rounded(minutes: int, step: int) -> int:
    """Minutes to the nearest step that a place rounds to; half a step, and any help at all, up.

    A place that counts in quarter hours says 15; 1 is no rounding. Never down to nothing.
    """
    return max(step, (2 * minutes + step) // (2 * step) * step) if minutes > 0 else 0


def hours_and_minutes(minutes: int) -> tuple[int, int, int]:
    """Sign (-1, 0, 1), hours and minutes of a balance: what its words are made of."""
    sign = (minutes > 0) - (minutes < 0)
    return sign, *divmod(abs(minutes), 60)
