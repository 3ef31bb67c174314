"""How likely it is that somebody who is asked says yes, and says it in time: learned from asks.

The model is :mod:`.chance_model`. It is learned from what became of asks, of which many are *cut
short*: filled by somebody quicker, withdrawn, still out. To drop these keeps the quick yeses and
loses the slow noes, to count them as noes makes chances fall where many are asked at once; here
each counts as what was seen of it (:mod:`.logistic`). With F and G, the shares of yeses and of
noes that have been said after t minutes, an ask has the likelihood

    yes   p a F'(t)        no   (1 - p) a G'(t)        neither   1 - a G(t) - p a (F(t) - G(t)):

a mixture of two ends, each with its own times (Larson & Dinse, *A mixture model for the regression
analysis of competing risks data*, Applied Statistics 34, 1985), in which a G below 1 leaves some
noes unsaid. Coefficients, curves and rates are found in turn, each with the others as they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from enabler.matching.answer_curve import noes, yeses
from enabler.matching.arrays import Floats
from enabler.matching.ask_columns import AskColumns, AskedColumns
from enabler.matching.attention import ENOUGH, RESTS, attention, likeliest, likelihood
from enabler.matching.chance_model import Chances, asks_of, prior, seen_of
from enabler.matching.features import FEATURES, KIND_SPREAD, SPREAD, features, prior_means
from enabler.matching.giver_memory import Memory
from enabler.matching.logistic import most_likely
from enabler.matching.own_rates import rates_of

__all__ = ["Chances", "asks_of", "learn", "prior"]

ROUNDS = 20
CLOSE = 1e-4
"""Coefficients and curves are found in turn until no coefficient moves further than that, or so
many times."""

OWN = FEATURES.index("own")


def learn(history: AskedColumns, before: Chances) -> Chances:
    """The likeliest chances after ``history``, drawn to the prior; no history is the prior.

    ``before`` gives q, which is kept below five hundred asks and where it is 1 (nobody tires), and
    nothing else: to learn from the same asks every night counts none of them twice. The order of
    rows changes nothing. With n asks and f columns: O(n f²) a step of some hundred steps.
    """
    if not len(history):
        return prior(before.rest)
    learning = Learning.of(history.in_order())
    found = learning.in_turn(prior(before.rest))
    if len(history) < ENOUGH or before.rest >= 1:
        return found
    tried = {rest: learning.in_turn(replace(found, rest=rest)) for rest in RESTS}
    likely = {rest: learning.likelihood(each) for rest, each in tried.items()}
    return tried[likeliest(likely, before.rest)]


@dataclass(frozen=True)
class Learning:
    """A history, and what was known at each of its asks."""

    history: AskedColumns
    memory: Memory
    prior: tuple[Floats, Floats]

    @classmethod
    def of(cls, history: AskedColumns) -> "Learning":
        """With the prior of all coefficients: those of the features, then those of the kinds."""
        kinds = len(history.pairs.kinds[0])
        mean = np.concatenate([prior_means(), np.zeros(kinds)])
        spread = np.concatenate([np.full(len(FEATURES), SPREAD), np.full(kinds, KIND_SPREAD)])
        return cls(history, Memory.of(history, history.giver, history.asked_at), (mean, spread))

    def in_turn(self, model: Chances) -> Chances:
        """Coefficients, then the curves with these, and again."""
        for _ in range(ROUNDS):
            before, model = model, self.fitted(model)
            moved = np.subtract(model.coefficients, before.coefficients)
            if float(np.abs(moved).max()) < CLOSE:
                break
            model = self.curved(model)
        return model

    def fitted(self, model: Chances) -> Chances:
        """Rates and coefficients, at the model's curves and rest.

        Somebody's own yes never counts against them: where the asks would have it so, the own rate
        is left out.
        """
        history = self.history
        seen = seen_of(history, self.aware(model), model.yeses, model.noes)
        model = replace(model, rates=rates_of(history, seen))
        names, kind = history.pairs.kinds
        asks = self.asks(model)
        known = np.column_stack([*features(asks, model.rates), np.eye(len(names))[kind]])
        kinds = [model.kinds.get(name, 0.0) for name in names]
        start = np.array([*model.coefficients, *kinds])
        found = most_likely(known, history.yes, seen, self.prior, start)
        if found[OWN] < 0:
            known[:, OWN] = 0.0
            found = most_likely(known, history.yes, seen, self.prior, found)
            found[OWN] = 0.0
        return _with(model, np.round(found, 9).tolist(), names)

    def curved(self, model: Chances) -> Chances:
        """The curves, at the model's coefficients: who may still be behind each silence."""
        history = self.history
        chance, aware = model.chance(self.asks(model)), self.aware(model)
        shown, said = model.yeses.by(history.minutes), model.noes.by(history.minutes)
        shown = np.where(history.silent, 1.0, shown)
        quiet = 1 - aware * said - chance * aware * (shown - said)
        yes = np.where(history.no, 0.0, chance * aware * (1 - shown) / quiet)
        no = np.where(history.yes, 0.0, (1 - chance) * aware * (1 - said) / quiet)
        return replace(
            model,
            yeses=yeses(history.minutes, history.yes, np.where(history.yes, 1.0, yes)),
            noes=noes(history.minutes, history.no, np.where(history.no, 1.0, no)),
        )

    def likelihood(self, model: Chances) -> float:
        """How likely the answers are, as a logarithm."""
        history = self.history
        minutes, chance = history.minutes, model.chance(self.asks(model))
        shown = np.where(history.silent, 1.0, model.yeses.by(minutes))
        by_then = (shown, model.noes.by(minutes))
        just_then = (model.yeses.around(minutes), model.noes.around(minutes))
        answered = (history.yes, history.no)
        return likelihood(answered, chance, self.aware(model), by_then, just_then)

    def aware(self, model: Chances) -> Floats:
        """a of each ask."""
        return attention(self.memory.days_since_ask, model.rest)

    def asks(self, model: Chances) -> AskColumns:
        """As :func:`.chance_model.asks_of`, without sorting anew."""
        silence = model.silence(self.history, self.aware(model))
        return AskColumns(self.history.pairs, self.memory.givers(silence))


def _with(model: Chances, found: Sequence[float], names: Sequence[str]) -> Chances:
    own = tuple(found[: len(FEATURES)])
    kinds = dict(zip(names, found[len(FEATURES) :], strict=True))
    return replace(model, coefficients=own, kinds=kinds)
