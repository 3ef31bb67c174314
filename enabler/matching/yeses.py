"""How many yeses asks bring: the chances of each number, exactly.

Asks are answered independently, each with its own chance, so that the number of yeses N is
Poisson-binomial. Its distribution is built one ask at a time,

    P'(k) = P(k) (1 - e) + P(k - 1) e,

the direct convolution of Biscarri, Zhao & Brunner (*A simple and fast method for computing the
Poisson binomial distribution*, Computational Statistics and Data Analysis 2018). Only k below the
number R of wanted helpers is kept: all that is asked is whether R are reached.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Yeses:
    """What asks may bring for R wanted helpers.

    ``fewer``: P(N = k) for k = 0..R-1. ``expected``: E[N], the sum of the chances.
    """

    fewer: tuple[float, ...]
    expected: float

    @property
    def short(self) -> float:
        """P(N < R): that a further yes would still be of use. 0 where nobody is wanted."""
        return min(1.0, sum(self.fewer))

    @property
    def likely(self) -> float:
        """P(N >= R): that every slot gets its yes."""
        return 1.0 - self.short

    @property
    def filled(self) -> float:
        """E[min(N, R)]: slots that get a yes."""
        below = sum(k * chance for k, chance in enumerate(self.fewer))
        return below + len(self.fewer) * self.likely

    @property
    def spare(self) -> float:
        """E[max(N - R, 0)]: yeses that find every slot taken."""
        return max(0.0, self.expected - self.filled)

    def and_one(self, chance: float) -> "Yeses":
        """The same with one more ask. Time: O(R)."""
        before = (0.0, *self.fewer)
        fewer = tuple(
            stays * (1.0 - chance) + rises * chance
            for rises, stays in zip(before, self.fewer, strict=False)
        )
        return Yeses(fewer, self.expected + chance)


def yeses(chances: Iterable[float], wanted: int) -> Yeses:
    """Of asks with these chances (0..1), where so many helpers are wanted (0 or more)."""
    found = Yeses((1.0, *(0.0,) * (wanted - 1)) if wanted else (), 0.0)
    for chance in chances:
        found = found.and_one(chance)
    return found


def still_to_come(chance: float, by_now: float, in_time: float) -> float:
    """The chance that somebody who has not answered yet says yes in time.

    ``chance``: that they ever do (with attention, without time); ``by_now``, ``in_time``: the share
    of yeses that come within the time that has gone, and within all there is (0..1, from the answer
    curve). Bayes' rule on a mixture of those who will say yes and those who never answer so
    (Farewell, *The use of mixture models for the analysis of survival data with long-term
    survivors*, Biometrics 38, 1982): ``p (F(T) - F(t)) / (1 - p F(t))``.
    """
    silent = 1.0 - chance * by_now
    if silent <= 0.0:
        return 0.0
    return chance * max(0.0, in_time - by_now) / silent
