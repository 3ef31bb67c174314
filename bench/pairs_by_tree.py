"""The pairs by scipy: per category a cKDTree of the needs, asked by each offer with its own reach.

The best that we found without a compiler of one's own. The filters after it are numpy's.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from bench.places import NEARNESS, Ints, Place


@dataclass(frozen=True)
class Admitted:
    """Admitted pairs in no order: positions and points."""

    need: Ints
    offer: Ints
    score: Ints

    def sorted(self) -> "Admitted":
        """By need, then offer."""
        order = np.lexsort((self.offer, self.need))
        return Admitted(self.need[order], self.offer[order], self.score[order])

    def __len__(self) -> int:
        return len(self.need)


def pairs_by_tree(place: Place) -> Admitted:
    """All admitted pairs of a place, in no order; the same set and scores as the engine's."""
    given = place.given
    owner = np.repeat(np.arange(len(place.capacity)), np.diff(given.first))
    order = np.argsort(given.category, kind="stable")
    ends = np.searchsorted(given.category[order], np.arange(given.category.max(initial=-1) + 2))
    found = [
        _of_category(place, category, owner[order[ends[category] : ends[category + 1]]])
        for category in range(len(ends) - 1)
    ]
    return Admitted(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _of_category(place: Place, category: int, offers: Ints) -> tuple[Ints, Ints, Ints]:
    wanted, given = place.wanted, place.given
    needs = np.flatnonzero(wanted.category == category)
    if not len(needs) or not len(offers):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    tree = cKDTree(np.column_stack([wanted.easting[needs], wanted.northing[needs]]))
    from_offers = np.column_stack([given.easting[offers], given.northing[offers]])
    # Rounded metres are within the reach exactly when the distance is below reach + 0.5.
    lists = tree.query_ball_point(from_offers, given.reach[offers] + 0.5, workers=-1)
    many = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    inside = np.concatenate([np.asarray(each, dtype=np.int64) for each in lists])
    return admitted(place, needs[inside], np.repeat(offers, many))


def admitted(place: Place, need: Ints, offer: Ints) -> tuple[Ints, Ints, Ints]:
    """Of pairs whose categories agree, those that reach, time and demands admit, with points."""
    wanted, given = place.wanted, place.given
    away = _metres(place, need, offer)
    reach = given.reach[offer].astype(np.int64)
    ok = (away <= reach) & (away <= wanted.reach[need])
    ok &= (wanted.demands[need] & ~given.holds[offer]) == 0
    shared = np.zeros(len(need), dtype=np.bool_)
    for word in range(3):
        shared |= (wanted.hours[need, word] & given.hours[offer, word]) != 0
    ok &= shared
    need, offer, away, reach = need[ok], offer[ok], away[ok], reach[ok]
    near = NEARNESS * (reach - away) // np.maximum(reach, 1)
    near[reach == 0] = NEARNESS
    return need, offer, near + wanted.points[need] + given.points[offer]


def _metres(place: Place, need: Ints, offer: Ints) -> NDArray[np.int64]:
    wanted, given = place.wanted, place.given
    dx = wanted.easting[need].astype(np.float64) - given.easting[offer]
    dy = wanted.northing[need].astype(np.float64) - given.northing[offer]
    return np.rint(np.sqrt(dx * dx + dy * dy)).astype(np.int64)
