"""Which rules held at a moment that is past: every version of every place, read once."""

from collections import defaultdict
from datetime import datetime
from functools import cache

from shapely import Point, prepare
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from enabler.domain.ruleset import Ruleset, read_ruleset
from enabler.persistence import spatial
from enabler.persistence.tables.places import RulesetRow


class RulesOfThen:
    """The versions of all places, those for an area first, what began last before the others."""

    def __init__(self, session: Session) -> None:
        self._by_place: dict[int, list[tuple[RulesetRow, BaseGeometry | None]]] = defaultdict(list)
        row = RulesetRow
        ordered = select(row).order_by(row.area.is_(None), row.from_at.desc(), row.version.desc())
        for found in session.scalars(ordered):
            area = None if found.area is None else spatial.from_column(found.area)
            if area is not None:
                prepare(area)
            self._by_place[found.place_id].append((found, area))
        self._read = cache(lambda row: read_ruleset(row.id, row.version, row.policy))

    def at(self, place_id: int, moment: datetime, spot: tuple[int, int]) -> Ruleset | None:
        """The rules of a place at that moment for what lies there; None where it had none yet."""
        for row, area in self._by_place[place_id]:
            holds = row.from_at <= moment and (row.until_at is None or moment < row.until_at)
            if holds and (area is None or area.covers(Point(*spot))):
                return self._read(row)
        return None
