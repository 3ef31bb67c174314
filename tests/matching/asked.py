"""Simulated asks: people with known chances, hours of attention and times of answering."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from enabler.matching.answer_curve import MEDIAN_MINUTES, SIGMA
from enabler.matching.arrays import Floats
from enabler.matching.ask_columns import (
    AskColumns,
    AskedColumns,
    GiverColumns,
    Outcome,
    PairColumns,
)

START = int(datetime(2026, 1, 5, tzinfo=UTC).timestamp())
DAY = 86_400
KINDS = ("dog-walking", "repairs", "shopping")
LIKED = {"dog-walking": 0.6, "repairs": -0.6, "shopping": 0.0}


@dataclass(frozen=True)
class World:
    """The truth. ``spread``: of people's own bent; ``rest``: q, 1 if nobody tires; ``cut``: mean
    minutes until others are quicker, None if they never are."""

    usual: float = -0.4
    distance: float = -1.2
    helped: float = 0.9
    evening: float = 0.7
    spread: float = 0.8
    rest: float = 1.0
    cut: float | None = None
    days: int = 180


def logistic(logit: Floats) -> Floats:
    return 1 / (1 + np.exp(-logit))


def some_pairs(random: np.random.Generator, count: int) -> PairColumns:
    any_time = random.random(count) < 0.1
    return PairColumns(
        category=np.array(KINDS)[random.integers(0, 3, count)],
        metres=random.integers(0, 2000, count),
        reach=np.full(count, 2000),
        daypart=np.where(any_time, -1, random.integers(0, 8, count)),
        hours_until=np.where(any_time, np.nan, random.uniform(1, 200, count)),
        helped=(random.random(count) < 0.2).astype(np.int64),
    )


def chance_of(world: World, pairs: PairColumns, bent: Floats) -> Floats:
    liked = np.array([LIKED[str(kind)] for kind in pairs.category])
    distance = world.distance * np.log1p(pairs.metres / pairs.reach)
    known = world.helped * pairs.helped + world.evening * (pairs.daypart == 3)
    return logistic(world.usual + bent + liked + distance + known)


def attention_of(world: World, giver: np.ndarray, asked_at: np.ndarray) -> Floats:
    """Of each ask, by the days since that giver's one before."""
    order = np.lexsort((asked_at, giver))
    gap = np.full(len(giver), np.inf)
    since = np.diff(asked_at[order]) / DAY
    gap[order[1:]] = np.where(np.diff(giver[order]) == 0, since, np.inf)
    return np.maximum(0.1, 1 - (1 - world.rest) ** gap) if world.rest < 1 else np.ones(len(gap))


def simulated(world: World, count: int, givers: int, seed: int) -> tuple[AskedColumns, Floats]:
    """Asks, and the chance that each would say yes if they look."""
    random = np.random.default_rng(seed)
    pairs = some_pairs(random, count)
    giver = random.integers(0, givers, count)
    asked_at = START + random.permutation(world.days * DAY)[:count]
    chance = chance_of(world, pairs, random.normal(0, world.spread, givers)[giver])
    looks = random.random(count) < attention_of(world, giver, asked_at)
    willing = (random.random(count) < chance) & looks
    answers = np.exp(random.normal(np.log(MEDIAN_MINUTES), SIGMA, count))
    says_no = looks & ~willing & (random.random(count) < 0.4)
    answers[~willing & ~says_no] = 480.0
    ends = random.exponential(world.cut, count) if world.cut else np.full(count, np.inf)
    minutes = np.minimum(ends, answers)
    outcome = np.select(
        [ends < answers, willing, says_no],
        [Outcome.CUT_SHORT, Outcome.YES, Outcome.NO],
        Outcome.SILENT,
    )
    settled = asked_at + np.ceil(minutes * 60).astype(np.int64)
    return AskedColumns(pairs, giver, asked_at, settled, minutes, outcome), chance


def with_outcome(asked: AskedColumns, outcome: Outcome) -> AskedColumns:
    """The same with another name for what was cut short."""
    cut = asked.outcome == Outcome.CUT_SHORT
    return replace(asked, outcome=np.where(cut, outcome, asked.outcome))


def an_ask(**given: object) -> AskColumns:
    """One ask of a newcomer a quarter of their reach away, unless said otherwise."""
    usual = {
        "category": "shopping", "metres": 500, "reach": 2000, "daypart": 3, "hours_until": 24.0,
        "helped": 0, "yes": 0.0, "asks": 0.0, "days_since_yes": np.nan, "days_since_ask": np.nan,
    } | given  # fmt: skip
    columns = {name: np.atleast_1d(np.array(value)) for name, value in usual.items()}
    rows = max(len(column) for column in columns.values())
    full = {name: np.broadcast_to(column, rows).copy() for name, column in columns.items()}
    of_pairs = PairColumns.__dataclass_fields__
    return AskColumns(
        PairColumns(**{name: full[name] for name in of_pairs}),
        GiverColumns(**{name: full[name] for name in full if name not in of_pairs}),
    )
