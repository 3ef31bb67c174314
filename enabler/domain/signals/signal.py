"""A finding and what is kept of it (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

Facts = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found now. ``found`` is the stretch of the text that shows it, as it was typed:
    shown to its writer, and never kept, since it may be a number or an address."""

    code: str
    facts: Facts = field(default_factory=dict)
    found: str = ""

    @property
    def sorted_as(self) -> tuple[str, str]:
        """By which findings stand in one order, however they were found."""
        return self.code, repr(sorted(self.facts.items()))


@dataclass(frozen=True, slots=True)
class Signal:
    """A reason to look at a thing, as it is kept beside it: its code, its facts, since when."""

    code: str
    facts: Facts
    at: datetime


def in_order(found: list[Finding]) -> tuple[Finding, ...]:
    """Each reason once, in one order."""
    return tuple(sorted({one.sorted_as: one for one in reversed(found)}.values(),
                        key=lambda one: one.sorted_as))  # fmt: skip
