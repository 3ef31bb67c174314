"""A round from the rows of PostgreSQL to stored proposals, and what each step of it takes."""

import resource
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

import psycopg
from sqlalchemy import make_url

from bench.cases import REPEATS, warm
from bench.figures import progress
from bench.flow_by_ortools import flow_by_ortools
from bench.places import NEARNESS, make_place
from bench.servers import connected
from bench.tables import (
    NEED,
    OFFER,
    OFFER_CATEGORY,
    PROPOSAL,
    Market,
    columns_of,
    copy_into,
    create,
    market_of,
)
from enabler.matching.pruned import Pruned, choose_from
from enabler.matching.search import Grid
from enabler.persistence.bulk_columns import bulk_reader
from enabler.persistence.columns import Read

WITHOUT_ORTOOLS = frozenset({"country"})
"""Where OR-Tools would need more memory or time than a figure is worth."""


@dataclass(frozen=True)
class Timed:
    """Medians in seconds; ``ortools``, both ways of asking it, is 0 where it was left out.
    ``memory``: the peak in GiB."""

    read: float
    search_and_solve: float
    write: float
    whole: float
    ortools: tuple[float, float]
    memory: float
    proposals: int
    reopened: int


def load(url: str, size: str, regime: str) -> None:
    """Write the place into its tables."""
    place = make_place(size, regime)
    progress(str(place))
    columns = columns_of(place)
    with connected(url) as connection:
        create(connection, NEED, OFFER, OFFER_CATEGORY, PROPOSAL)
        for table in (NEED, OFFER, OFFER_CATEGORY):
            copy_into(connection, table, columns[table])
        connection.execute("VACUUM (FREEZE, ANALYZE)")


def measure(url: str, size: str) -> Timed:
    """Run the round as often as its size allows; OR-Tools once more over the pairs it kept."""
    warm()
    times = REPEATS.get(size, 5)
    seconds: list[tuple[float, float, float]] = []
    with bulk_reader(make_url(url)) as read, connected(url) as connection:
        market_of(read)  # the first reading finds the tables in no cache
        for _ in range(times):
            market, pruned, took = one_round(read, connection)
            seconds.append(took)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    steps = [median(column) for column in zip(*seconds, strict=True)]
    return Timed(
        *steps, whole=median(map(sum, seconds)), memory=memory,
        ortools=(0.0, 0.0) if size in WITHOUT_ORTOOLS else by_ortools(market, pruned, times),
        proposals=len(pruned.choice.row), reopened=pruned.reopened,
    )  # fmt: skip


def one_round(
    read: Read, connection: psycopg.Connection[Any]
) -> tuple[Market, Pruned, tuple[float, float, float]]:
    """From the tables to stored proposals; what each step took."""
    connection.execute("TRUNCATE proposal")
    began = time.perf_counter()
    market = market_of(read)
    read_by = time.perf_counter()
    pruned = choose_from(
        Grid.of(market.given), market.wanted, market.slots, market.capacity, nearness=NEARNESS
    )
    solved_by = time.perf_counter()
    chosen = pruned.choice
    copy_into(
        connection, PROPOSAL, [market.need[chosen.need], market.offer[chosen.offer], chosen.score]
    )
    written_by = time.perf_counter()
    return market, pruned, (read_by - began, solved_by - read_by, written_by - solved_by)


def by_ortools(market: Market, pruned: Pruned, times: int) -> tuple[float, float]:
    """OR-Tools' solve alone, over the pairs that the round kept: with an arc for what stays open,
    and asked for a maximum flow (see :mod:`bench.flow_by_ortools`).
    """
    asked = pruned.rows, market.slots, market.capacity
    open_slots = median(flow_by_ortools(*asked).solve for _ in range(times))
    return open_slots, median(flow_by_ortools(*asked, unmet=None).solve for _ in range(times))
