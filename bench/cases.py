"""A size in a regime, ready to be measured; kernels that are compiled before anything counts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from bench.figures import progress, sizes_asked
from bench.places import NEARNESS, ON_DUTY, SEED, Place, make_place
from enabler.matching.kernels.compiling import keep_compiled_in
from enabler.matching.pruned import Pruned, choose_from
from enabler.matching.rows import Rows
from enabler.matching.search import Grid, search
from enabler.matching.solving import choose

KERNELS = Path(__file__).resolve().parents[1] / ".make" / "kernels"
REPEATS = {"region": 3, "country": 3}
"""How often a size is measured, where five times would take too long."""


@dataclass(frozen=True)
class Case:
    """A place, and what is made of it once."""

    place: Place

    @property
    def name(self) -> tuple[str, str]:
        """Size and regime."""
        return self.place.size, self.place.regime

    @property
    def times(self) -> int:
        """How often it is measured."""
        return REPEATS.get(self.place.size, 5)

    @cached_property
    def grid(self) -> Grid:
        """The index over the offers."""
        return Grid.of(self.place.given)

    @cached_property
    def rows(self) -> Rows:
        """Every pair there is."""
        return search(self.grid, self.place.wanted, nearness=NEARNESS).rows

    def whole_round(self) -> Pruned:
        """The round as it is run: index, best pairs, solve, proof."""
        place = self.place
        return choose_from(
            Grid.of(place.given), place.wanted, place.slots, place.capacity, nearness=NEARNESS
        )


def case(size: str, regime: str, *, seed: int = SEED, day: int = 0) -> Case:
    """A case of this size and regime; says so on stderr."""
    place = make_place(size, regime, seed=seed, day=day)
    progress(str(place))
    return Case(place)


def cases(sizes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each of the sizes in each regime."""
    return [(size, regime) for size in sizes for regime in ON_DUTY]


def warm() -> None:
    """Run every kernel once, so that no figure holds the time of a compiler."""
    keep_compiled_in(KERNELS)
    progress("compiling")
    made = Case(make_place("town", "scarce"))
    choose(made.rows, made.place.slots, made.place.capacity)
    choose_from(
        made.grid, made.place.wanted, made.place.slots, made.place.capacity, nearness=NEARNESS,
        keep=8,
    )  # fmt: skip
    made.grid.best(made.place.wanted, 0, nearness=NEARNESS, limit=20)


def run(measure: Callable[[tuple[str, ...]], bool]) -> None:
    """Run a measure over the sizes that are asked for."""
    warm()
    measure(sizes_asked())


def needs_of(rows: Rows) -> np.ndarray:
    """The need of each row."""
    return np.repeat(np.arange(len(rows.first) - 1), np.diff(rows.first))
