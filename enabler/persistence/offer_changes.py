"""What changes in an offer that is there: its kinds, its week, its exceptions, its rests."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.offer_exceptions import OfferException
from enabler.domain.vocabulary import ExceptionKind, OfferState
from enabler.domain.windows import Weekly, Window
from enabler.persistence.reach import reach_box
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.offers import (
    OfferAwayRow,
    OfferCategoryRow,
    OfferExceptionRow,
    OfferRow,
    OfferWeeklyRow,
)


class OfferChanges:
    """Rewrites of offers. Lock the offer before."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rewrite(
        self, offer_id: int, *, categories: Iterable[str], weekly: Sequence[Weekly],
        point: tuple[int, int], reach_metres: int, **values: Any,
    ) -> None:  # fmt: skip
        """Write all that an offer says anew, with the boxes by which it is found."""
        for row in (OfferCategoryRow, OfferWeeklyRow):
            self._session.execute(delete(row).where(row.offer_id == offer_id))
        self._session.add_all(
            OfferCategoryRow(
                offer_id=offer_id, category=slug, reach_box=reach_box(*point, reach_metres, slug)
            )
            for slug in sorted(set(categories))
        )
        self._session.add_all(
            OfferWeeklyRow(
                offer_id=offer_id, weekday=one.weekday, start_minute=one.start_minute,
                end_minute=one.end_minute,
            )
            for one in weekly
        )  # fmt: skip
        self._session.execute(
            update(OfferRow)
            .where(OfferRow.id == offer_id)
            .values(reach_metres=reach_metres, **values)
        )
        self._session.flush()

    def exceptions(self, offer_ids: Sequence[int]) -> dict[int, tuple[OfferException, ...]]:
        """When each of the offers does not hold though its week says so."""
        row = OfferExceptionRow
        query = select(row).where(row.offer_id.in_(offer_ids)).order_by(row.id)
        found: dict[int, tuple[OfferException, ...]] = {}
        for one in self._session.scalars(query, execution_options={"populate_existing": True}):
            kept = OfferException(ExceptionKind(one.kind), _day(one.first_on), _day(one.last_on))
            found[one.offer_id] = tuple(sorted((*found.get(one.offer_id, ()), kept), key=str))
        return found

    def keep_exceptions(
        self, offer_id: int, exceptions: Iterable[OfferException], gaps: Iterable[Window],
        made_until: datetime,
    ) -> None:  # fmt: skip
        """Let these be the offer's exceptions and no others, with the stretches they make."""
        kept = OfferExceptionRow.offer_id == offer_id
        self._session.execute(delete(OfferExceptionRow).where(kept))
        self._session.add_all(
            OfferExceptionRow(
                offer_id=offer_id, kind=one.kind.value,
                first_on=one.first and one.first.isoformat(),
                last_on=one.last and one.last.isoformat(), made_until=made_until,
            )
            for one in exceptions
        )  # fmt: skip
        made = (OfferAwayRow.offer_id == offer_id) & OfferAwayRow.by_exception
        self._session.execute(delete(OfferAwayRow).where(made))
        self._session.add_all(
            OfferAwayRow(offer_id=offer_id, start_at=gap.start, end_at=gap.end, by_exception=True)
            for gap in gaps
        )
        self._session.flush()

    def running_out(self, before: datetime) -> list[int]:
        """Offers whose exceptions are made to no later than this."""
        row = OfferExceptionRow
        ends = row.kind == ExceptionKind.BANK_HOLIDAYS.value, row.made_until < before
        return sorted(set(self._session.scalars(select(row.offer_id).where(*ends))))

    def rested(self, now: datetime) -> list[int]:
        """Paused offers whose giver is back by now."""
        paused = OfferRow.state == OfferState.PAUSED, OfferRow.paused_until <= now
        return list(self._session.scalars(select(OfferRow.id).where(*paused).order_by(OfferRow.id)))

    def forgotten(self, since: datetime, limit: int) -> list[int]:
        """Open offers that were neither asked nor said to be right since a moment, nor nudged."""
        asked = (
            select(func.max(MatchRow.asked_at))
            .where(MatchRow.offer_id == OfferRow.id)
            .scalar_subquery()
        )
        quiet = [
            or_(each.is_(None), each < since)
            for each in (asked, OfferRow.confirmed_at, OfferRow.nudged_at)
        ]
        query = select(OfferRow.id).where(
            and_(OfferRow.state == OfferState.OPEN, OfferRow.posted_at < since, *quiet)
        )
        return list(self._session.scalars(query.order_by(OfferRow.id).limit(limit)))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
