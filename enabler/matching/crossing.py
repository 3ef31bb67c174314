"""Pairs of needs with offers as columns, with what the rules and the scores look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from enabler.matching.arrays import Flags, Ints
from enabler.matching.codebook import Codebook
from enabler.matching.columns import NeedColumns, OfferColumns, Skills
from enabler.matching.distance import metres
from enabler.matching.links import Links
from enabler.matching.needs_and_offers import Need, Offer
from enabler.matching.policy import Policy
from enabler.matching.timetable import Timetable

MANY = 500_000
"""From so many pairs of a need with an offer on machine code is loaded.

Loading it takes a second or two. Fewer pairs take less as they are: a web worker, which ranks one
need at a time among some thousands of offers, never loads a compiler.
"""


@dataclass(frozen=True)
class Question:
    """Everything that is known of all needs and offers of one question.

    ``many``: there are so many pairs that machine code pays (:data:`MANY`).
    """

    policy: Policy
    many: bool
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
        cls,
        needs: Sequence[Need],
        offers: Sequence[Offer],
        policy: Policy,
        now: datetime | None,
        *,
        many: bool | None = None,
    ) -> "Question":
        """Read needs and offers into columns, in their order.

        ``many`` None: :data:`MANY` decides.
        """
        book = Codebook(needs, policy)
        need_columns, offer_columns = NeedColumns.of(needs, book), OfferColumns.of(offers, book)
        code = book.people
        unwanted = {(row, code[who]): 1 for row, n in enumerate(needs) for who in n.blocked}
        avoided = {(row, code[who]): 1 for row, o in enumerate(offers) for who in o.blocked}
        helped = {
            (row, code[who]): times
            for row, offer in enumerate(offers)
            for who, times in offer.helped.items()
        }
        breadth = len(book.people)
        if many is None:
            many = len(needs) * len(offers) >= MANY
        return cls(
            policy=policy,
            many=many,
            needs=need_columns,
            offers=offer_columns,
            skills=Skills.of(offers, book),
            times=Timetable(needs, offers, policy, now, many=many),
            preferences=book.preferences,
            sharing=book.sharing(),
            unwanted=Links.of(unwanted, len(needs), breadth),
            avoided=Links.of(avoided, len(offers), breadth),
            helped=Links.of(helped, len(offers), breadth),
        )

    @cached_property
    def skilled(self) -> Flags:
        """Who offers what, shape (offers, category codes)."""
        return self.skills.flags()


@dataclass(frozen=True)
class Pairs:
    """Pairs of a question: ``need`` and ``offer`` are positions."""

    question: Question
    need: Ints
    offer: Ints

    @classmethod
    def of(cls, question: Question, need: Ints, offer: Ints) -> "Pairs":
        """The pairs of these needs with these offers, one by one."""
        return cls(question, need, offer)

    @classmethod
    def known(
        cls, question: Question, need: Ints, offer: Ints, metres: Ints, usable: Ints
    ) -> "Pairs":
        """Pairs of which distance and time have been looked up."""
        pairs = cls(question, need, offer)
        pairs.__dict__.update(metres=metres, usable=usable)
        return pairs

    @cached_property
    def metres(self) -> Ints:
        """The distance of each pair."""
        needs, offers = self.question.needs, self.question.offers
        return metres(
            needs.easting[self.need], needs.northing[self.need],
            offers.easting[self.offer], offers.northing[self.offer],
        )  # fmt: skip

    @cached_property
    def usable(self) -> Ints:
        """The time in common: see :meth:`Timetable.usable`."""
        return self.question.times.usable(self.need, self.offer)

    def where(self, keep: Flags) -> "Pairs":
        """Those pairs alone; what was looked up of them stays so."""
        if keep.all():
            return self
        return self.at(keep)

    def at(self, rows: Flags | Ints | slice) -> "Pairs":
        """The pairs of some rows."""
        some = Pairs(self.question, self.need[rows], self.offer[rows])
        known = {name: self.__dict__[name][rows] for name in _LOOKED_UP & self.__dict__.keys()}
        some.__dict__.update(known)
        return some

    def __len__(self) -> int:
        return len(self.need)


_LOOKED_UP = {"metres", "usable"}
