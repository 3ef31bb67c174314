"""Figure 7: what ten times the size costs, from the columns to the proved optimum."""

import time
from itertools import pairwise
from statistics import median

from bench.cases import Case, case, run
from bench.figures import Bar, Report, at_most
from bench.places import ON_DUTY

STEPS = ("town", "county", "region", "country")
WHAT = "our round in memory"
BARS: dict[str, Bar] = {"plentiful": at_most(15), "scarce": at_most(25)}


def main(sizes: tuple[str, ...]) -> bool:
    """Whether every figure is kept. A country alone is set beside a region, too."""
    report = Report("growth", sizes)
    if sizes == ("country",):
        sizes = ("region", "country")
    for regime in ON_DUTY:
        taken = seconds(report, [case(size, regime) for size in sizes])
        for size, larger in pairwise(sizes):
            report.figure(
                7, (larger, regime), f"time / a {size}'s", taken[larger] / taken[size],
                bar=BARS[regime],
            )  # fmt: skip
    return report.all_kept


def seconds(report: Report, of_sizes: list[Case]) -> dict[str, float]:
    """The median seconds of a whole round of each size. They take turns, from small to large."""
    took: dict[str, list[float]] = {one.place.size: [] for one in of_sizes}
    for turn in range(max(one.times for one in of_sizes)):
        for one in of_sizes:
            if turn < one.times:
                began = time.perf_counter()
                one.whole_round()
                took[one.place.size].append(time.perf_counter() - began)
    for one in of_sizes:
        told = median(took[one.place.size])
        report.figure(7, one.name, WHAT, told, unit=" s", more=f"median of {one.times}")
    return {size: median(taken) for size, taken in took.items()}


if __name__ == "__main__":
    run(main)
