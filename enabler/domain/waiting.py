"""How many people of a ward wait for help, told so that nobody is known by it (pure).

A councillor reads it who may live next door. So people are counted, not what they ask for, and the
count is told in steps; nothing is put in an order, and no time is told, that is one person's; and
what was asked for counts from the next full hour, so that nobody watches a single one arrive.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from enabler.domain.needs import Need
from enabler.domain.next_steps import is_with_people

STEPS = (1, 5, 10, 20, 50)
"""What is told of how many people there are: at least so many; 1: fewer than five."""
LONG_DAYS = (0, 1, 3, 7, 14)
"""What is told of how long somebody has waited: at least so many days; 0: less than one."""
_FEW = STEPS[1]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many people wait, as one of ``STEPS`` (0: nobody), and of each kind of help likewise, by
    the slug. ``longest``: for how many days somebody has waited, one of ``LONG_DAYS``; None where
    too few wait to say so."""

    people: int
    kinds: tuple[tuple[str, int], ...]
    longest: int | None


def full_hour(now: datetime) -> datetime:
    """The full hour that has begun."""
    return now.replace(minute=0, second=0, microsecond=0)


def counted(needs: Iterable[Need], now: datetime) -> Waiting:
    """Those of them that people look after, as they may be told."""
    hour = full_hour(now)
    told = [one for one in needs if is_with_people(one) and one.posted_at < hour]
    kinds = sorted({one.category for one in told})
    people = _people(told)
    longest = None
    if people >= _FEW:
        waited = hour - min(one.posted_at for one in told)
        longest = _step(LONG_DAYS, waited // timedelta(days=1))
    return Waiting(
        people=_step(STEPS, people),
        kinds=tuple((kind, _step(STEPS, _people(told, kind))) for kind in kinds),
        longest=longest,
    )


def _people(needs: Iterable[Need], kind: str | None = None) -> int:
    """Who asks for it, each once; an organisation is one."""
    return len({
        (one.organisation_id is None, one.organisation_id or one.asker_id)
        for one in needs if kind in (None, one.category)
    })  # fmt: skip


def _step(steps: tuple[int, ...], number: int) -> int:
    reached = bisect_right(steps, number)
    return steps[reached - 1] if reached else 0
