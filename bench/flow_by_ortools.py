"""The assignment by OR-Tools' ``SimpleMinCostFlow``: the second opinion, and the measure of speed.

Needs send their slots over the pairs to offers and on to one sink, or straight to it at a cost far
above any score: so it fills as many slots as can be, then asks for the greatest total score.
"""

import time
from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from bench.places import Ints
from enabler.matching.rows import Rows

UNMET = 100_000
"""The cost of a slot left open. A greater one is surer and slower; what was filled is compared with
scipy's maximum matching, and is never less."""


@dataclass(frozen=True)
class Flow:
    """What was filled, its total score, and the seconds for arcs and for the solve alone."""

    filled: int
    objective: int
    build: float
    solve: float


def flow_by_ortools(rows: Rows, slots: Ints, capacity: Ints) -> Flow:
    """The optimum over rows. Raises RuntimeError when the solver finds none."""
    began = time.perf_counter()
    solver = SimpleMinCostFlow()
    need = np.repeat(np.arange(len(slots), dtype=np.int32), np.diff(rows.first))
    needs, offers, sink = len(slots), len(capacity), len(slots) + len(capacity)
    dearest = int(rows.score.max(initial=0))
    ones = np.ones(len(rows), dtype=np.int64)
    pairs = solver.add_arcs_with_capacity_and_unit_cost(
        need, rows.offer + np.int32(needs), ones, (dearest - rows.score).astype(np.int64)
    )
    to_sink = np.arange(sink, dtype=np.int32)
    room = np.concatenate([slots, capacity])
    cost = np.concatenate([np.full(needs, UNMET), np.zeros(offers, dtype=np.int64)])
    solver.add_arcs_with_capacity_and_unit_cost(to_sink, np.full_like(to_sink, sink), room, cost)
    nodes = np.append(np.arange(needs, dtype=np.int32), np.int32(sink))
    solver.set_nodes_supplies(nodes, np.append(slots, -slots.sum()))
    built = time.perf_counter()
    status = solver.solve()
    solved = time.perf_counter()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"OR-Tools found no optimum: {status}")
    chosen = solver.flows(pairs) > 0
    return Flow(
        filled=int(chosen.sum()),
        objective=int(rows.score[chosen].sum(dtype=np.int64)),
        build=built - began,
        solve=solved - built,
    )
