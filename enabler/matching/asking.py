"""Whom to ask next for a need, and how many: the smallest set that makes a yes likely enough.

One more ask of candidate j, beside those that are out, adds in points of score

    net_j = e_j rho (V U + s_j - price_j) - (c + phi asks_j + w h_j (h_j + 1) / 2),

e_j the chance of a yes in time, rho = P(N < R) that it would still be of use (:mod:`.yeses`), s_j
the score, price_j what the last round would lose by it (:mod:`.prices`), the bracket what the ask
itself costs (:class:`.situations.Weights`). Ask whoever adds most, while that is above 0, the
target is not reached, and there is room in flight; where help does not press, also while at most
half a yes is expected to come too many. After a refusal it is asked again with one less out: then
the next best is asked. The rule is that of the reference (*Matching fast and fair*, §7.4), with the
price inside: a place is used by a yes, not by an ask (bid prices: Talluri & van Ryzin, Management
Science 44, 1998). Turns: :mod:`.turns`.

**What the greedy guarantees.** Where all yeses are worth the same v, it climbs
``W(S) = v E[min(N, R)] - dues(S)``: E[min(N, R)] grows with each ask by ``e_j rho`` and is
submodular, so that with f = v E[min(N, R)] and S where nobody adds any more, any other set O has
``f(O) <= f(S u O) <= f(S) + dues(O \\ S)``, hence ``W(S) >= W(O) - dues(S \\ O)``: no other set is
better by more than the dues of those asked who are not in it. With equal dues S is the best set
there is, and no smaller one reaches the target. The factor 1 - 1/e of Nemhauser, Wolsey & Fisher
(1978) is one for f alone; with costs taken off no plain greedy has a factor, while a distorted one
has ``(1 - 1/e) f(O) - dues(O)`` (Harshaw, Feldman, Ward & Karbasi, ICML 2019; variants:
Nikolakaki, Ene & Terzi, arXiv 2002.07782). It was not taken: its choice could not be said in one
line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from enabler.matching.arrays import Flags
from enabler.matching.policy import Id
from enabler.matching.situations import Floats, Points, Situation, points_of_asking
from enabler.matching.turns import drawn, propensities
from enabler.matching.yeses import Yeses, yeses

MOST_SPARE = 0.5
"""Yeses expected to come too many, at the most, where help does not press (reference, §7.3)."""


class Verdict(StrEnum):
    """What became of a candidate.

    *asked*: adds most; *turn*: asked in turn. *enough*: those who are asked are enough by now.
    *kept*: needed more elsewhere, by the round's price. *tired*: asked or helping much of late, is
    left in peace. *unlikely*: an ask costs more than it promises.
    """

    ASKED = "asked"
    TURN = "turn"
    ENOUGH = "enough"
    KEPT = "kept"
    TIRED = "tired"
    UNLIKELY = "unlikely"


class Stop(StrEnum):
    """Why nobody more is asked: a yes for every slot is *likely* enough; as many are *out* as may
    be; *nobody* is left whom to ask pays; a further yes might come too many (*spare*)."""

    LIKELY = "likely"
    OUT = "out"
    NOBODY = "nobody"
    SPARE = "spare"


@dataclass(frozen=True, slots=True)
class Ask:
    """One candidate who is to be asked. ``cost``: the dues of the ask; ``adds``: net points;
    ``propensity``: how likely the next ask was theirs; ``because``: *asked* or *turn*;
    ``first_thing``: a turn that went to somebody new, for something small."""

    offer: Id
    chance: float
    attention: float
    effective: float
    cost: float
    adds: float
    propensity: float
    because: Verdict
    first_thing: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Whom to ask, in this order, and what that makes of the need.

    ``begun``, ``fill``: how likely every slot gets its yes in time, before and with these asks;
    ``aim``: how likely it should be. ``others``: the verdict of everybody else.
    """

    asks: tuple[Ask, ...]
    begun: float
    fill: float
    aim: float
    stop: Stop
    others: Mapping[Id, Verdict]

    @property
    def verdicts(self) -> dict[Id, Verdict]:
        """The verdict of every candidate."""
        return {**{ask.offer: ask.because for ask in self.asks}, **self.others}

    def is_at_an_end(self, situation: Situation) -> bool:
        """Whether nothing can come any more unless people look for somebody: nobody is out, and
        nobody is left whom to ask pays."""
        return not self.asks and not situation.out and self.stop is Stop.NOBODY


def decide(situation: Situation) -> Decision:
    """Whom to ask now. Depends on the situation alone; the rest of a decision is what would be
    decided after its first ask. Ties go to whoever stands first. Time: O(asks (candidates + R)).
    """
    points = points_of_asking(situation)
    hope = begun = yeses(situation.out, situation.wanted)
    asks: list[Ask] = []
    open_to = np.ones(len(situation.candidates), dtype=np.bool_)
    while True:
        net = np.where(open_to, points.net(hope.short), -np.inf)
        stop = _stop(situation, hope, len(asks), net)
        if stop is not None:
            break
        best = int(np.argmax(net))
        at, in_turn = drawn(situation, best, net, situation.asked + len(asks))
        share = propensities(situation, best, net)[at]
        asks.append(_ask(situation, points, at, float(net[at]), float(share), in_turn))
        hope = hope.and_one(situation.candidates.effective[at])
        open_to[at] = False
    others = _verdicts(situation, points, open_to)
    return Decision(tuple(asks), begun.likely, hope.likely, situation.aim, stop, others)


def ask_shares(situation: Situation) -> dict[Id, float]:
    """The propensities: by offer, how likely the next ask goes there, where it can; they add up to
    1. Empty where nobody would be asked."""
    net = points_of_asking(situation).net((hope := yeses(situation.out, situation.wanted)).short)
    if _stop(situation, hope, 0, net) is not None:
        return {}
    shares = propensities(situation, int(np.argmax(net)), net)
    return {
        offer: float(share)
        for offer, share in zip(situation.candidates.offer, shares, strict=True)
        if share > 0
    }


def after(situation: Situation, offer: Id) -> Situation:
    """The situation once a candidate has been asked, before anybody answers."""
    at = situation.candidates.offer.index(offer)
    return replace(
        situation,
        asked=situation.asked + 1,
        out=(*situation.out, situation.candidates.effective[at]),
        candidates=situation.candidates.without({offer}),
    )


def _stop(situation: Situation, hope: Yeses, asked: int, net: Floats) -> Stop | None:
    """Why the next ask is not made; None where it is."""
    if hope.likely >= situation.aim:
        return Stop.LIKELY
    if len(situation.out) + asked >= situation.most_out:
        return Stop.OUT
    if not (net > 0).any():
        return Stop.NOBODY
    effective = situation.candidates.effective[int(np.argmax(net))]
    if not situation.pace.is_pressing and hope.and_one(effective).spare > MOST_SPARE:
        return Stop.SPARE
    return None


def _ask(
    situation: Situation, points: Points, at: int, adds: float, share: float, in_turn: bool
) -> Ask:
    who = situation.candidates
    return Ask(
        offer=who.offer[at], chance=who.chance[at], attention=who.attention[at],
        effective=who.effective[at], cost=float(points.dues[at]), adds=adds, propensity=share,
        because=Verdict.TURN if in_turn else Verdict.ASKED,
        first_thing=in_turn and who.newcomer[at] and situation.is_first_thing,
    )  # fmt: skip


def _verdicts(situation: Situation, points: Points, left: Flags) -> dict[Id, Verdict]:
    """Of whoever is not asked: would an ask pay if nobody else were out (then those are enough);
    if no round needed them elsewhere; if they were rested besides?"""
    who, weights = situation.candidates, situation.weights
    count = len(who)
    unpriced = replace(situation, candidates=replace(who, price=(0,) * count))
    attention = np.array(who.attention, dtype=np.float64)
    rested = np.divide(points.effective, attention, out=np.zeros(count), where=attention > 0)
    worth = weights.worth * situation.lift + np.array(who.score, dtype=np.float64)
    verdict = np.select(
        [
            points.net(1.0) > 0,
            points_of_asking(unpriced).net(1.0) > 0,
            rested * worth > weights.cost,
        ],
        [Verdict.ENOUGH.value, Verdict.KEPT.value, Verdict.TIRED.value],
        Verdict.UNLIKELY.value,
    )
    return {who.offer[at]: Verdict(verdict[at]) for at in np.flatnonzero(left).tolist()}
