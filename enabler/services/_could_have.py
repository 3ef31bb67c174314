"""Who could have helped with invented needs, by the engine itself: candidates, scores, reasons."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import numpy as np

from enabler.domain.checks import held
from enabler.domain.demo.giving import HELPER_OFFER
from enabler.domain.demo.shapes import Invention
from enabler.domain.demo.town import Town
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import CredentialKind, OfferState
from enabler.domain.windows import Window
from enabler.matching import Edges, Need, Offer, Policy, edges
from enabler.persistence.peopling.book import Scored

Progress = Callable[[str, int, int], None]
NEEDS_AT_ONCE = 400
CANDIDATES = 24
"""The best of so many are kept for each need: more than the default waves ever ask."""

_NOBODY_NEW = CredentialKind.REFERENCE
"""An organisation needs none to go into homes."""
_MAY_HELP = frozenset({OfferState.OPEN, OfferState.ENDED})


class CouldHave:
    """The pairs that no rule refuses, best first for each need."""

    def __init__(
        self, invention: Invention, town: Town, ruleset: Ruleset,
        requires: Mapping[str, frozenset[str]], now: datetime, progress: Progress,
    ) -> None:  # fmt: skip
        policy = Policy(
            timezone=town.timezone, category_credentials=requires, weights=ruleset.weights
        )
        self.candidates: dict[int, list[int]] = {}
        self._scored: dict[tuple[int, int], Scored] = {}
        givers = [_giver(invention, town, row, now) for row in range(len(invention.offers))]
        asked = [_asked(invention, town, row) for row in range(len(invention.needs))]
        for start in range(0, len(asked), NEEDS_AT_ONCE):
            self._keep(start, edges(asked[start : start + NEEDS_AT_ONCE], givers, policy))
            progress("matching", start, len(asked))

    def scored(self, need: int, offer: int) -> Scored:
        """What the engine says of this pair. Raises KeyError for one that could not be."""
        return self._scored[need, offer]

    def _keep(self, first: int, found: Edges) -> None:
        """Note the best pairs of some needs, ties by the offers' order."""
        order = np.lexsort((found.offer, -found.score, found.need))
        rank = np.arange(len(order)) - np.searchsorted(found.need, found.need[order])
        shown = (found.offer[order] == HELPER_OFFER) | (rank < CANDIDATES)
        for pair in order[shown].tolist():
            need, offer = first + int(found.need[pair]), int(found.offer[pair])
            self.candidates.setdefault(need, []).append(offer)
            self._scored[need, offer] = Scored(
                distance_metres=int(found.distance_metres[pair]),
                factors=found.factors,
                points=tuple(found.points[pair].tolist()),
            )


def _asked(invention: Invention, town: Town, row: int) -> Need:
    need = invention.needs[row]
    member = invention.members[need.asker]
    home = member.home or 0
    east, north = town.spots[invention.homes[home].spot].cell
    return Need(
        id=row, easting=east, northing=north, category=need.category,
        windows=_spans(need.windows) or None, duration_minutes=need.duration_minutes,
        slots=need.slots, languages_required=frozenset(need.languages_required),
        member=need.asker, household=home,
    )  # fmt: skip


def _giver(invention: Invention, town: Town, row: int, now: datetime) -> Offer:
    offer = invention.offers[row]
    if offer.organisation is not None:
        organisation = invention.organisations[offer.organisation]
        spot = town.spots[organisation.spot]
        point, checks, household = (spot.easting, spot.northing), organisation.credentials, None
    else:
        member = invention.members[offer.posted_by]
        home = member.home or 0
        point, checks = town.spots[invention.homes[home].spot].cell, member.credentials
        household = home
    shown = [check.kind.value for check in checks if check.valid_until > now]
    weekly = tuple((b.weekday, b.start_minute, b.end_minute) for b in offer.weekly)
    return Offer(
        id=row, easting=point[0], northing=point[1], categories=frozenset(offer.categories),
        reach_metres=offer.reach_metres, weekly=None if offer.any_time else weekly,
        away=_spans(offer.away), capacity=offer.capacity,
        credentials=held(shown if offer.organisation is None else {*shown, _NOBODY_NEW}),
        languages=frozenset(offer.languages), member=offer.member, household=household,
        organisation=None if offer.organisation is None else f"o{offer.organisation}",
        held=offer.state not in _MAY_HELP,
    )  # fmt: skip


def _spans(windows: Sequence[Window]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((window.start, window.end) for window in windows)
