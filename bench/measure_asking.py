"""How long it takes to decide whom to ask next: one process, nothing else read.

Situations are invented (chances, prices, loads of every kind, each from its seed), with so many
candidates; the time is the median over all of them. What a decision reads from the database is not
in it.
"""

import json
import random
import statistics
import sys
import time

from enabler.domain.paces import Pace, Speed
from enabler.domain.vocabulary import Risk
from enabler.matching.asking import decide
from enabler.matching.kept_asking import read_situation, written_situation
from enabler.matching.situations import Candidates, Situation, Weights
from enabler.matching.turns import seed_of

CANDIDATES = (5, 20, 50, 200)
SITUATIONS, PASSES = 60, 5
PACES = (
    Pace(Speed.PRESSING, 0.95, 30, 7), Pace(Speed.SOON, 0.8, 120, 3), Pace(Speed.LATER, 0.5, 480, 1)
)  # fmt: skip


def invented(seed: int, count: int) -> Situation:
    """A need with so many candidates, in turn pressing, soon and later."""
    rng = random.Random(f"{seed}/{count}")
    chance = [rng.betavariate(2, 4) for _ in range(count)]
    attention = [rng.choice((1.0, 0.75, 0.5)) for _ in range(count)]
    columns = Candidates(
        offer=tuple(range(count)), score=tuple(rng.randint(0, 1000) for _ in range(count)),
        price=tuple(rng.choice((0, 0, rng.randint(0, 1000))) for _ in range(count)),
        chance=tuple(chance), attention=tuple(attention),
        effective=tuple(c * a for c, a in zip(chance, attention, strict=True)),
        asks_week=tuple(rng.randint(0, 3) for _ in range(count)),
        asks_month=tuple(rng.randint(0, 9) for _ in range(count)),
        helps_week=tuple(rng.choice((0, 0, 0, 1, 2)) for _ in range(count)),
        newcomer=tuple(rng.random() < 0.1 for _ in range(count)),
    )  # fmt: skip
    return Situation(
        seed=seed_of(str(seed), 1, "salt"), asked=0, wanted=1, minutes=60, risk=Risk.LOW,
        pace=PACES[seed % len(PACES)], weights=Weights(), candidates=columns,
    )  # fmt: skip


def median_ms(situations: list[Situation]) -> tuple[float, float]:
    """The median and the longest of the medians of each, in milliseconds."""
    each = []
    for situation in situations:
        times = []
        for _ in range(PASSES):
            started = time.perf_counter()
            decide(situation)
            times.append(time.perf_counter() - started)
        each.append(1000 * statistics.median(times))
    return statistics.median(each), max(each)


def main() -> bool:
    """Print a line for each number of candidates; whether kept situations decided the same."""
    same = True
    for count in CANDIDATES:
        situations = [invented(seed, count) for seed in range(SITUATIONS)]
        median, longest = median_ms(situations)
        kept = [json.dumps(written_situation(one)) for one in situations]
        same &= all(
            decide(read_situation(json.loads(text))) == decide(one)
            for text, one in zip(kept, situations, strict=True)
        )
        size = statistics.median(len(text) for text in kept)
        print(f"{count} candidates: {median:.2f} ms, at most {longest:.2f}; kept {size:.0f} bytes")
    return same


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
