"""How often each giver was asked and said yes, so that caps and capacities hold in the past too."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from enabler.domain.demo.shapes import Invention, Offer
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import OfferState

_GIVING = frozenset({OfferState.OPEN, OfferState.ENDED})


class Diary:
    """Counts by the place's own days and weeks (Monday to Sunday)."""

    def __init__(self, invention: Invention, ruleset: Ruleset, zone: ZoneInfo) -> None:
        self._invention, self._ruleset, self._zone = invention, ruleset, zone
        self._yes: Counter[tuple[int, date]] = Counter()  # offer, Monday of the week
        self._asked: Counter[tuple[int, str, date]] = Counter()  # who answers, day or week

    def may_ask(self, place: int, at: datetime) -> bool:
        """Whether the giver of this offer may be asked at this moment."""
        offer = self._invention.offers[place]
        if not _gives(offer, at) or not self.has_room(place, at):
            return False
        own = self._invention.members[offer.posted_by].asks_per_week
        weekly = self._ruleset.asks_per_week if own is None else own
        who = offer.posted_by
        return (
            self._asked[who, "day", self._day(at)] < self._ruleset.asks_per_day
            and self._asked[who, "week", self._monday(at)] < weekly
        )

    def has_room(self, place: int, at: datetime) -> bool:
        """Whether the giver may say yes once more in the week of this moment (law 3)."""
        return self._yes[place, self._monday(at)] < self._invention.offers[place].capacity

    def note_ask(self, place: int, at: datetime) -> None:
        """They were asked."""
        who = self._invention.offers[place].posted_by
        self._asked[who, "day", self._day(at)] += 1
        self._asked[who, "week", self._monday(at)] += 1

    def note_yes(self, place: int, at: datetime) -> None:
        """They said yes."""
        self._yes[place, self._monday(at)] += 1

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()

    def _monday(self, moment: datetime) -> date:
        day = self._day(moment)
        return day - timedelta(days=day.weekday())


def _gives(offer: Offer, at: datetime) -> bool:
    """Whether the offer was approved and not yet over; of paused ones nobody knows since when."""
    if offer.state not in _GIVING or offer.decided_at is None or at <= offer.decided_at:
        return False
    return offer.ended_at is None or at < offer.ended_at
