"""Situations of asking, with everything plain but what a test is about."""

import random
from typing import Any

from hypothesis import strategies as st

from enabler.domain.paces import Pace, Speed
from enabler.domain.vocabulary import Risk
from enabler.matching.situations import Candidates, Situation, Weights
from enabler.matching.turns import seed_of

SOON = Pace(Speed.SOON, 0.8, 120, 3)
PRESSING = Pace(Speed.PRESSING, 0.95, 30, 7)
LATER = Pace(Speed.LATER, 0.5, 480, 1)
WIDE = Pace(Speed.PRESSING, 0.999999, 30, 1000)
"""So sure and so many that nothing but the points ends it."""
NO_TURNS = Weights(turns_percent=0)


def candidates(effective: list[float], **given: Any) -> Candidates:
    """Offers 1, 2, … of these chances, rested, unpriced, alike in score, never asked."""
    count = len(effective)
    plain: dict[str, Any] = {
        "offer": tuple(range(1, count + 1)), "score": (500,) * count, "price": (0,) * count,
        "chance": effective, "attention": (1.0,) * count, "effective": effective,
        "asks_week": (0,) * count, "asks_month": (0,) * count, "helps_week": (0,) * count,
        "newcomer": (False,) * count,
    }  # fmt: skip
    return Candidates(**(plain | given))


def a_situation(*effective: float, **given: Any) -> Situation:
    """One helper is wanted soon, for half an hour of low risk; nobody goes in turn."""
    of_candidates = given.pop("columns", {})
    plain: dict[str, Any] = {
        "seed": seed_of("7K4P", 1, "salt"), "asked": 0, "wanted": 1, "minutes": 30,
        "risk": Risk.LOW, "pace": SOON, "weights": NO_TURNS,
        "candidates": candidates(list(effective), **of_candidates),
    }  # fmt: skip
    return Situation(**(plain | given))


def invented(seed: int, count: int, **given: Any) -> Situation:
    """A situation with so many candidates of every kind, the same for the same seed."""
    rng = random.Random(seed)
    attention = [rng.choice([1.0, 0.5, 0.75, rng.uniform(0.1, 1)]) for _ in range(count)]
    chance = [rng.betavariate(2, 4) for _ in range(count)]
    columns = {
        "offer": tuple(rng.sample(range(1000), count)),
        "score": tuple(sorted((rng.randint(0, 1000) for _ in range(count)), reverse=True)),
        "price": tuple(rng.choice([0, 0, rng.randint(0, 1000)]) for _ in range(count)),
        "chance": tuple(chance), "attention": tuple(attention),
        "effective": tuple(
            c * a * rng.uniform(0.5, 1) for c, a in zip(chance, attention, strict=True)
        ),
        "asks_week": tuple(rng.randint(0, 4) for _ in range(count)),
        "asks_month": tuple(rng.randint(0, 9) for _ in range(count)),
        "helps_week": tuple(rng.choice([0, 0, 0, 1, 2]) for _ in range(count)),
        "newcomer": tuple(rng.random() < 0.2 for _ in range(count)),
    }  # fmt: skip
    plain: dict[str, Any] = {
        "seed": seed_of(str(seed), 1, "salt"), "asked": rng.randint(0, 5),
        "wanted": rng.choice([1, 1, 1, 2, 3]), "minutes": rng.choice([30, 60, 120]),
        "risk": rng.choice(list(Risk)), "pace": rng.choice([PRESSING, SOON, LATER]),
        "lift": rng.choice([1.0, 1.333, 2.0]), "weights": Weights(), "model": "prior",
        "out": tuple(rng.uniform(0, 0.5) for _ in range(rng.choice([0, 0, 1, 2]))),
        "candidates": Candidates(**columns),
    }  # fmt: skip
    return Situation(**(plain | given))


SITUATIONS = st.builds(invented, st.integers(0, 10**6), st.integers(0, 60))
