"""Who was considered for a need, asked and refused, and why, for people who may look behind it.

It is read from what was kept when the need was worked, not figured out again: who was asked then
may be away now. What holds at this moment is told apart, and only to whoever wants it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from enabler.domain.considerations import Consideration
from enabler.domain.disclosure import distance_band
from enabler.domain.matches import Reason
from enabler.domain.needs import Need
from enabler.domain.offers import REACH_STEPS, Offer
from enabler.domain.vocabulary import MatchState, NeedState, NextStep, Verdict
from enabler.matching import NearMisses, refusals
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._candidates import giver, givers_before, ranked_now, told
from enabler.services._ground import Ground

NEARNESS = "nearness"
"""The factor of a score that is made of the distance."""
MOST_REFUSALS = 100
"""Offers refused at this moment that are named one by one, by ref; the counts are of all."""


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A match that the need has: whose offer, what came of it, why them (at the time). Distances
    are None where they would tell where somebody hidden lives."""

    match_ref: str
    offer_ref: str
    state: MatchState
    distance_metres: int | None
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RankedOffer:
    """An offer that could be asked: its place, what became of it, its score and reasons.

    The distance is from cell to cell; ``within_metres`` is its band, as others may know it.
    ``is_here``: of the need's own place, not of one that shares. ``kept_back``: points by which the
    last round's price moved it down: it is needed more elsewhere. Of somebody hidden from the
    reader no distance is told, nor the points that are made of it.
    """

    offer_ref: str
    is_here: bool
    place: int
    verdict: Verdict | None
    distance_metres: int | None
    within_metres: int | None
    score: int
    reasons: tuple[Reason, ...]
    kept_back: int


V = TypeVar("V", AskedOf, RankedOffer)


@dataclass(frozen=True, slots=True)
class ConsiderationView:
    """Who was looked at when the need was worked. ``refusals`` names offers with the code of the
    rule that kept each from it, as far as they were looked at one by one. ``in_place``: how many
    were looked for in place of those who had said no or nothing; 0 for a wave as such."""

    at: datetime
    wave: int
    by_round: bool
    ruleset_version: int
    considered: int
    ranked: tuple[RankedOffer, ...]
    beyond: int
    refused: dict[str, int]
    refusals: tuple[tuple[str, str], ...]
    in_place: int = 0


@dataclass(frozen=True, slots=True)
class Present:
    """What would hold at this moment: who could be asked, and what keeps the others from it.

    ``near_misses``: those that would fit but for one rule alone; ``other_days``: how many of them
    could come on which day; ``further``: how many more would do by the asker's limit in metres.
    """

    considered: int
    possible: tuple[RankedOffer, ...]
    refused: dict[str, int]
    near_misses: dict[str, int]
    other_days: dict[date, int]
    further: dict[int, int]
    refusals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands between a need and help, and what was considered, the oldest first."""

    need_ref: str
    state: NeedState
    category: str
    slots: int
    slots_filled: int
    next_step: NextStep | None
    next_step_at: datetime | None
    asked: tuple[AskedOf, ...]
    considerations: tuple[ConsiderationView, ...]
    present: Present | None


def without_where(found: Explanation, refs: Collection[str] | None) -> Explanation:
    """The same without the distances of these offers (None: of all), nor the points made of them:
    from several homes a distance is a place."""

    def far(offer_ref: str) -> bool:
        return refs is None or offer_ref in refs

    def rid(one: V) -> V:
        if not far(one.offer_ref):
            return one
        near = sum(each.points for each in one.reasons if each.factor == NEARNESS)
        told = tuple(each for each in one.reasons if each.factor != NEARNESS)
        if isinstance(one, RankedOffer):
            one = replace(one, within_metres=None)
        return replace(one, distance_metres=None, score=one.score - near, reasons=told)

    times = tuple(
        replace(each, ranked=tuple(rid(one) for one in each.ranked))
        for each in found.considerations
    )  # fmt: skip
    now = found.present
    if now is not None:
        now = replace(
            now, possible=tuple(rid(one) for one in now.possible),
            further={} if refs is None else now.further,
        )  # fmt: skip
    asked = tuple(rid(one) for one in found.asked)
    return replace(found, asked=asked, considerations=times, present=now)


def explanation(uow: UnitOfWork, need: Need, here: Ground, *, present: bool) -> Explanation:
    """What was considered for the need up to this moment; with ``present`` what would hold now."""
    return Explanation(
        need_ref=need.ref, state=need.state, category=need.category, slots=need.slots,
        slots_filled=need.slots_filled, next_step=need.next_step,
        next_step_at=need.next_step_at, asked=_asked(uow, need),
        considerations=_considered(uow, need, here.now),
        present=_present(uow, need, here) if present else None,
    )  # fmt: skip


def _asked(uow: UnitOfWork, need: Need) -> tuple[AskedOf, ...]:
    matches = uow.matches.of_need(need.id)
    known = uow.offers.by_ids(match.offer_id for match in matches)
    return tuple(
        AskedOf(
            match.ref, known[match.offer_id].ref, match.state, match.distance_metres, match.score,
            match.reasons,
        )
        for match in matches
    )  # fmt: skip


def _considered(uow: UnitOfWork, need: Need, until: datetime) -> tuple[ConsiderationView, ...]:
    kept = uow.considerations.of_need(need.id, until)
    ids = {one.offer_id for each in kept for one in each.ranked}
    ids |= {offer_id for each in kept for named in each.named.values() for offer_id in named}
    known = uow.offers.by_ids(ids)
    return tuple(_view(need, each, known) for each in kept)


def _view(need: Need, kept: Consideration, known: Mapping[int, Offer]) -> ConsiderationView:
    return ConsiderationView(
        at=kept.at, wave=kept.wave, by_round=kept.by_round, ruleset_version=kept.ruleset_version,
        considered=kept.considered, beyond=kept.beyond, refused=dict(kept.refused),
        ranked=tuple(
            _ranked(
                need, known[one.offer_id], one.place, one.verdict, one.distance_metres, one.score,
                one.reasons, one.kept_back,
            )
            for one in kept.ranked
        ),
        refusals=_named(kept.named, known), in_place=kept.in_place,
    )  # fmt: skip


def _named(
    named: Mapping[str, Iterable[int]], known: Mapping[int, Offer]
) -> tuple[tuple[str, str], ...]:
    return tuple((known[one].ref, code) for code in sorted(named) for one in named[code])


def _ranked(
    need: Need, offer: Offer, place: int, verdict: Verdict | None, metres: int, score: int,
    reasons: Iterable[Reason], kept_back: int,
) -> RankedOffer:  # fmt: skip
    return RankedOffer(
        offer_ref=offer.ref, is_here=offer.place_id == need.place_id, place=place,
        verdict=verdict, distance_metres=metres,
        within_metres=distance_band(metres, need.cell.side_metres, offer.side_metres),
        score=score, reasons=tuple(reasons), kept_back=kept_back,
    )  # fmt: skip


def _present(uow: UnitOfWork, need: Need, here: Ground) -> Present:
    everyone = uow.supply.of_category(need.category, here.place_ids, here.terms)
    before = givers_before(uow, need)
    offers = [offer for offer in everyone if giver(offer) not in before]
    asked, policy = told(uow, [need], here)[0], here.policy(need.category)
    best = ranked_now(uow, asked, offers, policy, here)
    possible = {one.offer for one in best}
    others = [offer for offer in offers if offer.id not in possible]
    refused = refusals(asked, others, policy, now=here.now)
    named = _first({code: [int(one) for one in ids] for code, ids in refused.items()})
    known = uow.offers.by_ids(
        {int(one.offer) for one in best} | {one for ids in named.values() for one in ids}
    )
    misses = NearMisses(asked, others, policy, now=here.now)
    return Present(
        considered=len(everyone),
        possible=tuple(
            _ranked(
                need, known[int(one.offer)], place, None, one.distance_metres, one.score,
                (Reason(reason.factor, reason.points) for reason in one.reasons), one.kept_back,
            )
            for place, one in enumerate(best, start=1)
        ),
        refused={code: len(ids) for code, ids in refused.items()},
        near_misses=misses.by_rule(), other_days=misses.other_days(here.now),
        further=misses.further(REACH_STEPS), refusals=_named(named, known),
    )  # fmt: skip


def _first(refused: Mapping[str, list[int]]) -> dict[str, list[int]]:
    kept: dict[str, list[int]] = {}
    for code, ids in refused.items():
        kept[code] = ids[: MOST_REFUSALS - sum(map(len, kept.values()))]
    return kept
