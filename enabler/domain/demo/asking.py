"""What the invented people ask for, when they need it, and what is to become of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import hypot
from random import Random
from zoneinfo import ZoneInfo

from enabler.domain.demo.giving import HELPER, HELPER_OFFER, HELPER_REACH_METRES, RESIDENT
from enabler.domain.demo.material import Asking, Material
from enabler.domain.demo.people import HISTORY_DAYS
from enabler.domain.demo.shapes import Home, Member, Need
from enabler.domain.demo.town import Town
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import NeedState
from enabler.domain.windows import Window


@dataclass(frozen=True, slots=True)
class Fate:
    """How many (to a resident), asked how many days ago, wanted how many days from then."""

    share: float
    asked_ago: tuple[int, int]
    wanted_in: tuple[int, int]


FATES: Mapping[NeedState, Fate] = {
    NeedState.OPEN: Fate(0.10, (0, 0), (1, 8)),
    NeedState.HELD: Fate(0.015, (0, 0), (2, 8)),
    NeedState.FILLED: Fate(0.02, (0, 0), (2, 6)),
    NeedState.ARRANGED: Fate(0.04, (1, 3), (4, 7)),
    NeedState.DONE: Fate(0.02, (5, 6), (4, 5)),
    NeedState.CLOSED: Fate(0.80, (16, HISTORY_DAYS), (1, 5)),
    NeedState.WITHDRAWN: Fate(0.04, (2, HISTORY_DAYS), (1, 5)),
    NeedState.REFUSED: Fate(0.01, (2, HISTORY_DAYS), (1, 5)),
    NeedState.SUSPENDED: Fate(0.005, (2, 7), (8, 12)),
}
SHOWN_DAYS_AGO = (30, 62, 101)
"""When the helper who is shown round gave the resident a lift before."""

_OF_WEEKDAY = (17, 16, 15, 15, 15, 12, 10)
"""How much is asked on each day of the week, Monday first, as shares of a hundred."""

_STRETCHES = {
    "day": ((540, 720), (600, 780), (780, 1020), (540, 1020)),
    "evening": ((1050, 1260), (1080, 1260), (1080, 1290)),
    "any": ((540, 780), (780, 1020), (1020, 1260), (540, 1200)),
}
_ANY_TIME_SHARE = 0.12
_MAY_BE_ANY_TIME = frozenset({NeedState.OPEN, NeedState.FILLED, NeedState.CLOSED})
_ONE_SLOT = frozenset({NeedState.FILLED, NeedState.ARRANGED, NeedState.DONE})
_LATELY_MINUTES = 18 * 60
_AWAKE = 7, 22  # from this hour until that
_TRIES = 60


class Asker:
    """Invents needs, one after the other, from one stream of chance."""

    def __init__(
        self, town: Town, homes: Sequence[Home], members: Sequence[Member], material: Material,
        ruleset: Ruleset, now: datetime, chance: Random,
    ) -> None:  # fmt: skip
        self._town, self._homes, self._members = town, homes, members
        self._material, self._ruleset, self._now, self._chance = material, ruleset, now, chance
        self._zone = ZoneInfo(town.timezone)
        self._weights = [2 if member.retired else 1 for member in members]
        self._speakers = [row for row, each in enumerate(members) if len(each.languages) > 1]
        self._asked: set[tuple[int | None, str]] = set()
        self._decks: dict[str, Iterator[str]] = {
            slug: self._in_turn(asking.words) for slug, asking in material.asking.items()
        }

    def invent(self) -> list[Need]:
        """Every need, in the order of asking."""
        fates = [fate for fate, how in FATES.items() for _ in range(self._count(how.share))]
        slugs = self._categories(fates)
        needs = [self._shown(days) for days in SHOWN_DAYS_AGO if len(self._members) > HELPER]
        for fate, slug in zip(fates, slugs, strict=True):
            row = self._who(slug, fate)
            if row is not None:
                needs.append(self._need(row, slug, fate))
        return sorted(needs, key=lambda need: (need.posted_at, need.asker, need.category))

    def _count(self, share: float) -> int:
        return max(1, round(share * len(self._members)))

    def _categories(self, fates: Sequence[NeedState]) -> list[str]:
        """A kind of help for each: every kind once, then by weight; held ones where they must."""
        asking = self._material.asking
        kinds = [slug for slug in asking if slug not in self._ruleset.categories_off]
        dealt = kinds + self._chance.choices(
            kinds, [asking[slug].weight for slug in kinds], k=len(fates)
        )
        dealt = dealt[: len(fates)]
        self._chance.shuffle(dealt)
        to_be_held = [slug for slug in kinds if slug in self._ruleset.categories_held] or kinds
        return [
            self._chance.choice(to_be_held) if fate in (NeedState.HELD, NeedState.REFUSED) else slug
            for fate, slug in zip(fates, dealt, strict=True)
        ]

    def _who(self, slug: str, fate: NeedState) -> int | None:
        """Somebody who has not asked for it; for open lifts, nobody near the shown helper."""
        for _ in range(_TRIES):
            row = self._chance.choices(range(len(self._members)), self._weights)[0]
            if self._material.asking[slug].language and self._speakers:
                row = self._chance.choice(self._speakers)
            open_lift = slug == "transport" and FATES[fate].asked_ago == (0, 0)
            if open_lift and (row == RESIDENT or self._near_helper(row)):
                continue
            if (self._members[row].home, slug) not in self._asked:
                self._asked.add((self._members[row].home, slug))
                return row
        return None

    def _near_helper(self, row: int) -> bool:
        cells = [self._town.spots[self._homes[each].spot].cell for each in
                 (self._members[row].home or 0, self._members[HELPER].home or 0)]  # fmt: skip
        (east, north), (other_east, other_north) = cells
        return hypot(east - other_east, north - other_north) <= HELPER_REACH_METRES

    def _need(self, row: int, slug: str, fate: NeedState) -> Need:
        asking, member = self._material.asking[slug], self._members[row]
        days_ago = self._days_ago(*FATES[fate].asked_ago)
        posted = self._posted(days_ago)
        any_time = fate in _MAY_BE_ANY_TIME and self._chance.random() < _ANY_TIME_SHARE
        # What was asked last night counts its days from today, so that none of them is over.
        begin = (posted if days_ago else self._now).astimezone(self._zone).date()
        windows = () if any_time else self._windows(begin, FATES[fate].wanted_in, asking)
        language = asking.language and len(member.languages) > 1
        return Need(
            asker=row, category=slug, words=next(self._decks[slug]), windows=windows,
            duration_minutes=asking.minutes,
            slots=1 if fate in _ONE_SLOT else self._chance.choice(asking.slots),
            languages_required=member.languages[-1:] if language else (), posted_at=posted,
            needed_by=self._needed_by(posted, windows),
            held=slug in self._ruleset.categories_held or fate is NeedState.REFUSED, fate=fate,
        )  # fmt: skip

    def _shown(self, days_ago: int) -> Need:
        """A lift that the shown helper gave the shown resident."""
        asking = self._material.asking["transport"]
        posted = self._posted(days_ago)
        windows = self._windows(posted.astimezone(self._zone).date(), (1, 3), asking)
        return Need(
            asker=RESIDENT, category="transport", words=next(self._decks["transport"]),
            windows=windows, duration_minutes=asking.minutes, slots=1, languages_required=(),
            posted_at=posted, needed_by=self._needed_by(posted, windows), held=False,
            fate=NeedState.CLOSED, helper=HELPER_OFFER,
        )  # fmt: skip

    def _days_ago(self, least: int, most: int) -> int:
        """A day in this span, more of them lately, and few at weekends."""
        today = self._now.astimezone(self._zone).date()
        for _ in range(_TRIES):
            days = least + int((most - least + 1) * self._chance.random() ** 1.3)
            weekday = (today - timedelta(days=days)).weekday()
            if self._chance.random() * max(_OF_WEEKDAY) < _OF_WEEKDAY[weekday]:
                break
        return days

    def _posted(self, days_ago: int) -> datetime:
        """A moment of that day between breakfast and bedtime; for today, of the last hours."""
        if days_ago == 0:
            return self._lately()
        today = self._now.astimezone(self._zone).date()
        minute = self._chance.randrange(7 * 60 + 30, 21 * 60)
        return self._at(today - timedelta(days=days_ago), minute)

    def _lately(self) -> datetime:
        """A moment of the last hours at which people are mostly awake."""
        for _ in range(_TRIES):
            posted = self._now - timedelta(minutes=self._chance.randrange(10, _LATELY_MINUTES))
            if _AWAKE[0] <= posted.astimezone(self._zone).hour < _AWAKE[1]:
                break
        return posted

    def _windows(self, day: date, span: tuple[int, int], asking: Asking) -> tuple[Window, ...]:
        """One to three stretches on different days of the span after ``day``, in order."""
        days = range(span[0], span[1] + 1)
        chosen = sorted(
            self._chance.sample(days, min(len(days), self._chance.choice((1, 1, 2, 3))))
        )
        windows = []
        for later in chosen:
            start, end = self._chance.choice(_STRETCHES[asking.part])
            end = max(end, start + asking.minutes)
            on = day + timedelta(days=later)
            windows.append(Window(self._at(on, start), self._at(on, end)))
        return tuple(windows)

    def _needed_by(self, posted: datetime, windows: Sequence[Window]) -> datetime:
        anyway = posted + timedelta(days=self._ruleset.any_time_days)
        return max((window.end for window in windows), default=anyway)

    def _at(self, day: date, minute: int) -> datetime:
        clock = time(minute // 60, minute % 60)
        return datetime.combine(day, clock, self._zone).astimezone(UTC)

    def _in_turn(self, words: Sequence[str]) -> Iterator[str]:
        """The texts in random order, over and over."""
        while True:
            order = list(words)
            self._chance.shuffle(order)
            yield from order
