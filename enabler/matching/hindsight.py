"""What another rule of asking would have brought, judged by the asks that were made.

Each ask of the log stands by itself: what was known before it, who was asked, how likely that was
(:mod:`.turns`), what came of it. With w = min(most, pi_new / pi_log) of whoever was asked,

- ``ips = mean(w r)``: inverse propensity scoring (Horvitz & Thompson, JASA 47, 1952), the mean
  reward of an ask-or-none under the new rule. Without bias wherever the log could have asked whom
  the new rule would, and no weight is cut; a cut (reference, *Matching fast and fair*, §7.2: 10)
  takes variance away and makes rewards of 0 or more look smaller.
- ``self_normalised = m sum(w r) / sum(w)``, m the mean chance that the new rule asks anybody at
  all: less variance, and a bias that vanishes as the log grows (Swaminathan & Joachims, *The
  self-normalized estimator for counterfactual learning*, NIPS 2015).
- ``effective_n = sum(w)^2 / sum(w^2)`` (Kish, *Survey Sampling*, 1965): so many asks it is worth.

Whom a hard rule or a cap kept out was no candidate, and stays out of sight under every rule. Where
the new rule asks somebody whom the log had no chance to ask, nothing is known: that share is told.
There ``ips`` counts nothing, ``self_normalised`` as much as the rest. So it is with what the cut
takes, ``pi_new - most pi_log`` where that is above 0: with rewards of 0 to 1 the truth lies above
the mean of ``ips`` by no more than the two shares together. With turns at 15 in 100 among 20
candidates a cut at 10 leaves a rule that always asks somebody else 8 hundredths of its worth: read
the shares first. Asks are judged at the states that the log's rule came to; where a new rule would
have brought others about, this does not see it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from enabler.domain.errors import Invalid
from enabler.matching.asking import Decision, after, ask_shares
from enabler.matching.policy import Id
from enabler.matching.situations import Situation

MOST_WEIGHT = 10.0

AskRule = Callable[[Situation], Mapping[Id, float]]
"""By offer the chance that it is the next to be asked; what is missing to 1: that nobody is. The
engine's own under other weights: ``lambda s: ask_shares(replace(s, weights=other))``."""


@dataclass(frozen=True, slots=True)
class Logged:
    """An ask that was made: ``before`` it, all that was known; ``reward``: what it brought, in any
    one unit (1 for a yes in time, or points less the ask's cost)."""

    before: Situation
    offer: Id
    propensity: float
    reward: float


@dataclass(frozen=True, slots=True)
class Worth:
    """What the new rule is worth for each ask of the log, see above. Of what it would do (0..1),
    ``share_without_support``: that of which nothing is known; ``share_cut``: what the cut took."""

    asks: int
    ips: float
    self_normalised: float
    effective_n: float
    share_without_support: float
    share_cut: float


def logged(
    situation: Situation, decision: Decision, rewards: Mapping[Id, float]
) -> tuple[Logged, ...]:
    """The asks of a decision, each with what was known before that very ask; without those that
    ``rewards`` does not name (not delivered, not over)."""
    found: list[Logged] = []
    for ask in decision.asks:
        if ask.offer in rewards:
            found.append(Logged(situation, ask.offer, ask.propensity, rewards[ask.offer]))
        situation = after(situation, ask.offer)
    return tuple(found)


def worth(
    log: Sequence[Logged], new: AskRule, *, most: float = MOST_WEIGHT, old: AskRule = ask_shares
) -> Worth:
    """What ``new`` would have brought. ``old``: the rule of the log, to know whom it could ask.

    Raises :class:`Invalid` (field ``log``) where the log is empty or an ask has no propensity.
    """
    if not log or any(ask.propensity <= 0 for ask in log):
        raise Invalid("log", "no_propensity" if log else "empty")
    shares = [new(ask.before) for ask in log]
    rewards = np.array([ask.reward for ask in log])
    ratios = np.array(
        [share.get(ask.offer, 0.0) / ask.propensity for ask, share in zip(log, shares, strict=True)]
    )
    weights = np.minimum(ratios, most)
    total, squares = float(weights.sum()), float((weights**2).sum())
    gained = float((weights * rewards).sum())
    asks_at_all = sum(sum(share.values()) for share in shares) / len(log)
    without, cut = _unseen(log, shares, old, most)
    return Worth(
        asks=len(log), ips=gained / len(log),
        self_normalised=asks_at_all * gained / total if total else 0.0,
        effective_n=total**2 / squares if squares else 0.0,
        share_without_support=without, share_cut=cut,
    )  # fmt: skip


def _unseen(
    log: Sequence[Logged], shares: Sequence[Mapping[Id, float]], old: AskRule, most: float
) -> tuple[float, float]:
    """Of what the new rule does, in the mean: what the old one could not do at all, and by how much
    it does the rest more than ``most`` times as often."""
    without = cut = 0.0
    for ask, share in zip(log, shares, strict=True):
        could = old(ask.before)
        for offer, chance in share.items():
            if could.get(offer, 0.0) <= 0:
                without += chance
            else:
                cut += max(0.0, chance - most * could[offer])
    return without / len(log), cut / len(log)
