"""One need: who suits best, why somebody was not asked, and how near nobody is to somebody."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from enabler.matching.crossing import Pairs, Question
from enabler.matching.needs_and_offers import Need, Offer
from enabler.matching.pairs import edges
from enabler.matching.policy import Id, Policy
from enabler.matching.results import Candidate
from enabler.matching.rules import rules_of

TIMES = ("time", "away")
"""The dear rules: asked only about pairs that at most one other rule refuses."""


def rank(
    need: Need,
    offers: Sequence[Offer],
    policy: Policy,
    limit: int,
    *,
    now: datetime | None = None,
) -> list[Candidate]:
    """The best ``limit`` offers for one need, best first, ties by id, with every reason.

    The order of ``offers`` changes nothing. Time: linear in the offers.
    """
    found = edges([need], offers, policy, now=now)
    ids = [offers[row].id for row in found.offer.tolist()]
    best = sorted(range(len(found)), key=lambda row: (-int(found.score[row]), by_id(ids[row])))
    return [found.candidate(row, ids[row]) for row in best[: max(0, limit)]]


def by_id(name: Id) -> tuple[bool, int, str]:
    """The order of ids: whole numbers by size, then texts by their letters."""
    return (True, 0, name) if isinstance(name, str) else (False, name, "")


def why_not(need: Need, offer: Offer, policy: Policy, *, now: datetime | None = None) -> str | None:
    """The code of the first rule that refuses the pair; None if it could be."""
    refused = edges([need], [offer], policy, now=now).because(0)
    return next(iter(refused), None)


def nearest_misses(
    need: Need, offers: Sequence[Offer], policy: Policy, *, now: datetime | None = None
) -> dict[str, int]:
    """How many offers each rule alone keeps from the need: "two, if you can also do Thursday".

    Every rule is asked about every offer, so this is for one need at a time. No zeros.
    """
    question = Question.of([need], offers, policy, now)
    everyone = np.arange(len(offers), dtype=np.int64)
    pairs = Pairs.of(question, np.zeros_like(everyone), everyone)
    rules = rules_of(question)
    cheap = {code: rule(pairs) for code, rule in rules.items() if code not in TIMES}
    refusals = np.sum(list(cheap.values()), axis=0)
    timely = {code: np.zeros(len(pairs), dtype=np.bool_) for code in TIMES}
    possible = refusals <= 1
    for code in TIMES:
        timely[code][possible] = rules[code](pairs.where(possible))
    every = cheap | timely
    alone = np.sum(list(every.values()), axis=0) == 1
    counts = {code: int(np.sum(refuses & alone)) for code, refuses in every.items()}
    return {code: count for code, count in counts.items() if count}
