"""The needs of a round as the engine is told of them: with the slots that are open in it, and with
the little by which whoever gave much comes before others."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from enabler.domain.needs import Need
from enabler.domain.next_steps import is_urgent
from enabler.matching import Need as Asked
from enabler.persistence.matches import NEED
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._candidates import told
from enabler.services._ground import Ground
from enabler.timebank.limits import lift_for

MOST_PRIORITY = 1000
"""The most that the engine takes."""


def open_slots(
    uow: UnitOfWork, needs: Sequence[Need], here: Ground, *, asked: bool = False
) -> list[Asked]:
    """The needs without the slots that await an answer (``asked``: with them); those of whoever
    gave much, lifted."""
    ids = [] if asked else [need.id for need in needs]
    waiting = uow.matches.waiting(NEED, ids, here.now)
    lifts = lifted(uow, needs, here)
    return [
        replace(
            one, slots=max(0, one.slots - waiting.get(int(one.id), 0)),
            priority=min(MOST_PRIORITY, one.priority + lifts.get(int(one.id), 0)),
        )
        for one in told(uow, needs, here)
    ]  # fmt: skip


def lifted(uow: UnitOfWork, needs: Sequence[Need], here: Ground) -> Mapping[int, int]:
    """Points of priority by need: for whoever gave more hours than they received, up to the
    ruleset's ``hours_lift``; none where nobody did.

    What is urgent, and whoever's circumstances weigh, get the most of it whoever they are: so
    nobody is lifted over them. It is less than a day of waiting gives.
    """
    most = here.ruleset.hours_lift if here.ruleset.hours else 0
    members = uow.purses.above_zero(here.place.id) if most else {}
    gave = {
        need.id: lift_for(members.get(need.asker_id, 0), most)
        for need in needs if need.organisation_id is None
    }  # fmt: skip
    first = frozenset(need.id for need in needs if _goes_first(need, here))
    return points_of(gave, first, most)


def points_of(gave: Mapping[int, int], first: frozenset[int], most: int) -> dict[int, int]:
    """The points of each need, where anybody's gave any; those that go first have the most."""
    return dict(gave) | dict.fromkeys(first, most) if any(gave.values()) else {}


def _goes_first(need: Need, here: Ground) -> bool:
    return need.circumstance > 0 or is_urgent(need, here.ruleset, here.now)
