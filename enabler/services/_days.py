"""Whether an offer has room on a day (law 3): as many matches on a local day as its giver can do.

A match uses the room of one day: that of its visit, or, until one is agreed, the first day on
which it could happen and there is room. Whoever decides holds the offer's row.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.weeks import day_of, days_in
from enabler.domain.windows import Window
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground


def possible_days(need: Need, offer: Offer, here: Ground) -> tuple[date, ...]:
    """The local days on which the need could be met by the offer, the first first; never none."""
    windows = need.windows
    if not windows and need.needed_by > here.now:
        windows = (Window(here.now, need.needed_by),)
    zone = here.place.timezone
    held = None if offer.any_time else {stretch.weekday for stretch in offer.weekly}
    return (
        days_in(windows, zone, since=here.now, weekdays=held)
        or days_in(windows, zone, since=here.now)
        or (day_of(here.now, zone),)
    )


def day_with_room(
    uow: UnitOfWork, need: Need, offer: Offer, here: Ground, *, besides: int | None = None
) -> date | None:
    """The first possible day on which the offer has room, but for one match; None: on none."""
    days = possible_days(need, offer, here)
    return DayRoom.of(uow, [offer], here, besides=besides).first(offer, days)


def has_room_on(uow: UnitOfWork, offer: Offer, day: date, here: Ground, *, besides: int) -> bool:
    """Whether the offer has room on this day, but for one match."""
    return DayRoom.of(uow, [offer], here, since=day, besides=besides).first(offer, (day,)) == day


@dataclass(frozen=True, slots=True)
class DayRoom:
    """How many matches some offers have on which day; each ``take`` adds one."""

    counts: Mapping[int, Counter[date]]

    @classmethod
    def of(
        cls, uow: UnitOfWork, offers: Iterable[Offer], here: Ground, *, with_asks: bool = False,
        since: date | None = None, besides: int | None = None,
    ) -> "DayRoom":  # fmt: skip
        """Read it, for those of the offers that have a limit; nothing is asked for the others."""
        limited = [offer.id for offer in offers if offer.capacity_per_day is not None]
        if not limited:
            return cls({})
        found = uow.matches.by_day(
            limited, since or day_of(here.now, here.place.timezone), besides=besides,
            waiting_at=here.now if with_asks else None,
        )  # fmt: skip
        return cls({offer_id: found.get(offer_id, Counter()) for offer_id in limited})

    def first(self, offer: Offer, days: Iterable[date]) -> date | None:
        """The first of these days on which the offer has room."""
        most, taken = offer.capacity_per_day, self.counts.get(offer.id, Counter())
        return next((day for day in days if most is None or taken[day] < most), None)

    def take(self, offer: Offer, days: Iterable[date]) -> date | None:
        """Use up room of the first of these days that has any; None where none has."""
        day = self.first(offer, days)
        if day is not None and offer.id in self.counts:
            self.counts[offer.id][day] += 1
        return day
