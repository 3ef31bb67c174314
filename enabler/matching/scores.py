"""The soft scores: who suits best, as whole points per factor that add up to the score.

Each factor gives 0 up to its weight w (the policy's; 1000 together by default). All arithmetic is
on whole numbers with the remainder dropped, so that every machine gives the same points:

======== ==========================================================================
factor        points
======== ==========================================================================
nearness      w (r - d) / r: distance d against that helper's own reach r, in metres;
              w where r is 0
time_fit      w usable / asked, in seconds: the share of the asked time in which a visit
              fits (:mod:`.timetable`); w where the need leaves the time open
asked_least   w / (1 + recent asks + recent helps)
acceptance    w a / 1000: a is the chance of a yes in thousandths (to the nearest, ties to
              even), the policy's prior where unknown
reciprocity   w (B - b) / 2B, b = minutes given less received, kept within ±B = 600:
              more for who had more help than they gave; 0 where no balance is known
helped_before w t / (1 + t): t = times that this helper has helped this asker
language      w where the need demands a language (whoever is left speaks it)
rotation      for organisations 0..w by a fixed shuffle of (need, offer), so that among
              equal ones each need has another first; neighbours 0. With n and o the CRC-32
              of their ids as texts in UTF-8, and K as below: s = ((n xor o) K >> 8) mod
              2**16, w + 1 shares of it: s (w + 1) / 2**16
======== ==========================================================================

The load in ``asked_least`` and the bounded reciprocity follow the instances that the engine was
measured on; a bonus never becomes a bar, so no factor is negative.
"""

from collections.abc import Callable, Mapping

import numpy as np

from enabler.matching.arrays import NOBODY, Ints
from enabler.matching.columns import PER_MILLE
from enabler.matching.crossing import Pairs
from enabler.matching.kernels.search import closeness

Factor = Callable[[Pairs, int], Ints]

BALANCE_MINUTES = 600
"""Beyond ten hours either way a balance counts no further."""

SHUFFLE = 2_654_435_761
"""Knuth's multiplier (2**32 / golden ratio, odd): spreads neighbouring numbers over 32 bits."""


def nearness(pairs: Pairs, weight: int) -> Ints:
    """Near, measured against how far this helper goes."""
    return closeness(weight, pairs.question.offers.reach[pairs.offer], pairs.metres)


def time_fit(pairs: Pairs, weight: int) -> Ints:
    """Free for much of the time asked for."""
    times = pairs.question.times
    share = weight * pairs.usable // np.maximum(times.asked[pairs.need], 1)
    return np.where(times.any_time[pairs.need], weight, share)


def asked_least(pairs: Pairs, weight: int) -> Ints:
    """Asked little of late."""
    return weight // (1 + pairs.question.offers.load[pairs.offer])


def acceptance(pairs: Pairs, weight: int) -> Ints:
    """Likely to say yes."""
    return weight * pairs.question.offers.acceptance[pairs.offer] // PER_MILLE


def reciprocity(pairs: Pairs, weight: int) -> Ints:
    """Has had help, and may like to give some back."""
    offers = pairs.question.offers
    balance = np.clip(offers.balance[pairs.offer], -BALANCE_MINUTES, BALANCE_MINUTES)
    points = weight * (BALANCE_MINUTES - balance) // (2 * BALANCE_MINUTES)
    return np.where(offers.balance_known[pairs.offer], points, 0)


def helped_before(pairs: Pairs, weight: int) -> Ints:
    """Has helped this asker well."""
    times = pairs.question.helped.count(pairs.offer, pairs.question.needs.member[pairs.need])
    return weight * times // (1 + times)


def language(pairs: Pairs, weight: int) -> Ints:
    """Speaks the language that was asked for."""
    return np.where(pairs.question.needs.names_language[pairs.need], weight, 0)


def rotation(pairs: Pairs, weight: int) -> Ints:
    """Whose turn it is among equal organisations, for this need."""
    question = pairs.question
    mixed = question.needs.mark[pairs.need] ^ question.offers.mark[pairs.offer]
    shuffled = (mixed.astype(np.uint64) * np.uint64(SHUFFLE) >> np.uint64(8)) & np.uint64(0xFFFF)
    points = shuffled.astype(np.int64) * (weight + 1) >> 16
    return np.where(question.offers.organisation[pairs.offer] != NOBODY, points, 0)


FACTORS: Mapping[str, Factor] = {
    "nearness": nearness,
    "time_fit": time_fit,
    "asked_least": asked_least,
    "acceptance": acceptance,
    "reciprocity": reciprocity,
    "helped_before": helped_before,
    "language": language,
    "rotation": rotation,
}


def points_of(pairs: Pairs) -> Ints:
    """Points of every pair, shape (pairs, factors in the order of :data:`FACTORS`)."""
    return np.stack(_columns(pairs), axis=1).astype(np.int64)


def scores_of(pairs: Pairs) -> Ints:
    """The points of every pair together."""
    return np.sum(_columns(pairs), axis=0, dtype=np.int64)


def _columns(pairs: Pairs) -> list[Ints]:
    policy = pairs.question.policy
    return [factor(pairs, policy.weight(name)) for name, factor in FACTORS.items()]
