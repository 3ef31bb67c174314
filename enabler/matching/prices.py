"""The least prices of offers that prove an optimum, and the needs' prices that go with them.

Many prices prove the same optimum; those of the offers form a lattice, and its least member says
exactly what one more unit of an offer's capacity would add (the right-hand derivative of the
optimum). It depends on the problem alone, not on how the optimum was found.

Source: Shapley & Shubik, *The assignment game I: the core*, Int. J. Game Theory 1 (1971).
"""

from heapq import heapify, heappop, heappush

from enabler.matching.flow import Flow


def lower(flow: Flow) -> None:
    """Lower the prices of a finished flow to the least, and set the needs' prices to match.

    p_j falls by the shortest way, measured as in :mod:`enabler.matching.flow`, on which a unit
    of j's capacity could be gained: from an open slot, or from an offer whose place is given
    back at its own price. One Dijkstra search over the pairs dearer than their need's price.
    """
    distance = {flow.needs + j: price for j, price in enumerate(flow.offer_price)}
    distance.update({i: 0 for i in range(flow.needs) if flow.open[i]})
    heap = [(far, node) for node, far in distance.items()]
    heapify(heap)
    while heap:
        far, node = heappop(heap)
        if far == distance[node]:
            steps = (
                _from_need(flow, node, far) if node < flow.needs else _from_offer(flow, node, far)
            )
            for reached, to in steps:
                if reached < distance.get(to, reached + 1):
                    distance[to] = reached
                    heappush(heap, (reached, to))
    for j in range(flow.offers):
        flow.offer_price[j] -= distance[flow.needs + j]
    for i in range(flow.needs):
        flow.need_price[i] = _need_price(flow, i)


def _from_need(flow: Flow, i: int, far: int) -> list[tuple[int, int]]:
    steps: list[tuple[int, int]] = []
    level = far + flow.need_price[i]
    for e in range(flow.row[i], flow.row[i + 1]):
        if flow.value[e] <= level:
            break  # such a pair leads to its offer no nearer than the offer's own price
        if not flow.chosen[e]:
            j = flow.offer[e]
            steps.append((level - flow.value[e] + flow.offer_price[j], flow.needs + j))
    return steps


def _from_offer(flow: Flow, node: int, far: int) -> list[tuple[int, int]]:
    j = node - flow.needs
    level = far - flow.offer_price[j]
    return [
        (level + flow.value[e] - flow.need_price[flow.need[e]], flow.need[e]) for e in flow.taken[j]
    ]


def _need_price(flow: Flow, i: int) -> int:
    """What the worst filled slot of need i is worth after its offer's price; 0 with an open slot.

    A need that wants no slots is priced at what one would be worth.
    """
    if flow.open[i]:
        return 0
    pairs = range(flow.row[i], flow.row[i + 1])
    net = {e: flow.value[e] - flow.offer_price[flow.offer[e]] for e in pairs}
    kept = [net[e] for e in pairs if flow.chosen[e]]
    return min(kept) if kept else max(0, max(net.values(), default=0))
