"""How fast people answer: which share has said yes, or no, after so many minutes.

``F(t)``: of those who will say yes. ``G(t)``: of those who look and will not; many of them never
say so, and G stays below 1. Minutes are *waking* ones: quiet hours do not run.

Where nothing is known, times are lognormal with a median of 30 minutes and a logarithm that
deviates by 1.2, and two of five noes are said. The evidence for that is weak: half of those who
answered quizzes by SMS in a Ugandan cohort did so within 50 minutes (Trop. Med. Int. Health 2013,
doi 10.1111/tmi.12059), 60 % of those who followed a clinic's SMS to a survey within the hour
(doi 10.1071/SH22021), both surveys and not asks for help; the two of five are assumed. So it
counts as two hundred answers, and what is seen outweighs it. A response curve that decides how
many to ask is Covidliste's idea (github.com/hostolab/covidliste, ``run_campaign_job.rb``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from statistics import NormalDist

import numpy as np

from enabler.matching.arrays import Flags, Floats

MEDIAN_MINUTES = 30.0
SIGMA = 1.2
SAID_NO = 0.4
PRIOR_ANSWERS = 200
"""How many answers the prior curves count as."""

_NORMAL = NormalDist(log(MEDIAN_MINUTES), SIGMA)


def _quantiles(shares: Sequence[float]) -> tuple[float, ...]:
    """The minutes by which these shares of the prior's answers have come."""
    return tuple(exp(_NORMAL.inv_cdf(share)) for share in shares)


KNOTS = (*_quantiles([k / 100 for k in range(1, 100)]), 1440.0, 4320.0, 10080.0)
"""The minutes at which a curve is kept: the prior's hundredths, a day, three, a week. They are the
same for every place, so that a curve tells nobody's own time of answering."""

_PSEUDO = np.array(_quantiles([(k + 0.5) / PRIOR_ANSWERS for k in range(PRIOR_ANSWERS)]))


@dataclass(frozen=True)
class Curve:
    """A share at each of :data:`KNOTS`, rising, in 0..1; straight between them, level after."""

    shares: tuple[float, ...]

    def by(self, minutes: Floats) -> Floats:
        """The share after each; 0 for no time at all. It never falls as minutes grow."""
        return np.interp(minutes, (0.0, *KNOTS), (0.0, *self.shares))

    def around(self, minutes: Floats) -> Floats:
        """The share that comes between the two knots about each: how likely such a time is."""
        between = np.diff(self.shares, prepend=0.0)
        return between[np.minimum(np.searchsorted(KNOTS, minutes), len(KNOTS) - 1)]


PRIOR_YES = Curve(
    (*(k / 100 for k in range(1, 100)), *map(_NORMAL.cdf, map(log, KNOTS[99:-1])), 1.0)
)
PRIOR_NO = Curve(tuple(SAID_NO * share for share in PRIOR_YES.shares))
"""F and G where nothing is known."""


def kaplan_meier(minutes: Floats, seen: Flags, weight: Floats) -> tuple[Floats, Floats]:
    """The times at which something was seen, rising, and the share for whom it is yet to come.

    ``S(t) = Π_{t_i <= t} (1 - d_i / n_i)``, d_i what is seen at t_i and n_i what might have been,
    both by weight; who is lost sight of at t_i might have been seen then (Kaplan & Meier,
    *Nonparametric estimation from incomplete observations*, JASA 53, 1958). Time: O(n log n).
    """
    times, which = np.unique(minutes, return_inverse=True)
    events = np.bincount(which, weight * seen, len(times))
    leaving = np.bincount(which, weight, len(times))
    at_risk = np.cumsum(leaving[::-1])[::-1]
    happened = events > 0
    staying: Floats = np.maximum(1 - events[happened] / at_risk[happened], 0.0)
    return times[happened], np.multiply.accumulate(staying)


def yeses(minutes: Floats, yes: Flags, coming: Floats) -> Curve:
    """F of those who say yes, the prior's answers among them.

    ``coming``: the chance that behind an ask without an answer a yes was yet to come; it is its
    weight, and others than these and the yeses have none: the M-step of a mixture cure model for
    the times (R's smcure: ``smsurv`` with weights w). Whoever is left after a week counts as
    having answered by then (the zero-tail constraint of such models): F ends at 1.
    """
    shares = _shares(minutes, yes, coming, 1.0)
    return Curve((*shares[:-1], 1.0))


def noes(minutes: Floats, no: Flags, coming: Floats) -> Curve:
    """G of those who look and will not say yes; ``coming``: the chance that behind an ask without
    an answer there is somebody of these who has not said so yet, or never would."""
    return Curve(_shares(minutes, no, coming, SAID_NO))


def _shares(minutes: Floats, said: Flags, coming: Floats, prior: float) -> tuple[float, ...]:
    """What was said by each knot, with ``prior`` as the share of the prior's answers that are."""
    minutes = np.clip(minutes, 0.0, KNOTS[-1])
    times, left = kaplan_meier(
        np.concatenate([_PSEUDO, np.full(len(_PSEUDO), KNOTS[-1]), minutes]),
        np.concatenate([np.ones(len(_PSEUDO), np.bool_), np.zeros(len(_PSEUDO), np.bool_), said]),
        np.concatenate([np.full(len(_PSEUDO), prior), np.full(len(_PSEUDO), 1 - prior), coming]),
    )
    known = np.concatenate([[0.0], 1 - left])
    by_knots = known[np.searchsorted(times, KNOTS, side="right")]
    return tuple(np.round(by_knots, 9).tolist())
