"""The policies of places: which ruleset is in force, what a place changes in the tree of
categories, with whom it shares supply."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from shapely import Point
from shapely.geometry.base import BaseGeometry
from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.members import CellPoint
from enabler.domain.ruleset import Ruleset, read_ruleset
from enabler.domain.ruleset_drafts import Version
from enabler.persistence import spatial
from enabler.persistence.database import columns_of
from enabler.persistence.tables.places import PlaceCategoryRow, PlaceRow, RulesetRow, SharingRow
from enabler.persistence.tables.ruleset_drafts import RulesetDraftRow
from enabler.persistence.types import UtcDateTime

_RULESET, _SHARES = columns_of(RulesetRow), columns_of(SharingRow)
_DRAFT = columns_of(RulesetDraftRow)
_NOW = bindparam("now", type_=UtcDateTime())
_IN_FORCE = (
    select(_RULESET.id, _RULESET.version, _RULESET.policy, _RULESET.area)
    .where(_RULESET.place_id == bindparam("place"), _RULESET.from_at <= _NOW)
    .where(or_(_RULESET.until_at.is_(None), _RULESET.until_at > _NOW))
    .order_by(_RULESET.area.is_(None), _RULESET.from_at.desc(), _RULESET.version.desc())
)
_VERSIONS = (
    select(
        _RULESET.id, _RULESET.version, _RULESET.policy, _RULESET.from_at, _RULESET.until_at,
        _RULESET.area.is_not(None).label("covers"), _DRAFT.id.label("draft_id"), _DRAFT.name,
        _DRAFT.wards, _DRAFT.proposed_by, _DRAFT.decided_by, _DRAFT.ref.label("draft_ref"),
    )
    .select_from(RulesetRow.__table__.outerjoin(
        RulesetDraftRow.__table__, _DRAFT.ruleset_id == _RULESET.id
    ))
    .where(_RULESET.place_id == bindparam("place"))
    .order_by(_RULESET.version.desc())
)  # fmt: skip
_SHARING = (
    select(_SHARES.with_place_id)
    .where(_SHARES.place_id == bindparam("place"))
    .order_by(_SHARES.with_place_id)
)

_MOST = 2**31
"""No row has a version beyond this."""


class Rulesets:
    """The policies of places."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[int, datetime], Sequence[Any]] = {}

    def in_force(self, place_id: int, now: datetime, cell: CellPoint | None = None) -> Ruleset:
        """The ruleset that came into force last, of those in force; one for an area that holds the
        cell's point comes first.

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

    def versions(self, place_id: int) -> tuple[Version, ...]:
        """All versions of a place's rules, the newest first."""
        rows = self._session.execute(_VERSIONS, {"place": place_id})
        return tuple(_version(row) for row in rows)

    def version(self, place_id: int, number: int) -> Version:
        """One version of a place's rules. Raises NotFound("rules_version_unknown")."""
        query = _VERSIONS.where(_RULESET.version == bindparam("number"))
        known = {"place": place_id, "number": number}
        row = self._session.execute(query, known).first() if number < _MOST else None
        if row is None:
            raise NotFound("rules_version_unknown")
        return _version(row)

    def area(self, ruleset_id: int) -> BaseGeometry | None:
        """Where a version holds, where that is not the whole place."""
        found = self._session.scalar(select(_RULESET.area).where(_RULESET.id == ruleset_id))
        return None if found is None else spatial.from_column(found)

    def add(
        self, place_id: int, policy: Mapping[str, Any], from_at: datetime,
        until_at: datetime | None, area: BaseGeometry | None,
    ) -> int:  # fmt: skip
        """Keep the next version of a place's rules; its id. Two who add one wait for each other."""
        place = columns_of(PlaceRow)
        self._session.execute(select(place.id).where(place.id == place_id).with_for_update())
        newest = select(func.max(_RULESET.version)).where(_RULESET.place_id == place_id)
        row = RulesetRow(
            place_id=place_id, version=(self._session.scalar(newest) or 0) + 1,
            policy=dict(policy), from_at=from_at, until_at=until_at,
            area=None if area is None else spatial.to_column(area),
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        self._known.clear()
        return row.id

    def end(self, ruleset_id: int, at: datetime) -> None:
        """A version ends at this moment. The database refuses to let it end later than it would."""
        query = update(RulesetRow).where(_RULESET.id == ruleset_id)
        self._session.execute(query.values(until_at=at))
        self._known.clear()

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


def _version(row: Any) -> Version:
    return Version(
        id=row.id, number=row.version, policy=row.policy, from_at=row.from_at,
        until_at=row.until_at, covers=bool(row.covers), desk=row.draft_id is not None,
        name=row.name or "", wards=tuple(row.wards or ()), proposed_by=row.proposed_by,
        approved_by=row.decided_by, draft_ref=row.draft_ref,
    )  # fmt: skip


def _holds(area: object, cell: CellPoint) -> bool:
    shape = spatial.from_column(area)  # type: ignore[arg-type]
    return bool(shape.covers(Point(cell.easting, cell.northing)))
