"""Figure 8: how many needs are helped, by a round and without one."""

from statistics import mean

from bench.cases import Case, case, run
from bench.figures import Report, at_least, progress
from bench.one_at_a_time import (
    arrival,
    best_pair_first,
    by_nearness,
    by_score,
    by_score_less,
    fewest_first,
    in_turn,
)
from bench.places import SEED, Ints
from enabler.matching.solving import choose

SEEDS = (SEED, SEED + 1, SEED + 2)
SIZE = "county"
ROUND = "a round"
WITH_PRICES = "one at a time, best score less the last round's price"
BEST = "one at a time, best score"
NEAREST = "one at a time, nearest"


def main(sizes: tuple[str, ...]) -> bool:
    """Whether every figure is kept; of a county, or of the one size that is asked for."""
    report = Report("quality", sizes)
    size = SIZE if SIZE in sizes else sizes[0]
    for regime in ("scarce", "plentiful"):
        helped = [served(case(size, regime, seed=seed), regime) for seed in SEEDS]
        for method in helped[0]:
            shares = [100 * each[method] for each in helped]
            report.figure(
                8, (size, regime), f"helped by {method}", shares[0], unit=" %",
                more=f"three seeds: {min(shares):.1f} to {max(shares):.1f}",
            )  # fmt: skip
        if regime == "scarce":
            compare(report, (size, regime), helped)
    return report.all_kept


def served(one: Case, regime: str) -> dict[str, float]:
    """The share of slots filled, by method."""
    rows, place = one.rows, one.place
    order = arrival(place, place.seed)
    price = last_prices(one)
    progress("one at a time")
    filled = {
        ROUND: choose(rows, place.slots, place.capacity).filled,
        WITH_PRICES: in_turn(rows, place, order, by_score_less(price)(rows, place)).filled,
        "fewest candidates first, best score": in_turn(
            rows, place, fewest_first(rows), by_score(rows, place)
        ).filled,
        NEAREST: in_turn(rows, place, order, by_nearness(rows, place)).filled,
        BEST: in_turn(rows, place, order, by_score(rows, place)).filled,
        "all pairs, best score first": best_pair_first(rows, place).filled,
    }
    return {method: each / int(place.slots.sum()) for method, each in filled.items()}


def last_prices(one: Case) -> Ints:
    """The offers' prices of the round before: other needs, the same offers."""
    place = one.place
    before = case(place.size, place.regime, seed=place.seed, day=1)
    return choose(before.rows, before.place.slots, before.place.capacity).offer_price


def compare(report: Report, name: tuple[str, str], helped: list[dict[str, float]]) -> None:
    """By how many percent more needs are helped."""
    for better, worse, bar in (
        (ROUND, BEST, at_least(10)),
        (ROUND, NEAREST, at_least(6)),
        (WITH_PRICES, BEST, at_least(5)),
    ):
        held = bar if name[0] == SIZE else None
        more = [100 * (each[better] / each[worse] - 1) for each in helped]
        report.figure(
            8, name, f"{better} over {worse}", more[0], unit=" %", bar=held,
            more=f"three seeds: {min(more):.1f} to {max(more):.1f}, mean {mean(more):.1f}",
        )  # fmt: skip


if __name__ == "__main__":
    run(main)
