"""Whether chances come true: the Brier score, and what was seen in each tenth of them.

Brier, *Verification of forecasts expressed in terms of probability*, Monthly Weather Review 78,
1950: the mean of (chance - outcome)², less is better. The bar is whoever always names the share of
yeses among the same asks, which nobody can know beforehand.
"""

from dataclasses import dataclass

import numpy as np

from enabler.matching.answer_curve import kaplan_meier
from enabler.matching.arrays import Flags, Floats

TENTHS = 10
MOST = 10.0
"""No ask stands for more than ten (performance §7.2 cuts weights there)."""


@dataclass(frozen=True)
class Decile:
    """Asks of about the same chance: what was said (mean chance), what was seen (share of yeses),
    and how many they are."""

    forecast: float
    seen: float
    n: int


@dataclass(frozen=True)
class Calibration:
    """``brier`` of the chances, ``base_brier`` of their own share of yeses; tenths, rising."""

    brier: float
    base_brier: float
    deciles: tuple[Decile, ...]


def judged(chances: Floats, yes: Floats, weight: Floats | None = None) -> Calibration:
    """How chances compare with what became of the asks (1 yes, 0 no).

    ``weight``: what each ask stands for (:func:`standing_for`); None: itself. Asks of the same
    chance are alike: where a tenth ends among them, each side has the share of yeses of them all.
    So the order of rows changes nothing. Without asks there is nothing to say: zeros.
    """
    weight = np.ones(len(chances)) if weight is None else weight
    order = np.lexsort((weight, yes, chances))
    chances, yes, weight = chances[order], yes[order], weight[order]
    kept = weight > 0
    chances, yes, weight = chances[kept], yes[kept], weight[kept]
    if not len(chances):
        return Calibration(0.0, 0.0, ())
    base = np.average(yes, weights=weight)
    parts = np.array_split(np.arange(len(chances)), min(TENTHS, len(chances)))
    alike = _alike(chances, yes, weight)
    return Calibration(
        float(np.average((chances - yes) ** 2, weights=weight)),
        float(np.average((base - yes) ** 2, weights=weight)),
        tuple(_decile(chances[part], alike[part], weight[part]) for part in parts),
    )


def standing_for(minutes: Floats, cut_short: Flags, within: float) -> Floats:
    """How many asks each stands for, so that those whose end is known speak for all, where chances
    of a yes ``within`` so many minutes (:meth:`.chance_model.Chances.by`) are judged.

    0 for one that was cut short before that, else 1 / G(t-): t is when it ended, at most
    ``within``, and G(t) the share not yet cut short after t minutes (Graf et al., *Assessment and
    comparison of prognostic classification schemes for survival data*, Statistics in Medicine 18,
    1999), at most ten. Without it the quick yeses stay and the slow noes go. It holds where being
    cut short says nothing of the answer to come, and as long as G(within) is a tenth or more.
    """
    cut_short = cut_short & (minutes < within)
    minutes = np.minimum(minutes, within)
    times, left = kaplan_meier(minutes, cut_short, np.ones(len(minutes)))
    uncut = np.concatenate([[1.0], left])[np.searchsorted(times, minutes, side="left")]
    return np.where(cut_short, 0.0, 1 / np.maximum(uncut, 1 / MOST))


def _alike(chances: Floats, yes: Floats, weight: Floats) -> Floats:
    """Of each ask the share of yeses among those of the same chance."""
    _, which = np.unique(chances, return_inverse=True)
    share = np.bincount(which, yes * weight) / np.bincount(which, weight)
    return share[which]


def _decile(chances: Floats, seen: Floats, weight: Floats) -> Decile:
    return Decile(
        float(np.average(chances, weights=weight)),
        float(np.average(seen, weights=weight)),
        len(chances),
    )
