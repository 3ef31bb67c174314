"""The comparison of days sees it when something is computed from a door again: each leak is
planted, a home is moved to the far corner of its cell, and somebody else can tell."""

from collections.abc import Callable
from dataclasses import replace
from math import dist
from typing import Any

import pytest

from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.matching import Candidate
from enabler.persistence.needs import Needs
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _asking, _match_views, offers
from enabler.services._candidates import Looked, candidates
from enabler.services.views import Roughly
from tests.privacy.looking import Share
from tests.privacy.village import far_move
from tests.privacy.worlds import Worlds

SHARE = Share((0,), 60)
Plant = Callable[[pytest.MonkeyPatch], None]


def needs_are_searched_from_their_doors(patch: pytest.MonkeyPatch) -> None:
    """The need's own point stands where its cell's should."""
    read = Needs._read

    def exact(self: Any, *asked: Any) -> list[Need]:
        return [_at_its_door(self._session, need) for need in read(self, *asked)]

    patch.setattr(Needs, "_read", exact)


def _at_its_door(session: Any, need: Need) -> Need:
    row = session.get_one(NeedRow, need.id)
    return replace(need, cell=replace(need.cell, easting=row.easting, northing=row.northing))


def offers_reach_from_their_doors(patch: pytest.MonkeyPatch) -> None:
    """An offer begins at its giver's home."""
    spot = offers._spot

    def exact(uow: UnitOfWork, giver: Any, organisation: Any) -> dict[str, Any]:
        home = uow.homes.where(giver.home_id)
        point = {"easting": home.easting, "northing": home.northing}
        return spot(uow, giver, organisation) | ({} if organisation else point)

    patch.setattr(offers, "_spot", exact)


def the_nearest_door_is_asked_first(patch: pytest.MonkeyPatch) -> None:
    """Helpers are ranked by the way from door to door; all else is from the cells."""

    def by_door(uow: UnitOfWork, need: Any, ground: Any) -> Looked:
        row = uow.session.get_one(NeedRow, need.id)

        def metres(candidate: Candidate) -> float:
            helper = _home_of(uow, uow.offers.by_id(int(candidate.offer)))
            return dist((row.easting, row.northing), helper) if helper else 0.0

        looked = candidates(uow, need, ground)
        return replace(looked, ranked=sorted(looked.ranked, key=metres))

    patch.setattr(_asking, "candidates", by_door)


def pages_say_how_far_the_door_is(patch: pytest.MonkeyPatch) -> None:
    """What is said before the yes is the way from door to door."""

    def exact(uow: UnitOfWork, _actor: Any, case: Any, side: str) -> Roughly:
        _, need, offer = case
        row, helper = uow.session.get_one(NeedRow, need.id), _home_of(uow, offer)
        ward = uow.homes.ward_name(need.cell.ward_id)
        metres = dist((row.easting, row.northing), helper) if helper else 0
        return Roughly(ward, int(metres))

    patch.setattr(_match_views, "_where", exact)


def _home_of(uow: UnitOfWork, offer: Offer) -> tuple[int, int] | None:
    if offer.member_id is None:
        return None
    home = uow.homes.where(uow.homes.member(offer.member_id).home_id or 0)
    return home.easting, home.northing


@pytest.mark.prove("2.5")
@pytest.mark.parametrize(
    ("plant", "owner"),
    [
        (needs_are_searched_from_their_doors, "asha"),
        (offers_reach_from_their_doors, "hal"),
        (the_nearest_door_is_asked_first, "asha"),
        (the_nearest_door_is_asked_first, "hal"),
        (pages_say_how_far_the_door_is, "asha"),
    ],
)
def test_a_planted_leak_is_seen(
    world: Worlds, monkeypatch: pytest.MonkeyPatch, plant: Plant, owner: str
) -> None:
    village = world("spatialite")
    plant(monkeypatch)
    before = village.live(None, SHARE, (owner,))

    found = village.compare(before, far_move(village.app, village.village, owner), SHARE)

    assert [what for what in found if not what.startswith("rows of")], found


@pytest.mark.prove("2.5")
@pytest.mark.parametrize("owner", ["asha", "hal"])
def test_without_a_leak_the_same_move_is_not_seen(world: Worlds, owner: str) -> None:
    village = world("spatialite")
    before = village.live(None, SHARE, (owner,))

    found = village.compare(before, far_move(village.app, village.village, owner), SHARE)

    assert found == []
