"""How likely it is that somebody who is asked says yes, and says it in time: the model.

The chance of a yes ``p`` is a logistic sum (:mod:`.features`) for whoever looks; they look with
the chance ``a`` (:mod:`.attention`); and of those who say yes the share ``F(t)`` has said so after
t waking minutes (:mod:`.answer_curve`). So a yes comes within t minutes with the chance

    e = p · a · F(t).

A model names no member and holds nothing that stands for one: what somebody's earlier answers say
is worked out at the moment of asking (:meth:`Chances.givers`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from enabler.matching.answer_curve import PRIOR_NO, PRIOR_YES, Curve
from enabler.matching.arrays import Floats, Ints
from enabler.matching.ask_columns import AskColumns, AskedColumns, GiverColumns
from enabler.matching.attention import REST, attention
from enabler.matching.features import FEATURES, features, prior_means
from enabler.matching.giver_memory import Memory
from enabler.matching.logistic import chances_of
from enabler.matching.own_rates import Rates, worth


@dataclass(frozen=True)
class Chances:
    """What is thought of how people answer.

    ``coefficients``: of :data:`.features.FEATURES`; ``kinds``: b_c by category, 0 for others;
    ``rates``: what own rates are drawn to; ``yeses``, ``noes``: F and G; ``rest``: q, the chance a
    day of looking again; ``id``: the number under which it is kept, None for the prior.
    """

    coefficients: tuple[float, ...]
    kinds: Mapping[str, float] = field(default_factory=dict)
    rates: Rates = field(default_factory=Rates)
    yeses: Curve = PRIOR_YES
    noes: Curve = PRIOR_NO
    rest: float = REST
    id: int | None = None

    def chance(self, asks: AskColumns) -> Floats:
        """p: how likely each is to say yes if they look, however long it takes."""
        names, which = asks.pairs.kinds
        logit = np.array([self.kinds.get(name, 0.0) for name in names], float)[which]
        for coefficient, column in zip(self.coefficients, features(asks, self.rates), strict=True):
            logit = logit + coefficient * column
        return chances_of(logit)

    def attention(self, asks: AskColumns) -> Floats:
        """a: how likely each is to look at all."""
        return attention(asks.givers.days_since_ask, self.rest)

    def by(self, asks: AskColumns, minutes: Floats) -> Floats:
        """e: how likely a yes of each is within so many waking minutes; at most p a."""
        return self.chance(asks) * self.attention(asks) * self.yeses.by(minutes)

    def still(self, asks: AskColumns, waited: Floats, minutes: Floats) -> Floats:
        """How likely a yes is within ``minutes`` of an ask that is out for ``waited`` of them.

        ``p a (F(T) - F(t)) / (1 - a G(t) - p a (F(t) - G(t)))``: nothing was said yet, neither yes
        nor no. ``asks``: as known when each was made.
        """
        chance, aware = self.chance(asks), self.attention(asks)
        shown, said = self.yeses.by(waited), self.noes.by(waited)
        coming = chance * aware * np.maximum(self.yeses.by(minutes) - shown, 0.0)
        return coming / (1 - aware * said - chance * aware * (shown - said))

    def givers(self, asked: AskedColumns, giver: Ints, at: Ints) -> GiverColumns:
        """What the asks of the past say of each giver just before the moment ``at`` (seconds).

        ``asked``: all asks of these givers that reached them, of as many days as are kept.
        """
        then = Memory.of(asked, asked.giver, asked.asked_at)
        aware = attention(then.days_since_ask, self.rest)
        return Memory.of(asked, giver, at).givers(self.silence(asked, aware))

    def silence(self, asked: AskedColumns, aware: Floats) -> Floats:
        """h: which part of a no each ask is that was not answered with yes."""
        return worth(self.rates.of(asked.pairs), seen_of(asked, aware, self.yeses, self.noes))

    def values(self) -> dict[str, Any]:
        """All but the id, as plain numbers and words for keeping."""
        return {
            "coefficients": dict(zip(FEATURES, self.coefficients, strict=True)),
            "kinds": dict(self.kinds),
            "rate": self.rates.place,
            "rates": dict(self.rates.kinds),
            "own_asks": self.rates.own_asks,
            "yeses": list(self.yeses.shares),
            "noes": list(self.noes.shares),
            "rest": self.rest,
        }

    @classmethod
    def of(cls, values: Mapping[str, Any], id: int | None = None) -> "Chances":
        """The model that was kept as :meth:`values`."""
        return cls(
            tuple(values["coefficients"][name] for name in FEATURES),
            dict(values["kinds"]),
            Rates(values["rate"], dict(values["rates"]), values["own_asks"]),
            Curve(tuple(values["yeses"])),
            Curve(tuple(values["noes"])),
            values["rest"],
            id,
        )


def prior(rest: float = REST) -> Chances:
    """What is taken where nothing is known. ``rest``: q as the place takes it to be."""
    return Chances(tuple(prior_means().tolist()), rest=rest)


def asks_of(history: AskedColumns, model: Chances) -> AskColumns:
    """The asks of a history as they were known when each was made."""
    return AskColumns(history.pairs, model.givers(history, history.giver, history.asked_at))


def seen_of(history: AskedColumns, aware: Floats, yeses: Curve, noes: Curve) -> Floats:
    """s of each ask: how much of a yes would have been seen by the time it ended.

    An ask without an answer after t minutes has the likelihood
    ``1 - a G(t) - p a (F(t) - G(t))``, that is, but for what does not depend on p, ``1 - p s`` with

        s = a (F(t) - G(t)) / (1 - a G(t)),

    F being 1 for those that were silent to their end. Of a no s = 1.
    """
    shown = np.where(history.silent, 1.0, yeses.by(history.minutes))
    said = noes.by(history.minutes)
    return np.where(history.no, 1.0, aware * (shown - said) / (1 - aware * said))
