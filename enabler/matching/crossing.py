"""Pairs of needs with offers as columns, with what the rules and the scores look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from enabler.matching.arrays import NOBODY, Flags, Ints
from enabler.matching.codebook import Codebook
from enabler.matching.columns import NeedColumns, OfferColumns, Skills
from enabler.matching.distance import metres
from enabler.matching.needs_and_offers import Need, Offer
from enabler.matching.policy import Policy
from enabler.matching.timetable import Timetable


@dataclass(frozen=True)
class Links:
    """Who stands in some relation to a member: sparse (row, member) -> how often, as sorted keys.

    ``key = row * breadth + member code``.
    """

    breadth: int
    key: Ints
    times: Ints

    @classmethod
    def of(cls, links: Mapping[tuple[int, int], int], breadth: int) -> "Links":
        """From a mapping of (row, member code)."""
        known = sorted((row * breadth + code, times) for (row, code), times in links.items())
        key, times = np.array(known, dtype=np.int64).reshape(-1, 2).T
        return cls(breadth, key, times)

    def count(self, row: Ints, member: Ints) -> Ints:
        """How often, for each row and member; 0 where there is no link or no member."""
        if not len(self.key):
            return np.zeros(len(row), dtype=np.int64)
        wanted = row * self.breadth + member
        at = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
        return np.where((self.key[at] == wanted) & (member != NOBODY), self.times[at], 0)


@dataclass(frozen=True)
class Question:
    """Everything that is known of all needs and offers of one question."""

    policy: Policy
    needs: NeedColumns
    offers: OfferColumns
    skills: Skills
    times: Timetable
    preferences: Mapping[str, int]
    sharing: Flags
    unwanted: Links
    avoided: Links
    helped: Links

    @classmethod
    def of(
        cls, needs: Sequence[Need], offers: Sequence[Offer], policy: Policy, now: datetime | None
    ) -> "Question":
        """Read needs and offers into columns, in their order."""
        book = Codebook(needs, policy)
        need_columns, offer_columns = NeedColumns.of(needs, book), OfferColumns.of(offers, book)
        code = book.people.code
        unwanted = {(row, code(who)): 1 for row, n in enumerate(needs) for who in n.blocked}
        avoided = {(row, code(who)): 1 for row, o in enumerate(offers) for who in o.blocked}
        helped = {
            (row, code(who)): times
            for row, offer in enumerate(offers)
            for who, times in offer.helped.items()
        }
        breadth = len(book.people) + 1
        return cls(
            policy=policy,
            needs=need_columns,
            offers=offer_columns,
            skills=Skills.of(offers, book),
            times=Timetable(needs, offers, policy, now),
            preferences=book.preferences,
            sharing=book.sharing(),
            unwanted=Links.of(unwanted, breadth),
            avoided=Links.of(avoided, breadth),
            helped=Links.of(helped, breadth),
        )


@dataclass(frozen=True)
class Pairs:
    """Pairs of a question: ``need`` and ``offer`` are positions, ``metres`` lie between them.

    ``usable`` is the time in common in seconds; 0 until :meth:`with_time` has found it.
    """

    question: Question
    need: Ints
    offer: Ints
    metres: Ints
    usable: Ints

    @classmethod
    def of(cls, question: Question, need: Ints, offer: Ints) -> "Pairs":
        """The pairs with their distances."""
        needs, offers = question.needs, question.offers
        apart = metres(
            needs.easting[need], needs.northing[need],
            offers.easting[offer], offers.northing[offer],
        )  # fmt: skip
        return cls(question, need, offer, apart, np.zeros(len(need), dtype=np.int64))

    def where(self, keep: Flags) -> "Pairs":
        """Those pairs alone."""
        return Pairs(
            self.question,
            self.need[keep],
            self.offer[keep],
            self.metres[keep],
            self.usable[keep],
        )

    def with_time(self) -> "Pairs":
        """The same pairs with their usable time."""
        return replace(self, usable=self.question.times.usable(self.need, self.offer))

    def __len__(self) -> int:
        return len(self.need)
