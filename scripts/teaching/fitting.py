"""Straight lines through texts: support vectors with a squared hinge (Fan et al. 2008, LIBLINEAR),
each found by
dual coordinate descent."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix

from sms.understanding.grams import MARK, PIECE

Floats = NDArray[np.float64]
MOST_ROUNDS, NEAR = 40, 0.02
LEVEL = 1.0
OF_A_PIECE, OF_A_MARK = 0.6, 1.5
"""What a piece of a word counts for, of which there are many, and what a word list found, beside
a word."""


def rarity(
    texts: Sequence[Collection[str]], counts: Sequence[float], fewest: float
) -> tuple[dict[str, int], Floats]:
    """The grams that are met in so many texts, each with its row, and what each counts for by how
    rare it is (Sparck Jones 1972). ``counts``: how much each text counts."""
    met: dict[str, float] = defaultdict(float)
    for grams, count in zip(texts, counts, strict=True):
        for gram in grams:
            met[gram] += count
    kept = sorted(gram for gram, times in met.items() if times >= fewest)
    times = np.array([met[gram] for gram in kept], dtype=float)
    return {gram: nth for nth, gram in enumerate(kept)}, np.log((1 + sum(counts)) / (1 + times)) + 1


def share(gram: str) -> float:
    """What a gram counts for by what it is."""
    if gram.startswith(PIECE):
        return OF_A_PIECE
    return OF_A_MARK if gram.startswith(MARK) else 1.0


def rows(texts: Sequence[Collection[str]], places: Mapping[str, int], rare: Floats) -> csr_matrix:
    """A row of length 1 for each text, a column for each gram."""
    indices, starts, values = [], [0], []
    for grams in texts:
        mine = sorted(places[gram] for gram in grams if gram in places)
        counts = rare[mine]
        values.append(counts / (np.sqrt(counts @ counts) or 1.0))
        indices.append(np.array(mine, dtype=np.int32))
        starts.append(starts[-1] + len(mine))
    return csr_matrix(
        (np.concatenate(values), np.concatenate(indices), starts), shape=(len(texts), len(places))
    )  # fmt: skip


def fit(
    seen: csr_matrix, sides: NDArray[np.int64], count: int, weights: Floats, cost: float
) -> tuple[Floats, Floats]:
    """Weights (grams by sides) and levels that tell ``count`` sides apart, each from all others.
    ``sides``: of each row its side; ``weights``: how much each row counts; ``cost``: of a text on
    the wrong side."""
    rounds = np.tile(np.arange(seen.shape[0]), (MOST_ROUNDS, 1))
    lines = [
        _line(
            seen.indptr, seen.indices, seen.data, seen.shape[1],
            np.where(sides == side, 1.0, -1.0), cost * weights,
            np.random.default_rng(side).permuted(rounds, axis=1),
        )
        for side in range(count)
    ]  # fmt: skip
    return np.array([line[:-1] for line in lines]).T, np.array([line[-1] for line in lines]) * LEVEL


@njit(cache=True)
def _line(
    starts: NDArray[np.int32], columns: NDArray[np.int32], values: Floats, grams: int,
    signs: Floats, costs: Floats, turns: NDArray[np.int64],
) -> Floats:  # fmt: skip
    """One line, by dual coordinate descent (Hsieh et al. 2008, algorithm 1): its weights, and last
    what a gram of ``LEVEL`` that every text has would weigh."""
    line, duals = np.zeros(grams + 1), np.zeros(len(signs))
    for turn in turns:
        furthest = 0.0
        for row in turn:
            score = line[grams] * LEVEL
            size = LEVEL * LEVEL
            for at in range(starts[row], starts[row + 1]):
                score += line[columns[at]] * values[at]
                size += values[at] * values[at]
            slack = 0.5 / costs[row]
            slope = signs[row] * score - 1 + slack * duals[row]
            if duals[row] > 0 or slope < 0:
                furthest = max(furthest, abs(slope))
                dual = max(duals[row] - slope / (size + slack), 0.0)
                step = (dual - duals[row]) * signs[row]
                duals[row] = dual
                line[grams] += step * LEVEL
                for at in range(starts[row], starts[row + 1]):
                    line[columns[at]] += step * values[at]
        if furthest < NEAR:
            break
    return line


def likely(scores: Floats, sides: NDArray[np.int64]) -> float:
    """How steeply a lead in the scores becomes a likelihood, so that what is said at 0.8 is right
    eight times in ten (Guo et al. 2017)."""
    leads = scores - scores.max(axis=1, keepdims=True)
    at = np.arange(len(sides))

    def surprise(steep: float) -> float:
        odds = steep * leads
        return float(np.mean(np.log(np.exp(odds).sum(axis=1)) - odds[at, sides]))

    return float(minimize_scalar(surprise, bounds=(0.2, 20), method="bounded").x)
