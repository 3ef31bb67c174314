"""What the texts of a place cost in a month."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CostLine:
    """Texts that the provider took, in how many segments, for how many pence; ``name``: of a
    priority, a template, a local day, or empty for all."""

    name: str
    texts: int
    segments: int
    pence: Decimal


@dataclass(frozen=True, slots=True)
class TextCosts:
    """A month of a place. ``limits``: the rules that keep texts few, by their names in the
    ruleset; ``strangers_texts_a_day``: to a number that nobody here has."""

    place: str
    month: str
    pence_per_segment: Decimal
    total: CostLine
    priorities: tuple[CostLine, ...]
    kinds: tuple[CostLine, ...]
    days: tuple[CostLine, ...]
    limits: Mapping[str, int]
