"""Rows that move: a need whose row grows is written anew at the end of the pool."""

from typing import Any

from enabler.matching.kernels.compiling import kernel
from enabler.matching.kernels.lists import NOBODY, Columns, join, own
from enabler.matching.kernels.paths import Market


@kernel
def move_row(market: Market, columns: Columns, row: int, to: int, need: int) -> None:
    """Write one row again elsewhere; the old one is no more."""
    offer = market.offer[row]
    market.offer[to] = offer
    market.score[to] = market.score[row]
    market.chosen[to] = market.chosen[row]
    if market.chosen[row]:
        at = market.place_begin[offer]
        while market.taken[at] != row:
            at += 1
        market.taken[at] = to
        market.chosen[row] = 0
    own(columns, row, NOBODY)
    join(columns, offer, to, need, market.score[row])


@kernel
def write_pair(
    market: Market, columns: Columns, need: int, offer: int, score: int, row: int
) -> None:
    """Write a pair that is not chosen into a free row."""
    market.offer[row] = offer
    market.score[row] = score
    market.chosen[row] = 0
    join(columns, offer, row, need, score)


@kernel
def add_pair(market: Market, columns: Columns, need: int, offer: int, score: int, free: int) -> int:
    """Give a need one more pair, in its place by score; the first row that is free after it."""
    to = free
    added = False
    for row in range(market.begin[need], market.end[need]):
        if not added and market.score[row] < score:
            write_pair(market, columns, need, offer, score, to)
            added = True
            to += 1
        move_row(market, columns, row, to, need)
        to += 1
    if not added:
        write_pair(market, columns, need, offer, score, to)
        to += 1
    market.begin[need] = free
    market.end[need] = to
    return to


@kernel
def add_pairs(
    market: Market, columns: Columns, offer: int, needs: Any, scores: Any, free: int
) -> int:
    """Give needs one more pair each, with one offer; the first row that is free after them."""
    for k in range(len(needs)):
        free = add_pair(market, columns, needs[k], offer, scores[k], free)
    return free
