"""Needs that come every week: the series, and what became of each day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, select, true, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.recurrence import Repeat
from enabler.domain.refs import written
from enabler.domain.series import Occurrence, Series
from enabler.domain.vocabulary import MatchState
from enabler.domain.windows import Weekly
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.tables.series import (
    NeedSeriesRow,
    SeriesOccurrenceRow,
    SeriesWeeklyRow,
)

_FRESH = {"populate_existing": True}
_WELL = (MatchState.DONE, MatchState.CONFIRMED)


class SeriesOfNeeds:
    """The rows of series. ``lock`` before making or changing anything of one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, every: Repeat, **values: Any) -> Series:
        """Keep a new series with its week."""
        row = NeedSeriesRow(
            **values, last_on=every.last_on.isoformat(),
            skips_bank_holidays=every.skips_bank_holidays,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        self._keep_week(row.id, every.weekly)
        return self.by_id(row.id)

    def change(self, series_id: int, every: Repeat | None = None, **values: Any) -> Series:
        """Write columns of a series, and its week where one is given."""
        if every is not None:
            values |= {
                "last_on": every.last_on.isoformat(),
                "skips_bank_holidays": every.skips_bank_holidays,
            }
            kept = SeriesWeeklyRow.series_id == series_id
            self._session.execute(delete(SeriesWeeklyRow).where(kept))
            self._keep_week(series_id, every.weekly)
        row = NeedSeriesRow
        self._session.execute(update(row).where(row.id == series_id).values(**values))
        return self.by_id(series_id)

    def _keep_week(self, series_id: int, weekly: Sequence[Weekly]) -> None:
        self._session.add_all(
            SeriesWeeklyRow(
                series_id=series_id, weekday=one.weekday, start_minute=one.start_minute,
                end_minute=one.end_minute,
            )
            for one in weekly
        )  # fmt: skip
        self._session.flush()

    def by_id(self, series_id: int) -> Series:
        """A series by id. Raises NotFound."""
        return self._one(NeedSeriesRow.id == series_id)

    def by_ref(self, place_id: int | None, ref: str) -> Series:
        """A series of this place (any, for None) by ref. Raises NotFound."""
        here = true() if place_id is None else NeedSeriesRow.place_id == place_id
        return self._one(here, NeedSeriesRow.ref == written(ref))

    def lock(self, series_id: int) -> Series:
        """The series as it is now, held until the transaction ends."""
        query = select(NeedSeriesRow.id).where(NeedSeriesRow.id == series_id)
        self._session.execute(query.with_for_update(key_share=True)).all()
        return self.by_id(series_id)

    def running(self, place_id: int, today: date) -> list[Series]:
        """The series of a place that may have another day."""
        here = NeedSeriesRow.place_id == place_id
        return self._all(here, _goes_on(today))

    def of_asker(self, place_id: int, member_id: int) -> list[Series]:
        """What a member asks for every week for themself, the newest first."""
        row = NeedSeriesRow
        own = row.organisation_id.is_(None)
        return self._all(row.place_id == place_id, row.asker_id == member_id, own)[::-1]

    def of_organisation(self, organisation_id: int, today: date) -> list[Series]:
        """What an organisation asks for every week and may have another day, the newest first."""
        return self._all(NeedSeriesRow.organisation_id == organisation_id, _goes_on(today))[::-1]

    def of_need(self, need_id: int) -> Series | None:
        """The series that a need was made of, if it was."""
        row = SeriesOccurrenceRow
        found = self._session.scalar(select(row.series_id).where(row.need_id == need_id))
        return None if found is None else self.by_id(found)

    def occurrences(self, series_id: int, since: date) -> dict[date, Occurrence]:
        """What was made or left out from a day on, by its day."""
        row = SeriesOccurrenceRow
        query = select(row).where(row.series_id == series_id, row.day >= since.isoformat())
        return {
            date.fromisoformat(one.day): Occurrence(
                date.fromisoformat(one.day), one.need_id, one.skipped
            )
            for one in self._session.scalars(query.order_by(row.day), execution_options=_FRESH)
        }

    def keep_day(
        self, series_id: int, day: date, *, need_id: int | None = None, skipped: str | None = None
    ) -> None:
        """Note what became of a day: its need, or why it is left out."""
        key = (series_id, day.isoformat())
        row = self._session.get(SeriesOccurrenceRow, key)
        if row is None:
            row = SeriesOccurrenceRow(series_id=series_id, day=day.isoformat(), need_id=need_id)
            self._session.add(row)
        row.skipped = skipped
        self._session.flush()

    def usual_offers(self, need_id: int) -> frozenset[int]:
        """The offers of whoever helped well the last time in the series of this need."""
        row = SeriesOccurrenceRow
        own = select(row.series_id).where(row.need_id == need_id).scalar_subquery()
        last = (
            select(OfferRow.member_id, OfferRow.organisation_id)
            .join(MatchRow, MatchRow.offer_id == OfferRow.id)
            .join(row, row.need_id == MatchRow.need_id)
            .where(row.series_id == own, MatchRow.state.in_(_WELL))
            .order_by(row.day.desc(), MatchRow.id)
            .limit(1)
        )
        found = self._session.execute(last).one_or_none()
        if found is None:
            return frozenset()
        whose = (
            OfferRow.member_id == found.member_id
            if found.member_id is not None
            else OfferRow.organisation_id == found.organisation_id
        )
        return frozenset(self._session.scalars(select(OfferRow.id).where(whose)))

    def _one(self, *conditions: ColumnElement[bool]) -> Series:
        found = self._all(*conditions)
        if not found:
            raise NotFound("series_unknown")
        return found[0]

    def _all(self, *conditions: ColumnElement[bool]) -> list[Series]:
        query = select(NeedSeriesRow).where(*conditions).order_by(NeedSeriesRow.id)
        rows = self._session.scalars(query, execution_options=_FRESH).all()
        weeks = self._weeks([row.id for row in rows]) if rows else {}
        return [_series(row, weeks.get(row.id, ())) for row in rows]

    def _weeks(self, series_ids: Sequence[int]) -> dict[int, tuple[Weekly, ...]]:
        found: dict[int, tuple[Weekly, ...]] = {}
        row = SeriesWeeklyRow
        query = select(row).where(row.series_id.in_(series_ids))
        for one in self._session.scalars(query.order_by(row.weekday)):
            stretch = Weekly(one.weekday, one.start_minute, one.end_minute)
            found[one.series_id] = (*found.get(one.series_id, ()), stretch)
        return found


def _goes_on(today: date) -> ColumnElement[bool]:
    return NeedSeriesRow.ended_at.is_(None) & (NeedSeriesRow.last_on >= today.isoformat())


def _series(row: NeedSeriesRow, weekly: tuple[Weekly, ...]) -> Series:
    return Series(
        id=row.id, place_id=row.place_id, ref=row.ref, asker_id=row.asker_id,
        category=row.category, words=row.words, at_home=row.at_home, postcode=row.postcode,
        address=row.address, duration_minutes=row.duration_minutes, slots=row.slots,
        languages_required=tuple(row.languages_required), preferences=tuple(row.preferences),
        reach_metres=row.reach_metres, first_on=date.fromisoformat(row.first_on),
        every=Repeat(weekly, date.fromisoformat(row.last_on), row.skips_bank_holidays),
        version=row.version, begun_at=row.begun_at, ended_at=row.ended_at,
        organisation_id=row.organisation_id, setting=row.setting,
        circumstances=tuple(row.circumstances),
    )  # fmt: skip
