"""The map that people are invented for, and who lives where in it."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from enabler.domain.cells import HOUSEHOLDS_OF_A_POSTCODE

PEOPLE_IN_A_HOUSEHOLD = 2.36
"""The mean for England and Wales (census 2021), where no population is known."""

ADULT_FROM, RETIRED_FROM = 16, 65
RETIRED_SHARE = 0.24
"""Of the adults of Great Britain, where the ages of a small area are not known."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A postcode: its exact point, its ward, and the cell that stands for homes in it."""

    postcode: str
    easting: int
    northing: int
    ward_code: str
    cell: tuple[int, int]  # the cell's point
    area: str | None = None
    households: int | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A small area: its people, and how many of the adults are retired (0..1), if known."""

    population: int | None
    retired: float | None = None


@dataclass(frozen=True, slots=True)
class Town:
    """One place's map. ``spots`` are sorted by ward, small area and code."""

    timezone: str
    languages: tuple[str, ...]
    wards: tuple[tuple[str, str], ...]  # (code, name)
    spots: tuple[Spot, ...]
    areas: Mapping[str, Area]
    taken: frozenset[str] = field(default=frozenset())  # contacts that somebody has already

    def retired_share(self, spot: int) -> float:
        """How many of the adults who live there are retired (0..1)."""
        area = self.areas.get(self.spots[spot].area or "")
        known = area.retired if area is not None else None
        return RETIRED_SHARE if known is None else known


def retired_share(ages: Mapping[str, int]) -> float | None:
    """How many of the adults in age bands such as ``age_25_34`` and ``age_65_over`` are retired.

    A band is known by the first number in its name; None where no band counts adults.
    """
    firsts = {band: int(found[0]) for band in ages if (found := re.findall(r"[0-9]+", band))}
    adults = sum(ages[band] for band, first in firsts.items() if first >= ADULT_FROM)
    retired = sum(ages[band] for band, first in firsts.items() if first >= RETIRED_FROM)
    return retired / adults if adults else None


def sorted_spots(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """Spots in the order that a town wants: neighbours together, the same on every database."""
    return tuple(sorted(spots, key=lambda s: (s.ward_code, s.area or "", s.postcode)))


def people_at(town: Town) -> list[float]:
    """How many people live at each spot: its part of its small area, or by its households."""
    households = [
        HOUSEHOLDS_OF_A_POSTCODE if spot.households is None else spot.households
        for spot in town.spots
    ]
    in_area: dict[str, int] = defaultdict(int)
    for spot, count in zip(town.spots, households, strict=True):
        in_area[spot.area or ""] += count
    return [
        _people(town.areas.get(spot.area or ""), count, in_area[spot.area or ""])
        for spot, count in zip(town.spots, households, strict=True)
    ]


def _people(area: Area | None, households: int, in_area: int) -> float:
    if area is None or area.population is None:
        return households * PEOPLE_IN_A_HOUSEHOLD
    return area.population * households / in_area if in_area else 0.0


def settle(town: Town, count: int, chance: Random) -> list[int]:
    """Where ``count`` households live, as spots in random order.

    Systematic sampling: equal steps through the people in map order from a random start, so that
    every ward has its share to within one household.
    """
    upto = list(accumulate(people_at(town)))
    if not upto or upto[-1] <= 0:
        upto = [float(n) for n in range(1, len(town.spots) + 1)]
    step = upto[-1] / count
    start = chance.random() * step
    found = [min(bisect_right(upto, start + step * n), len(upto) - 1) for n in range(count)]
    chance.shuffle(found)
    return found
