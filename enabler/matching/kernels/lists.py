"""The rows of a market by offer: a list through them for each, which rows can join and leave."""

from typing import Any, NamedTuple

from enabler.matching.kernels.compiling import kernel
from enabler.matching.kernels.paths import Market

NOBODY = -1
"""The owner of a row that is no more, and the end of a list."""


class Columns(NamedTuple):
    """The rows of each offer: node ``head[j]``, then ``link[4 * node]`` on and on to NOBODY.

    ``link[4 * node + 1]``: the row; ``+ 2``: its need, or :data:`NOBODY` for a row that is no more;
    ``+ 3``: its score once more. Whoever goes along a list reads all four, so they lie together,
    and the nodes of an offer lie side by side (see :func:`thread_all`) but for those of rows that
    came later. ``node[row]``: a row's node.
    """

    head: Any
    link: Any
    node: Any


@kernel
def join(columns: Columns, offer: int, row: int, need: int, score: int) -> None:
    """Enter a row into its offer's list, with the node of its own number."""
    columns.node[row] = row
    write_node(columns, offer, row, row, need, score)


@kernel
def write_node(columns: Columns, offer: int, node: int, row: int, need: int, score: int) -> None:
    """Put a node at the head of its offer's list."""
    columns.link[4 * node] = columns.head[offer]
    columns.link[4 * node + 1] = row
    columns.link[4 * node + 2] = need
    columns.link[4 * node + 3] = score
    columns.head[offer] = node


@kernel
def need_of(columns: Columns, row: int) -> int:
    """The need of a row that is in a list."""
    return columns.link[4 * columns.node[row] + 2]


@kernel
def own(columns: Columns, row: int, need: int) -> None:
    """Say whose a row that is in a list is: a need's, or NOBODY's."""
    columns.link[4 * columns.node[row] + 2] = need


@kernel
def thread(market: Market, columns: Columns, need: int, first: int) -> None:
    """Enter the rows of a need, from ``first`` on, into their offers' lists."""
    for row in range(first, market.end[need]):
        join(columns, market.offer[row], row, need, market.score[row])


@kernel
def thread_all(market: Market, columns: Columns, at: Any, slots: Any) -> None:
    """Enter every row, the nodes of each offer side by side in order: memory is read ahead of
    whoever goes along them. The rows' own numbers are dealt out among them, so that each other
    number is free for a row that comes later. Two counting passes: O(rows + offers).

    ``at`` (offers + 1, zeros) and ``slots`` (as many as there are rows in all) are scratch.
    """
    rows = 0
    for need in range(len(market.begin)):
        for row in range(market.begin[need], market.end[need]):
            slots[rows] = row
            rows += 1
            at[market.offer[row]] += 1
    for offer in range(1, len(at)):
        at[offer] += at[offer - 1]
    for need in range(len(market.begin)):
        for row in range(market.begin[need], market.end[need]):
            offer = market.offer[row]
            at[offer] -= 1  # from its last place to its first, each before the one before
            node = slots[at[offer]]
            columns.node[row] = node
            write_node(columns, offer, node, row, need, market.score[row])
