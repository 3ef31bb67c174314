"""Figure 5: one need or offer comes or goes, and the choice stays exactly optimal."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from statistics import mean, median
from typing import Any

import numpy as np

from bench.cases import Case, case, run
from bench.figures import Report, at_most, exactly
from bench.places import Ints, make_place
from enabler.matching.rows import Rows
from enabler.matching.solving import Choice, choose
from enabler.matching.standing import Standing

EVENTS = 1_000
SIZE = "county"


def main(sizes: tuple[str, ...]) -> bool:
    """Whether every figure is kept; of a county, or of the one size that is asked for."""
    report = Report("events", sizes)
    warm_up()
    size = SIZE if SIZE in sizes else sizes[0]
    for regime in ("scarce", "plentiful"):
        measure(report, case(size, regime))
    return report.all_kept


def warm_up() -> None:
    """Some events that do not count, so that no figure holds the time of a compiler."""
    world = World(Case(make_place("hamlet", "scarce")))
    for _ in range(100):
        world.something_happens()


def measure(report: Report, one: Case) -> None:
    """A thousand mixed events, then a fresh solve of what there is."""
    world = World(one)
    for _ in range(EVENTS):
        world.something_happens()
    rows, slots, capacity = world.as_it_is()
    began = time.perf_counter()
    fresh = choose(rows, slots, capacity)
    seconds = [time.perf_counter() - began]
    for _ in range(one.times - 1):
        began = time.perf_counter()
        choose(rows, slots, capacity)
        seconds.append(time.perf_counter() - began)
    tell(report, one, world, fresh, median(seconds))


def tell(report: Report, one: Case, world: "World", fresh: Choice, solve: float) -> None:
    """The figures of one case."""
    say = partial(report.figure, 5, one.name)
    stands = world.standing.choice()
    say(
        "a fresh solve", solve, unit=" s",
        more=f"{len(fresh.need_price):,} needs, median of {one.times}",
    )  # fmt: skip
    short = [*world.took["enter_need"], *world.took["withdraw_need"]]
    held = at_most(1 / 500) if one.place.size == SIZE else None
    say("one need in or out / a fresh solve, median", median(short) / solve, bar=held)
    for event, took in world.took.items():
        say(
            f"{event.replace('_', ' ')}, microseconds", 1e6 * median(took), unit="",
            more=f"mean {1e6 * mean(took):.0f}, longest {1e6 * max(took):.0f}, {len(took)} times",
        )  # fmt: skip
    gap = abs(stands.filled - fresh.filled) + abs(stands.objective - fresh.objective)
    say(
        f"gap to a fresh solve after {EVENTS:,} events", gap, unit="", bar=exactly(0),
        more=f"{fresh.filled:,} filled, {fresh.objective:,} points",
    )  # fmt: skip


@dataclass
class World:
    """What stands, and a plain account of what there is. Numbers are those of ``standing``."""

    case: Case
    standing: Standing = field(init=False)
    pairs: dict[int, tuple[Ints, Ints]] = field(init=False)
    room: dict[int, int] = field(init=False)
    took: dict[str, list[float]] = field(init=False)

    def __post_init__(self) -> None:
        place, rows = self.case.place, self.case.rows
        self.draw = np.random.default_rng([place.seed, 5])
        self.standing = Standing.of(rows, place.slots, place.capacity)
        self.pairs = {
            need: (rows.offer[a:b].astype(np.int64), rows.score[a:b].astype(np.int64))
            for need, (a, b) in enumerate(pairwise(rows.first))
        }
        self.room = dict(enumerate(place.capacity.tolist()))
        self.took = {name: [] for name in self._kinds()}

    def _kinds(self) -> dict[str, Callable[[], None]]:
        return {
            "enter_need": self.enter_need,
            "withdraw_need": self.withdraw_need,
            "enter_offer": self.enter_offer,
            "withdraw_offer": self.withdraw_offer,
            "resize_offer": self.resize_offer,
        }

    def something_happens(self) -> None:
        """One event: needs come and go in seven of ten, offers in two, one grows or shrinks."""
        chances = (0.35, 0.35, 0.1, 0.1, 0.1)
        kinds = self._kinds()
        kinds[str(self.draw.choice(list(kinds), p=chances))]()

    def enter_need(self) -> None:
        """A need like one of the place's comes, with its pairs among the offers that are there."""
        rows = self.case.rows
        at = int(self.draw.integers(len(rows.first) - 1))
        a, b = rows.first[at], rows.first[at + 1]
        there = np.array([int(offer) in self.room for offer in rows.offer[a:b]], dtype=np.bool_)
        offer = rows.offer[a:b][there].astype(np.int64)
        score = rows.score[a:b][there].astype(np.int64)
        number = self._timed("enter_need", lambda: self.standing.enter_need(offer, score))
        self.pairs[number] = (offer, score)

    def withdraw_need(self) -> None:
        """A need is no more."""
        need = self._any(self.pairs)
        self._timed("withdraw_need", lambda: self.standing.withdraw_need(need))
        del self.pairs[need]

    def enter_offer(self) -> None:
        """An offer like another comes, for the same needs."""
        like, capacity = self._any(self.room), int(self.draw.integers(1, 6))
        known = [(need, own) for need, own in self.pairs.items() if like in own[0]]
        needs = [need for need, _ in known]
        scores = [int(own[1][own[0] == like][0]) for _, own in known]
        number = self._timed(
            "enter_offer", lambda: self.standing.enter_offer(needs, scores, capacity=capacity)
        )
        self.room[number] = capacity
        for (need, own), score in zip(known, scores, strict=True):
            self.pairs[need] = (np.append(own[0], number), np.append(own[1], score))

    def withdraw_offer(self) -> None:
        """An offer is no more; nor are its pairs."""
        offer = self._any(self.room)
        self._timed("withdraw_offer", lambda: self.standing.withdraw_offer(offer))
        del self.room[offer]

    def resize_offer(self) -> None:
        """An offer has more places, or fewer."""
        offer, capacity = self._any(self.room), int(self.draw.integers(0, 6))
        self._timed("resize_offer", lambda: self.standing.resize_offer(offer, capacity))
        self.room[offer] = capacity

    def as_it_is(self) -> tuple[Rows, Ints, Ints]:
        """All that is there now, as columns for a fresh solve."""
        capacity = np.zeros(max(self.room) + 1, dtype=np.int64)
        capacity[list(self.room)] = list(self.room.values())
        own = list(self.pairs.values())
        need = np.repeat(np.arange(len(own)), [len(offer) for offer, _ in own])
        offer, score = (np.concatenate(column) for column in zip(*own, strict=True))
        there = np.isin(offer, list(self.room))
        need, offer, score = need[there], offer[there], score[there]
        order = np.lexsort((offer, -score, need))
        first = np.append(0, np.cumsum(np.bincount(need, minlength=len(own))))
        rows = Rows(first, offer[order].astype(np.int32), score[order].astype(np.int32))
        return rows, np.ones(len(own), dtype=np.int64), capacity

    def _any(self, numbers: dict[int, Any]) -> int:
        known: list[int] = list(numbers)
        return known[int(self.draw.integers(len(known)))]

    def _timed(self, event: str, call: Callable[[], int | None]) -> int:
        began = time.perf_counter()
        number = call()
        self.took[event].append(time.perf_counter() - began)
        return -1 if number is None else number


if __name__ == "__main__":
    run(main)
