"""Figure 2: the solve against OR-Tools', over the same pairs."""

import time
from functools import partial
from statistics import median

from bench.cases import Case, case, cases, run
from bench.figures import Bar, Report, at_least, progress
from bench.flow_by_ortools import flow_by_ortools
from enabler.matching.solving import choose

BARS: dict[tuple[str, str], Bar] = {
    ("county", "scarce"): at_least(5),
    ("county", "plentiful"): at_least(50),
    ("region", "scarce"): at_least(8),
}
TOO_LONG = {("region", "plentiful"), ("country", "plentiful"), ("country", "scarce")}
"""Where OR-Tools would need more memory or time than a figure is worth."""


def main(sizes: tuple[str, ...]) -> bool:
    """Whether every figure is kept."""
    report = Report("solve", sizes)
    for size, regime in cases(sizes):
        if (size, regime) in TOO_LONG:
            progress(f"{size} {regime} is left out: OR-Tools would take too long")
        else:
            compare(report, case(size, regime))
    return report.all_kept


def compare(report: Report, one: Case) -> None:
    """Ours with all that it does, its proof included, against OR-Tools' solve alone."""
    rows, slots, capacity = one.rows, one.place.slots, one.place.capacity
    ours, theirs, flows = [], [], []
    for _ in range(one.times):  # in turns, so that a busy moment meets them all
        began = time.perf_counter()
        choose(rows, slots, capacity, along=one.place.wanted.along)
        ours.append(time.perf_counter() - began)
        theirs.append(flow_by_ortools(rows, slots, capacity))
        flows.append(flow_by_ortools(rows, slots, capacity, unmet=None))
    our = median(ours)
    their = median(flow.solve for flow in theirs)
    built = their + median(flow.build for flow in theirs)
    pairs = f"{len(rows):,} pairs, median of {one.times}"
    say = partial(report.figure, 2, one.name)
    say("our solve", our, unit=" s", more=pairs)
    say("OR-Tools' solve", their, unit=" s", more=pairs)
    say("OR-Tools' solve / ours", their / our, bar=BARS.get(one.name))
    say("OR-Tools with its network built / ours", built / our)
    say("OR-Tools as a maximum flow / ours", median(flow.solve for flow in flows) / our)


if __name__ == "__main__":
    run(main)
