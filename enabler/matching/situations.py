"""What is known when it is decided whom to ask next, and how the points of an ask are reckoned.

A situation is the whole input of :func:`enabler.matching.asking.decide`: nothing else is read, so
that a kept situation gives the same decision whenever it is asked again. It holds no name, place or
distance: where somebody is has done its work in score and chance.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enabler.domain.errors import Invalid
from enabler.domain.paces import Pace
from enabler.domain.vocabulary import Risk
from enabler.matching.policy import MOST_WEIGHT, Id

Floats = NDArray[np.float64]

DIGITS = 6
"""Chances are kept to the millionth: what is kept is then exactly what was reckoned with."""
FIRST_THING_MINUTES = 60
"""Help up to so long, of low risk, is a *small first thing* for somebody new."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the ruleset makes of asks, in points of score (keys ``ask_…`` of the ruleset).

    ``worth``: V, one yes in time. ``cost``: c, one ask. ``tiring``: phi, more for each ask of the
    last 7 days. ``further``: w; the helper's 1st, 2nd, 3rd help of this week beside this one cost
    w, 3w, 6w. ``turns_percent``: of so many asks in a hundred the turn decides (:mod:`.turns`).
    ``pays_at_ask``: whether the round's price falls due by the ask; else by the yes, which alone
    uses a place (bid prices, :mod:`.prices`).
    Raises :class:`Invalid` whose field is the name of a number that cannot be.
    """

    worth: int = 1000
    cost: int = 40
    tiring: int = 25
    further: int = 20
    turns_percent: int = 15
    pays_at_ask: bool = False

    def __post_init__(self) -> None:
        for name in ("worth", "cost", "tiring", "further", "turns_percent"):
            high = 100 if name == "turns_percent" else MOST_WEIGHT
            if not 0 <= getattr(self, name) <= high:
                raise Invalid(name, "out_of_range", low=0, high=high)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who could be asked, best first: columns of one length, a row for each giver's best offer.

    ``score`` and ``price`` (cut off, :func:`.prices.cut_off`) in points. ``chance``: of a yes at
    all; ``attention``: how rested they are (0..1); ``effective``: chance of a yes within the
    look-ahead, with attention. ``asks_week``, ``asks_month``: asks of the last 7 and 28 days;
    ``helps_week``: helps agreed for this week. ``newcomer``: came lately and was never asked.
    Raises :class:`Invalid` whose field is the name of the wrong column.
    """

    offer: tuple[Id, ...] = ()
    score: tuple[int, ...] = ()
    price: tuple[int, ...] = ()
    chance: tuple[float, ...] = ()
    attention: tuple[float, ...] = ()
    effective: tuple[float, ...] = ()
    asks_week: tuple[int, ...] = ()
    asks_month: tuple[int, ...] = ()
    helps_week: tuple[int, ...] = ()
    newcomer: tuple[bool, ...] = ()

    def __post_init__(self) -> None:
        for each in fields(self):
            column = _plain(getattr(self, each.name))
            if each.name in ("chance", "attention", "effective"):
                column = _chances(each.name, column)
            if len(column) != len(self.offer):
                raise Invalid(each.name, "wrong_length", wanted=len(self.offer))
            object.__setattr__(self, each.name, column)
        if len(set(self.offer)) != len(self.offer):
            raise Invalid("offer", "twice")

    def __len__(self) -> int:
        return len(self.offer)

    def without(self, offers: Collection[Id]) -> "Candidates":
        """The others: where somebody has been asked, or cannot be asked after all."""
        left = [at for at, offer in enumerate(self.offer) if offer not in offers]
        columns: dict[str, Any] = {}
        for each in fields(self):
            column = getattr(self, each.name)
            columns[each.name] = tuple(column[at] for at in left)
        return Candidates(**columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A need and who could be asked for it, at one moment.

    ``seed``: of the need's turns (:func:`.turns.seed_of`); ``asked``: how many asks it has had, all
    told. ``wanted``: R, its free slots; ``lift``: U, 1 or more (:mod:`.lagging`). ``out``: of each
    ask that waits for its answer, the chance that a yes is still to come in time
    (:func:`.yeses.still_to_come`); of several leads of one organisation, one. ``model``: what names
    the chances that were used.
    """

    seed: str
    asked: int
    wanted: int
    minutes: int
    risk: Risk
    pace: Pace
    lift: float = 1.0
    weights: Weights = field(default_factory=Weights)
    model: Id | None = None
    out: tuple[float, ...] = ()
    candidates: Candidates = field(default_factory=Candidates)

    def __post_init__(self) -> None:
        for name, low in (("asked", 0), ("wanted", 0), ("lift", 1)):
            if getattr(self, name) < low:
                raise Invalid(name, "out_of_range", low=low, high=None)
        object.__setattr__(self, "out", _chances("out", _plain(self.out)))

    @property
    def aim(self) -> float:
        """The target that counts: ``1 - (1 - target)^U``."""
        return float(round(1.0 - (1.0 - self.pace.target) ** self.lift, DIGITS))

    @property
    def most_out(self) -> int:
        """So many asks may be out at once: the pace's for each free slot, times U, rounded up."""
        return int(np.ceil(round(self.pace.flight * self.wanted * self.lift, DIGITS)))

    @property
    def is_first_thing(self) -> bool:
        """Whether it is a small thing to begin with."""
        return self.minutes <= FIRST_THING_MINUTES and self.risk is Risk.LOW

    @property
    def takes_turns(self) -> bool:
        """Whether some of its asks go in turn: not where help presses or much can go wrong."""
        calm = not self.pace.is_pressing and self.risk is not Risk.HIGH
        return calm and self.weights.turns_percent > 0


@dataclass(frozen=True, slots=True)
class Points:
    """The points of asking each candidate: ``gain`` of a yes, ``dues`` whatever is answered."""

    effective: Floats
    gain: Floats
    dues: Floats

    def net(self, short: float) -> Floats:
        """What one more ask adds where a further yes is of use with the chance ``short``."""
        return self.effective * short * self.gain - self.dues


def dues_of(candidates: Candidates, weights: Weights) -> Floats:
    """What an ask costs before anybody answers, without prices:
    ``c + phi asks_week + w h (h + 1) / 2`` with h the helps of this week."""
    helps = np.array(candidates.helps_week, dtype=np.int64)
    asks = np.array(candidates.asks_week, dtype=np.int64)
    further = weights.further * (helps * (helps + 1) // 2)
    return (weights.cost + weights.tiring * asks + further).astype(np.float64)


def points_of_asking(situation: Situation) -> Points:
    """``net_j = e_j rho (V U + s_j - price_j) - dues_j``; see :mod:`.asking`."""
    candidates, weights = situation.candidates, situation.weights
    price = np.array(candidates.price, dtype=np.float64)
    gain = weights.worth * situation.lift + np.array(candidates.score, dtype=np.float64)
    dues = dues_of(candidates, weights)
    if weights.pays_at_ask:
        dues = dues + price
    else:
        gain = gain - price
    return Points(np.array(candidates.effective, dtype=np.float64), gain, dues)


def _plain(column: Any) -> tuple[Any, ...]:
    """A column as Python's own values, whatever held it."""
    return tuple(column.tolist() if isinstance(column, np.ndarray) else column)


def _chances(name: str, column: Sequence[float]) -> tuple[float, ...]:
    rounded = tuple(round(float(each), DIGITS) for each in column)
    if not all(0 <= each <= 1 for each in rounded):
        raise Invalid(name, "out_of_range", low=0, high=1)
    return rounded
