"""Streets and landmarks of a place's file: kept, looked up by name, and mistakes told by line."""

import pytest

from enabler.domain.geo import GridPoint, to_lat_lon
from enabler.domain.landmarks import fold_name, named_in
from enabler.domain.sources import BadSource
from enabler.doors.place_files.reading import read_place
from enabler.services import landmarks, places
from tests.geography.importing import bring_in
from tests.geography.shared import ROOT
from tests.geography.small_place import SOUTH, WEST, SmallPlace

HEADER = ["name", "other_names", "lat", "lon", "precision_metres", "kind"]


@pytest.fixture(autouse=True)
def context(app):
    with app.app_context():
        yield


@pytest.fixture
def small(tmp_path):
    return SmallPlace(tmp_path / "small")


def line(name, east, north, others="", metres="200", kind="landmark"):
    """A line of the file, so many metres from the place's corner."""
    spot = to_lat_lon(GridPoint(WEST + east, SOUTH + north))
    return [name, others, f"{spot.lat:.6f}", f"{spot.lon:.6f}", metres, kind]


def names(small, words):
    found = landmarks.named(place_id=places.by_slug(slug="smalltown").id, words=words)
    return [(one.name, one.ward, one.precision_metres) for one in found]


class TestImport:
    def test_what_the_file_names_is_found_by_any_of_its_names(self, small):
        small.tables["landmarks"] = [
            HEADER, line("St. Mary's Rd", 500, 500, kind="street"),
            line("Ysgol Fach", 4_500, 500, "Small School|the Infants"),
        ]  # fmt: skip
        first = bring_in(small.write())
        assert first.changes["landmark"] == 2
        assert names(small, "off st marys road") == [("St. Mary's Rd", "Low Ward", 200)]
        assert names(small, "outside the Infants pls") == [("Ysgol Fach", "عربي", 200)]

        assert "landmark" not in bring_in(small.file).changes

        small.tables["landmarks"] = [HEADER, line("Ysgol Fach", 4_500, 500, metres="90")]
        assert bring_in(small.write()).changes["landmark"] == 2
        assert names(small, "St Mary's Road") == []
        assert names(small, "Ysgol Fach") == [("Ysgol Fach", "عربي", 90)]

    def test_a_landmark_stands_in_its_ward_near_a_postcode(self, small):
        small.tables["landmarks"] = [HEADER, line("Tall Cross", 100, 100)]
        bring_in(small.write())
        place = places.by_slug(slug="smalltown")
        (found,) = landmarks.named(place_id=place.id, words="Tall Cross")
        where = landmarks.locate(place_id=place.id, landmark_id=found.id)
        assert (where.ward.code, where.postcode.text) == ("W1", "ZZ1 0AA")

    def test_a_ward_that_goes_takes_nothing_along(self, small):
        small.tables["landmarks"] = [HEADER, line("Far Cross", 3_990, 500)]
        bring_in(small.write())
        small.wards["W9"] = small.wards.pop("W2")
        bring_in(small.write())
        (found,) = landmarks.named(
            place_id=places.by_slug(slug="smalltown").id, words="Far Cross"
        )  # fmt: skip
        assert found.ward == "Ward of Ÿ & “quotes”"


class TestMistakes:
    @pytest.mark.parametrize(
        ("wrong", "code", "column"),
        [
            (line("", 1, 1), "csv_blank", 1),
            (line("?!", 1, 1), "landmark_name", 1),
            (line("a b c d e f g h i", 1, 1), "landmark_name", 1),
            (line("Far Off", 99_000, 1), "landmark_outside", None),
            (line("Odd", 1, 1, kind="pub"), "landmark_kind", None),
            (line("Odd", 1, 1, metres=""), "csv_blank", None),
            (line("Odd", 1, 1, metres="0"), "csv_whole", None),
            (["Odd", "", "", "-1.8", "9", "street"], "csv_half_a_point", None),
            (["Odd", "", "north", "-1.8", "9", "street"], "csv_number", None),
            (line("Fine Place", 500, 500), "landmark_twice", 1),
        ],
    )
    def test_is_told_with_its_line(self, small, wrong, code, column):
        small.tables["landmarks"] = [HEADER, line("Fine Place", 500, 500), wrong]
        with pytest.raises(BadSource) as raised:
            read_place(small.write())
        told = raised.value
        assert (told.code, told.line) == (code, 3)
        assert column in (None, told.column)

    def test_a_file_with_a_header_alone_names_nothing(self, small):
        small.tables["landmarks"] = [HEADER]
        assert read_place(small.write()).pack.landmarks == []


def test_names_are_compared_without_what_people_leave_out():
    assert fold_name("St. John's Rd") == fold_name("st johns road")
    assert fold_name("The Old Mill") == fold_name("old mill")
    assert named_in("anything", ()) == ()


def test_the_shipped_place_knows_its_parts():
    pack = read_place(ROOT / "places" / "swansea" / "place.toml").pack
    wards = {one.name: pack.wards[one.ward].name for one in pack.landmarks}
    assert wards["Sketty"] == "Sketty"
    assert len(wards) == 29
