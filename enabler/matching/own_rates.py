"""How often somebody says yes, of their own earlier answers, and of a place's where they are few.

With weights that halve every sixty days (performance §7.2), a giver's own rate is

    y = (k m_c + Σ w yes) / (k + Σ w),    w = 0.5^(days since the ask / 60),

the mean of a Beta prior of k asks, which their own answers outweigh in time. m_c is the rate of
the kind of help, drawn by twenty asks to the place's, and that by twenty asks to 0.30.

An ask that was not answered counts as that part of a no which its silence is worth, for a rate m
and s, how much of a yes would have been seen by then (:func:`.chance_model.seen_of`):

    h = s (1 - m) / (1 - m s).

The slope of its likelihood ln(1 - m s) is that of h noes, so that rates found so are the likeliest
ones. Of a no that was said h = 1; of an ask that was filled at once h = 0: counted as a whole no,
it would make out of places where many are asked places where nobody says yes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from enabler.matching.arrays import Flags, Floats, Ints
from enabler.matching.ask_columns import AskedColumns, GiverColumns, PairColumns

HALF_LIFE_DAYS = 60
PRIOR_RATE = 0.30
OWN_ASKS = 10.0
"""k where it is not learned."""

RATE_ASKS = 20.0
"""How many asks a place's rate counts as beside a kind's, and 0.30 beside a place's."""

ENOUGH = 500
"""From so many asks on k is learned."""

LEAST_OWN, MOST_OWN = 2.0, 100.0
"""k is kept within these: one answer is never all, and a hundred always are."""

DAY = 86_400.0
TURNS = 5
"""Rates and what silence is worth at these rates are found in turn; five leave 1e-4."""


@dataclass(frozen=True)
class Rates:
    """m of a place, m_c of kinds of help that were asked for, and k."""

    place: float = PRIOR_RATE
    kinds: Mapping[str, float] = field(default_factory=dict)
    own_asks: float = OWN_ASKS

    def of(self, pairs: PairColumns) -> Floats:
        """m_c of each; the place's for kinds that nobody was asked for."""
        names, which = pairs.kinds
        return np.array([self.kinds.get(name, self.place) for name in names], float)[which]

    def own(self, pairs: PairColumns, givers: GiverColumns) -> Floats:
        """y of each, within 0..1."""
        prior = self.own_asks * self.of(pairs)
        return (prior + givers.yes) / (self.own_asks + givers.asks)


def worth(rate: Floats | float, seen: Floats) -> Floats:
    """h: which part of a no a silence is."""
    return seen * (1 - rate) / (1 - rate * seen)


def rates_of(asked: AskedColumns, seen: Floats) -> Rates:
    """The rates of a place: the likeliest, drawn to the prior; k by :func:`own_asks`."""
    names, kind = asked.pairs.kinds
    yes = asked.yes
    said = np.bincount(kind, yes, len(names))
    place, kinds = PRIOR_RATE, np.full(len(names), PRIOR_RATE)
    for _ in range(TURNS):
        asks = float(np.sum(np.where(yes, 1.0, worth(place, seen))))
        place = (RATE_ASKS * PRIOR_RATE + float(said.sum())) / (RATE_ASKS + asks)
        each = np.bincount(kind, np.where(yes, 1.0, worth(kinds[kind], seen)), len(names))
        kinds = (RATE_ASKS * place + said) / (RATE_ASKS + each)
    learned = len(asked) >= ENOUGH
    own = own_asks(asked.giver, yes, kinds[kind], seen) if learned else OWN_ASKS
    found = zip(names, np.round(kinds, 9).tolist(), strict=True)
    return Rates(round(place, 9), dict(found), round(own, 9))


def own_asks(giver: Ints, yes: Flags, rate: Floats, seen: Floats) -> float:
    """k by moments: how much givers differ, beyond what chance makes of the same rate.

    Answers of one giver with a rate from a Beta of k asks are alike by g = 1 / (k + 1); with
    r_j = Σ (yes - m) over the n_j answers of each of J givers, N in all,

        E Σ r_j² / (m (1 - m) n_j) = J + g (N - J)

    (Kleinman, *Proportions with extraneous variance*, JASA 68, 1973, with weights n_j and the mean
    taken as known). Silence counts as the part h of a no, which makes this a little too even.
    """
    _, which = np.unique(giver, return_inverse=True)
    asks = np.where(yes, 1.0, worth(rate, seen))
    counted = np.bincount(which, asks)
    beyond = np.bincount(which, np.where(yes, 1 - rate, -rate * asks))
    variance = np.bincount(which, asks * rate * (1 - rate))
    some = variance > 0
    spare = float(counted[some].sum()) - int(some.sum())
    if spare <= 0:
        return OWN_ASKS
    alike = (float(np.sum(beyond[some] ** 2 / variance[some])) - int(some.sum())) / spare
    return min(MOST_OWN, max(LEAST_OWN, 1 / alike - 1)) if alike > 0 else MOST_OWN
