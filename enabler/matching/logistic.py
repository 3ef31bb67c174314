"""The likeliest coefficients of a chance that is only partly seen.

A yes has the likelihood p (times what does not depend on p), and no yes 1 - p s, where
``logit p = x·b`` and s is how much of a yes would have been seen: a mixture cure model (Farewell,
*The use of mixture models for the analysis of survival data with long-term survivors*, Biometrics
38, 1982), those who would never say yes being its "cured". Found by expectation and maximisation
(R's smcure) an ask without a yes is two rows, yes with the weight

    w = p (1 - s) / (1 - p s)

and no with 1 - w. Its steps are short where much is unseen; scoring climbs the same likelihood
faster: with a Gaussian prior (mean m, variances V) the step is

    (X' W X + V^-1)^-1 (X' (w - p) - V^-1 (b - m)),    W = s p (1 - p)² / (1 - p s), the
    information that is expected of a row; w = 1 and W = p (1 - p) of a yes,

halved until it climbs. W is taken as 0 at least, so that each step goes uphill. s is below 0 where
a no would have been heard sooner than a yes: then silence speaks for a yes, w > p.
"""

import numpy as np

from enabler.matching.arrays import Flags, Floats

STEPS = 50
HALVINGS = 30
CLOSE = 1e-10
"""Steps shorter than this change nothing that anybody could see."""

FARTHEST = 30.0
"""Beyond this a chance would be 0 or 1 as a number of the machine."""


def chances_of(logit: Floats) -> Floats:
    """The chance of each logit, within 0..1 and never either."""
    return 1 / (1 + np.exp(-np.clip(logit, -FARTHEST, FARTHEST)))


def yes_to_come(chance: Floats, seen: Floats) -> Floats:
    """w: how likely it is that there was a yes behind an ask in which none was seen."""
    return chance * (1 - seen) / (1 - chance * seen)


def most_likely(
    known: Floats, yes: Flags, seen: Floats, prior: tuple[Floats, Floats], start: Floats
) -> Floats:
    """The coefficients b where likelihood times prior is greatest, sought from ``start`` on.

    ``known``: X, a row per ask; ``seen``: s of each, of no matter for a yes; ``prior``: means and
    standard deviations. With n rows and f
    columns a step takes O(n f²). The same numbers in the same order give the same result.
    """
    mean, precision = prior[0], prior[1] ** -2.0
    found = start.copy()
    height = _height(known @ found, yes, seen) - _pull(found, mean, precision)
    for _ in range(STEPS):
        chance = chances_of(known @ found)
        hoped = np.where(yes, 1.0, yes_to_come(chance, seen))
        part = np.where(yes, 1.0, np.maximum(seen, 0.0) * (1 - chance) / (1 - chance * seen))
        slope = known.T @ (hoped - chance) - precision * (found - mean)
        bend = known.T @ (known * (part * chance * (1 - chance))[:, None]) + np.diag(precision)
        step = np.linalg.solve(bend, slope)
        for _ in range(HALVINGS):
            there = found + step
            reached = _height(known @ there, yes, seen) - _pull(there, mean, precision)
            if reached >= height:
                break
            step = step / 2
        else:
            break
        found, height = there, reached
        if float(np.abs(step).max(initial=0.0)) < CLOSE:
            break
    return found


def _height(logit: Floats, yes: Flags, seen: Floats) -> float:
    chance = chances_of(logit)
    return float(np.sum(np.where(yes, np.log(chance), np.log1p(-chance * seen))))


def _pull(found: Floats, mean: Floats, precision: Floats) -> float:
    return float(np.sum(precision * (found - mean) ** 2)) / 2
