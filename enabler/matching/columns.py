"""Needs and offers as columns: one array per property, names as numbers, sets as bits.

Built once per question, in time linear in what they hold; everything after works on arrays of
positions (which need, which offer) and never makes an object per pair.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any
from zlib import crc32

import numpy as np

from enabler.matching.arrays import Flags, Ints, Words, bits, distinct, spread
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
        reaches = (
            ANY_DISTANCE if need.reach_metres is None else need.reach_metres for need in needs
        )
        languages = [need.languages_required for need in needs]
        return cls(
            easting=_whole(_each(needs, "easting")),
            northing=_whole(_each(needs, "northing")),
            category=book.categories.codes(_each(needs, "category")),
            reach=_whole(reaches),
            held=_flags(_each(needs, "held")),
            member=book.people.codes(_each(needs, "member")),
            household=book.households.codes(_each(needs, "household")),
            place=book.places.codes(_each(needs, "place")),
            requires=bits(book.wanted, book.credentials),
            languages=bits(languages, book.languages),
            preferences=bits(_each(needs, "preferences"), book.preferences),
            names_language=_flags(map(bool, languages)),
            mark=_whole(map(_mark, _each(needs, "id"))),
        )

    @cached_property
    def strict(self) -> Flags:
        """Which needs demand a credential."""
        return np.any(self.requires, axis=1)

    def __len__(self) -> int:
        return len(self.easting)


@dataclass(frozen=True)
class OfferColumns:
    """One row per offer. ``acceptance`` is in thousandths; ``load`` is recent asks and helps;
    ``mark`` is 0 for neighbours.
    """

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
        balances = [offer.balance_minutes for offer in offers]
        return cls(
            easting=_whole(_each(offers, "easting")),
            northing=_whole(_each(offers, "northing")),
            reach=_whole(_each(offers, "reach_metres")),
            held=_flags(_each(offers, "held")),
            capacity=_whole(_each(offers, "capacity")),
            capped=_flags(offer.asks_left == 0 for offer in offers),
            member=book.people.codes(_each(offers, "member")),
            organisation=book.people.codes(_each(offers, "organisation")),
            household=book.households.codes(_each(offers, "household")),
            place=book.places.codes(_each(offers, "place")),
            credentials=bits(_each(offers, "credentials"), book.credentials),
            languages=bits(_each(offers, "languages"), book.languages),
            meets=bits(_each(offers, "meets"), book.preferences),
            load=_whole(_each(offers, "recent_asks")) + _whole(_each(offers, "recent_helps")),
            acceptance=np.rint(PER_MILLE * np.fromiter(chances, np.float64)).astype(np.int64),
            balance=_whole(balance or 0 for balance in balances),
            balance_known=_flags(balance is not None for balance in balances),
            mark=_whole(0 if one.organisation is None else _mark(one.id) for one in offers),
        )

    def __len__(self) -> int:
        return len(self.easting)


@dataclass(frozen=True)
class Skills:
    """Who offers which category: the codes ``category[first[j]] .. category[first[j + 1]]``.

    Only categories that some need asks for have a code, below ``codes``; they rise, and none is
    there twice.
    """

    first: Ints
    category: Ints
    codes: int

    @classmethod
    def of(cls, offers: Sequence[Offer], book: Codebook) -> "Skills":
        """The skills of the offers, in their order; the needs must have been read before."""
        known = book.categories
        kinds, which = distinct(_each(offers, "categories"))
        rows = [sorted(map(known.__getitem__, kind & known.keys())) for kind in kinds]
        count = np.array([len(row) for row in rows], dtype=np.int64)
        _, at = spread((np.cumsum(count) - count)[which], count[which])
        first = np.concatenate([[0], np.cumsum(count[which])]).astype(np.int64)
        return cls(first, _whole(chain.from_iterable(rows))[at], len(known))

    def flags(self) -> Flags:
        """Who offers what, shape (offers, codes)."""
        table = np.zeros((len(self.first) - 1, self.codes), dtype=np.bool_)
        table[np.repeat(np.arange(len(table)), np.diff(self.first)), self.category] = True
        return table


def _whole(numbers: Iterable[int]) -> Ints:
    return np.fromiter(numbers, dtype=np.int64)


def _flags(truths: Iterable[bool]) -> Flags:
    return np.fromiter(truths, dtype=np.bool_)


def _each(rows: Sequence[Any], name: str) -> Iterable[Any]:
    return map(attrgetter(name), rows)


def _mark(name: Id) -> int:
    """A number of an id that is the same on every machine and in every run."""
    return crc32(str(name).encode(errors="surrogatepass"))
