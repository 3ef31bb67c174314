"""How fast a need is worked: how sure of a yes it wants to be, how far it looks ahead, how many may
be thinking about it at once (pure).

Far off, one person after the other is asked: it costs few asks, and hours. Where help presses,
several are asked at once, and a place would rather thank one too many. The targets are those of the
reference of matching (*Matching fast and fair*, §7.3: urgent 0.95, the same day 0.8, this week
0.5; one ask at a time, two or three, up to seven).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from enabler.domain.needs import Need
from enabler.domain.next_steps import UrgentRules, is_urgent


class Speed(StrEnum):
    """*pressing*: urgent by the ruleset; *soon*: wanted within its hours of soon; else *later*."""

    PRESSING = "pressing"
    SOON = "soon"
    LATER = "later"


SPEEDS = tuple(Speed)
"""In the order in which the numbers of a ruleset stand."""


class PaceRules(UrgentRules, Protocol):
    """What of a ruleset says how fast needs are worked. The three numbers of each key stand for
    pressing, soon, later: ``ask_targets`` in percent, ``ask_minutes``, ``ask_flight``.
    """

    @property
    def ask_targets(self) -> tuple[int, ...]: ...
    @property
    def ask_minutes(self) -> tuple[int, ...]: ...
    @property
    def ask_flight(self) -> tuple[int, ...]: ...
    @property
    def ask_soon_hours(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How one need is worked.

    ``target``: how likely it should be (0..1, below 1) that all free slots get a yes within the
    look-ahead; ``minutes``: how far it looks ahead from when an ask may go; ``flight``: so many
    asks may be out at once for each free slot.

    Raises ValueError, which names the wrong value: a ruleset lets none through.
    """

    speed: Speed
    target: float
    minutes: int
    flight: int

    def __post_init__(self) -> None:
        if not 0 < self.target < 1:
            raise ValueError("target is not between 0 and 1")
        for name in ("minutes", "flight"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is less than 1")

    @property
    def is_pressing(self) -> bool:
        """Whether a yes too many is the lesser harm."""
        return self.speed is Speed.PRESSING


def pace_of(need: Need, rules: PaceRules, now: datetime) -> Pace:
    """How fast a need is worked at this moment: it quickens as its time comes nearer.

    A need for any time counts by the last day on which it is of use.
    """
    at = SPEEDS.index(_speed_of(need, rules, now))
    return Pace(
        SPEEDS[at], rules.ask_targets[at] / 100, rules.ask_minutes[at], rules.ask_flight[at]
    )


def _speed_of(need: Need, rules: PaceRules, now: datetime) -> Speed:
    if is_urgent(need, rules, now):
        return Speed.PRESSING
    soon = need.needed_by - now <= timedelta(hours=rules.ask_soon_hours)
    return Speed.SOON if soon else Speed.LATER


def looks_until(pace: Pace, need: Need, due_at: datetime) -> datetime:
    """The end of the look-ahead of an ask that may go at ``due_at``: a yes counts as *in time* up
    to then. Never after the last moment at which a yes is of use, which is when such help would
    have to begin; never before ``due_at``.
    """
    last = need.needed_by - timedelta(minutes=need.duration_minutes)
    return max(due_at, min(due_at + timedelta(minutes=pace.minutes), last))
