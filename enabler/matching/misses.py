"""Why nobody, or not this one: whom each rule refused, and how near nobody is to somebody.

For one need at a time: every rule may be asked about every offer here, so that the cost is linear
in the offers with a large constant. :mod:`enabler.matching.pairs` counts for many needs at once.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from enabler.matching.arrays import Flags, Ints
from enabler.matching.crossing import Pairs, Question
from enabler.matching.needs_and_offers import Need, Offer
from enabler.matching.policy import Id, Policy
from enabler.matching.rules import rules_of
from enabler.matching.windows import MINUTE, Stretch, free_stretches, seconds_of, stretches_of

TIMES = ("time", "away")
"""The dear rules: asked only about pairs that at most one other rule refuses."""

DAYS_AHEAD = 7


def refusals(
    need: Need, offers: Sequence[Offer], policy: Policy, *, now: datetime | None = None
) -> dict[str, tuple[Id, ...]]:
    """The ids of the offers that each rule refuses, in their order; an offer stands once, under
    the first rule that refuses it, so the numbers are those of ``edges(...).because``.
    """
    if need.held:  # law 6: nothing else is asked of it
        return {"held": tuple(offer.id for offer in offers)} if offers else {}
    question = Question.of([need], offers, policy, now)
    pairs = _all_pairs(question)
    found: dict[str, tuple[Id, ...]] = {}
    for code, rule in rules_of(question).items():
        refuses = rule(pairs)
        if refuses.any():
            found[code] = tuple(offers[row].id for row in pairs.offer[refuses].tolist())
            pairs = pairs.where(~refuses)
    return found


class NearMisses:
    """The offers that exactly one rule keeps from a need."""

    def __init__(
        self, need: Need, offers: Sequence[Offer], policy: Policy, *, now: datetime | None = None
    ) -> None:
        self._need, self._offers, self._zone = need, offers, policy.zone
        question = Question.of([need], offers, policy, now)
        self._pairs = _all_pairs(question)
        self._alone = _alone(question, self._pairs)

    def by_rule(self) -> dict[str, int]:
        """How many offers each rule alone keeps from the need. No zeros."""
        counts = {code: int(rows.size) for code, rows in self._alone.items()}
        return {code: count for code, count in counts.items() if count}

    def other_days(self, now: datetime) -> dict[date, int]:
        """How many of those whom time alone keeps away could come on which of the next days.

        Days are those of the place's clocks, today and the six after it; an offer counts on each
        on which it is free, from ``now`` on, for the need's duration without a break. No zeros.
        """
        days = _days(now, self._zone)
        duration = self._need.duration_minutes * MINUTE
        rows = np.concatenate([self._alone[code] for code in TIMES]).tolist()
        kinds = Counter((self._offers[row].weekly, self._offers[row].away) for row in rows)
        found: Counter[date] = Counter()
        for (weekly, away), many in kinds.items():
            free = free_stretches(
                weekly, stretches_of(away), self._zone, days[0][1][0], days[-1][1][1]
            )
            for day, bounds in days:
                if _longest(free, bounds) >= duration:
                    found[day] += many
        return dict(sorted(found.items()))

    def further(self, steps: Sequence[int]) -> dict[int, int]:
        """How many more would do if the asker's own limit were each of the ``steps`` (metres).

        Only those who would come so far themselves; steps that bring nobody new are left out.
        """
        rows = self._alone["reach"]
        limit, offers = self._need.reach_metres, self._pairs.question.offers
        if limit is None or not rows.size:
            return {}
        metres = self._pairs.metres[rows]
        metres = metres[metres <= offers.reach[rows]]
        found: dict[int, int] = {}
        for step in sorted(step for step in steps if step > limit):
            more = int(np.sum(metres <= step))
            if more > max(found.values(), default=0):
                found[step] = more
        return found


def nearest_misses(
    need: Need, offers: Sequence[Offer], policy: Policy, *, now: datetime | None = None
) -> dict[str, int]:
    """How many offers each rule alone keeps from the need: see :meth:`NearMisses.by_rule`."""
    return NearMisses(need, offers, policy, now=now).by_rule()


def other_days(
    need: Need, offers: Sequence[Offer], policy: Policy, *, now: datetime
) -> dict[date, int]:
    """On which days others could come: "two, if you can also do Thursday".

    See :meth:`NearMisses.other_days`.
    """
    return NearMisses(need, offers, policy, now=now).other_days(now)


def _all_pairs(question: Question) -> Pairs:
    """The one need with every offer."""
    everyone = np.arange(len(question.offers), dtype=np.int64)
    return Pairs.of(question, np.zeros_like(everyone), everyone)


def _alone(question: Question, pairs: Pairs) -> Mapping[str, Ints]:
    """For each rule, the rows of the pairs that it refuses and no other rule does."""
    rules = rules_of(question)
    cheap = {code: rule(pairs) for code, rule in rules.items() if code not in TIMES}
    possible = np.sum(list(cheap.values()), axis=0) <= 1
    some = pairs.where(possible)
    timely: dict[str, Flags] = {}
    for code in TIMES:
        timely[code] = np.zeros(len(pairs), dtype=np.bool_)
        timely[code][possible] = rules[code](some)
    every = cheap | timely
    once = np.sum(list(every.values()), axis=0) == 1
    return {code: np.flatnonzero(refuses & once) for code, refuses in every.items()}


def _days(now: datetime, zone: ZoneInfo) -> list[tuple[date, Stretch]]:
    """The local days from today on, each as a stretch; today's begins now."""
    today = now.astimezone(zone).date()
    days = [today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)]
    midnights = [seconds_of(datetime.combine(day, time(), zone)) for day in days]
    starts = [seconds_of(now), *midnights[1:-1]]
    return list(zip(days[:-1], zip(starts, midnights[1:], strict=True), strict=True))


def _longest(free: Sequence[Stretch], bounds: Stretch) -> int:
    """The longest free stretch inside the bounds, in seconds."""
    opens, closes = bounds
    return max((min(end, closes) - max(start, opens) for start, end in free), default=0)
