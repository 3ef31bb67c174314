"""Teach the model of what people write: ``python -m scripts.teach`` reads the texts in
``bench/texts/taught`` and ``bench/texts/seen`` and writes ``sms/understanding/taught.npz`` and
``nearest.npz``.

The texts of each hand in ``bench/texts/seen`` are first judged by a model that never saw that hand;
how steeply scores become likelihoods is fitted on those, and what they came to is printed.
``bench/texts/sealed`` is never read here.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scripts.teaching.fitting import Floats, fit, likely, rarity, rows, share
from scripts.teaching.nearest import keep_nearest
from scripts.teaching.texts import NEWS_HAND, Labelled, listed, news, written
from sms.reading import read
from sms.understanding.grams import grams
from sms.understanding.lexicon import marks_of
from sms.understanding.taught import HEADS

FILE = Path(__file__).parents[1] / "sms" / "understanding" / "taught.npz"
FEWEST = 2
"""A gram that only one text has says nothing of others."""
OF_NEWS = 0.15
"""What a message of a disaster counts for, in how common a gram is."""
COSTS = {"intent": 1.0, "category": 0.8, "language": 2.0}
LEAST = 0.02
"""A gram all of whose weights are smaller than this part of the largest is left out."""


class Lessons:
    """Texts as rows, and which of them teach what."""

    def __init__(self, texts: Sequence[Labelled]) -> None:
        self.texts = texts
        self._grams = [grams(one.text, marks_of(read(one.text))) for one in texts]
        self.hands = np.array([one.hand for one in texts])
        counts = [1.0 if one.hand != NEWS_HAND else OF_NEWS for one in texts]
        self.places, self.rare = rarity(self._grams, counts, FEWEST)
        self.rare *= [share(gram) for gram in self.places]
        self.rows = rows(self._grams, self.places, self.rare)
        self.sides = {
            head: sorted({getattr(one, head) for one in texts} - {""}) for head in HEADS
        }  # fmt: skip

    def of(self, head: str) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """The rows that teach this head, the side of each, and how much each counts."""
        said = [(nth, getattr(one, head), one.weight) for nth, one in enumerate(self.texts)]
        known = [one for one in said if one[1]]
        return (
            np.array([nth for nth, _, _ in known]),
            np.array([self.sides[head].index(side) for _, side, _ in known]),
            np.array([weight for _, _, weight in known]),
        )  # fmt: skip

    def line(self, head: str, without: str = "") -> tuple[Floats, Floats]:
        """The lines of a head, taught without one hand."""
        at, sides, weights = self.of(head)
        kept = self.hands[at] != without
        return fit(
            self.rows[at[kept]], sides[kept], len(self.sides[head]), weights[kept], COSTS[head]
        )  # fmt: skip


def held_out(lessons: Lessons, head: str) -> tuple[Floats, NDArray[np.int64]]:
    """Each text's scores by a model that never saw its hand, and its true side."""
    at, sides, _ = lessons.of(head)
    hands = lessons.hands[at]
    scores = np.zeros((len(at), len(lessons.sides[head])))
    judged = sorted({one.hand for one in written("seen")})
    for hand in judged:
        weights, levels = lessons.line(head, without=hand)
        scores[hands == hand] = lessons.rows[at[hands == hand]] @ weights + levels
        print(".", end="", file=sys.stderr, flush=True)
    ours = np.isin(hands, judged)
    return scores[ours], sides[ours]


def main() -> int:
    """Teach it, say how well it did, keep it."""
    lessons = Lessons([*written("taught", "seen"), *listed(), *news()])
    lines, steep = {}, {}
    for head in HEADS:
        scores, sides = held_out(lessons, head)
        right = float(np.mean(scores.argmax(axis=1) == sides))
        steep[head] = likely(scores, sides)
        lines[head] = lessons.line(head)
        print(f" {head}: {right:.3f} right by hands never seen, of {len(sides)}; "
              f"likelihoods at {steep[head]:.2f}", flush=True)  # fmt: skip
    _keep(lessons, lines, steep)
    keep_nearest(written("taught", "seen"))
    return 0


def _keep(
    lessons: Lessons, lines: Mapping[str, tuple[Floats, Floats]], steep: dict[str, float]
) -> None:
    """As whole numbers of one byte, by the largest weight of each side."""
    weights = np.hstack([lines[head][0] for head in HEADS])
    levels = np.concatenate([lines[head][1] for head in HEADS])
    scale = np.abs(weights).max(axis=0) / 127
    kept = (np.abs(weights) > LEAST * np.abs(weights).max(axis=0)).any(axis=1)
    names = np.array(sorted(lessons.places, key=lessons.places.__getitem__), dtype=object)[kept]
    np.savez_compressed(
        FILE,
        grams=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        rarity=lessons.rare[kept].astype(np.float16),
        weights=np.round(weights[kept] / scale).astype(np.int8),
        scale=scale.astype(np.float32), levels=levels.astype(np.float32),
        **{f"sides_{head}": np.array(lessons.sides[head]) for head in HEADS},
        **{f"likely_{head}": np.float32(steep[head]) for head in HEADS},
    )  # fmt: skip
    print(f"{len(names)} of {len(kept)} grams, {FILE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    sys.exit(main())
