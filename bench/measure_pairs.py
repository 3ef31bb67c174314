"""Figure 3: the pairs against PostGIS and scipy, all of them and the same set."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from bench.cases import Case, case, needs_of, run
from bench.figures import Report, at_least, exactly, progress, side_by_side
from bench.pairs_by_postgis import (
    load,
    pairs_by_postgis,
    pairs_in_database,
    throw_away_database,
    turn_round,
)
from bench.pairs_by_tree import pairs_by_tree
from bench.places import NEARNESS, Ints
from enabler.matching.search import Grid, search

COMPARED = ("hamlet", "town", "county")
"""Where others are measured, too: a region is beyond PostGIS' patience."""
HELD = "county"
KEPT = 32


def main(sizes: tuple[str, ...]) -> bool:
    """Whether every figure is kept."""
    report = Report("pairs", sizes)
    for size in sizes:
        one = case(size, "plentiful")
        if size in COMPARED:
            compare(report, one)
        else:
            ours_alone(report, one)
    return report.all_kept


def all_pairs(one: Case) -> int:
    """The index built, every pair found, each need's in order of score; how many."""
    place = one.place
    return len(search(Grid.of(place.given), place.wanted, nearness=NEARNESS).rows)


def best_pairs(one: Case) -> int:
    """The index built, the best pairs of each need found, the others counted; how many in all."""
    place = one.place
    found = search(Grid.of(place.given), place.wanted, nearness=NEARNESS, keep=KEPT)
    return int(found.admitted.sum())


def ours_alone(report: Report, one: Case) -> None:
    """Our time alone: of the best pairs only where all of them would not fit."""
    calls: dict[str, Callable[[], Any]] = {f"our best {KEPT} a need": partial(best_pairs, one)}
    if one.place.size != "country":
        calls["our pairs"] = partial(all_pairs, one)
    pairs = best_pairs(one)
    for what, seconds in side_by_side(calls, one.times).items():
        more = f"{pairs:,} pairs, {pairs / seconds / 1e6:.1f} million a second"
        report.figure(3, one.name, what, seconds, unit=" s", more=more)


def compare(report: Report, one: Case) -> None:
    """Against the others: times, then sets."""
    say = partial(report.figure, 3, one.name)
    bars = (at_least(10), at_least(3)) if one.place.size == HELD else (None, None)
    with throw_away_database() as connection:
        progress("PostgreSQL reads the place and builds its indexes")
        load(connection, one.place)
        calls: dict[str, Callable[[], Any]] = {
            "our pairs": partial(all_pairs, one),
            f"our best {KEPT} a need": partial(best_pairs, one),
            "scipy's": partial(pairs_by_tree, one.place),
            "PostGIS'": partial(pairs_in_database, connection),
        }
        progress("in turns: ours, scipy's, PostGIS'")
        seconds = side_by_side(calls, one.times)
        for what, taken in seconds.items():
            say(what, taken, unit=" s", more=f"{len(one.rows):,} pairs, median of {one.times}")
        our = seconds["our pairs"]
        say("PostGIS' time / ours", seconds["PostGIS'"] / our, bar=bars[0])
        say("scipy's time / ours", seconds["scipy's"] / our, bar=bars[1])
        same_set(report, one, pairs_by_postgis(connection))
        progress("PostGIS the other way round")
        turn_round(connection)
        turned = side_by_side({"turned": partial(pairs_in_database, connection)}, 1)["turned"]
        say("PostGIS' time from need to offers / ours", turned / our, more="once")


def same_set(report: Report, one: Case, by_postgis: Ints) -> None:
    """Pairs, with their scores, that not all three have."""
    tree = pairs_by_tree(one.place).sorted()
    by_tree = np.column_stack([tree.need, tree.offer, tree.score])
    need, offer = needs_of(one.rows), one.rows.offer.astype(np.int64)
    ours = np.column_stack([need, offer, one.rows.score])[np.lexsort((offer, need))]
    for whose, others in (("PostGIS", by_postgis), ("scipy", by_tree)):
        both = np.concatenate([ours, others])
        distinct = len(np.unique(both, axis=0))
        report.figure(
            3, one.name, f"pairs that {whose} has otherwise",
            2 * distinct - len(ours) - len(others), unit="", bar=exactly(0),
        )  # fmt: skip


if __name__ == "__main__":
    run(main)
