"""The weights of the model, as ``scripts.teach`` left them: a straight line for each thing that a
text can mean, over the grams it is made of (linear support vectors, each against the rest;
Joachims 1998, *Text Categorization with Support Vector Machines*).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FILE = Path(__file__).with_name("taught.npz")
HEADS = ("intent", "category", "language")
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Taught:
    """``places``: the row of each gram; ``rarity``: what a gram counts for by how rare it is;
    ``weights``: a column for each side of each head, in parts of ``scale``; ``levels`` what each
    begins with; ``sides``:
    their names by head; ``likely``: by head how a lead in the scores becomes a likelihood."""

    places: Mapping[str, int]
    rarity: Floats
    weights: NDArray[np.int8]
    scale: Floats
    levels: Floats
    sides: Mapping[str, tuple[str, ...]]
    likely: Mapping[str, float]

    def scores(self, grams: Iterable[str]) -> dict[str, Floats]:
        """For each head a score for each of its sides: positive speaks for it."""
        rows = [place for gram in grams if (place := self.places.get(gram)) is not None]
        counts = self.rarity[rows]
        size = float(np.sqrt(counts @ counts)) or 1.0
        found = self.levels
        if rows:
            found = (counts / size) @ self.weights[rows].astype(np.float32) * self.scale + found
        return dict(zip(self.sides, np.split(found, self._cuts()), strict=True))

    def likelihoods(self, head: str, scores: Floats) -> Floats:
        """How likely each side is, by a softmax of the scores (Guo et al. 2017, temperature
        scaling)."""
        leads = self.likely[head] * (scores - scores.max())
        shares = np.exp(leads)
        return np.asarray(shares / shares.sum(), dtype=np.float32)

    def _cuts(self) -> list[int]:
        ends = np.cumsum([len(names) for names in self.sides.values()])
        return [int(end) for end in ends[:-1]]


@cache
def taught() -> Taught:
    """The model that is shipped, read once."""
    with np.load(_FILE, allow_pickle=False) as kept:
        grams = bytes(kept["grams"]).decode("utf-8").split("\n")
        sides = {head: tuple(map(str, kept[f"sides_{head}"])) for head in HEADS}
        return Taught(
            places={gram: nth for nth, gram in enumerate(grams)},
            rarity=kept["rarity"].astype(np.float32),
            weights=kept["weights"],
            scale=kept["scale"].astype(np.float32),
            levels=kept["levels"].astype(np.float32),
            sides=sides,
            likely={head: float(kept[f"likely_{head}"]) for head in HEADS},
        )
