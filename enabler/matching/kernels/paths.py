"""Shortest paths with prices: one more slot filled, one more place given, always at an optimum.

Needs i want s_i slots, offers j have c_j places, a pair e = (i, j) may be chosen once and has a
value v_e = worth_i + score_e. The k-th further match of one offer costs t_k = f k (k + 1) / 2 (f
points; k = 0 for its first match): convex, so the problem stays a flow (Ahuja, Magnanti & Orlin,
*Network Flows*, 1993, ch. 14). The best choice has the greatest sum of values less these costs.

Kept throughout are prices u_i of a need's slot and p_j of an offer's place such that, with n_j
places taken,

    u_i >= 0, and u_i = 0 while a slot of i is open;
    p_j >= t_k for each match k < n_j it has, and p_j <= t_(n_j) while it has a place to spare;
    u_i + p_j >= v_e for pairs not chosen, u_i + p_j <= v_e for chosen pairs                (*)

which by linear-programming duality is the mark of an optimum of what was asked so far. **One more
slot** (:func:`fill_slot`) goes along the shortest path, measured by how far (*) is from being
tight, from its need over pairs to take and pairs to give up, to a spare place or to a slot that is
better left open. **One place more** (:func:`fill_place`) goes the other way. Prices of all that is
nearer than the path's end then fall and rise so that (*) holds again.

Sources: Jonker & Volgenant, *A shortest augmenting path algorithm for dense and sparse linear
assignment problems*, Computing 38 (1987); Network Flows §9.7. One Dijkstra search each,
O(q log q) in the q pairs that it sees: where supply is plentiful, the pairs of one need.

Numbers are int64, or Python's whole numbers (arrays of objects, uncompiled) where those could
overflow. Nodes are needs 0.., then offers needs.. .
"""

from typing import Any, NamedTuple

from enabler.matching.kernels.compiling import kernel
from enabler.matching.kernels.heap import DONE, UNSEEN, put, take


class Market(NamedTuple):
    """Needs, offers, their pairs, what is chosen and the prices; changed in place.

    The pairs of need i are rows ``begin[i] .. end[i]`` of ``offer`` and ``score``, best first.
    ``taken[place_begin[j] + k]``, k < ``used[j]``: the row of offer j's k-th chosen pair;
    ``taken_by``: its need. ``further``: f. Columns by need: ``begin, end, worth, slots, filled,
    need_price``; by offer: ``place_begin, used, capacity, offer_price``; by row: ``offer, score,
    chosen``. ``distance, via, via_need, place, heap, seen``: room for one search, by node.
    """

    begin: Any
    end: Any
    worth: Any
    slots: Any
    filled: Any
    need_price: Any
    place_begin: Any
    used: Any
    capacity: Any
    offer_price: Any
    taken: Any
    taken_by: Any
    offer: Any
    score: Any
    chosen: Any
    distance: Any
    via: Any
    via_need: Any
    place: Any
    heap: Any
    seen: Any
    further: int


@kernel
def cost_of(further: int, already: int) -> int:
    """What one more match costs an offer that has so many already, in points."""
    return further * (already * (already + 1) // 2)


@kernel
def best_net(market: Market, need: int) -> int:
    """What the best pair of a need is worth after its offer's price, at least 0."""
    best = market.worth[need] * 0
    for row in range(market.begin[need], market.end[need]):
        value = market.worth[need] + market.score[row]
        if value <= best:
            break
        net = value - market.offer_price[market.offer[row]]
        if net > best:
            best = net
    return best


@kernel
def note(market: Market, found: int, node: int, distance: int, row: int) -> int:
    """Write down the way to a node; how many nodes have been seen."""
    if market.place[node] == UNSEEN:
        market.place[node] = DONE
        market.seen[found] = node
        found += 1
    market.distance[node] = distance
    market.via[node] = row
    return found


@kernel
def reach_offer(
    market: Market, need: int, row: int, reached: int, size: int, found: int, best: int, end: int
) -> tuple[int, int, int, int]:
    """Come to an offer by taking a pair: the path may end in a place that it has to spare."""
    offer = market.offer[row]
    node = len(market.begin) + offer
    if market.place[node] != UNSEEN and market.distance[node] <= reached:
        return size, found, best, end
    found = note(market, found, node, reached, row)
    market.via_need[offer] = need
    if market.used[offer] < market.capacity[offer]:
        spare = cost_of(market.further, market.used[offer]) - market.offer_price[offer]
        if reached + spare < best:
            best, end = reached + spare, node
    if reached < best:
        size = put(market.heap, market.place, market.distance, size, node)
    return size, found, best, end


@kernel
def leave_need(
    market: Market, need: int, distance: int, size: int, found: int, best: int, end: int
) -> tuple[int, int, int, int]:
    """From a need with a slot to fill: leave it open, or take another pair."""
    level = distance + market.need_price[need]
    if level < best:
        best, end = level, need
    for row in range(market.begin[need], market.end[need]):
        bare = level - (market.worth[need] + market.score[row])
        if bare >= best:
            break  # the pairs that follow are worth less, and no price is below 0
        reached = bare + market.offer_price[market.offer[row]]
        if reached < best and not market.chosen[row]:
            size, found, best, end = reach_offer(market, need, row, reached, size, found, best, end)
    return size, found, best, end


@kernel
def leave_offer(
    market: Market, offer: int, distance: int, size: int, found: int, best: int, end: int
) -> tuple[int, int, int, int]:
    """From an offer that has a pair too many: give up one of those that fill it."""
    level = distance - market.offer_price[offer]
    first = market.place_begin[offer]
    for k in range(first, first + market.used[offer]):
        row = market.taken[k]
        need = market.taken_by[k]
        reached = level + market.worth[need] + market.score[row] - market.need_price[need]
        if reached >= best or (market.place[need] != UNSEEN and market.distance[need] <= reached):
            continue
        found = note(market, found, need, reached, row)
        if reached == distance and market.place[need] == DONE:
            # Nothing can be nearer: no turn in the heap (where it must not change unmoved).
            size, found, best, end = leave_need(market, need, reached, size, found, best, end)
        else:
            size = put(market.heap, market.place, market.distance, size, need)
    return size, found, best, end


@kernel
def shift(market: Market, source: int, end: int) -> None:
    """Walk a slot's path back to its need: choose what it took, give up what it gave up."""
    needs = len(market.begin)
    node = end
    if node >= needs:
        offer = node - needs
        row = market.via[node]
        at = market.place_begin[offer] + market.used[offer]
        market.taken[at] = row
        market.taken_by[at] = market.via_need[offer]
        market.chosen[row] = 1
        market.used[offer] += 1
        node = market.via_need[offer]
    else:
        market.filled[node] -= 1
    while node != source:
        given_up = market.via[node]
        market.chosen[given_up] = 0
        offer = market.offer[given_up]
        at = market.place_begin[offer]
        while market.taken[at] != given_up:
            at += 1
        row = market.via[needs + offer]
        market.taken[at] = row
        market.taken_by[at] = market.via_need[offer]
        market.chosen[row] = 1
        node = market.via_need[offer]
    market.filled[source] += 1


@kernel
def reprice(market: Market, found: int, best: int, sign: int) -> None:
    """Move the prices of all that lies nearer than the path's end, and forget the search."""
    needs = len(market.begin)
    for k in range(found):
        node = market.seen[k]
        market.place[node] = UNSEEN
        nearer = best - market.distance[node]
        if nearer > 0:
            if node < needs:
                market.need_price[node] -= sign * nearer
            else:
                market.offer_price[node - needs] += sign * nearer


@kernel
def fill_slot(market: Market, source: int) -> None:
    """Fill one more slot of a need, if that is better than to leave it open."""
    needs = len(market.begin)
    best = market.need_price[source]
    end = source
    found = note(market, 0, source, best * 0, -1)
    size = 0
    size, found, best, end = leave_need(market, source, best * 0, size, found, best, end)
    while size > 0:
        node = market.heap[0]
        distance = market.distance[node]
        if distance >= best:
            break
        take(market.heap, market.place, market.distance, size)
        size -= 1
        if node < needs:
            size, found, best, end = leave_need(market, node, distance, size, found, best, end)
        else:
            size, found, best, end = leave_offer(
                market, node - needs, distance, size, found, best, end
            )
    reprice(market, found, best, 1)
    shift(market, source, end)


@kernel
def fill_need(market: Market, need: int) -> None:
    """Fill the open slots of a need whose price holds, as long as that is better than not."""
    while market.filled[need] < market.slots[need]:
        before = market.filled[need]
        fill_slot(market, need)
        if market.filled[need] == before:
            break  # once a slot is better left open, so are the others


@kernel
def fill_needs(market: Market, order: Any) -> None:
    """Fill needs that have nothing yet, in this order."""
    for need in order:
        if market.slots[need] > 0:
            market.need_price[need] = best_net(market, need)
            fill_need(market, need)


@kernel
def settle_need_price(market: Market, need: int) -> None:
    """Set u_i as high as (*) lets it be: the net worth of the need's worst filled slot.

    So a chosen pair of a need of one slot meets its prices exactly. 0 with an open slot; a need
    that wants no slots is priced at what one would be worth.
    """
    if market.filled[need] < market.slots[need]:
        market.need_price[need] = market.worth[need] * 0
        return
    if market.slots[need] == 0:
        market.need_price[need] = best_net(market, need)
        return
    left = market.filled[need]
    least = market.worth[need] * 0
    first = True
    for row in range(market.begin[need], market.end[need]):
        if market.chosen[row]:
            net = market.worth[need] + market.score[row] - market.offer_price[market.offer[row]]
            if first or net < least:
                least, first = net, False
            left -= 1
            if left == 0:
                break
    market.need_price[need] = least


@kernel
def settle_need_prices(market: Market) -> None:
    """Settle every need's price."""
    for need in range(len(market.begin)):
        settle_need_price(market, need)
