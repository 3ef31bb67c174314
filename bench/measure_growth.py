"""Figure 7: what ten times the size costs, from the columns to the proved optimum."""

from itertools import pairwise

from bench.cases import case, run
from bench.figures import Bar, Report, at_most, side_by_side
from bench.places import ON_DUTY

STEPS = ("town", "county", "region", "country")
BARS: dict[str, Bar] = {"plentiful": at_most(15), "scarce": at_most(25)}


def main(sizes: tuple[str, ...]) -> bool:
    """Whether every figure is kept. A country alone is set beside a region, too."""
    report = Report("growth", sizes)
    if sizes == ("country",):
        sizes = ("region", "country")
    for regime in ON_DUTY:
        taken = {size: seconds(report, size, regime) for size in sizes}
        for size, larger in pairwise(sizes):
            report.figure(
                7, (larger, regime), f"time / a {size}'s", taken[larger] / taken[size],
                bar=BARS[regime],
            )  # fmt: skip
    return report.all_kept


def seconds(report: Report, size: str, regime: str) -> float:
    """The median seconds of a whole round of this size."""
    one = case(size, regime)
    taken = side_by_side({"round": one.whole_round}, one.times)["round"]
    more = f"median of {one.times}"
    report.figure(7, one.name, "our round in memory", taken, unit=" s", more=more)
    return taken


if __name__ == "__main__":
    run(main)
