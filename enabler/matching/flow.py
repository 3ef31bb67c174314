"""Successive shortest paths with prices: the assignment's engine room.

Needs i have s_i slots, offers j have capacity c_j, a pair e = (i, j) may be chosen once and has a
value v_e. The best choice maximises the sum of the chosen values. A slot may stay open at
value 0. Kept throughout are prices u_i of a need's slot and p_j of an offer's place, such that

    u_i, p_j >= 0;  u_i = 0 while a slot is open;  p_j = 0 while a place is spare;
    u_i + p_j >= v_e for pairs not chosen;  u_i + p_j <= v_e for chosen pairs       (*)

which by linear-programming duality is the mark of an optimum for the slots placed so far. One
more slot is placed along the shortest path, measured by how far (*) is from being tight, from
its need over pairs to take and pairs to give up, to a spare place or to a slot that is better
left open; prices then rise and fall along the way so that (*) holds again.

Sources: Jonker & Volgenant, *A shortest augmenting path algorithm for dense and sparse linear
assignment problems*, Computing 38 (1987); Ahuja, Magnanti & Orlin, *Network Flows* (1993) §9.7.
Each slot costs one Dijkstra search, O((pairs seen) log(pairs seen)); where supply is plentiful
that is the pairs of one need. Values and prices are Python's whole numbers: nothing overflows.
"""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush


class Flow:
    """The choice so far and its prices.

    ``row[i] .. row[i + 1]`` are the pairs of need i, dearest first; ``offer``, ``value``: per pair.
    ``short``: the needs with an open slot. Once short a need stays so: more slots only make
    places dearer.
    """

    def __init__(
        self,
        row: Sequence[int],
        offer: Sequence[int],
        value: Sequence[int],
        capacity: Sequence[int],
    ) -> None:
        self.row, self.offer, self.value = row, offer, value
        self.needs, self.offers = len(row) - 1, len(capacity)
        self.need = [i for i in range(self.needs) for _ in range(row[i + 1] - row[i])]
        self.chosen = bytearray(len(offer))
        self.taken: list[dict[int, None]] = [{} for _ in capacity]
        self.spare = list(capacity)
        self.need_price = [0] * self.needs
        self.offer_price = [0] * self.offers
        self.short = bytearray(self.needs)

    def fill(self, order: Iterable[int], slots: Sequence[int]) -> None:
        """Place the slots of each need, in this order of needs.

        Once a slot of a need is better left open, so are its others.
        """
        for i in order:
            for placed in range(slots[i]):
                if not placed:
                    self.need_price[i] = self._best_net(i)
                self._place(i)
                if self.short[i]:
                    break

    def settle_need_prices(self) -> None:
        """Set each u_i as high as (*) lets it be: the net worth of the need's worst filled slot.

        So a chosen pair of a need of one slot meets its prices exactly. 0 with an open slot; a
        need that wants no slots is priced at what one would be worth.
        """
        for i in range(self.needs):
            pairs = range(self.row[i], self.row[i + 1])
            net = {e: self.value[e] - self.offer_price[self.offer[e]] for e in pairs}
            kept = [net[e] for e in pairs if self.chosen[e]]
            if self.short[i]:
                self.need_price[i] = 0
            else:
                self.need_price[i] = min(kept) if kept else max(0, max(net.values(), default=0))

    def _best_net(self, i: int) -> int:
        """What the best pair of need i is worth after its offer's price, at least 0."""
        best, price = 0, self.offer_price
        for e in range(self.row[i], self.row[i + 1]):
            if self.value[e] <= best:
                break
            best = max(best, self.value[e] - price[self.offer[e]])
        return best

    def _place(self, source: int) -> None:
        """Give need ``source`` one more slot: search, reprice, shift."""
        search = _Search(self, source)
        search.run()
        for node, distance in search.distance.items():
            if distance < search.best:
                if node < self.needs:
                    self.need_price[node] -= search.best - distance
                else:
                    self.offer_price[node - self.needs] += search.best - distance
        if search.end < self.needs:
            self.short[search.end] = 1
        else:
            self.spare[search.end - self.needs] -= 1
        self._shift(search)

    def _shift(self, search: "_Search") -> None:
        """Walk the path back to its source: choose what it took, give up what it gave up."""
        node = search.end
        while node != search.source:
            e = search.arrived_by[node]
            if node < self.needs:
                self.chosen[e] = 0
                del self.taken[self.offer[e]][e]
                node = self.needs + self.offer[e]
            else:
                self.chosen[e] = 1
                self.taken[self.offer[e]][e] = None
                node = self.need[e]


class _Search:
    """Dijkstra from one need. Nodes are needs, then offers; ``end`` is where the path stops."""

    def __init__(self, flow: Flow, source: int) -> None:
        self.flow, self.source = flow, source
        self.distance = {source: 0}
        self.arrived_by: dict[int, int] = {}
        self.best, self.end = flow.need_price[source], source
        self._heap = [(0, source)]

    def run(self) -> None:
        """Search until nothing nearer than the best end is left."""
        while self._heap:
            distance, node = heappop(self._heap)
            if distance >= self.best:
                return
            if distance > self.distance[node]:
                continue
            if node < self.flow.needs:
                self._from_need(node, distance)
            else:
                self._from_offer(node - self.flow.needs, distance)

    def _from_need(self, i: int, distance: int) -> None:
        """Leave a slot of need i open, or take another pair."""
        flow = self.flow
        level = distance + flow.need_price[i]
        if level < self.best:
            self.best, self.end = level, i
        for e in range(flow.row[i], flow.row[i + 1]):
            if level - flow.value[e] >= self.best:
                break  # the pairs that follow are worth less, and no price is below 0
            if not flow.chosen[e]:
                j = flow.offer[e]
                reached = level - flow.value[e] + flow.offer_price[j]
                if self._reach(flow.needs + j, reached, e) and flow.spare[j]:
                    self.best, self.end = reached, flow.needs + j

    def _from_offer(self, j: int, distance: int) -> None:
        """Give up one of the pairs that fill offer j."""
        flow = self.flow
        level = distance - flow.offer_price[j]
        for e in flow.taken[j]:
            i = flow.need[e]
            self._reach(i, level + flow.value[e] - flow.need_price[i], e)

    def _reach(self, node: int, distance: int, by: int) -> bool:
        """Note a shorter way to ``node``; whether it was one, and short enough to matter."""
        if distance >= self.best or distance >= self.distance.get(node, self.best):
            return False
        self.distance[node] = distance
        self.arrived_by[node] = by
        heappush(self._heap, (distance, node))
        return True
