"""What stands where: open needs and offers counted by cell, and those of one spot, page by page.

Nothing finer than a cell is read of a need or of a member's offer. Counts are made by the
database; no query grows with the number of needs, but for what the database itself counts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from enabler.domain.refs import written
from enabler.domain.vocabulary import MatchState, MemberState, NeedState, OfferState
from enabler.persistence import spatial
from enabler.persistence.among import among
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import OrganisationRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferCategoryRow, OfferRow
from enabler.persistence.tables.places import CellRow, PlaceRow, WardRow

Query = Select[*tuple[Any, ...]]
Key = tuple[int, int]
"""A spot: the id of its cell and 0, or 0 and the id of the organisation whose door it is."""
_KNOWS_NEED = (MatchState.ASKED, MatchState.ACCEPTED, MatchState.ARRANGED)


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell, or an organisation's door: what a mark on the map stands for.

    ``number`` tells the cells of a ward apart, from its north to its south.
    """

    key: Key
    place_id: int
    place_slug: str
    ward_id: int
    ward_code: str
    ward: str
    easting: int
    northing: int
    side_metres: int = 0
    number: int = 0
    organisation: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A need or an offer of a spot."""

    id: int
    place_id: int
    ref: str
    words: str
    posted_at: datetime
    member_id: int | None
    categories: tuple[str, ...] = ()
    words_public: bool = False  # an offer's: its giver lets anybody read them


class Near:
    """Counts and lists by spot."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def cells(self, place_ids: Sequence[int]) -> dict[Key, Spot]:
        """Every cell of these places."""
        in_order = (CellRow.northing.desc(), CellRow.easting, CellRow.id)
        query = (
            select(
                CellRow.id, WardRow.place_id, PlaceRow.slug, WardRow.id, WardRow.code,
                WardRow.name, CellRow.easting, CellRow.northing, CellRow.side_metres,
                func.row_number().over(partition_by=CellRow.ward_id, order_by=in_order),
            )
            .join(WardRow, WardRow.id == CellRow.ward_id)
            .join(PlaceRow, PlaceRow.id == WardRow.place_id)
            .where(CellRow.place_id.in_(place_ids))
        )  # fmt: skip
        return {(row[0], 0): Spot((row[0], 0), *row[1:]) for row in self._session.execute(query)}

    def doors(self, organisation_ids: Iterable[int]) -> dict[Key, Spot]:
        """Where these organisations are."""
        return self._doors(among(OrganisationRow.id, organisation_ids))

    def door(self, place_ids: Sequence[int], ref: str) -> Spot | None:
        """Where the organisation of this ref is, if it is one of these places."""
        here = OrganisationRow.place_id.in_(place_ids)
        return next(iter(self._doors(here, OrganisationRow.ref == written(ref)).values()), None)

    def _doors(self, *conditions: Any) -> dict[Key, Spot]:
        query = (
            select(OrganisationRow, WardRow.code, WardRow.name, PlaceRow.slug)
            .join(WardRow, WardRow.id == OrganisationRow.ward_id)
            .join(PlaceRow, PlaceRow.id == OrganisationRow.place_id)
            .where(OrganisationRow.state == MemberState.ACTIVE, *conditions)
        )
        return {
            (0, row.id): Spot(
                (0, row.id), row.place_id, slug, row.ward_id, code, ward, row.easting,
                row.northing, organisation=row.name, ref=row.ref,
            )
            for row, code, ward, slug in self._session.execute(query)
        }  # fmt: skip

    def needs_counted(self, place_id: int, categories: Collection[str]) -> dict[Key, int]:
        """How many open needs of these kinds each cell has."""
        query = _open_needs(select(NeedRow.cell_id, func.count()), place_id, categories)
        found = self._session.execute(query.group_by(NeedRow.cell_id))
        return {(cell_id, 0): count for cell_id, count in found}

    def needs_by_ward(self, place_id: int, categories: Collection[str]) -> dict[int, int]:
        """How many open needs of these kinds each ward has."""
        query = _open_needs(select(NeedRow.ward_id, func.count()), place_id, categories)
        found = self._session.execute(query.group_by(NeedRow.ward_id))
        return {row[0]: row[1] for row in found}

    def offers_counted(self, place_ids: Sequence[int], category: str | None) -> dict[Key, int]:
        """How many open offers (of this kind) each spot has."""
        spot = (func.coalesce(OfferRow.cell_id, 0), func.coalesce(OfferRow.organisation_id, 0))
        query = _open_offers(select(*spot, func.count()), place_ids, category)
        return {_key(row): row[2] for row in self._session.execute(query.group_by(*spot))}

    def needs_by_category(
        self, place_id: int, categories: Collection[str], spots: Iterable[Key]
    ) -> list[tuple[Key, str, int]]:
        """Of what kinds the open needs of these spots are, and how many of each."""
        counted = (NeedRow.cell_id, NeedRow.category)
        query = _open_needs(select(*counted, func.count()), place_id, categories)
        query = query.where(among(NeedRow.cell_id, (cell for cell, _ in spots)))
        found = self._session.execute(query.group_by(*counted))
        return [((cell, 0), slug, count) for cell, slug, count in found]

    def offers_by_category(
        self, place_ids: Sequence[int], category: str | None, spots: Collection[Key]
    ) -> list[tuple[Key, str, int]]:
        """Of what kinds the open offers of these spots are, and how many of each."""
        spot = (func.coalesce(OfferRow.cell_id, 0), func.coalesce(OfferRow.organisation_id, 0))
        counted = (*spot, OfferCategoryRow.category)
        query = _open_offers(select(*counted, func.count()), place_ids, category)
        query = query.where(_at_any(spots))
        if category is None:
            query = query.join(OfferCategoryRow, OfferCategoryRow.offer_id == OfferRow.id)
        found = self._session.execute(query.group_by(*counted))
        return [(_key(row), row[2], row[3]) for row in found]

    def needs_at(
        self, place_id: int, categories: Collection[str], spot: Key, *, skip: int, most: int
    ) -> list[Thing]:
        """Open needs of a cell, the newest first."""
        whose = case((NeedRow.organisation_id.is_(None), NeedRow.asker_id))  # its leads: nobody
        columns = (NeedRow.id, NeedRow.place_id, NeedRow.ref, NeedRow.words, NeedRow.posted_at,
                   whose, NeedRow.category)  # fmt: skip
        query = _open_needs(select(*columns), place_id, categories)
        query = query.where(NeedRow.cell_id == spot[0]).offset(skip).limit(most)
        found = self._session.execute(query.order_by(NeedRow.posted_at.desc(), NeedRow.id.desc()))
        return [_need(row) for row in found]

    def offers_at(
        self, place_ids: Sequence[int], category: str | None, spot: Key, *, skip: int, most: int
    ) -> list[Thing]:
        """Open offers of a spot, the newest first, without their kinds of help."""
        columns = (OfferRow.id, OfferRow.place_id, OfferRow.ref, OfferRow.words,
                   OfferRow.posted_at, OfferRow.member_id,
                   or_(OfferRow.words_public, OfferRow.organisation_id.is_not(None)))  # fmt: skip
        query = _open_offers(select(*columns), place_ids, category).where(_at_any((spot,)))
        query = query.offset(skip).limit(most)
        found = self._session.execute(query.order_by(OfferRow.posted_at.desc(), OfferRow.id.desc()))
        return [_offer(row) for row in found]

    def asked_of(
        self, member_id: int, organisation_ids: Iterable[int], need_ids: Iterable[int]
    ) -> dict[int, str]:
        """The needs among these of which the member was asked, each with its match's ref."""
        mine = or_(
            MatchRow.helper_id == member_id, OfferRow.organisation_id.in_(sorted(organisation_ids))
        )
        query = (
            select(MatchRow.need_id, MatchRow.ref)
            .join(OfferRow, OfferRow.id == MatchRow.offer_id)
            .where(mine, MatchRow.state.in_(_KNOWS_NEED), among(MatchRow.need_id, need_ids))
            .order_by(MatchRow.id)
        )
        return {row.need_id: row.ref for row in self._session.execute(query)}

    def helped_between(self, place_id: int, start: datetime, end: datetime) -> tuple[int, int, int]:
        """Visits that were done in this time, their minutes, and how many people helped."""
        query = select(
            func.count(), func.coalesce(func.sum(MatchRow.minutes), 0),
            func.count(MatchRow.helper_id.distinct()),
        ).where(
            MatchRow.place_id == place_id, MatchRow.done_at >= start, MatchRow.done_at < end,
            MatchRow.state.in_((MatchState.DONE, MatchState.CONFIRMED)),
        )  # fmt: skip
        visits, minutes, helpers = self._session.execute(query).one()
        return visits, int(minutes or 0), helpers

    def outlines(self, place_id: int) -> list[tuple[str, str, BaseGeometry]]:
        """Code, name and outline of each ward of a place, by code."""
        query = select(WardRow.code, WardRow.name, WardRow.boundary)
        found = self._session.execute(
            query.where(WardRow.place_id == place_id).order_by(WardRow.code)
        )
        return [(code, name, spatial.from_column(boundary)) for code, name, boundary in found]


def _key(row: Any) -> Key:
    cell_id, organisation_id = row[0], row[1]
    return (0, organisation_id) if organisation_id else (cell_id, 0)


def _offer(row: Any) -> Thing:
    *columns, words_public = row
    identity, place_id, ref, words, posted_at, member_id = columns
    return Thing(identity, place_id, ref, words, posted_at, member_id, (), bool(words_public))


def _need(row: Any) -> Thing:
    *known, category = row
    return replace(Thing(*known), categories=(category,))


def _open_needs(query: Query, place_id: int, categories: Collection[str]) -> Query:
    here = (NeedRow.place_id == place_id, NeedRow.state == NeedState.OPEN)
    return query.where(*here, NeedRow.category.in_(sorted(categories)))


def _open_offers(query: Query, place_ids: Sequence[int], category: str | None) -> Query:
    query = query.where(OfferRow.place_id.in_(place_ids), OfferRow.state == OfferState.OPEN)
    if category is None:
        return query
    covers = OfferCategoryRow.offer_id == OfferRow.id
    return query.join(OfferCategoryRow, covers).where(OfferCategoryRow.category == category)


def _at_any(spots: Iterable[Key]) -> ColumnElement[bool]:
    keys = list(spots)
    return or_(
        OfferRow.cell_id.in_([cell for cell, _ in keys if cell])
        & OfferRow.organisation_id.is_(None),
        OfferRow.organisation_id.in_([one for _, one in keys if one]),
    )
