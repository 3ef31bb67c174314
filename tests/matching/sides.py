"""Invented columns for the search, and the plain reading of its contract to check it by."""

import numpy as np
from hypothesis import strategies as st

from enabler.matching.distance import metres
from enabler.matching.search import ANY_REACH, Given, Wanted
from tests.matching.worlds import mostly

NEARNESS = 500
FAR = 2**31 - 1

here = st.integers(-3000, 3000)
nearby = st.integers(-9, 9)
"""So near one another that distances often round to a reach."""
anywhere = st.sampled_from([-(2**31), -1, 0, 1, FAR]) | st.integers(-(2**31), FAR)
ALWAYS = [2**56 - 1] * 3
reaches = mostly(ANY_REACH, st.integers(0, 4000)) | st.integers(0, 15) | st.sampled_from([500, 501])
weeks = mostly(
    ALWAYS,
    st.lists(st.sampled_from([0, 55, 56, 111, 112, 167]), max_size=6).map(
        lambda hours: [sum(1 << h - 56 * w for h in set(hours) if h // 56 == w) for w in range(3)]
    ),
)
demands = mostly(0, st.sampled_from([1, 2, 3, 2**63, 2**64 - 1]))
points = st.integers(-1000, 1000) | st.just(0)
categories = mostly([0, 1], st.lists(st.integers(0, 2), max_size=4))


def column(rows, place, kind=np.int32):
    return np.array([row[place] for row in rows], dtype=kind)


def wanted_of(rows):
    """Needs from rows of (easting, northing, category, reach, hours, demands, points)."""
    hours = np.array([row[4] for row in rows], dtype=np.uint64).reshape(-1, 3)
    kinds = column(rows, 0), column(rows, 1), column(rows, 2), column(rows, 3)
    return Wanted(*kinds, hours, column(rows, 5, np.uint64), column(rows, 6))


def given_of(rows):
    """Offers from rows of (easting, northing, reach, hours, holds, points, categories)."""
    hours = np.array([row[3] for row in rows], dtype=np.uint64).reshape(-1, 3)
    return Given(
        column(rows, 0), column(rows, 1), column(rows, 2),
        hours, column(rows, 4, np.uint64), column(rows, 5),
        np.cumsum([0, *(len(row[6]) for row in rows)]),
        np.array([category for row in rows for category in row[6]], dtype=np.int32),
    )  # fmt: skip


def wanted_rows(place=here, most=12):
    row = st.tuples(place, place, mostly(0, st.integers(-1, 2)), reaches, weeks, demands, points)
    return st.lists(row, max_size=most)


def given_rows(place=here, most=12):
    row = st.tuples(place, place, reaches, weeks, demands, points, categories)
    return st.lists(row, max_size=most)


def at_random(needs, offers, seed=1, side=30_000):
    """Columns of a made-up place of some breadth in metres."""
    lots = np.random.default_rng(seed)
    size = lots.poisson(1.5, offers)
    wanted = Wanted(
        *lots.integers(0, side, (2, needs)),
        lots.integers(0, 6, needs),
        np.where(lots.random(needs) < 0.7, ANY_REACH, lots.integers(0, 5000, needs)),
        lots.integers(0, 2**56, (needs, 3)) & lots.integers(0, 2**56, (needs, 3)),
        np.where(lots.random(needs) < 0.9, 0, lots.integers(0, 4, needs)),
        lots.integers(0, 50, needs),
    )
    given = Given(
        *lots.integers(0, side, (2, offers)),
        np.exp(lots.uniform(5, 9, offers)).astype(int),
        lots.integers(0, 2**56, (offers, 3)) & lots.integers(0, 2**56, (offers, 3)),
        lots.integers(0, 4, offers),
        lots.integers(0, 500, offers),
        np.cumsum([0, *size]),
        lots.integers(0, 6, size.sum()),
    )
    return wanted, given


def plainly(wanted, given, nearness=NEARNESS):
    """By the contract, pair by pair: for each need its (score, offer), best first."""
    return [
        sorted(
            (
                (-_score(wanted, given, i, j, nearness), j)
                for j in range(len(given))
                if _admitted(wanted, given, i, j)
            ),
        )
        for i in range(len(wanted))
    ]


def apart(wanted, given, i, j):
    """Metres, as the engine measures them."""
    ends = (wanted.easting, wanted.northing, given.easting, given.northing)
    points = [np.array([end[k]], dtype=np.int64) for end, k in zip(ends, (i, i, j, j), strict=True)]
    return int(metres(*points)[0])


def _admitted(wanted, given, i, j):
    return (
        wanted.category[i] in given.category[given.first[j] : given.first[j + 1]]
        and apart(wanted, given, i, j) <= min(wanted.reach[i], given.reach[j])
        and any(int(a) & int(b) for a, b in zip(wanted.hours[i], given.hours[j], strict=True))
        and int(wanted.demands[i]) & ~int(given.holds[j]) == 0
    )


def _score(wanted, given, i, j, nearness):
    reach = int(given.reach[j])
    close = nearness * (reach - apart(wanted, given, i, j)) // reach if reach else nearness
    return int(wanted.points[i]) + int(given.points[j]) + close


def found_rows(found):
    """For each need its (score, offer), in the order of the rows."""
    rows = found.rows
    pairs = list(zip((-rows.score.astype(np.int64)).tolist(), rows.offer.tolist(), strict=True))
    return [pairs[a:b] for a, b in zip(rows.first[:-1], rows.first[1:], strict=True)]
