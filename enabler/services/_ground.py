"""What a step stands on: the place, its ruleset of the moment, whose offers take part."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from enabler.domain.categories import TREE, credentials_by_category
from enabler.domain.members import CellPoint
from enabler.domain.places import Place
from enabler.domain.ruleset import Ruleset
from enabler.domain.weeks import week_of
from enabler.domain.windows import Window
from enabler.matching import Policy
from enabler.persistence.supply import Terms
from enabler.persistence.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Ground:
    """A place at a moment, as its ruleset has it."""

    place: Place
    ruleset: Ruleset
    shares: tuple[int, ...]
    now: datetime

    @property
    def place_ids(self) -> tuple[int, ...]:
        """The places whose offers take part: its own and those it shares with."""
        return (self.place.id, *self.shares)

    @property
    def week(self) -> Window:
        """The place's own week of this moment, in which capacities are counted."""
        return week_of(self.now, self.place.timezone)

    @property
    def terms(self) -> Terms:
        """By what the database tells of offers."""
        rules = self.ruleset
        return Terms(
            self.now, self.week, rules.asks_per_day, rules.asks_per_week, rules.first_helps
        )

    def policy(self, *categories: str) -> Policy:
        """The part of the ruleset that the engine needs; ``categories`` beyond the tree's own."""
        return Policy(
            timezone=self.place.timezone,
            category_credentials=credentials_by_category({*TREE, *categories}, self.ruleset),
            weights=self.ruleset.weights,
            sharing=frozenset((self.place.id, other) for other in self.shares),
            any_time_days=max(1, self.ruleset.any_time_days),
            further_match=self.ruleset.further_match,
        )


class _Later:
    """A ground that is read when something first stands on it."""

    def __init__(self, read: Callable[[], Ground], now: datetime) -> None:
        self._read = read
        self.now = now
        self._ground: Ground | None = None

    def __getattr__(self, name: str) -> Any:
        """What the ground says."""
        self._ground = self._ground or self._read()
        return getattr(self._ground, name)


def ground_later(uow: UnitOfWork, place_id: int, now: datetime) -> Ground:
    """The ground of a place, for what may not need it: a list, most of whose rows do not."""
    return cast(Ground, _Later(lambda: ground(uow, place_id, now), now))


def ground(
    uow: UnitOfWork, place_id: int, now: datetime, cell: CellPoint | None = None, *,
    alone: bool = False,
) -> Ground:  # fmt: skip
    """The ground of a place; by the cell's own ruleset area where one is given. ``alone``: for
    what no other place takes part in. Raises NotFound."""
    ruleset = uow.rulesets.in_force(place_id, now, cell)
    shares = uow.rulesets.sharing_with(place_id) if ruleset.sharing and not alone else ()
    return Ground(uow.places.by_id(place_id), ruleset, shares, now)
