"""Generated places: a seed gives the needs and the offers of a town, a county, a region, a country.

Towns by Zipf's law, each a Gaussian whose middle holds 5,000 people per square kilometre, and 15 %
of the people spread evenly over the land; a larger place has more towns, not denser ones. Every
number in this module is an assumption that stands in ``docs/performance.md``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enabler.matching.search import ANY_REACH, Given, Wanted

Ints = NDArray[np.int64]

SEED = 20_261
NEARNESS = 500
"""Points of an offer that stands at the need's door; 0 at the edge of its own reach."""


@dataclass(frozen=True)
class Size:
    """How many needs are open, and how many offers there are when all are on duty."""

    needs: int
    offers: int


SIZES = {
    "hamlet": Size(60, 300),  # for the tests of the bench
    "town": Size(1_000, 5_000),
    "county": Size(10_000, 50_000),
    "region": Size(100_000, 500_000),
    "country": Size(1_000_000, 5_000_000),
}
ON_DUTY = {"plentiful": 1.0, "scarce": 0.12}
"""The share of offers on duty, by regime."""

PEOPLE_PER_OFFER = 8
PEOPLE_PER_TOWN = 30_000
ZIPF = 0.75
"""Town k has people in proportion to ``k ** -ZIPF``."""
PEOPLE_PER_KM2 = 200
MIDDLE_PER_KM2 = 5_000
RURAL = 0.15
CATEGORIES = 20
SKEW = 1.0
"""Category k is asked for, and given, in proportion to ``(k + 1) ** -SKEW``."""
CORNER = 100_000
"""Easting and northing of the land's south-western corner, metres."""
FIRST_HOUR, LAST_HOUR = 8, 22
CAPACITIES = (0.42, 0.28, 0.17, 0.09, 0.04)
"""The chance of a capacity of 1, 2, 3, 4, 5 tasks: 2.05 on average."""
CONSTRAINED = 0.10
HOLDING = (0.40, 0.50, 0.10)
"""The chance that an offer holds each bit: a DBS check, the asked-for sex, the language."""
DEMANDED = (0.60, 0.25, 0.15)
"""Which of these bits a constrained need demands."""
AT_ONCE = 250_000
"""Offers whose categories are drawn in one go: bounds the memory."""


@dataclass(frozen=True)
class Place:
    """A generated place. ``slots`` (n,) per need, ``capacity`` (m,) per offer on duty."""

    size: str
    regime: str
    seed: int
    wanted: Wanted
    given: Given
    slots: Ints
    capacity: Ints

    def __str__(self) -> str:
        needs, offers = len(self.slots), len(self.capacity)
        return f"{self.size} {self.regime}: {needs:,} needs, {offers:,} offers, seed {self.seed}"


@dataclass(frozen=True)
class _Land:
    """The side of the square, metres, and its towns: middle, spread (m), share of the people."""

    side: float
    middle: NDArray[np.float64]
    spread: NDArray[np.float64]
    share: NDArray[np.float64]


def make_place(size: str, regime: str = "plentiful", *, seed: int = SEED, day: int = 0) -> Place:
    """The place of this size, regime and seed: the same on every machine with the same numpy.

    Both regimes of one seed have the same needs; the scarce one has some of the same offers.
    Another ``day`` brings other needs from the same homes' distribution to the same offers.
    Cost: O(needs + offers); a country takes about half a minute and 2 GB.
    """
    counts = SIZES[size]
    streams = np.random.SeedSequence([seed, counts.needs, counts.offers]).spawn(4)
    streams[1] = streams[1].spawn(day + 1)[day]
    land_draw, need_draw, offer_draw, duty_draw = map(np.random.default_rng, streams)
    land = _land(counts.offers * PEOPLE_PER_OFFER, land_draw)
    wanted = _wanted(counts.needs, land, need_draw)
    given, capacity = _given(counts.offers, land, offer_draw)
    if ON_DUTY[regime] < 1:
        chosen = np.flatnonzero(duty_draw.random(counts.offers) < ON_DUTY[regime])
        given, capacity = _only(given, chosen), capacity[chosen]
    return Place(size, regime, seed, wanted, given, np.ones(counts.needs, dtype=np.int64), capacity)


def _land(people: int, draw: np.random.Generator) -> _Land:
    side = 1000 * float(np.sqrt(people / PEOPLE_PER_KM2))
    rank = np.arange(1.0, -(-people // PEOPLE_PER_TOWN) + 1)
    weight = rank**-ZIPF
    share = weight / weight.sum()
    # A Gaussian of P people has P / (2 pi spread²) at its middle.
    in_town = people * (1 - RURAL) * share
    spread = 1000 * np.sqrt(in_town / (2 * np.pi * MIDDLE_PER_KM2))
    return _Land(side, draw.uniform(0, side, (len(rank), 2)), spread, share)


def _points(count: int, land: _Land, draw: np.random.Generator) -> NDArray[np.int32]:
    """Homes of ``count`` people: eastings and northings, shape (2, count)."""
    town = draw.choice(len(land.share), count, p=land.share)
    at = land.middle[town] + draw.standard_normal((count, 2)) * land.spread[town, np.newaxis]
    rural = draw.random(count) < RURAL
    at[rural] = draw.uniform(0, land.side, (int(rural.sum()), 2))
    metres: NDArray[np.int32] = np.rint(np.clip(at, 0, land.side) + CORNER).astype(np.int32).T
    return metres


def _chances() -> NDArray[np.float64]:
    weight = np.arange(1.0, CATEGORIES + 1) ** -SKEW
    return np.asarray(weight / weight.sum(), dtype=np.float64)


def _wanted(count: int, land: _Land, draw: np.random.Generator) -> Wanted:
    easting, northing = _points(count, land, draw)
    demanded = draw.choice(len(DEMANDED), count, p=DEMANDED).astype(np.uint64)
    constrained = draw.random(count) < CONSTRAINED
    return Wanted(
        easting=np.ascontiguousarray(easting),
        northing=np.ascontiguousarray(northing),
        category=draw.choice(CATEGORIES, count, p=_chances()).astype(np.int32),
        reach=np.full(count, ANY_REACH, dtype=np.int32),
        hours=_hours(draw.integers(1, 3, count), (1, 3), draw),
        demands=np.where(constrained, np.uint64(1) << demanded, np.uint64(0)),
        points=np.zeros(count, dtype=np.int32),
    )


def _given(count: int, land: _Land, draw: np.random.Generator) -> tuple[Given, Ints]:
    easting, northing = _points(count, land, draw)
    first, category = _skills(count, draw)
    kilometres = np.clip(draw.lognormal(np.log(2.5), 0.6, count), 0.5, 10)
    holds = np.zeros(count, dtype=np.uint64)
    for bit, chance in enumerate(HOLDING):
        holds |= (draw.random(count) < chance).astype(np.uint64) << np.uint64(bit)
    load, reciprocity = draw.poisson(1.0, count), draw.integers(0, 201, count)
    capacity = draw.choice(len(CAPACITIES), count, p=CAPACITIES).astype(np.int64) + 1
    given = Given(
        easting=np.ascontiguousarray(easting),
        northing=np.ascontiguousarray(northing),
        reach=np.rint(kilometres * 1000).astype(np.int32),
        hours=_hours(draw.integers(1, 7, count), (2, 6), draw),
        holds=holds,
        points=(300 // (1 + load) + reciprocity).astype(np.int32),
        first=first,
        category=category,
    )
    return given, capacity


def _skills(count: int, draw: np.random.Generator) -> tuple[Ints, NDArray[np.int32]]:
    """What each offer gives: 1 + Poisson(1.5) categories, in order, no one twice, end to end.

    The k least of exponential noise over chance are k draws without replacement.
    """
    many = np.minimum(1 + draw.poisson(1.5, count), CATEGORIES)
    first = np.concatenate([[0], np.cumsum(many)]).astype(np.int64)
    chance = _chances().astype(np.float32)
    parts = []
    for start in range(0, count, AT_ONCE):
        some = many[start : start + AT_ONCE]
        noise = draw.standard_exponential((len(some), CATEGORIES), dtype=np.float32)
        order = np.argsort(noise / chance, axis=1).astype(np.int32)
        order[np.arange(CATEGORIES) >= some[:, np.newaxis]] = CATEGORIES
        order.sort(axis=1)
        parts.append(order[order < CATEGORIES])
    return first, np.concatenate(parts)


def _hours(
    blocks: NDArray[np.int64], lengths: tuple[int, int], draw: np.random.Generator
) -> NDArray[np.uint64]:
    """Blocks of hours between FIRST_HOUR and LAST_HOUR: bits of the week, shape (count, 3).

    ``blocks`` per row; their lengths in hours are evenly spread over ``lengths``, both ends in.
    """
    hours = np.zeros((len(blocks), 3), dtype=np.uint64)
    for block in range(int(blocks.max(initial=0))):
        row = np.flatnonzero(blocks > block)
        length = draw.integers(lengths[0], lengths[1] + 1, len(row))
        day = draw.integers(0, 7, len(row))
        start = 24 * day + draw.integers(FIRST_HOUR, LAST_HOUR - length + 1)
        for step in range(lengths[1]):
            inside = step < length
            hour = start[inside] + step
            hours[row[inside], hour // 56] |= np.uint64(1) << (hour % 56).astype(np.uint64)
    return hours


def _only(given: Given, chosen: Ints) -> Given:
    """The offers at these positions."""
    many = np.diff(given.first)[chosen]
    first = np.concatenate([[0], np.cumsum(many)]).astype(np.int64)
    at = np.repeat(given.first[chosen] - first[:-1], many) + np.arange(first[-1])
    return Given(
        easting=given.easting[chosen],
        northing=given.northing[chosen],
        reach=given.reach[chosen],
        hours=given.hours[chosen],
        holds=given.holds[chosen],
        points=given.points[chosen],
        first=first,
        category=given.category[at],
    )
