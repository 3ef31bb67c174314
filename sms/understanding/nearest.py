"""Whether a text is more like the taught texts of danger than like all others: who never saw *nan
went out at nine in her nightie* may have seen one that is much like it.

The nearest neighbours by the cosine of words and pairs of words (Cover and Hart 1967, *Nearest
Neighbor Pattern Classification*), those of danger beside those of anything else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sms.understanding.taught import Floats

_FILE = Path(__file__).with_name("nearest.npz")
NEIGHBOURS = 3
"""So many of either side are looked at; one alone may be an oddity."""


@dataclass(frozen=True)
class Nearest:
    """``places``: the number of each gram; ``rarity``: what it counts for; ``starts``: where its
    texts begin in ``texts``, which are numbers of texts; ``shares``: what the gram is of each, a
    text being 1 long; ``dangerous``: whether a text is one of danger."""

    places: Mapping[str, int]
    rarity: Floats
    starts: NDArray[np.int64]
    texts: NDArray[np.int64]
    shares: Floats
    dangerous: NDArray[np.bool_]

    def leads(self, grams: Iterable[str]) -> float:
        """By how much the likeliest of danger are more alike than the likeliest others, -1 to 1."""
        rows = sorted(place for gram in grams if (place := self.places.get(gram)) is not None)
        counts = self.rarity[rows]
        size = float(np.sqrt(counts @ counts)) or 1.0
        alike = np.zeros(len(self.dangerous), dtype=np.float32)
        for row, count in zip(rows, counts / size, strict=True):
            those = slice(self.starts[row], self.starts[row + 1])
            alike[self.texts[those]] += count * self.shares[those]
        return _most(alike[self.dangerous]) - _most(alike[~self.dangerous])


def _most(alike: Floats) -> float:
    return float(np.partition(alike, -NEIGHBOURS)[-NEIGHBOURS:].mean())


@cache
def nearest() -> Nearest:
    """The texts that are shipped as numbers, read once."""
    with np.load(_FILE, allow_pickle=False) as kept:
        names = bytes(kept["grams"]).decode("utf-8").split("\n")
        rarity, times = kept["rarity"].astype(np.float32), kept["times"].astype(np.int64)
        texts, dangerous = kept["texts"].astype(np.int64), kept["dangerous"]
    shares = np.repeat(rarity, times)
    sizes = np.sqrt(np.bincount(texts, weights=shares * shares, minlength=len(dangerous)))
    return Nearest(
        places={gram: nth for nth, gram in enumerate(names)},
        rarity=rarity,
        starts=np.concatenate([[0], np.cumsum(times)]),
        texts=texts,
        shares=(shares / sizes[texts]).astype(np.float32),
        dangerous=dangerous,
    )
