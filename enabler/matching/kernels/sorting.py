"""Pairs in any order into rows: by need, each need's best first, each pair once."""

from typing import Any

import numpy as np

from enabler.matching.kernels.compiling import allocating

SCORE_SPAN = 2**31
"""Scores are smaller than this in size, offers' positions too."""


@allocating
def sort_into_rows(need: Any, offer: Any, score: Any, offers: int, first: Any) -> Any:
    """The given rows in order of (need, score descending, offer), the worse of a pair left out.

    Fills ``first`` (shape needs + 1) with where each need's rows begin. A counting sort by need,
    then each need's own: O(n log(longest row)).
    """
    needs = len(first) - 1
    begin = np.zeros(needs + 1, np.int64)
    for i in need:
        begin[i + 1] += 1
    for i in range(needs):
        begin[i + 1] += begin[i]
    at = begin.copy()
    by_need = np.empty(len(need), np.int64)
    for row in range(len(need)):
        by_need[at[need[row]]] = row
        at[need[row]] += 1
    seen = np.full(offers, -1, np.int64)
    order = np.empty(len(need), np.int64)
    kept = 0
    for i in range(needs):
        own = by_need[begin[i] : begin[i + 1]]
        key = np.empty(len(own), np.int64)
        for k in range(len(own)):
            key[k] = (SCORE_SPAN - score[own[k]]) * SCORE_SPAN + offer[own[k]]
        for k in np.argsort(key):
            if seen[offer[own[k]]] != i:
                seen[offer[own[k]]] = i
                order[kept] = own[k]
                kept += 1
        first[i + 1] = kept
    return order[:kept]
