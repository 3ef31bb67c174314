"""Figure 1: the choice is the optimum, by everybody's account."""

from bench.cases import Case, case, cases, run
from bench.figures import Report, exactly, progress
from bench.flow_by_ortools import flow_by_ortools
from bench.matching_by_scipy import most_filled
from bench.proof import proof
from enabler.matching.pruned import Pruned

BY_ORTOOLS = ("hamlet", "town", "county")
BY_SCIPY = (*BY_ORTOOLS, "region")


def main(sizes: tuple[str, ...]) -> bool:
    """Whether every figure is kept."""
    report = Report("optimum", sizes)
    for size, regime in cases(sizes):
        one = case(size, regime)
        done = one.whole_round()
        if size in BY_ORTOOLS:
            against_ortools(report, one, done)
        if size in BY_SCIPY:
            progress("scipy's maximum matching")
            most = most_filled(one.rows, one.place.slots, one.place.capacity)
            report.figure(
                1, one.name, "slots short of scipy's maximum matching",
                most - done.choice.filled, unit="", bar=exactly(0), more=f"{most:,} filled",
            )  # fmt: skip
        by_prices(report, one, done)
    return report.all_kept


def against_ortools(report: Report, one: Case, done: Pruned) -> None:
    """The gap to OR-Tools' objective and filled slots."""
    flow = flow_by_ortools(one.rows, one.place.slots, one.place.capacity)
    gap = abs(flow.objective - done.choice.objective) + abs(flow.filled - done.choice.filled)
    report.figure(
        1, one.name, "gap to OR-Tools, points and slots", gap, unit="", bar=exactly(0),
        more=f"{flow.filled:,} filled, {flow.objective:,} points",
    )  # fmt: skip


def by_prices(report: Report, one: Case, done: Pruned) -> None:
    """Primal and dual, and the certificate over all pairs."""
    progress("the proof over all pairs")
    found = proof(one, done.choice)
    kept = f"{len(done.rows):,} of {found.pairs:,} pairs kept, {done.reopened:,} needs reopened"
    report.figure(
        1, one.name, "dual less primal", found.dual - found.primal, unit="", bar=exactly(0),
        more=f"{found.primal:,}",
    )  # fmt: skip
    report.figure(
        1, one.name, "violations over all pairs", found.violations, unit="", bar=exactly(0),
        more=kept,
    )  # fmt: skip


if __name__ == "__main__":
    run(main)
