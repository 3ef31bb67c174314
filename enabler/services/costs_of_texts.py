"""What the texts of a place cost."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.text_money import month_of, pence_a_segment
from enabler.domain.vocabulary import Priority
from enabler.persistence.unit_of_work import reading
from enabler.services.views.costs_of_texts import MonthOfTexts, TextsOf

__all__ = ["MonthOfTexts", "TextsOf", "of_many", "of_month"]

MOST_SEGMENTS = 2


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
    priorities = {priority for _, priority, _ in taken}
    days = sorted({at.astimezone(zone).date() for at, _, _ in taken})
    return MonthOfTexts(
        month=since.date(), pence_a_segment=price,
        whole=_sum((segments for _, _, segments in taken), price),
        by_priority=tuple(
            (one, _sum((segments for _, of, segments in taken if of is one), price))
            for one in Priority if one in priorities
        ),
        by_day=tuple(
            (day, _sum((n for at, _, n in taken if at.astimezone(zone).date() == day), price))
            for day in days
        ),
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


def _sum(segments: Iterable[int], price: Decimal | None) -> TextsOf:
    counted = list(segments)
    whole = sum(counted)
    return TextsOf(len(counted), whole, None if price is None else whole * price)
