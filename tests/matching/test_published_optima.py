"""Problems of the OR-Library whose optima are published, reached exactly.

The plain assignment problem is one call. The generalised problems (each job uses up some of its
agent's resource) are beyond any assignment, but its relaxation bounds them: a branch and bound
whose every bound is one call of ``assign`` must end at the published optimum.
"""

import json
import os

import numpy as np
import pytest

from enabler.matching import assign
from tests.geography.shared import SHARED, needs_shared

SCALE = 1000
"""Multipliers are whole thousandths, so that scores stay whole."""


def shared_file(name):
    return (SHARED / "assign" / name).read_text()


@needs_shared
def test_assign100_costs_305():
    cost = np.array([row.split(",") for row in shared_file("assign100.csv").split()], dtype=int)
    need, offer = np.indices(cost.shape).reshape(2, -1)
    result = assign(need, offer, -cost.ravel(), [1] * 100, [1] * 100)

    assert (result.filled, result.objective, result.optimal) == (100, -305, True)


class Generalised:
    """Jobs to agents of bounded resource; ``allowed[agent, job]`` narrows as branches are taken."""

    def __init__(self, given):
        self.profit, self.resource = np.array(given["profit"]), np.array(given["resource"])
        self.capacity = np.array(given["capacity"])
        self.price = np.zeros(len(self.capacity), dtype=int)
        self.best = 0

    def bound(self, allowed):
        """The relaxed optimum in thousandths, who does each job in it, and by how much each pair
        missed being in it; None if some job is left.
        """
        agent, job = np.nonzero(allowed)
        score = SCALE * self.profit[agent, job] - self.price[agent] * self.resource[agent, job]
        slots, room = np.ones(self.profit.shape[1], int), self.room(allowed)
        found = assign(job, agent, score, slots, room)
        if found.filled < len(slots):
            return None
        missed = np.zeros(allowed.shape)
        missed[agent, job] = found.need_price[job] + found.offer_price[agent]
        missed[agent, job] -= found.worth[job] + score
        return found.objective + int(self.price @ self.capacity), found.offer, missed

    def room(self, allowed):
        """How many jobs fit an agent at most: its least demanding ones."""
        demand = np.sort(np.where(allowed, self.resource, 10**6), axis=1).cumsum(axis=1)
        return (demand <= self.capacity[:, None]).sum(axis=1)

    def excess(self, agents):
        jobs = np.arange(len(agents))
        used = np.bincount(agents, self.resource[agents, jobs], len(self.capacity))
        return used.astype(int) - self.capacity

    def tune(self, allowed, steps):
        """Polyak's subgradient steps on the prices of resource; the least bound wins."""
        bounds = []
        for step in range(steps):
            bound, agents, _ = self.bound(allowed)
            bounds.append((bound, self.price.tolist()))
            excess = self.excess(agents)
            length = (
                (2 - 1.9 * step / steps) * (bound - SCALE * self.best) / max(1, excess @ excess)
            )
            self.price = np.maximum(0, np.rint(self.price + length * excess)).astype(int)
        self.price = np.array(min(bounds)[1])

    def search(self, allowed):
        relaxed = self.bound(allowed)
        if relaxed is None or relaxed[0] < SCALE * (self.best + 1):
            return
        bound, agents, missed = relaxed
        jobs = np.arange(len(agents))
        if (self.excess(agents) <= 0).all():
            self.best = max(self.best, int(self.profit[agents, jobs].sum()))
        # A pair that missed being chosen by more than the bound's lead can be in nothing better.
        allowed = allowed & (bound - missed >= SCALE * (self.best + 1))
        free = allowed.sum(axis=0) > 1
        if free.any():
            over = self.excess(agents)[agents] + self.resource[agents, jobs] / SCALE
            job = int(np.where(free, over, -np.inf).argmax())
            forced, barred = allowed.copy(), allowed.copy()
            forced[:, job] = np.arange(len(allowed)) == agents[job]
            barred[agents[job], job] = False
            for branch in (forced, barred):
                self.search(self.fitting(branch))

    def fitting(self, allowed):
        """Without the pairs that no longer fit beside what is already fixed."""
        fixed = allowed & (allowed.sum(axis=0) == 1)
        left = self.capacity - (self.resource * fixed).sum(axis=1)
        return allowed & (fixed | (self.resource <= left[:, None]))


QUICK = [("gap1.json", number) for number in range(5)] + [("gap5.json", n) for n in range(3)]
LONG = [("gap5.json", 3), ("gap5.json", 4)]
"""Half a minute of branching: run with the proofs at their full size."""


@needs_shared
@pytest.mark.parametrize(
    ("file", "number"), QUICK + (LONG if os.environ.get("ENABLER_PROVE") == "1" else [])
)
def test_generalised_assignment_reaches_its_published_optimum(file, number):
    """It starts from one below: so it must find the optimum, and nothing above it."""
    given = json.loads(shared_file(file))[number]
    problem = Generalised(given)
    everything = np.ones(problem.profit.shape, dtype=bool)
    problem.best = given["optimum"] - 1
    problem.tune(everything, 150)
    problem.search(everything)

    assert problem.best == given["optimum"]
