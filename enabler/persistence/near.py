"""What stands where: open needs and offers counted by cell, and those of one spot, page by page.

Nothing finer than a cell is read of a need or of a member's offer. Counts are made by the
database; no query grows with the number of needs, but for what the database itself counts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import BindParameter, Select, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from enabler.domain.refs import written
from enabler.domain.vocabulary import MatchState, MemberState, NeedState, OfferState
from enabler.persistence import spatial
from enabler.persistence.among import among, among_given
from enabler.persistence.database import columns_of
from enabler.persistence.hidden import hidden_ids
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import MemberRow, OrganisationRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferCategoryRow, OfferRow
from enabler.persistence.tables.places import CellRow, PlaceRow, WardRow
from enabler.persistence.types import UtcDateTime

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
        found = self._session.execute(_CELLS, {"places": place_ids})
        return {(row[0], 0): Spot((row[0], 0), *row[1:]) for row in found}

    def doors(self, organisation_ids: Iterable[int]) -> dict[Key, Spot]:
        """Where these organisations are."""
        ids = list(organisation_ids)
        return self._doors(among(OrganisationRow.id, ids)) if ids else {}

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
        values = {"place": place_id, "categories": sorted(categories)}
        found = self._session.execute(_NEEDS_COUNTED, values)
        return {(cell_id, 0): count for cell_id, count in found}

    def needs_by_ward(self, place_id: int, categories: Collection[str]) -> dict[int, int]:
        """How many open needs of these kinds each ward has."""
        query = _open_needs(select(NeedRow.ward_id, func.count()), place_id, categories)
        found = self._session.execute(query.group_by(NeedRow.ward_id))
        return {row[0]: row[1] for row in found}

    def offers_counted(self, place_ids: Sequence[int], category: str | None) -> dict[Key, int]:
        """How many open offers (of this kind) each spot has."""
        values = {"places": place_ids, "category": category}
        found = self._session.execute(_offers_counted(category is not None), values)
        return {_key(row): row[2] for row in found}

    def needs_by_category(
        self, place_id: int, categories: Collection[str], spots: Iterable[Key]
    ) -> list[tuple[Key, str, int]]:
        """Of what kinds the open needs of these spots are, and how many of each."""
        values = {"place": place_id, "categories": sorted(categories)}
        cells = [cell for cell, _ in spots]
        found = self._session.execute(_NEEDS_BY_CATEGORY, values | {"cells": cells})
        return [((cell, 0), slug, count) for cell, slug, count in found]

    def offers_by_category(
        self, place_ids: Sequence[int], category: str | None, spots: Collection[Key]
    ) -> list[tuple[Key, str, int]]:
        """Of what kinds the open offers of these spots are, and how many of each."""
        values = {"places": place_ids, "category": category, **_ids_at(spots)}
        found = self._session.execute(_offers_by_category(category is not None), values)
        return [(_key(row), row[2], row[3]) for row in found]

    def needs_at(
        self, place_id: int, categories: Collection[str], spot: Key, *, skip: int, most: int
    ) -> list[Thing]:
        """Open needs of a cell, the newest first."""
        whose = case((NeedRow.organisation_id.is_(None), NeedRow.asker_id))  # its leads: nobody
        columns = (NeedRow.id, NeedRow.place_id, NeedRow.ref, NeedRow.words, NeedRow.posted_at,
                   whose, NeedRow.category)  # fmt: skip
        query = _open_needs(select(*columns), place_id, categories)
        shown = or_(NeedRow.organisation_id.is_not(None), NeedRow.asker_id.not_in(hidden_ids()))
        query = query.where(NeedRow.cell_id == spot[0], shown).offset(skip).limit(most)
        found = self._session.execute(query.order_by(NeedRow.posted_at.desc(), NeedRow.id.desc()))
        return [_need(row) for row in found]

    def offers_at(
        self, place_ids: Sequence[int], category: str | None, spot: Key, *, skip: int, most: int
    ) -> list[Thing]:
        """Open offers of a spot, the newest first, without their kinds of help."""
        columns = (OfferRow.id, OfferRow.place_id, OfferRow.ref, OfferRow.words,
                   OfferRow.posted_at, OfferRow.member_id,
                   or_(OfferRow.words_public, OfferRow.organisation_id.is_not(None)))  # fmt: skip
        query = _open_offers(select(*columns), category is not None).where(_AT_ANY)
        query = query.offset(skip).limit(most)
        values = {"places": place_ids, "category": category, **_ids_at((spot,))}
        newest_first = query.order_by(OfferRow.posted_at.desc(), OfferRow.id.desc())
        found = self._session.execute(newest_first, values)
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
        values = {"place": place_id, "start": start, "end": end}
        visits, minutes, helpers = self._session.execute(_HELPED, values).one()
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


def _open_offers(query: Query, of_category: bool) -> Query:
    """Of these ``places``, and of one ``category`` where it is so asked."""
    stopped = select(MemberRow.id).where(
        MemberRow.id == OfferRow.member_id, MemberRow.state == MemberState.SUSPENDED
    )
    query = query.where(OfferRow.place_id.in_(_given("places")), OfferRow.state == OfferState.OPEN)
    query = query.where(or_(OfferRow.member_id.is_(None), OfferRow.member_id.not_in(hidden_ids())))
    query = query.where(~stopped.exists())
    if not of_category:
        return query
    covers = OfferCategoryRow.offer_id == OfferRow.id
    of_this = OfferCategoryRow.category == bindparam("category")
    return query.join(OfferCategoryRow, covers).where(of_this)


def _given(name: str) -> BindParameter[Any]:
    """Values that are given with each call: statements of the front page are made only once."""
    return bindparam(name, expanding=True)


def _ids_at(spots: Iterable[Key]) -> dict[str, list[int]]:
    keys = list(spots)
    return {"cells": [cell for cell, _ in keys if cell], "doors": [one for _, one in keys if one]}


_AT_ANY = or_(
    OfferRow.cell_id.in_(_given("cells")) & OfferRow.organisation_id.is_(None),
    OfferRow.organisation_id.in_(_given("doors")),
)
_SPOT = (func.coalesce(OfferRow.cell_id, 0), func.coalesce(OfferRow.organisation_id, 0))
_NEED = columns_of(NeedRow)
_OPEN = (
    _NEED.place_id == bindparam("place"), _NEED.state == NeedState.OPEN,
    _NEED.category.in_(_given("categories")),
    or_(_NEED.organisation_id.is_not(None), _NEED.asker_id.not_in(hidden_ids())),
)  # fmt: skip
_NEEDS_COUNTED = select(_NEED.cell_id, func.count()).where(*_OPEN).group_by(_NEED.cell_id)
_NEEDS_BY_CATEGORY = (
    select(_NEED.cell_id, _NEED.category, func.count())
    .where(*_OPEN, among_given(_NEED.cell_id, "cells"))
    .group_by(_NEED.cell_id, _NEED.category)
)
_CELLS = (
    select(
        CellRow.id, WardRow.place_id, PlaceRow.slug, WardRow.id, WardRow.code,
        WardRow.name, CellRow.easting, CellRow.northing, CellRow.side_metres,
        func.row_number().over(
            partition_by=CellRow.ward_id,
            order_by=(CellRow.northing.desc(), CellRow.easting, CellRow.id),
        ),
    )
    .join(WardRow, WardRow.id == CellRow.ward_id)
    .join(PlaceRow, PlaceRow.id == WardRow.place_id)
    .where(CellRow.place_id.in_(_given("places")))
)  # fmt: skip
_HELPED = select(
    func.count(), func.coalesce(func.sum(MatchRow.minutes), 0),
    func.count(MatchRow.helper_id.distinct()),
).where(
    MatchRow.place_id == bindparam("place"),
    MatchRow.done_at >= bindparam("start", type_=UtcDateTime()),
    MatchRow.done_at < bindparam("end", type_=UtcDateTime()),
    MatchRow.state.in_((MatchState.DONE, MatchState.CONFIRMED)),
)  # fmt: skip


@cache
def _offers_counted(of_category: bool) -> Query:
    return _open_offers(select(*_SPOT, func.count()), of_category).group_by(*_SPOT)


@cache
def _offers_by_category(of_category: bool) -> Query:
    counted = (*_SPOT, OfferCategoryRow.category)
    query = _open_offers(select(*counted, func.count()), of_category).where(_AT_ANY)
    if not of_category:
        query = query.join(OfferCategoryRow, OfferCategoryRow.offer_id == OfferRow.id)
    return query.group_by(*counted)
