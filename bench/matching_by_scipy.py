"""How many slots can be filled at all, by scipy: Hopcroft and Karp's maximum matching."""

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from bench.places import Ints
from enabler.matching.rows import Rows


def most_filled(rows: Rows, slots: Ints, capacity: Ints) -> int:
    """The size of a maximum matching in which an offer of capacity c is c columns.

    Needs of one slot each. No offer needs more columns than it has pairs.
    """
    if (slots != 1).any():
        raise ValueError("needs of several slots would need a row for each, and no pair twice")
    columns = np.minimum(capacity, np.bincount(rows.offer, minlength=len(capacity)))
    start = np.cumsum(columns) - columns
    copies = columns[rows.offer]
    owner = np.repeat(np.arange(len(rows)), copies)
    before = np.cumsum(copies) - copies
    column = start[rows.offer][owner] + np.arange(len(owner)) - before[owner]
    first = np.append(before, len(owner))[rows.first]
    graph = csr_matrix(
        (np.ones(len(column), dtype=np.int8), column.astype(np.int32), first),
        shape=(len(slots), int(columns.sum())),
    )
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
