"""Figure 4: a round from rows of PostgreSQL to stored proposals.

Each case runs in a process of its own, so that its memory is its own: read the tables by the
product's reader over a connection that is kept, index, search, solve, prove, write the proposals.
Against it: reading and OR-Tools' solve alone, over the pairs that the round kept; reading alone.
"""

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

from bench.cases import cases
from bench.figures import Bar, Report, at_most, sizes_asked
from bench.round_of_rows import Timed, load, measure
from bench.servers import throw_away_server

SOLVE_BARS: dict[tuple[str, str], Bar] = {
    ("county", "plentiful"): at_most(0.5), ("region", "plentiful"): at_most(0.25)
}  # fmt: skip
READ_BARS: dict[tuple[str, str], Bar] = {
    ("county", "plentiful"): at_most(6), ("region", "plentiful"): at_most(10),
    ("country", "plentiful"): at_most(10),
}  # fmt: skip
"""Of plentiful supply, of which the bars were measured: with an eighth of the offers on duty the
rows are fewer, and the choice is harder."""
MEMORY_BAR = at_most(4)
"""Gibibytes at the size of a country."""


def main(sizes: tuple[str, ...]) -> bool:
    """Whether every figure is kept."""
    report = Report("rows", sizes)
    for size, regime in cases(sizes):
        with throw_away_server() as server:
            url = server.url(server.create())
            alone(load, url, size, regime)
            tell(report, (size, regime), alone(measure, url, size))
    return report.all_kept


def alone(work: Any, *given: Any) -> Any:
    """Do the work in a fresh process: what it had in memory is nobody else's."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def tell(report: Report, name: tuple[str, str], timed: Timed) -> None:
    """The figures of one case."""
    say = partial(report.figure, 4, name)
    steps = (
        f"read {timed.read:.3f}, search and solve {timed.search_and_solve:.3f}, "
        f"write {timed.write:.3f}; {timed.proposals:,} proposals, {timed.reopened} reopened"
    )
    say("round from rows to proposals", timed.whole, unit=" s", more=steps)
    solve, as_flow = timed.ortools
    if solve:
        say("round / (reading + OR-Tools' solve alone)", timed.whole / (timed.read + solve),
            bar=SOLVE_BARS.get(name), more=f"OR-Tools {solve:.3f} s")  # fmt: skip
        say("round / (reading + OR-Tools as a maximum flow)", timed.whole / (timed.read + as_flow),
            more=f"OR-Tools {as_flow:.3f} s")  # fmt: skip
    say("round / reading", timed.whole / timed.read, bar=READ_BARS.get(name))
    memory_bar = MEMORY_BAR if name[0] == "country" else None
    say("memory at most", timed.memory, unit=" GiB", bar=memory_bar)


if __name__ == "__main__":
    main(sizes_asked())
