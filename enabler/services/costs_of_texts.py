"""What the texts of a place cost."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.text_money import month_of, pence_a_segment
from enabler.domain.vocabulary import Priority
from enabler.persistence.text_costs import Taken
from enabler.persistence.unit_of_work import reading
from enabler.services.views.costs_of_texts import MonthOfTexts, TextsOf

__all__ = ["MonthOfTexts", "TextsOf", "of_many", "of_month"]

MOST_SEGMENTS = 2
_LIMITS = ("texts_per_day", "texts_per_need", "texts_month_pence", "asks_per_day", "asks_per_week")
_RANK = {priority: nth for nth, priority in enumerate(Priority)}
Name = TypeVar("Name")


def of_month(
    *, actor: Actor, place_id: int, month: date, now: datetime,
    pence_per_segment: Decimal | None = None,
) -> MonthOfTexts:  # fmt: skip
    """The texts of the month that holds the day ``month``, by the place's clock. Counts alone:
    nobody's words or numbers are in it.

    The price is the place's own (``text_price_tenths``), else ``pence_per_segment``, what the
    installation pays. Raises NotFound, NotAllowed.
    """
    require(actor, Action.SEE_DESK, Subject(place_id))
    with reading() as uow:
        house = uow.telling.house(place_id, now)
        price = pence_a_segment(house.rules, pence_per_segment)
        since, until = month_of(month, house.timezone)
        taken = list(uow.text_costs.taken(place_id, since, until))
    zone = ZoneInfo(house.timezone)
    sums = _Sums(taken, price)
    return MonthOfTexts(
        month=since.date(), pence_a_segment=price, whole=sums.of(taken),
        by_priority=sums.by(lambda one: one.priority, key=lambda each: _RANK[each[0]]),
        by_kind=sums.by(
            lambda one: one.template, key=lambda each: (-each[1].segments, each[0])
        ),
        by_day=sums.by(lambda one: one.at.astimezone(zone).date(), key=lambda each: each[0]),
        limits={name: int(getattr(house.rules, name)) for name in _LIMITS},
    )  # fmt: skip


def of_many(
    *, actor: Actor, texts: int, now: datetime, pence_per_segment: Decimal | None = None
) -> TextsOf:
    """What so many texts would cost the actor's place at most: of two segments each, the most that
    ours take in English. To be shown before they are sent. Raises NotFound, NotAllowed."""
    require(actor, Action.SEE_DESK, Subject(actor.place_id))
    with reading() as uow:
        house = uow.telling.house(actor.place_id or 0, now)
    price = pence_a_segment(house.rules, pence_per_segment)
    segments = MOST_SEGMENTS * texts
    return TextsOf(texts, segments, None if price is None else segments * price)


class _Sums:
    """Texts summed up by what they have in common."""

    def __init__(self, texts: Sequence[Taken], price: Decimal | None) -> None:
        self._texts, self._price = texts, price

    def of(self, texts: Sequence[Taken]) -> TextsOf:
        """What these come to."""
        segments = sum(one.segments for one in texts)
        return TextsOf(
            len(texts), segments, None if self._price is None else segments * self._price
        )

    def by(
        self, name_of: Callable[[Taken], Name], *, key: Callable[[tuple[Name, TextsOf]], Any]
    ) -> tuple[tuple[Name, TextsOf], ...]:
        """What those of each name come to, in this order."""
        parts: dict[Name, list[Taken]] = defaultdict(list)
        for text in self._texts:
            parts[name_of(text)].append(text)
        return tuple(sorted(((name, self.of(each)) for name, each in parts.items()), key=key))
