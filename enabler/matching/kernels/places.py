"""The other way round: a place has become free, or an offer is new (see :mod:`.paths` for (*)).

Here the search leaves offers over all pairs that they could have, so it needs them by offer: see
:mod:`.lists`.
"""

from enabler.matching.kernels.compiling import kernel
from enabler.matching.kernels.heap import DONE, UNSEEN, put, take
from enabler.matching.kernels.lists import NOBODY, Columns, need_of, own
from enabler.matching.kernels.paths import (
    Market,
    cost_of,
    fill_need,
    note,
    reprice,
    settle_need_price,
)


@kernel
def leave_filled_need(
    market: Market, need: int, distance: int, size: int, found: int, best: int, end: int
) -> tuple[int, int, int, int]:
    """From a need that has a pair too many: give one up, and a place of its offer with it."""
    needs = len(market.begin)
    left = market.filled[need]
    row = market.begin[need]
    while left > 0:
        if market.chosen[row]:
            left -= 1
            offer = market.offer[row]
            node = needs + offer
            value = market.worth[need] + market.score[row]
            price = market.offer_price[offer]
            reached = distance + value - market.need_price[need] - price
            if reached < best and (market.place[node] == UNSEEN or reached < market.distance[node]):
                found = note(market, found, node, reached, row)
                left_over = price - cost_of(market.further, market.used[offer] - 1)
                if reached + left_over < best:
                    best, end = reached + left_over, node
                if reached < best:
                    size = put(market.heap, market.place, market.distance, size, node)
        row += 1
    return size, found, best, end


@kernel
def leave_place(
    market: Market, columns: Columns, offer: int, distance: int, size: int, found: int,
    best: int, end: int,
) -> tuple[int, int, int, int]:  # fmt: skip
    """From an offer with a free place: take one of the pairs that it could have."""
    level = distance + market.offer_price[offer]
    node = columns.head[offer]
    while node != NOBODY:
        need = columns.link[4 * node + 2]
        if need != NOBODY:
            row = columns.link[4 * node + 1]
            value = market.worth[need] + columns.link[4 * node + 3]
            reached = level + market.need_price[need] - value
            # Few come so far: whether it is chosen is seldom asked.
            if (
                reached < best
                and not market.chosen[row]
                and (market.place[need] == UNSEEN or reached < market.distance[need])
            ):
                found = note(market, found, need, reached, row)
                if market.filled[need] < market.slots[need]:
                    best, end = reached, need
                elif reached == distance and market.place[need] == DONE:
                    size, found, best, end = leave_filled_need(
                        market, need, reached, size, found, best, end
                    )
                else:
                    size = put(market.heap, market.place, market.distance, size, need)
        node = columns.link[4 * node]
    return size, found, best, end


@kernel
def swap_taken(market: Market, offer: int, row: int, by: int, given_up: int) -> None:
    """Let an offer take a row (of need ``by``) in the place of another, or of none (NOBODY)."""
    first = market.place_begin[offer]
    at = first
    if given_up == NOBODY:
        at = first + market.used[offer]
        market.used[offer] += 1
    else:
        while market.taken[at] != given_up:
            at += 1
        market.chosen[given_up] = 0
    market.taken[at] = row
    market.taken_by[at] = by
    market.chosen[row] = 1


@kernel
def let_go(market: Market, row: int) -> int:
    """Take a chosen row out of its offer's places; its offer. The need's count is the caller's."""
    offer = market.offer[row]
    at = market.place_begin[offer]
    while market.taken[at] != row:
        at += 1
    market.used[offer] -= 1
    last = market.place_begin[offer] + market.used[offer]
    market.taken[at] = market.taken[last]
    market.taken_by[at] = market.taken_by[last]
    market.chosen[row] = 0
    return offer


@kernel
def shift_back(market: Market, columns: Columns, source: int, end: int) -> None:
    """Walk a place's path back to its offer: take what it took, give up what it gave up."""
    needs = len(market.begin)
    if end == needs + source:
        return
    need = end
    if end >= needs:
        given_up = market.via[end]
        need = need_of(columns, given_up)
        let_go(market, given_up)
    else:
        market.filled[need] += 1
    while True:
        row = market.via[need]
        offer = market.offer[row]
        if offer == source:
            swap_taken(market, offer, row, need, NOBODY)
            return
        given_up = market.via[needs + offer]
        swap_taken(market, offer, row, need, given_up)
        need = need_of(columns, given_up)


@kernel
def fill_place(market: Market, columns: Columns, source: int) -> None:
    """Give a free place of an offer to whom it is worth most, or lower its price to nothing."""
    needs = len(market.begin)
    best = market.offer_price[source] - cost_of(market.further, market.used[source])
    if best <= 0:
        return
    end = needs + source
    found = note(market, 0, needs + source, best * 0, NOBODY)
    size = 0
    size, found, best, end = leave_place(market, columns, source, best * 0, size, found, best, end)
    while size > 0:
        node = market.heap[0]
        distance = market.distance[node]
        if distance >= best:
            break
        take(market.heap, market.place, market.distance, size)
        size -= 1
        if node < needs:
            size, found, best, end = leave_filled_need(
                market, node, distance, size, found, best, end
            )
        else:
            size, found, best, end = leave_place(
                market, columns, node - needs, distance, size, found, best, end
            )
    reprice(market, found, best, -1)
    shift_back(market, columns, source, end)


@kernel
def fill_offer(market: Market, columns: Columns, offer: int) -> None:
    """Fill the free places of an offer as long as its price asks for it."""
    while market.used[offer] < market.capacity[offer] and market.offer_price[offer] > cost_of(
        market.further, market.used[offer]
    ):
        fill_place(market, columns, offer)


@kernel
def price_offer(market: Market, columns: Columns, offer: int) -> None:
    """Price an offer that has nothing yet: the least that (*) allows."""
    price = market.offer_price[offer] * 0
    node = columns.head[offer]
    while node != NOBODY:
        need = columns.link[4 * node + 2]
        if need != NOBODY:
            net = market.worth[need] + columns.link[4 * node + 3] - market.need_price[need]
            if net > price:
                price = net
        node = columns.link[4 * node]
    market.offer_price[offer] = price


@kernel
def release(market: Market, columns: Columns, need: int) -> None:
    """Take everything from a need, unseen; its places go to whom they are worth most."""
    for row in range(market.begin[need], market.end[need]):
        own(columns, row, NOBODY)
    for row in range(market.begin[need], market.end[need]):
        if market.chosen[row]:
            market.filled[need] -= 1
            fill_place(market, columns, let_go(market, row))


@kernel
def withdraw_need(market: Market, columns: Columns, need: int) -> None:
    """A need is no more."""
    market.slots[need] = 0
    release(market, columns, need)
    market.end[need] = market.begin[need]
    market.need_price[need] = 0


@kernel
def enter_offer(market: Market, columns: Columns, offer: int) -> None:
    """An offer is new, its rows are threaded: price it and fill its places."""
    price_offer(market, columns, offer)
    fill_offer(market, columns, offer)


@kernel
def shrink_offer(market: Market, offer: int, capacity: int) -> None:
    """An offer has fewer places: those let go are the needs' that find another way most easily."""
    market.capacity[offer] = capacity
    while market.used[offer] > capacity:
        first = market.place_begin[offer]
        let, need, least = NOBODY, NOBODY, market.offer_price[offer] * 0
        for k in range(first, first + market.used[offer]):
            by = market.taken_by[k]
            margin = market.worth[by] + market.score[market.taken[k]] - market.need_price[by]
            if let == NOBODY or margin < least:
                let, need, least = market.taken[k], by, margin
        market.offer_price[offer] = least
        let_go(market, let)
        market.filled[need] -= 1
        fill_need(market, need)


@kernel
def shrink_need(market: Market, columns: Columns, need: int, slots: int) -> None:
    """A need wants fewer helpers: its open slots go first, then those that it has least from."""
    market.slots[need] = max(slots, market.filled[need])
    while market.filled[need] > slots:
        settle_need_price(market, need)
        let, least = NOBODY, market.need_price[need]
        for row in range(market.begin[need], market.end[need]):
            if market.chosen[row]:
                value = market.worth[need] + market.score[row]
                if value - market.offer_price[market.offer[row]] == least:
                    let = row
        market.slots[need] -= 1
        market.filled[need] -= 1
        fill_place(market, columns, let_go(market, let))
