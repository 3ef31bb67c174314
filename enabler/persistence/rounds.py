"""Rounds: kept with their figures and the prices of the last, read when somebody is asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from enabler.persistence import bulk
from enabler.persistence.among import among
from enabler.persistence.tables.rounds import RoundPriceRow, RoundRow

FIGURES_FOR = timedelta(days=90)
"""How long the figures of a round are kept: there is one every half hour."""


class Rounds:
    """The rows of rounds."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(
        self, place_id: int, prices: Mapping[int, int], *, at: datetime, **figures: Any
    ) -> None:
        """A round of a place with its prices above 0, by offer; those of earlier ones go."""
        row = RoundRow(place_id=place_id, at=at, **figures)
        self._session.add(row)
        self._session.flush()
        earlier = (RoundRow.place_id == place_id) & (RoundRow.id < row.id)
        self._drop(earlier)
        self._session.execute(delete(RoundRow).where(earlier, RoundRow.at < at - FIGURES_FOR))
        bulk.add(
            self._session, RoundPriceRow,
            [{"round_id": row.id, "offer_id": offer, "price": prices[offer]} for offer in prices],
        )  # fmt: skip

    def drop_prices(self, place_id: int) -> None:
        """The prices of a place's rounds go: nothing is open for which an offer could be kept."""
        self._drop(RoundRow.place_id == place_id)

    def _drop(self, of: ColumnElement[bool]) -> None:
        rounds = select(RoundRow.id).where(of)
        self._session.execute(delete(RoundPriceRow).where(RoundPriceRow.round_id.in_(rounds)))

    def prices(
        self, place_ids: Sequence[int], offer_ids: Iterable[int], since: datetime, until: datetime
    ) -> dict[int | str, int]:
        """What these offers cost in the last round of each place, if it was in this time, by offer.

        Where rounds of two places that share it priced an offer, the greater. One of price 0 is
        left out.
        """
        last = (
            select(func.max(RoundRow.id))
            .where(RoundRow.place_id.in_(place_ids), RoundRow.at > since, RoundRow.at <= until)
            .group_by(RoundRow.place_id)
        )
        query = (
            select(RoundPriceRow.offer_id, func.max(RoundPriceRow.price))
            .join(RoundRow, RoundRow.id == RoundPriceRow.round_id)
            .where(RoundRow.id.in_(last))
            .where(among(RoundPriceRow.offer_id, offer_ids))
            .group_by(RoundPriceRow.offer_id)
        )
        found = self._session.execute(query)
        return {row[0]: row[1] for row in found}
