"""The map and its list: what is asked and offered near here, by cells.

Anybody may know kinds of help, roughly where, on which day and how many. A need's words are for its
asker and for those who were asked; an offer's for anybody where its giver lets them be read, as an
organisation always does. Asks of the kinds with the
highest risk are counted by ward and nowhere else: who cannot speak up is not put on a map.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
from shapely import LinearRing, coverage_simplify, get_parts

from enabler.domain.categories import TREE
from enabler.domain.errors import NotFound
from enabler.domain.geo import to_lat_lon_columns
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.vocabulary import ORGANISATION_LEADS
from enabler.persistence.near import Spot, Thing
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services._ground import Ground, ground
from enabler.services._spots import (
    SHOWN,
    Counted,
    code_of,
    counted,
    reader_of,
    spot_view,
    with_kinds,
)
from enabler.services.views.near import (
    NearView,
    OutlineView,
    SpotPage,
    ThingView,
    WardCount,
)

PAGE = 20
"""How many spots, needs or offers a page shows."""
OUTLINE_METRES = 60
"""How far a drawn outline may lie from the true one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asks the map for. ``kind`` is need, offer or empty for both."""

    kind: str = ""
    category: str = ""
    ward: str = ""  # its code
    postcode: str = ""
    page: int = 1

    def asks(self) -> frozenset[str]:
        """The kinds of help of which asks are shown."""
        if self.kind == "offer":
            return frozenset()
        return SHOWN & {self.category} if self.category else SHOWN

    def offers(self) -> bool:
        """Whether offers are shown."""
        return self.kind != "need" and (not self.category or self.category in TREE)


def around(*, actor: Actor, place_id: int, wanted: Wanted, now: datetime) -> NearView:
    """Spots with what is asked and offered there: the nearest first where the reader's cell is
    known, else where most happens. Raises ``Invalid("postcode", code)`` as ``places.locate``.
    """
    require(actor, Action.SEE_PUBLIC)
    with reading() as uow:
        here = ground(uow, place_id, now)
        reader = reader_of(uow, actor, place_id, wanted.postcode)
        found = counted(uow, here, wanted.asks(), wanted.category or None, wanted.offers(), reader)
        wards = _wards(uow, here, found, wanted)
        listed = [one for one in found if wanted.ward in ("", one.spot.ward_code)]
        page, pages = _page(wanted.page, len(listed))
        shown = listed[(page - 1) * PAGE : page * PAGE]
        spots = with_kinds(uow, here, shown, wanted.asks(), wanted.category or None)
        unshown = wanted.kind != "offer" and bool(wanted.category) and not wanted.asks()
        return NearView(spots, len(listed), page, pages, wards, reader is not None, unshown)


def at_spot(
    *, actor: Actor, place_id: int, code: str, wanted: Wanted, now: datetime
) -> SpotPage:  # fmt: skip
    """What is asked and offered at one spot. Raises NotFound."""
    require(actor, Action.SEE_PUBLIC)
    with reading() as uow:
        here = ground(uow, place_id, now)
        spot = _spot(uow, here, code)
        category, key = wanted.category or None, spot.key
        asks = uow.near.needs_counted(place_id, wanted.asks()).get(key, 0)
        counted_here = uow.near.offers_counted(here.place_ids, category) if wanted.offers() else {}
        offers = counted_here.get(key, 0)
        page, pages = _page(wanted.page, asks + offers)
        skip = (page - 1) * PAGE
        needs = uow.near.needs_at(place_id, wanted.asks(), key, skip=skip, most=PAGE)
        given = uow.near.offers_at(
            here.place_ids, category, key, skip=max(0, skip - asks), most=PAGE - len(needs)
        ) if offers and len(needs) < PAGE else []  # fmt: skip
        reader = reader_of(uow, actor, place_id, wanted.postcode)
        view = spot_view(spot, here, reader, asks=asks, offers=offers)
        things = (*_needs(uow, actor, needs, here), *_offers(uow, actor, given, here))
        return SpotPage(view, things, page, pages)


def outlines(*, actor: Actor, place_id: int) -> tuple[OutlineView, ...]:
    """The wards of a place as the map draws them: simplified, neighbours still edge to edge."""
    require(actor, Action.SEE_PUBLIC)
    with reading() as uow:
        found = uow.near.outlines(place_id)
    shapes = coverage_simplify([shape for _code, _name, shape in found], OUTLINE_METRES)
    return tuple(
        OutlineView(code, name, tuple(_ring(part.exterior) for part in get_parts(shape)))
        for (code, name, _exact), shape in zip(found, shapes, strict=True)
    )


def _ring(line: LinearRing) -> tuple[tuple[float, float], ...]:
    east, north = line.coords.xy
    lat, lon = to_lat_lon_columns(np.asarray(east), np.asarray(north))
    return tuple(zip(np.round(lon, 4).tolist(), np.round(lat, 4).tolist(), strict=True))


def _page(wanted: int, found: int) -> tuple[int, int]:
    pages = max(1, -(-found // PAGE))
    return min(max(1, wanted), pages), pages


def _wards(
    uow: UnitOfWork, here: Ground, found: list[Counted], wanted: Wanted
) -> tuple[WardCount, ...]:
    """Every ward of the place, by name; asks that are shown nowhere else are counted here."""
    place_id = here.place.id
    hidden = frozenset() if wanted.category or wanted.kind == "offer" else frozenset(TREE) - SHOWN
    asks = uow.near.needs_by_ward(place_id, wanted.asks() | hidden)
    offers: dict[int, int] = {}
    for one in found:
        offers[one.spot.ward_id] = offers.get(one.spot.ward_id, 0) + one.offers
    return tuple(
        WardCount(ward.code, ward.name, asks.get(ward.id, 0), offers.get(ward.id, 0))
        for ward in uow.places.wards(place_id)
    )


def _spot(uow: UnitOfWork, here: Ground, code: str) -> Spot:
    """The spot of this code. Raises NotFound."""
    if "-" in code:
        cells = uow.near.cells(here.place_ids).values()
        found = next((one for one in cells if code_of(one, here) == code), None)
    else:
        found = uow.near.door(here.place_ids, code)
    if found is None:
        raise NotFound("spot_unknown")
    return found


def _needs(
    uow: UnitOfWork, actor: Actor, needs: list[Thing], here: Ground
) -> list[ThingView]:  # fmt: skip
    """Needs, with their words for who asks and who was asked."""
    needs = _not_apart(uow, actor, needs)
    asked: dict[int, str] = {}
    if actor.member_id is not None and needs:
        ids = [need.id for need in needs]
        asked = uow.near.asked_of(actor.member_id, actor.organisations(*ORGANISATION_LEADS), ids)
    return [_need(need, actor, asked.get(need.id), here) for need in needs]


def _need(need: Thing, actor: Actor, match_ref: str | None, here: Ground) -> ThingView:
    mine = actor.member_id is not None and need.member_id == actor.member_id
    return ThingView(
        kind="need", categories=need.categories, posted_on=_day(need.posted_at, here),
        words=need.words if mine or match_ref else None, ref=need.ref if mine else None,
        match_ref=match_ref,
    )  # fmt: skip


def _offers(
    uow: UnitOfWork, actor: Actor, offers: list[Thing], here: Ground
) -> list[ThingView]:  # fmt: skip
    """Offers, with their words where anybody may read them."""
    offers = _not_apart(uow, actor, offers)
    kinds = uow.offers.categories(offer.id for offer in offers)
    return [
        ThingView(
            kind="offer", categories=kinds[offer.id], posted_on=_day(offer.posted_at, here),
            words=offer.words if offer.words_public or _mine(actor, offer) else None,
            ref=offer.ref if _mine(actor, offer) else None,
        )
        for offer in offers
    ]  # fmt: skip


def _not_apart(uow: UnitOfWork, actor: Actor, things: list[Thing]) -> list[Thing]:
    """Without what is of somebody whom the reader is kept apart from."""
    if actor.member_id is None or not things:
        return things
    apart = uow.gifts.kept_apart(actor.member_id)
    return [one for one in things if one.member_id is None or one.member_id not in apart]


def _mine(actor: Actor, offer: Thing) -> bool:
    return actor.member_id is not None and offer.member_id == actor.member_id


def _day(at: datetime, here: Ground) -> date:
    return at.astimezone(ZoneInfo(here.place.timezone)).date()
