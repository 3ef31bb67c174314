"""Pairs as the solver takes them: by need, each need's best first."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enabler.matching.arrays import Ints

Codes = NDArray[np.int32]
"""Positions or scores in four bytes: a whole country's pairs are hundreds of millions."""


@dataclass(frozen=True)
class Rows:
    """The pairs of need i are rows ``first[i] .. first[i + 1]``, shape (needs + 1,).

    ``offer``: positions; ``score``: points. Within a need the greatest score comes first, ties in
    the order of the offers, and no offer twice.
    """

    first: Ints
    offer: Codes
    score: Codes

    def __len__(self) -> int:
        return len(self.offer)
