"""Who can be reached from each other along ties: circles, in time in proportion to the ties."""

from collections.abc import Iterator, Mapping, Sequence


def circles(ties: Mapping[int, Sequence[int]]) -> Iterator[frozenset[int]]:
    """The largest sets of two or more in which each leads to each (Tarjan's strongly connected
    components, without recursion: a chain of ties may be as long as a place is large)."""
    walk = _Walk(ties)
    for root in ties:
        if root not in walk.order:
            yield from walk.from_(root)


class _Walk:
    """One walk over all of them; ``lowest``: the earliest that each leads back to."""

    def __init__(self, ties: Mapping[int, Sequence[int]]) -> None:
        self._ties = ties
        self.order: dict[int, int] = {}
        self._lowest: dict[int, int] = {}
        self._waiting: list[int] = []
        self._settled: set[int] = set()
        self._path: list[tuple[int, Iterator[int]]] = []

    def from_(self, root: int) -> Iterator[frozenset[int]]:
        """The circles that are reached from here and were not met before."""
        self._go_to(root)
        while self._path:
            at, further = self._path[-1]
            other = next(further, None)
            if other is None:
                yield from self._leave(at)
            elif other not in self.order:
                self._go_to(other)
            elif other not in self._settled:
                self._lowest[at] = min(self._lowest[at], self.order[other])

    def _go_to(self, one: int) -> None:
        self.order[one] = self._lowest[one] = len(self.order)
        self._waiting.append(one)
        self._path.append((one, iter(self._ties.get(one, ()))))

    def _leave(self, at: int) -> Iterator[frozenset[int]]:
        self._path.pop()
        if self._path:
            above = self._path[-1][0]
            self._lowest[above] = min(self._lowest[above], self._lowest[at])
        if self._lowest[at] < self.order[at]:
            return
        found = {self._waiting.pop()}
        while at not in found:
            found.add(self._waiting.pop())
        self._settled |= found
        if len(found) > 1:
            yield frozenset(found)
