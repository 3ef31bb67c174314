"""What texts cost a place, for whoever pays for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from enabler.domain.vocabulary import Priority


@dataclass(frozen=True, slots=True)
class TextsOf:
    """Some texts: how many, in how many segments, and what that costs (None: no price is known)."""

    texts: int
    segments: int
    pence: Decimal | None


@dataclass(frozen=True, slots=True)
class MonthOfTexts:
    """A month of a place (its first day, by the place's clock): all texts that a provider took, by
    priority (in the order of ``Priority``, only those there were), by template (the dearest first)
    and by local day.

    ``pence_a_segment``: the price that was counted with, None where nobody said one. ``limits``:
    the rules that keep texts few, by their names in the ruleset.
    """

    month: date
    pence_a_segment: Decimal | None
    whole: TextsOf
    by_priority: tuple[tuple[Priority, TextsOf], ...]
    by_kind: tuple[tuple[str, TextsOf], ...]
    by_day: tuple[tuple[date, TextsOf], ...]
    limits: Mapping[str, int]
