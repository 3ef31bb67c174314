"""Spots of the map with their counts, in the order in which list and map show them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from enabler.domain.categories import TREE
from enabler.domain.disclosure import distance_band
from enabler.domain.geo import GridPoint, distance_metres, to_lat_lon
from enabler.domain.members import CellPoint
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Risk
from enabler.persistence.near import Key, Spot
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services.views.near import SpotView

SHOWN = frozenset(slug for slug, kind in TREE.items() if kind.risk is not Risk.HIGH)
"""Kinds of help whose asks may be shown by cell; what a place added counts as of high risk."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A spot with how much is asked and offered there, and its distance from the reader's cell."""

    spot: Spot
    asks: int
    offers: int
    metres: int | None
    within_metres: int | None


@dataclass(frozen=True, slots=True)
class Reader:
    """What stands for the reader's home: their cell's point and side."""

    point: GridPoint
    side_metres: int


def reader_of(uow: UnitOfWork, actor: Actor, place_id: int, postcode: str) -> Reader | None:
    """From where the reader looks: the typed postcode's cell, else that of the member's home.

    Raises ``Invalid("postcode", code)``.
    """
    if postcode.strip():
        cell = uow.places.locate(place_id, postcode).cell
        return Reader(cell.point, cell.side_metres)
    if actor.member_id is None or actor.place_id != place_id:
        return None
    own: CellPoint | None = uow.homes.cell_of(actor.member_id)
    return None if own is None else Reader(GridPoint(own.easting, own.northing), own.side_metres)


def counted(
    uow: UnitOfWork, here: Ground, asks: Collection[str], category: str | None, offers: bool,
    reader: Reader | None,
) -> list[Counted]:  # fmt: skip
    """Every spot where something of these kinds is asked or offered, in their order."""
    needed = uow.near.needs_counted(here.place.id, asks) if asks else {}
    given = uow.near.offers_counted(here.place_ids, category) if offers else {}
    spots = uow.near.cells(here.place_ids)
    spots |= uow.near.doors(organisation for _cell, organisation in given if organisation)
    found = [
        Counted(spots[key], needed.get(key, 0), given.get(key, 0), *_apart(spots[key], reader))
        for key in needed.keys() | given.keys() if key in spots
    ]  # fmt: skip
    return sorted(found, key=lambda one: _in_order(one, here))


def _apart(spot: Spot, reader: Reader | None) -> tuple[int | None, int | None]:
    """The distance from the reader's cell to the spot, and the band in which it is said."""
    if reader is None:
        return None, None
    metres = distance_metres(reader.point, GridPoint(spot.easting, spot.northing))
    return metres, distance_band(metres, reader.side_metres, spot.side_metres)


def _in_order(one: Counted, here: Ground) -> tuple[int, int, str, int, str]:
    """The nearest first, else the busiest; ties by ward and number, so that all agree."""
    busy = 0 if one.metres is not None else -(one.asks + one.offers)
    spot = one.spot
    return one.metres or 0, busy, spot.ward, spot.number, code_of(spot, here)


def with_kinds(
    uow: UnitOfWork, here: Ground, shown: Sequence[Counted], asks: Collection[str],
    category: str | None,
) -> tuple[SpotView, ...]:  # fmt: skip
    """These spots as a page shows them, with the kinds of help of each."""
    keys = [one.spot.key for one in shown]
    asked: dict[Key, list[tuple[str, int]]] = {}
    offered: dict[Key, list[tuple[str, int]]] = {}
    if any(one.asks for one in shown):
        for key, slug, count in uow.near.needs_by_category(here.place.id, asks, keys):
            asked.setdefault(key, []).append((slug, count))
    if any(one.offers for one in shown):
        for key, slug, count in uow.near.offers_by_category(here.place_ids, category, keys):
            offered.setdefault(key, []).append((slug, count))
    return tuple(
        _view(one, here, _most_first(asked, one.spot.key), _most_first(offered, one.spot.key))
        for one in shown
    )


def _most_first(
    kinds: Mapping[Key, Sequence[tuple[str, int]]], key: Key
) -> tuple[tuple[str, int], ...]:  # fmt: skip
    known = [kind for kind in kinds.get(key, ()) if kind[0] in TREE]
    return tuple(sorted(known, key=lambda kind: (-kind[1], kind[0])))


def spot_view(
    spot: Spot, here: Ground, reader: Reader | None, *, asks: int, offers: int
) -> SpotView:
    """One spot as a page shows it."""
    return _view(Counted(spot, asks, offers, *_apart(spot, reader)), here)


def _view(
    one: Counted, here: Ground, asked: tuple[tuple[str, int], ...] = (),
    offered: tuple[tuple[str, int], ...] = (),
) -> SpotView:  # fmt: skip
    spot = one.spot
    return SpotView(
        code=code_of(spot, here), ward=spot.ward, number=spot.number,
        organisation=spot.organisation, point=to_lat_lon(GridPoint(spot.easting, spot.northing)),
        within_metres=one.within_metres, asks=one.asks, offers=one.offers, asked=asked,
        offered=offered,
    )  # fmt: skip


def code_of(spot: Spot, here: Ground) -> str:
    """What a spot is called in an address: an organisation by its ref, a cell by its ward and
    number, with the place before it where it is a neighbour's."""
    if spot.ref is not None:
        return spot.ref
    own = f"{spot.ward_code}-{spot.number}"
    return own if spot.place_id == here.place.id else f"{spot.place_slug}.{own}"
