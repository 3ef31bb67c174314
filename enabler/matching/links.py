"""Who stands in some relation to whom: few, among very many pairs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from enabler.matching.arrays import Flags, Ints


@dataclass(frozen=True)
class Links:
    """Sparse (row, member) -> how often, as sorted keys ``row * breadth + member code``.

    Nobody (code 0) is linked to nobody.

    ``linked``: the rows that have any.
    """

    breadth: int
    linked: Flags
    key: Ints
    times: Ints

    @classmethod
    def of(cls, links: Mapping[tuple[int, int], int], rows: int, breadth: int) -> "Links":
        """From a mapping of (row, member code)."""
        known = sorted((row * breadth + code, times) for (row, code), times in links.items())
        key, times = np.array(known, dtype=np.int64).reshape(-1, 2).T
        linked = np.zeros(rows, dtype=np.bool_)
        linked[key // breadth] = True
        return cls(breadth, linked, key, times)

    def count(self, row: Ints, member: Ints) -> Ints:
        """How often, for each row and member; 0 where there is no link or no member."""
        found = np.zeros(len(row), dtype=np.int64)
        if len(self.key):
            some = np.flatnonzero(self.linked[row])
            wanted = row[some] * self.breadth + member[some]
            at = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
            found[some] = np.where(self.key[at] == wanted, self.times[at], 0)
        return found
