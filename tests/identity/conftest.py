"""The fixture ``town``: a small place with its people's doors open, on both databases."""

from collections.abc import Iterator

import pytest
from flask import Flask
from shapely.geometry import MultiPolygon, box

from enabler.doors.secrets import KeyedSecrets
from enabler.persistence import spatial
from enabler.persistence.tables.places import CellRow, PlaceRow, PostcodeRow, WardRow
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from tests.identity.town import NOW, Town


@pytest.fixture
def town(app: Flask) -> Iterator[Town]:
    """The place ``smalltown`` with two wards, and another one elsewhere."""
    with app.app_context():
        with unit_of_work() as uow:
            here = add_place(uow, "smalltown", "ZZ1", west=410_000)
            elsewhere = add_place(uow, "noisetown", "ZY1", west=430_000)
            uow.commit()
        yield Town(app, here, elsewhere, secrets=KeyedSecrets("k" * 40))


def add_place(uow: UnitOfWork, slug: str, outward: str, west: int) -> int:
    """A place of two wards, W1 and W2, one cell and one postcode in each; its id."""
    place = PlaceRow(
        slug=slug, name=slug.title(), timezone="Europe/London", languages=["en", "cy"],
        phone=None, contact={}, boundary=square(west), invented=True, created_at=NOW,
    )  # fmt: skip
    add(uow, place)
    for number, digit in ((1, "0"), (2, "1")):
        ward = WardRow(
            place_id=place.id, code=f"W{number}", name=f"Ward {number}", boundary=square(west)
        )
        add(uow, ward)
        east = west + number * 1_000
        cell = CellRow(
            place_id=place.id, ward_id=ward.id, side_metres=1_000, west=east, south=210_000,
            easting=east + 500, northing=210_500, households=150,
        )  # fmt: skip
        add(uow, cell)
        code = f"{outward} {digit}AA"
        add(
            uow,
            PostcodeRow(
                place_id=place.id, code=code, easting=east + 321, northing=210_123,
                ward_id=ward.id, cell_id=cell.id,
            ),
        )  # fmt: skip
    return place.id


def add(uow: UnitOfWork, row: object) -> None:
    """Keep a row, so that its id is known."""
    uow.session.add(row)
    uow.flush()


def square(west: int) -> object:
    """The area of a place, five kilometres wide."""
    return spatial.to_column(MultiPolygon([box(west, 210_000, west + 5_000, 215_000)]))
