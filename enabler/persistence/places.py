"""Places, wards, cells and postcodes: looked up. (``place_imports`` keeps what a file says.)"""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.geo import GridPoint, distances_metres, mean_metres
from enabler.domain.places import (
    JUST_OUTSIDE_METRES,
    REPLAY,
    UNKNOWN,
    Cell,
    Found,
    FoundPostcode,
    Location,
    Place,
    Ward,
)
from enabler.domain.postcodes import Postcode, PostcodeKind, PostcodeReading, choose, read_postcode
from enabler.domain.wards import wards_of
from enabler.persistence import spatial
from enabler.persistence.database import columns_of
from enabler.persistence.duty_lines import AGREED_LINE, with_line
from enabler.persistence.tables.places import CellRow, PlaceRow, PostcodeRow, WardRow

_LOCATED = (
    select(PostcodeRow, WardRow, CellRow)
    .join(WardRow, WardRow.id == PostcodeRow.ward_id)
    .join(CellRow, CellRow.id == PostcodeRow.cell_id)
)
_PLACE = columns_of(PlaceRow)
_PLACES = select(*(one for one in _PLACE if not spatial.is_geometry(one)), AGREED_LINE)
"""Without the boundary, which takes longer to read than all else and is no part of a ``Place``."""
_ALL = _PLACES.where(_PLACE.slug != REPLAY).order_by(_PLACE.slug)
_BY_SLUG = _PLACES.where(_PLACE.slug == bindparam("slug"))
_BY_ID = _PLACES.where(_PLACE.id == bindparam("id"))
_BY_PHONE = _PLACES.where(_PLACE.phone == bindparam("phone"))


class Places:
    """Places, wards, cells and postcodes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[Place]:
        """Every place that there is, by slug: not that of replays."""
        return [place_of(row) for row in self._session.execute(_ALL)]

    def by_slug(self, slug: str) -> Place:
        """The place of this slug. Raises NotFound."""
        return self._one(_BY_SLUG, slug=slug)

    def by_id(self, place_id: int) -> Place:
        """The place of this id. Raises NotFound."""
        return self._one(_BY_ID, id=place_id)

    def by_phone(self, e164: str) -> Place | None:
        """The place whose own number this is."""
        row = self._session.execute(_BY_PHONE, {"phone": e164}).first()
        return None if row is None else place_of(row)

    def wards(self, place_id: int) -> list[Ward]:
        """The wards of a place, by name."""
        query = select(WardRow.id, WardRow.code, WardRow.name).where(WardRow.place_id == place_id)
        found = self._session.execute(query.order_by(WardRow.name, WardRow.code))
        return [Ward(*row) for row in found]

    def ward_by_code(self, place_id: int, code: str) -> Ward:
        """The ward of this code in this place. Raises NotFound."""
        query = select(WardRow.id, WardRow.code, WardRow.name)
        row = self._session.execute(
            query.where(WardRow.place_id == place_id, WardRow.code == code)
        ).one_or_none()
        if row is None:
            raise NotFound("ward_unknown")
        return Ward(*row)

    def locate(self, place_id: int, typed: str) -> Location:
        """Where a postcode that somebody typed lies in this place.

        Raises ``Invalid("postcode", code)``: ``postcode_missing``, ``postcode_malformed``,
        ``postcode_partial``, ``postcode_unknown``, ``postcode_outside_place``.
        """
        readings = read_postcode(typed)
        whole = [reading for reading in readings if reading.kind is PostcodeKind.WHOLE]
        if not whole:
            raise Invalid("postcode", "postcode_partial" if readings else "postcode_malformed")
        codes = [reading.text for reading in whole]
        found = self._session.execute(_LOCATED.where(PostcodeRow.code.in_(codes))).all()
        chosen = choose(whole, {row[0].code for row in found})
        if chosen is None:
            raise Invalid("postcode", "postcode_unknown")
        for row in found:
            if (row[0].code, row[0].place_id) == (chosen.text, place_id):
                return _location(row)
        raise Invalid("postcode", "postcode_outside_place")

    def at_point(self, place_id: int, point: GridPoint) -> Location:
        """Where a point lies in this place: its ward, and the postcode nearest to it in that ward.

        Raises ``Invalid("point", "point_outside_place")``, also for a point in the sea.
        """
        ward_id = self._ward_at(place_id, point)
        query = _LOCATED.where(PostcodeRow.ward_id == ward_id).order_by(PostcodeRow.code)
        rows = self._session.execute(query).all()
        if not rows:
            raise Invalid("point", "point_outside_place")
        easting = np.array([row[0].easting for row in rows])
        northing = np.array([row[0].northing for row in rows])
        nearest = rows[int(np.argmin(distances_metres(point, easting, northing)))]
        return _location(nearest, point)

    def _ward_at(self, place_id: int, point: GridPoint) -> int:
        over = spatial.near_point(
            WardRow.boundary, point.easting, point.northing, JUST_OUTSIDE_METRES
        )
        query = select(WardRow.id, WardRow.boundary).where(WardRow.place_id == place_id, over)
        rows = self._session.execute(query.order_by(WardRow.code)).all()
        if not rows:
            raise Invalid("point", "point_outside_place")
        outlines = [spatial.from_column(row.boundary) for row in rows]
        found = wards_of(outlines, np.array([point.easting]), np.array([point.northing]))
        if found.metres_outside[0] > JUST_OUTSIDE_METRES:
            raise Invalid("point", "point_outside_place")
        return int(rows[int(found.ward[0])].id)

    def find(self, typed: Sequence[str]) -> list[FoundPostcode]:
        """What each typed postcode is, over all places; one answer for each, in order.

        What could be two codes that both exist is unknown, like what was never issued.
        """
        readings = [_readings(text) for text in typed]
        codes = {r.text for those in readings for r in those if r.kind is PostcodeKind.WHOLE}
        parts = {r.text for those in readings for r in those if r.kind is not PostcodeKind.WHOLE}
        known = self._known(sorted(codes)) | {
            part: found for part in sorted(parts) if (found := self._part(part)) is not None
        }
        chosen = [choose(those, known) for those in readings]
        return [UNKNOWN if reading is None else known[reading.text] for reading in chosen]

    def _known(self, codes: Sequence[str]) -> dict[str, FoundPostcode]:
        found: dict[str, FoundPostcode] = {}
        query = (
            select(
                PostcodeRow.code, PostcodeRow.easting, PostcodeRow.northing,
                PlaceRow.slug, WardRow.code.label("ward_code"),
            )
            .join(PlaceRow, PlaceRow.id == PostcodeRow.place_id)
            .join(WardRow, WardRow.id == PostcodeRow.ward_id)
            .order_by(PlaceRow.slug.desc())
        )  # fmt: skip
        for start in range(0, len(codes), 500):
            those = codes[start : start + 500]
            for row in self._session.execute(query.where(PostcodeRow.code.in_(those))):
                point = GridPoint(row.easting, row.northing)
                found[row.code] = FoundPostcode(
                    Found.EXACT, row.code, point, row.slug, row.ward_code
                )
        return found

    def _part(self, part: str) -> FoundPostcode | None:
        """An outward code or a sector as the mean of its postcodes, if it has any."""
        prefix = part if " " in part else f"{part} "
        row = self._session.execute(
            select(
                func.count(), func.sum(PostcodeRow.easting), func.sum(PostcodeRow.northing),
                func.min(PlaceRow.slug), func.max(PlaceRow.slug),
                func.min(WardRow.code), func.max(WardRow.code),
            )
            .select_from(PostcodeRow)
            .join(PlaceRow, PlaceRow.id == PostcodeRow.place_id)
            .join(WardRow, WardRow.id == PostcodeRow.ward_id)
            .where(func.substr(PostcodeRow.code, 1, len(prefix)) == prefix)
        ).one()  # fmt: skip
        count, easting, northing, *names = row
        if not count:
            return None
        point = GridPoint(mean_metres(int(easting), count), mean_metres(int(northing), count))
        first_place, last_place, first_ward, last_ward = names
        return FoundPostcode(
            Found.APPROXIMATE, part, point,
            first_place if first_place == last_place else None,
            first_ward if first_ward == last_ward else None,
        )  # fmt: skip

    def _one(self, query: Select[Any], **values: Any) -> Place:
        row = self._session.execute(query, values).first()
        if row is None:
            raise NotFound("place_unknown")
        return place_of(row)


def _readings(typed: str) -> tuple[PostcodeReading, ...]:
    return read_postcode(typed) if typed.strip() else ()


def place_of(row: Any) -> Place:
    """A place's row as the hall works with it."""
    return Place(
        id=row.id, slug=row.slug, name=row.name, timezone=row.timezone,
        languages=tuple(row.languages), authority_code=row.authority_code, phone=row.phone,
        contact=with_line(row.contact, row.agreed_line), colour=row.colour,
        attribution=row.attribution, invented=row.invented,
    )  # fmt: skip


def _cell(row: CellRow) -> Cell:
    return Cell(row.id, row.ward_id, row.side_metres, GridPoint(row.easting, row.northing))


def _location(
    found: Sequence[PostcodeRow | WardRow | CellRow], point: GridPoint | None = None
) -> Location:
    postcode, ward, cell = cast(tuple[PostcodeRow, WardRow, CellRow], tuple(found))
    return Location(
        place_id=postcode.place_id,
        point=point or GridPoint(postcode.easting, postcode.northing),
        postcode=Postcode(postcode.code),
        ward=Ward(ward.id, ward.code, ward.name),
        cell=_cell(cell),
    )
