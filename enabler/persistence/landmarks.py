"""Streets and landmarks, looked up by the names in a text. (``place_imports`` keeps them.)"""

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.geo import GridPoint
from enabler.domain.landmarks import Landmark, LandmarkKind, named_in, phrases_in
from enabler.persistence.chunks import chunked
from enabler.persistence.tables.places import LandmarkRow, WardRow

_FOUND = (
    select(LandmarkRow, WardRow.name.label("ward"))
    .join(WardRow, WardRow.id == LandmarkRow.ward_id)
    .order_by(LandmarkRow.id)
)


class Landmarks:
    """The landmarks of places."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def named(self, place_id: int, text: str) -> tuple[Landmark, ...]:
        """Those that a text names, the longest name first."""
        own = _FOUND.where(LandmarkRow.place_id == place_id)
        rows = list(self._session.execute(own.where(LandmarkRow.has_others)))
        for part in chunked(sorted(phrases_in(text))):
            rows += self._session.execute(own.where(LandmarkRow.folded.in_(part)))
        return named_in(text, {row.LandmarkRow.id: _landmark(row) for row in rows}.values())

    def point(self, place_id: int, landmark_id: int) -> GridPoint:
        """Where one of them is. Raises NotFound where its file no longer names it."""
        row = self._session.get(LandmarkRow, landmark_id)
        if row is None or row.place_id != place_id:
            raise NotFound("landmark_unknown")
        return GridPoint(row.easting, row.northing)


def _landmark(found: Row[LandmarkRow, str]) -> Landmark:
    row: LandmarkRow = found.LandmarkRow
    return Landmark(
        row.id, row.name, (row.folded, *row.other_folded), row.easting, row.northing,
        row.precision_metres, LandmarkKind(row.kind), found.ward,
    )  # fmt: skip
