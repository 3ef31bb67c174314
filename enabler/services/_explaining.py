"""Why somebody was asked for a need, and why others were not, for people who may look behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enabler.domain.matches import Reason
from enabler.domain.needs import Need
from enabler.domain.vocabulary import MatchState, NeedState, NextStep
from enabler.matching import Candidate, Offer, edges, nearest_misses, why_not
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._candidates import giver, givers_before, told
from enabler.services._ground import Ground

MOST_REFUSALS = 100
"""Refused offers that are named one by one, by ref; the counts are of all."""


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A match that the need has: whose offer, what came of it, why them (at the time)."""

    match_ref: str
    offer_ref: str
    state: MatchState
    distance_metres: int
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Possible:
    """An offer that could be asked now, with its score and reasons. From cell to cell."""

    offer_ref: str
    distance_metres: int
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands between a need and help.

    ``considered`` are the open offers of its kind of help in the place and where it shares;
    ``refused`` counts them by the first rule that refused each, ``near_misses`` those that would
    fit but for one rule alone, ``refusals`` names some with that code.
    """

    need_ref: str
    state: NeedState
    category: str
    slots: int
    slots_filled: int
    next_step: NextStep | None
    next_step_at: datetime | None
    considered: int
    asked: tuple[AskedOf, ...]
    possible: tuple[Possible, ...]
    refused: dict[str, int]
    near_misses: dict[str, int]
    refusals: tuple[tuple[str, str], ...]


def explanation(uow: UnitOfWork, need: Need, here: Ground) -> Explanation:
    """Who was considered, asked and refused for the need, and why, as things are now."""
    everyone = uow.supply.of_category(need.category, here.place_ids, here.terms)
    before = givers_before(uow, need)
    offers = [offer for offer in everyone if giver(offer) not in before]
    asked, policy = told(uow, [need])[0], here.policy(need.category)
    found = edges([asked], offers, policy, now=here.now)
    candidates = [
        Candidate(offers[offer].id, int(metres), int(score), found.reasons(row))
        for row, (offer, metres, score) in enumerate(
            zip(found.offer, found.distance_metres, found.score, strict=True)
        )
    ]
    taken = {candidate.offer for candidate in candidates}
    refused = [offer for offer in offers if offer.id not in taken][:MOST_REFUSALS]
    codes = [(int(one.id), why_not(asked, one, policy, now=here.now) or "") for one in refused]
    return _explained(uow, need, everyone, candidates, codes, (
        found.because(0), nearest_misses(asked, offers, policy, now=here.now)
    ))  # fmt: skip


def _explained(
    uow: UnitOfWork, need: Need, everyone: Sequence[Offer], candidates: Sequence[Candidate],
    codes: Sequence[tuple[int, str]], counts: tuple[dict[str, int], dict[str, int]],
) -> Explanation:  # fmt: skip
    matches = uow.matches.of_need(need.id)
    ids = {match.offer_id for match in matches} | {int(one.offer) for one in candidates}
    known = uow.offers.by_ids(ids | {offer_id for offer_id, _ in codes})
    best = sorted(candidates, key=lambda one: (-one.score, int(one.offer)))
    return Explanation(
        need_ref=need.ref, state=need.state, category=need.category, slots=need.slots,
        slots_filled=need.slots_filled, next_step=need.next_step,
        next_step_at=need.next_step_at, considered=len(everyone),
        asked=tuple(
            AskedOf(
                match.ref, known[match.offer_id].ref, match.state, match.distance_metres,
                match.score, match.reasons,
            )
            for match in matches
        ),
        possible=tuple(
            Possible(
                known[int(one.offer)].ref, one.distance_metres, one.score,
                tuple(Reason(reason.factor, reason.points) for reason in one.reasons),
            )
            for one in best
        ),
        refused=counts[0], near_misses=counts[1],
        refusals=tuple((known[offer_id].ref, code) for offer_id, code in codes),
    )  # fmt: skip
