"""The hours of an invented place's past: each help that was confirmed moved what it was worth.

Told as it would have come about, one after the other in the order of time, by the rules of the time
bank; kept at once. Nobody is left unpaid: the community's pot begins with what it has to pay.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from enabler.domain.demo.giving import HELPER
from enabler.domain.demo.shapes import Invention, Match, Need, Offer, Story
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import MatchState, Terms
from enabler.persistence.peopling.book import Book
from enabler.persistence.peopling.hours import KeptHelp, Owned, PastHours
from enabler.services._hours_policy import earns, policy_of
from enabler.timebank.accounts import Account, AccountKind, new_account
from enabler.timebank.judging import Moment, after, refloored
from enabler.timebank.limits import Earns, credited, floor_for
from enabler.timebank.settling import settled_help
from enabler.timebank.transfers import Reason, Transfer

GIFT_MINUTES, GIFT_DAYS_AGO = 30, 24
"""What the helper who is shown round gave to the community's pot, and when."""
_POT = Owned("pot", 0)


@dataclass(frozen=True, slots=True)
class _Help:
    """A confirmed help; ``row``: which of all matches it is."""

    row: int
    need: Need
    offer: Offer
    match: Match
    earns: Earns

    @property
    def at(self) -> datetime:
        """When it was confirmed."""
        return self.match.confirmed_at or self.match.asked_at

    @property
    def helper(self) -> Owned:
        """Who is credited."""
        if self.offer.organisation is not None:
            return Owned("organisation", self.offer.organisation)
        return Owned("member", self.offer.posted_by)


def past_hours(
    book: Book, invention: Invention, stories: Sequence[Story], ruleset: Ruleset, *,
    gift_ref: str, now: datetime,
) -> PastHours:  # fmt: skip
    """All that moved, between accounts that are numbered by the order in which they opened."""
    till = _Till(book, ruleset)
    gift_at = now - timedelta(days=GIFT_DAYS_AGO)
    for one in sorted(_helps(invention, stories, ruleset), key=lambda each: (each.at, each.row)):
        if one.at > gift_at:
            till.give(Owned("member", HELPER), f"give:{gift_ref}", gift_at)
        till.settle(one)
    return till.told()


def _helps(invention: Invention, stories: Iterable[Story], ruleset: Ruleset) -> Iterator[_Help]:
    row = -1
    for story in stories:
        need = invention.needs[story.need]
        earning = earns(need.category, ruleset)
        for match in story.matches:
            row += 1
            offer = invention.offers[match.offer]
            counts = earning is not Earns.NOTHING and offer.terms is not Terms.STATED
            if counts and match.state is MatchState.CONFIRMED:
                yield _Help(row, need, offer, match, earning)


class _Till:
    """The accounts as they stand at one moment of the past. The pot pays whatever is due."""

    def __init__(self, book: Book, ruleset: Ruleset) -> None:
        self._book, self._ruleset, self._policy = book, ruleset, policy_of(ruleset)
        self._given: Counter[Owned] = Counter()
        self._numbers: dict[Owned, int] = {}
        self._accounts: dict[int, Account] = {}
        self._moved: list[tuple[datetime, Transfer]] = []
        self._helps: list[KeptHelp] = []
        self._by_pot = 0
        self._gave = False
        self._of(_POT)

    def told(self) -> PastHours:
        """What came of it."""
        owners = tuple(
            (owner, self._accounts[number].floor or 0)
            for owner, number in self._numbers.items() if owner != _POT
        )  # fmt: skip
        return PastHours(owners, tuple(self._moved), tuple(self._helps), self._by_pot)

    def settle(self, one: _Help) -> None:
        """What the services do when a help is confirmed."""
        minutes = credited(one.match.minutes or 0, self._policy)
        kept = KeptHelp(
            match_row=one.row, earns=one.earns.value, category=one.need.category,
            asker=one.need.asker, minutes=minutes, opened_at=one.match.accepted_at or one.at,
            settled_at=one.at,
        )  # fmt: skip
        if one.earns is Earns.GIFT:
            self._helps.append(kept)
            return
        asker, helper = self._of(Owned("member", one.need.asker)), self._of(one.helper)
        pot = self._of(_POT) if self._ruleset.hours_pot_pays else None
        settled = settled_help(
            f"match:{self._book.match_refs[one.row]}", confirmed=minutes, asker=asker,
            helper=helper.number, pot=pot,
        )  # fmt: skip
        for transfer in settled.transfers:
            self._move(transfer, one.at)
        self._by_pot += settled.by_pot
        self._given[one.helper] += minutes - settled.unpaid
        self._grow(one.helper)
        self._helps.append(replace(
            kept, payer=asker.number, helper=helper.number, by_pot=settled.by_pot,
            unpaid=settled.unpaid,
        ))  # fmt: skip

    def give(self, owner: Owned, key: str, at: datetime) -> None:
        """A present to the community's pot, once, from whoever has so much."""
        if self._gave:
            return
        self._gave = True
        giver = self._of(owner) if owner in self._numbers else None
        if giver is not None and giver.to_give >= GIFT_MINUTES:
            pot = self._of(_POT)
            self._move(Transfer(key, self._book.place_id, giver.number, pot.number,
                                GIFT_MINUTES, Reason.GIVE), at)  # fmt: skip

    def _of(self, owner: Owned) -> Account:
        number = self._numbers.setdefault(owner, len(self._numbers))
        if number not in self._accounts:
            kind = AccountKind(owner.kind)
            floor = None if owner == _POT else floor_for(kind, self._policy, verified=True)
            self._accounts[number] = new_account(number, self._book.place_id, kind, floor)
        return self._accounts[number]

    def _grow(self, owner: Owned) -> None:
        if owner.kind == AccountKind.MEMBER:
            account = self._of(owner)
            floor = floor_for(
                AccountKind.MEMBER, self._policy, given=self._given[owner], verified=True
            )
            self._accounts[account.number] = refloored(account, floor)

    def _move(self, transfer: Transfer, at: datetime) -> None:
        sides = (self._accounts[transfer.debit], self._accounts[transfer.credit])
        for account in after(transfer, Moment(*sides), len(self._moved) + 1):
            self._accounts[account.number] = account
        self._moved.append((at, transfer))
