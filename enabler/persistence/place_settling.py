"""After a place's map changed: homes, needs, offers and organisations stand where they should.

A home stands for its postcode's cell; where the postcode is no more, for the cell of the nearest
postcode in the ward that its point lies in. A member's offer follows the member's home, an
organisation and its offers follow the point of its door.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from enabler.domain.geo import GridPoint, Whole, distances_metres
from enabler.domain.vocabulary import Role
from enabler.domain.wards import wards_of
from enabler.persistence import spatial
from enabler.persistence.among import among
from enabler.persistence.merging import change, remove
from enabler.persistence.reach import reach_box
from enabler.persistence.tables.members import HomeRow, MemberRow, OrganisationRow, RoleRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferCategoryRow, OfferRow
from enabler.persistence.tables.places import CellRow, PostcodeRow, WardRow


@dataclass(frozen=True, slots=True)
class _Stand:
    ward_id: int
    cell_id: int


class _Map:
    """The place as it is now: postcodes with their ward and cell, and the wards' outlines."""

    def __init__(self, session: Session, place_id: int) -> None:
        columns = (PostcodeRow.code, PostcodeRow.easting, PostcodeRow.northing,
                   PostcodeRow.ward_id, PostcodeRow.cell_id)  # fmt: skip
        rows = session.execute(
            select(*columns).where(PostcodeRow.place_id == place_id).order_by(PostcodeRow.code)
        ).all()
        self.by_code = {row.code: _Stand(row.ward_id, row.cell_id) for row in rows}
        self._stands = list(self.by_code.values())
        self._easting: Whole = np.array([row.easting for row in rows], np.int64)
        self._northing: Whole = np.array([row.northing for row in rows], np.int64)
        self._ward: Whole = np.array([row.ward_id for row in rows], np.int64)
        wards = session.execute(
            select(WardRow.id, WardRow.boundary)
            .where(WardRow.id.in_(sorted(set(self._ward.tolist()))))
            .order_by(WardRow.code)
        ).all()
        self._ward_ids = [ward.id for ward in wards]
        self._outlines = [spatial.from_column(ward.boundary) for ward in wards]

    def at(self, point: GridPoint) -> _Stand:
        """The ward that a point lies in (or nearest to), and its nearest postcode's cell."""
        found = wards_of(self._outlines, np.array([point.easting]), np.array([point.northing]))
        rows = np.flatnonzero(self._ward == self._ward_ids[int(found.ward[0])])
        away = distances_metres(point, self._easting[rows], self._northing[rows])
        return self._stands[int(rows[int(np.argmin(away))])]


class Settling:
    """Moves what stands in one place to the wards and cells that are there now."""

    def __init__(self, session: Session, place_id: int) -> None:
        self._session = session
        self._place_id = place_id
        self._map = _Map(session, place_id)

    def settle(self) -> int:
        """Move whatever stands wrong; how many rows that were."""
        moved = self._by_postcode(HomeRow) + self._by_postcode(NeedRow)
        return moved + self._organisations() + self._offers()

    def end_wards(self, ward_ids: Sequence[int], now: datetime) -> int:
        """Remove wards that are no more, once nothing stands in them; how many.

        A councillor's role of such a ward ends now; its row names the ward that has most of the
        old one's ground, and gives no right there.
        """
        for ward_id in ward_ids:
            outline = spatial.from_column(self._session.get_one(WardRow, ward_id).boundary)
            heir = self._map.at(_inside(outline)).ward_id
            roles = self._session.scalars(select(RoleRow).where(RoleRow.ward_id == ward_id)).all()
            for role in roles:
                role.ward_id = heir
                if role.role is Role.COUNCILLOR and (role.until_at is None or role.until_at > now):
                    role.until_at = now
            self._session.flush()
        return remove(self._session, WardRow, ward_ids)

    def _by_postcode(self, kind: type[HomeRow] | type[NeedRow]) -> int:
        columns = (kind.id, kind.postcode, kind.easting, kind.northing, kind.ward_id, kind.cell_id)
        wrong = []
        for row in self._session.execute(select(*columns).where(kind.place_id == self._place_id)):
            stand = self._map.by_code.get(row.postcode) or self._map.at(
                GridPoint(row.easting, row.northing)
            )
            if stand != _Stand(row.ward_id, row.cell_id):
                wrong.append({"id": row.id, "ward_id": stand.ward_id, "cell_id": stand.cell_id})
        return change(self._session, kind, wrong)

    def _organisations(self) -> int:
        rows = self._session.execute(
            select(
                OrganisationRow.id, OrganisationRow.easting, OrganisationRow.northing,
                OrganisationRow.ward_id,
            ).where(OrganisationRow.place_id == self._place_id)
        )  # fmt: skip
        wrong = []
        for row in rows:
            ward_id = self._map.at(GridPoint(row.easting, row.northing)).ward_id
            if ward_id != row.ward_id:
                wrong.append({"id": row.id, "ward_id": ward_id})
        return change(self._session, OrganisationRow, wrong)

    def _offers(self) -> int:
        homes = (
            select(OfferRow, HomeRow.ward_id.label("ward_id"), HomeRow.cell_id.label("cell_id"))
            .outerjoin(MemberRow, MemberRow.id == OfferRow.member_id)
            .outerjoin(HomeRow, HomeRow.id == MemberRow.home_id)
            .where(OfferRow.place_id == self._place_id)
        )
        points = {
            cell.id: GridPoint(cell.easting, cell.northing)
            for cell in self._session.scalars(
                select(CellRow).where(CellRow.place_id == self._place_id)
            )
        }
        found = self._session.execute(homes).all()
        wrong = [row for offer, ward_id, cell_id in found
                 if (row := self._offer(offer, ward_id, cell_id, points))]  # fmt: skip
        changed = change(self._session, OfferRow, wrong)
        self._boxes([row["id"] for row in wrong if "easting" in row])
        return changed

    def _boxes(self, offer_ids: Sequence[int]) -> None:
        """Offers that have another point are sought around it."""
        moved = self._session.execute(
            select(
                OfferCategoryRow.id, OfferCategoryRow.category, OfferRow.easting,
                OfferRow.northing, OfferRow.reach_metres,
            )
            .join(OfferRow, OfferRow.id == OfferCategoryRow.offer_id)
            .where(among(OfferRow.id, offer_ids))
        )  # fmt: skip
        change(self._session, OfferCategoryRow, [
            {"id": row.id,
             "reach_box": reach_box(row.easting, row.northing, row.reach_metres, row.category)}
            for row in moved
        ])  # fmt: skip

    def _offer(
        self,
        offer: OfferRow,
        ward_id: int | None,
        cell_id: int | None,
        points: dict[int, GridPoint],
    ) -> dict[str, Any] | None:
        """What is to change of an offer, or nothing."""
        here = GridPoint(offer.easting, offer.northing)
        stand = (
            self._map.at(here) if ward_id is None or cell_id is None else _Stand(ward_id, cell_id)
        )
        if offer.cell_id is None:
            return None if stand.ward_id == offer.ward_id else {
                "id": offer.id, "ward_id": stand.ward_id,
            }  # fmt: skip
        point = points[stand.cell_id]
        if _Stand(offer.ward_id, offer.cell_id) == stand and point == here:
            return None
        return {
            "id": offer.id, "ward_id": stand.ward_id, "cell_id": stand.cell_id,
            "easting": point.easting, "northing": point.northing,
        }  # fmt: skip


def _inside(outline: Any) -> GridPoint:
    point = outline.representative_point()
    return GridPoint(round(point.x), round(point.y))
