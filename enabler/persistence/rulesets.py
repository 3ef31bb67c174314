"""The policies of places: which ruleset is in force, what a place changes in the tree of
categories, with whom it shares supply."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from shapely import Point
from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.members import CellPoint
from enabler.domain.ruleset import Ruleset, read_ruleset
from enabler.persistence import spatial
from enabler.persistence.database import columns_of
from enabler.persistence.tables.places import PlaceCategoryRow, RulesetRow, SharingRow
from enabler.persistence.types import UtcDateTime

_RULESET, _SHARES = columns_of(RulesetRow), columns_of(SharingRow)
_NOW = bindparam("now", type_=UtcDateTime())
_IN_FORCE = (
    select(_RULESET.id, _RULESET.version, _RULESET.policy, _RULESET.area)
    .where(_RULESET.place_id == bindparam("place"), _RULESET.from_at <= _NOW)
    .where(or_(_RULESET.until_at.is_(None), _RULESET.until_at > _NOW))
    .order_by(_RULESET.area.is_(None), _RULESET.version.desc())
)
_SHARING = (
    select(_SHARES.with_place_id)
    .where(_SHARES.place_id == bindparam("place"))
    .order_by(_SHARES.with_place_id)
)


class Rulesets:
    """The policies of places."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[int, datetime], Sequence[Any]] = {}

    def in_force(self, place_id: int, now: datetime, cell: CellPoint | None = None) -> Ruleset:
        """The newest ruleset in force; one for an area that holds the cell's point comes first.

        Raises NotFound("ruleset_missing") for a place without any.
        """
        if (place_id, now) not in self._known:
            self.know((place_id,), now)
        for row in self._known[place_id, now]:
            if row.area is None or (cell is not None and _holds(row.area, cell)):
                return read_ruleset(row.id, row.version, row.policy)
        raise NotFound("ruleset_missing")

    def know(self, place_ids: Iterable[int], now: datetime) -> None:
        """Read what is in force in these places; in this transaction it is not asked for again."""
        for each in set(place_ids):
            if (each, now) not in self._known:
                self._known[each, now] = self._in_force(each, now)

    def _in_force(self, place_id: int, now: datetime) -> Sequence[Any]:
        return self._session.execute(_IN_FORCE, {"place": place_id, "now": now}).all()

    def category_off(self, place_id: int) -> Mapping[str, bool]:
        """The categories that a place has rows for: added or renamed, and whether switched off."""
        query = select(PlaceCategoryRow.slug, PlaceCategoryRow.off)
        found = self._session.execute(query.where(PlaceCategoryRow.place_id == place_id))
        return {row.slug: row.off for row in found}

    def sharing_with(self, place_id: int) -> tuple[int, ...]:
        """The places whose offers take part in this place's matching."""
        return tuple(self._session.scalars(_SHARING, {"place": place_id}))

    def served_by(self, place_id: int) -> tuple[int, ...]:
        """The places in whose matching this place's offers take part: itself and its sharers."""
        query = select(SharingRow.place_id).where(SharingRow.with_place_id == place_id)
        return (place_id, *self._session.scalars(query.order_by(SharingRow.place_id)))


def _holds(area: object, cell: CellPoint) -> bool:
    shape = spatial.from_column(area)  # type: ignore[arg-type]
    return bool(shape.covers(Point(cell.easting, cell.northing)))
