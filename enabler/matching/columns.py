"""Needs and offers as columns: one array per property, names as numbers, sets as bits.

Built once per question, in time linear in what they hold; everything after works on arrays of
positions (which need, which offer) and never makes an object per pair.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from enabler.matching.arrays import Flags, Ints, Words, bits
from enabler.matching.codebook import Codebook
from enabler.matching.needs_and_offers import Need, Offer
from enabler.matching.policy import Id

ANY_DISTANCE = int(np.iinfo(np.int64).max)
PER_MILLE = 1000


@dataclass(frozen=True)
class NeedColumns:
    """One row per need; ``requires`` has the credentials of its category too."""

    easting: Ints
    northing: Ints
    category: Ints
    reach: Ints
    held: Flags
    member: Ints
    household: Ints
    place: Ints
    requires: Words
    languages: Words
    preferences: Words
    names_language: Flags
    mark: Ints

    @classmethod
    def of(cls, needs: Sequence[Need], book: Codebook) -> "NeedColumns":
        """The needs in their order."""
        return cls(
            easting=_whole(need.easting for need in needs),
            northing=_whole(need.northing for need in needs),
            category=book.categories.codes(need.category for need in needs),
            reach=_whole(
                ANY_DISTANCE if need.reach_metres is None else need.reach_metres for need in needs
            ),
            held=_flags(need.held for need in needs),
            member=book.people.codes(need.member for need in needs),
            household=book.households.codes(need.household for need in needs),
            place=book.places.codes(need.place for need in needs),
            requires=bits([book.wanted(need) for need in needs], book.credentials),
            languages=bits([need.languages_required for need in needs], book.languages),
            preferences=bits([need.preferences for need in needs], book.preferences),
            names_language=_flags(bool(need.languages_required) for need in needs),
            mark=_marks(need.id for need in needs),
        )

    def __len__(self) -> int:
        return len(self.easting)


@dataclass(frozen=True)
class OfferColumns:
    """One row per offer. ``acceptance`` is in thousandths; ``load`` is recent asks and helps."""

    easting: Ints
    northing: Ints
    reach: Ints
    held: Flags
    capacity: Ints
    capped: Flags
    member: Ints
    organisation: Ints
    household: Ints
    place: Ints
    credentials: Words
    languages: Words
    meets: Words
    load: Ints
    acceptance: Ints
    balance: Ints
    balance_known: Flags
    mark: Ints

    @classmethod
    def of(cls, offers: Sequence[Offer], book: Codebook) -> "OfferColumns":
        """The offers in their order."""
        prior = book.policy.acceptance_prior
        chances = (prior if offer.acceptance is None else offer.acceptance for offer in offers)
        return cls(
            easting=_whole(offer.easting for offer in offers),
            northing=_whole(offer.northing for offer in offers),
            reach=_whole(offer.reach_metres for offer in offers),
            held=_flags(offer.held for offer in offers),
            capacity=_whole(offer.capacity for offer in offers),
            capped=_flags(offer.asks_left == 0 for offer in offers),
            member=book.people.codes(offer.member for offer in offers),
            organisation=book.people.codes(offer.organisation for offer in offers),
            household=book.households.codes(offer.household for offer in offers),
            place=book.places.codes(offer.place for offer in offers),
            credentials=bits([offer.credentials for offer in offers], book.credentials),
            languages=bits([offer.languages for offer in offers], book.languages),
            meets=bits([offer.meets for offer in offers], book.preferences),
            load=_whole(offer.recent_asks + offer.recent_helps for offer in offers),
            acceptance=_whole(round(PER_MILLE * chance) for chance in chances),
            balance=_whole(offer.balance_minutes or 0 for offer in offers),
            balance_known=_flags(offer.balance_minutes is not None for offer in offers),
            mark=_marks(offer.id for offer in offers),
        )

    def __len__(self) -> int:
        return len(self.easting)


@dataclass(frozen=True)
class Skills:
    """Who offers which category: one row per offer and category that some need asks for."""

    offer: Ints
    category: Ints

    @classmethod
    def of(cls, offers: Sequence[Offer], book: Codebook) -> "Skills":
        """The skills of the offers, in their order; the needs must have been read before."""
        known = book.categories
        rows = [
            (row, known[category])
            for row, offer in enumerate(offers)
            for category in sorted(offer.categories & known.keys())
        ]
        return cls(_whole(row for row, _ in rows), _whole(category for _, category in rows))


def _whole(numbers: Iterable[int]) -> Ints:
    return np.fromiter(numbers, dtype=np.int64)


def _flags(truths: Iterable[bool]) -> Flags:
    return np.fromiter(truths, dtype=np.bool_)


def _marks(ids: Iterable[Id]) -> Ints:
    """A number per id that is the same on every machine and in every run."""
    return _whole(crc32(str(name).encode(errors="surrogatepass")) for name in ids)
