"""Attention: whoever was asked lately may not even look.

Manshadi & Rodilitz (*Online policies for efficient volunteer crowdsourcing*, Management Science
68, 2022, arXiv 2002.08474): an ask makes a volunteer inactive for a random time, in which asks are
ignored; whoever is active says yes with the pair's own chance. Taken here as a time without
memory: with q, the chance a day of coming back, attention d days after the last ask is

    a(d) = max(0.1, 1 - (1 - q)^d).

The tenth is ours: nobody is ever taken to be deaf, so that asking them stays worth a thought.
"""

from collections.abc import Mapping
from math import inf

import numpy as np

from enabler.matching.arrays import Flags, Floats

LEAST = 0.1
REST = 0.5
"""q where nothing is known: half of them are back after a day."""

RESTS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
"""The q among which the likeliest is taken."""

ENOUGH = 500
"""From so many asks on q is learned."""

SPREAD = 0.15
"""How far, as a standard deviation, q is thought to lie from what a place takes it to be: little
enough that asks which say nothing of it (nobody was asked twice within days) leave it there."""


def attention(days_since_ask: Floats, rest: float) -> Floats:
    """a of each, in 0.1..1; ``rest`` is q. 1 where nobody asked before (NaN), and for q = 1."""
    if rest >= 1:
        return np.ones_like(days_since_ask)
    back = 1 - (1 - rest) ** np.nan_to_num(days_since_ask, nan=inf, posinf=inf)
    return np.maximum(LEAST, back)


def likelihood(
    answered: tuple[Flags, Flags],
    chance: Floats,
    aware: Floats,
    by_then: tuple[Floats, Floats],
    just_then: tuple[Floats, Floats],
) -> float:
    """The logarithm of how likely these answers are:

        Σ_yes ln(p a F') + Σ_no ln((1 - p) a G') + Σ_others ln(1 - a G - p a (F - G)).

    ``answered``: which said yes, which said no; ``chance`` p, ``aware`` a; ``by_then`` F, G: the
    shares of yeses, and of noes, that would have been said by the time the ask ended;
    ``just_then`` F', G': about that time.
    """
    (yes, no), (shown, said) = answered, by_then
    spoken = np.where(yes, chance * just_then[0], (1 - chance) * just_then[1]) * aware
    quiet = 1 - aware * said - chance * aware * (shown - said)
    return float(np.sum(np.log(np.where(yes | no, spoken, quiet))))


def likeliest(found: Mapping[float, float], before: float) -> float:
    """The q with the greatest likelihood, pulled towards ``before`` by a Gaussian of
    :data:`SPREAD`; the smallest of equals. ``found``: :func:`likelihood` by q."""
    return max(sorted(found), key=lambda rest: found[rest] - ((rest - before) / SPREAD) ** 2 / 2)
