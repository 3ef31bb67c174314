"""The assignment by OR-Tools' ``SimpleMinCostFlow``: the second opinion, and the measure of speed.

A source sends each need its slots; they flow over the pairs to the offers and on to one sink, or
straight to it at a cost far above any score: so it fills as many slots as can be, then asks for the
greatest total score. Without that way (``unmet`` None) it is asked for a maximum flow of least
cost, which is the same optimum, and quicker.
"""

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
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


def flow_by_ortools(rows: Rows, slots: Ints, capacity: Ints, unmet: int | None = UNMET) -> Flow:
    """The optimum over rows. Raises RuntimeError when the solver finds none."""
    began = time.perf_counter()
    solver, pairs = _network(rows, slots, capacity, unmet)
    built = time.perf_counter()
    status = solver.solve() if unmet is not None else solver.solve_max_flow_with_min_cost()
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


def _network(
    rows: Rows, slots: Ints, capacity: Ints, unmet: int | None
) -> tuple[SimpleMinCostFlow, NDArray[np.int32]]:
    """The flow network, and its arcs that are pairs. All arcs are added in bulk."""
    solver = SimpleMinCostFlow()
    add = solver.add_arcs_with_capacity_and_unit_cost
    needs, offers = len(slots), len(capacity)
    source, sink = needs + offers, needs + offers + 1
    each_need = np.arange(needs, dtype=np.int32)
    each_offer = np.arange(needs, source, dtype=np.int32)
    free = np.zeros(source, dtype=np.int64)
    dear = int(rows.score.max(initial=0)) - rows.score.astype(np.int64)
    pairs = add(
        np.repeat(each_need, np.diff(rows.first)),
        rows.offer + np.int32(needs),
        np.ones(len(rows), dtype=np.int64),
        dear,
    )
    add(np.full_like(each_need, source), each_need, slots, free[:needs])
    add(each_offer, np.full_like(each_offer, sink), capacity, free[:offers])
    if unmet is not None:
        add(each_need, np.full_like(each_need, sink), slots, np.full(needs, unmet))
    total = int(slots.sum())
    solver.set_nodes_supplies(np.array([source, sink], dtype=np.int32), np.array([total, -total]))
    return solver, pairs
