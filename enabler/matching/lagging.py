"""Where service lags, more is spent to find somebody: the lift U of a need.

    rate(group) = (helped + 20 r) / (needs + 20)        U = clip(r / rate, 1, most)

with r the place's rate of needs helped in time, and the group the need's ward or its class (those
that only some may help with, and the others); of several lifts the greatest counts. It is the
reference's rule (*Matching fast and fair*, §7.6: ``clip(target_rate / area_rate, 1, 2)``); that a
larger budget of asks where few match closes gaps which asking for the most yeses widens is the
finding of the contextual budget bandit (arXiv 2509.10777). It is a rate of *service* alone: nothing
about who somebody is, and never a feature of anybody's chance.
"""

from collections.abc import Iterable

SHRINKS_BY = 20
"""A group counts as if so many needs more had gone as in the place: few needs prove little."""


def served(helped: int, needs: int, place_rate: float) -> float:
    """A group's rate of needs helped in time, drawn to the place's (0..1)."""
    return (helped + SHRINKS_BY * place_rate) / (needs + SHRINKS_BY)


def lift(place_rate: float, rates: Iterable[float], most: float) -> float:
    """U of a need whose groups have these rates: 1 where none lags, ``most`` (1 or more) at the
    most; to the thousandth, so that what is kept of it is what was reckoned with."""
    lifts = [place_rate / rate for rate in rates if rate > 0]
    return round(min(most, max([1.0, *lifts])), 3)
