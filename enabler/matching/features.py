"""What the chance of a yes is made of: the columns beside the coefficients, and their prior.

    logit p = b0 + b_c + b1 ln(1 + d / r) + b2(part of the day) + b3 (logit(y) - logit(m_c))
            + b5 ln((1 + days since the last yes) / 29) + b6 (helped this asker)
            + b7 ln((1 + hours until it is needed) / 25)

(performance §7.2; its b4, how often of late, is :mod:`.attention`.) Days count up to 180. The two
logarithms are 0 at four weeks and at a day, so that the prior of b0 is about a usual ask, and 0
where nothing is known: somebody who never said yes yet, a need for any time. y is the own rate
(:mod:`.own_rates`), m_c that of its kind: b0 and b_c say how usual a yes is, and only they do, or
a place's first answers would count twice. No protected attribute is among them, nothing of
circumstances, language, conduct or ward.
"""

from math import log

import numpy as np

from enabler.matching.arrays import Floats
from enabler.matching.ask_columns import DAYPARTS, AskColumns
from enabler.matching.own_rates import PRIOR_RATE, Rates

PARTS = tuple(f"part_{part}" for part in range(DAYPARTS))
FEATURES = ("usual", "distance", *PARTS, "own", "since_yes", "helped", "hours_until")
"""The names of the coefficients, in the order in which they are kept."""

MEANS = {"usual": log(PRIOR_RATE / (1 - PRIOR_RATE)), "distance": -0.5, "own": 1.0, "helped": 0.5}
"""What is thought before anything is known; 0 for all others. A newcomer next door says yes three
times in ten, and with 1 for ``own`` anybody else as often as their own rate says."""

SPREAD = 0.5
KIND_SPREAD = 0.7
"""How far, as standard deviations, coefficients and those of kinds of help may lie from that."""

MOST_DAYS = 180
USUAL_DAYS = 28
USUAL_HOURS = 24


def features(asks: AskColumns, rates: Rates) -> list[Floats]:
    """The columns of :data:`FEATURES`; each row by itself, whatever stands beside it."""
    pairs, givers = asks.pairs, asks.givers
    own, usual = rates.own(pairs, givers), rates.of(pairs)
    days = np.nan_to_num(givers.days_since_yes, nan=USUAL_DAYS)
    hours = np.nan_to_num(pairs.hours_until, nan=USUAL_HOURS)
    return [
        np.ones(len(asks)),
        np.log1p(pairs.metres / np.maximum(pairs.reach, 1)),
        *(np.equal(pairs.daypart, part).astype(float) for part in range(DAYPARTS)),
        np.log(own / (1 - own)) - np.log(usual / (1 - usual)),
        np.log1p(np.clip(days, 0, MOST_DAYS)) - np.log1p(USUAL_DAYS),
        np.minimum(pairs.helped, 1).astype(float),
        np.log1p(np.maximum(hours, 0)) - np.log1p(USUAL_HOURS),
    ]


def prior_means() -> Floats:
    """The prior's mean of each coefficient of :data:`FEATURES`."""
    return np.array([MEANS.get(name, 0.0) for name in FEATURES])
