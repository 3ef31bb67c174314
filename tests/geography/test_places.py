"""Where something lies: postcodes as typed, points, and the command that asks; both databases."""

import csv
import io
import subprocess
import sys

import pytest

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.geo import GridPoint, LatLon, distance_metres, to_grid
from enabler.domain.places import UNKNOWN, Found
from enabler.services import places
from tests.geography.importing import bring_in
from tests.geography.shared import SHARED, needs_shared
from tests.geography.small_place import SmallPlace


@pytest.fixture(autouse=True)
def context(app):
    with app.app_context():
        yield


@pytest.fixture(autouse=True)
def noise(tmp_path, context):
    """A second place, whose wards have the same codes and whose postcodes differ."""
    other = SmallPlace(tmp_path / "noise", slug="elsewhere", shift=20_000)
    other.postcodes = {
        code.replace("ZZ", "ZY"): point for code, point in other.postcodes.items()
    } | {
        "B11 1AA": (430_500, 210_500),
        "BL1 1AA": (430_600, 210_500),
        "WI1 1AA": (430_700, 210_500),
        "W11 1AA": (430_700, 210_500),
    }
    bring_in(other.write())


@pytest.fixture
def place(tmp_path, context):
    small = SmallPlace(tmp_path / "small")
    small.postcodes["BS10 1AA"] = (410_500, 210_500)
    bring_in(small.write())
    return places.by_slug(slug="smalltown")


def refusal_of(place, typed):
    with pytest.raises(Invalid) as refusal:
        places.locate(place_id=place.id, postcode_text=typed)
    assert refusal.value.field == "postcode"
    return refusal.value.code


class TestLocate:
    @pytest.mark.parametrize(
        "typed", ["ZZ2 3DA", "zz23da", " zz2-3da ", "ZZ2\N{NO-BREAK SPACE}3DA"]
    )
    def test_finds_point_ward_and_cell_of_a_code(self, place, typed):
        found = places.locate(place_id=place.id, postcode_text=typed)
        assert found.postcode.text == "ZZ2 3DA"
        assert found.point == GridPoint(412_280, 210_550)
        assert (found.ward.code, found.place_id) == ("W2", place.id)
        assert found.cell.ward_id == found.ward.id
        assert distance_metres(found.cell.point, found.point) < 500

    @pytest.mark.parametrize("typed", ["BS1O 1AA", "BSIO IAA", "bsl0 1aa"])
    def test_reads_look_alikes_as_the_code_that_exists(self, place, typed):
        found = places.locate(place_id=place.id, postcode_text=typed)
        assert found.postcode.text == "BS10 1AA"

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("", "postcode_missing"),
            ("home", "postcode_malformed"),
            ("ZZ2", "postcode_partial"),
            ("ZZ2 3", "postcode_partial"),
            ("ZZ2 3DB", "postcode_unknown"),
            ("SW1A 1AA", "postcode_unknown"),
            ("ZY2 3DA", "postcode_outside_place"),
            ("\0" * 10_000, "postcode_malformed"),
        ],
    )
    def test_says_what_is_wrong(self, place, typed, code):
        assert refusal_of(place, typed) == code


class TestAtPoint:
    def test_has_the_ward_it_lies_in_and_the_nearest_postcode_there(self, place):
        found = places.at_point(place_id=place.id, point=GridPoint(412_290, 210_560))
        assert found.postcode.text == "ZZ2 3DA"
        assert found.point == GridPoint(412_290, 210_560)
        assert found.ward.code == "W2"

    def test_keeps_to_the_ward_though_a_postcode_beyond_it_is_nearer(self, place):
        found = places.at_point(place_id=place.id, point=GridPoint(411_999, 211_990))
        assert found.ward.code == "W1"
        assert found.postcode.text.startswith("ZZ1")

    def test_just_outside_belongs_to_the_nearest_ward(self, place):
        found = places.at_point(place_id=place.id, point=GridPoint(409_900, 211_000))
        assert found.ward.code == "W1"

    @pytest.mark.parametrize(
        "point", [GridPoint(409_600, 211_000), GridPoint(430_500, 211_000), GridPoint(0, 0)]
    )
    def test_outside_is_refused(self, place, point):
        with pytest.raises(Invalid) as refusal:
            places.at_point(place_id=place.id, point=point)
        assert (refusal.value.field, refusal.value.code) == ("point", "point_outside_place")


class TestFindPostcodes:
    def test_answers_each_line_in_order(self, place):
        typed = ["ZZ2 3DA", "", "zy11aa", "zz2 3db", "ZZ2 3DA"]
        found = places.find_postcodes(typed=typed)
        assert [it.place_slug for it in found] == [
            "smalltown",
            None,
            "elsewhere",
            None,
            "smalltown",
        ]
        assert found[1] == found[3] == UNKNOWN
        assert (found[0].found, found[0].ward_code) == (Found.EXACT, "W2")

    def test_a_part_is_the_mean_of_its_postcodes(self, place):
        outward, sector = places.find_postcodes(typed=["zz2", "ZZ2 3"])
        assert (outward.found, outward.code) == (Found.APPROXIMATE, "ZZ2")
        assert outward.point == GridPoint(412_955, 210_775)
        assert (outward.place_slug, outward.ward_code) == ("smalltown", "W2")
        assert (sector.found, sector.code) == (Found.APPROXIMATE, "ZZ2 3")
        assert sector.point == GridPoint(412_955, 210_550)

    def test_an_outward_code_is_not_taken_for_a_longer_one(self, place):
        assert places.find_postcodes(typed=["BS1", "BS10"])[0] == UNKNOWN
        assert places.find_postcodes(typed=["BS10"])[0].found is Found.APPROXIMATE

    def test_what_could_be_two_codes_is_unknown(self, place):
        assert places.find_postcodes(typed=["BLI 1AA"])[0] == UNKNOWN
        assert places.find_postcodes(typed=["BL1 1AA"])[0].code == "BL1 1AA"

    def test_what_exists_as_it_was_typed_is_meant(self, place):
        assert places.find_postcodes(typed=["WI1 1AA"])[0].code == "WI1 1AA"

    def test_a_part_that_lies_in_two_wards_names_none(self, tmp_path, place):
        both = SmallPlace(tmp_path / "both", slug="both", shift=40_000)
        both.postcodes = {"WC1 1AA": (450_500, 210_500), "WC1 1AB": (452_500, 210_500)}
        bring_in(both.write())
        (found,) = places.find_postcodes(typed=["WC1"])
        assert (found.place_slug, found.ward_code) == ("both", None)


def test_places_and_wards_are_listed(place):
    assert [it.slug for it in places.all_places()] == ["elsewhere", "smalltown"]
    assert [ward.code for ward in places.wards(place_id=place.id)] == ["W1", "W2", "W3"]
    with pytest.raises(NotFound):
        places.by_slug(slug="nowhere")


class TestTheCommand:
    """``enabler place``, as a process of its own."""

    @pytest.fixture
    def run(self, settings, app):
        def run(*arguments, given=b"", **environment):
            return subprocess.run(
                [sys.executable, "-m", "enabler.cli", *arguments],
                input=given,
                capture_output=True,
                check=False,
                env={
                    "DATABASE_URL": settings.database_url,
                    "ENABLER_INSTANCE": str(settings.instance),
                    "PATH": "/usr/bin:/bin",
                    **environment,
                },
            )

        return run

    def test_where_gives_a_row_of_csv_for_each_line(self, run, place):
        typed = b'zz2 3da\r\n\nBS1O 1AA\nZZ2\n"x", y\n\xff\nZZ2 3DB'
        done = run("place", "where", given=typed)
        assert (done.returncode, done.stderr) == (0, b"")
        rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
        assert list(rows[0]) == ["input", "status", "postcode", "lat", "lon", "place", "ward_code"]
        assert [row["input"] for row in rows] == [
            "zz2 3da", "", "BS1O 1AA", "ZZ2", '"x", y', "\ufffd", "ZZ2 3DB",
        ]  # fmt: skip
        assert [row["status"] for row in rows] == [
            "exact", "unknown", "exact", "approximate", "unknown", "unknown", "unknown",
        ]  # fmt: skip
        assert (rows[0]["postcode"], rows[0]["place"]) == ("ZZ2 3DA", "smalltown")
        point = to_grid(LatLon(float(rows[0]["lat"]), float(rows[0]["lon"])))
        assert point == GridPoint(412_280, 210_550)
        assert list(rows[1].values()) == ["", "unknown", "", "", "", "", ""]

    def test_without_a_schema_says_what_to_run(self, run, tmp_path):
        url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
        done = run("place", "where", DATABASE_URL=url)
        assert done.returncode == 3
        assert b"enabler db upgrade" in done.stderr
        assert b"Traceback" not in done.stderr

    def test_where_without_input_is_a_header(self, run, place):
        assert run("place", "where").stdout.count(b"\n") == 1

    def test_import_says_what_came_in(self, run, tmp_path):
        third = SmallPlace(tmp_path / "third", slug="third")
        third.keys["neighbors"] = ["x"]
        done = run("place", "import", str(third.write()))
        assert done.returncode == 0
        assert done.stdout.decode().splitlines()[:2] == ["wards 3", "postcodes 600"]
        assert "neighbors" in done.stderr.decode()
        assert places.by_slug(slug="third").name == "Small Town"

    def test_a_broken_file_changes_nothing_and_says_where(self, run, tmp_path):
        third = SmallPlace(tmp_path / "third", slug="third")
        third.write()
        path = third.folder / "postcodes.csv"
        path.write_text(path.read_text().replace("ZZ3 9", "ZZ3 X", 1))
        done = run("place", "import", str(third.file))
        assert done.returncode == 2
        assert done.stdout == b""
        assert done.stderr.decode() == f"{path}:582:1: “ZZ3 XAA” is not a postcode.\n"
        with pytest.raises(NotFound):
            places.by_slug(slug="third")

    def test_anothers_number_changes_nothing_and_says_where(self, run, place, tmp_path):
        third = SmallPlace(tmp_path / "third", slug="third")
        third.keys["phone"] = "07700 900 003"
        done = run("place", "import", str(third.write()))
        assert done.returncode == 2
        told = done.stderr.decode()
        assert told.startswith(f"{third.file}:5:1: 07700 900003 is the number of Small Town")
        assert "Traceback" not in told
        with pytest.raises(NotFound):
            places.by_slug(slug="third")


@needs_shared
def test_every_real_postcode_is_found_as_typed_badly(tmp_path):
    bring_in(SHARED / "places" / "calderdale.toml")
    with (SHARED / "geo" / "postcodes_calderdale.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[::37]
    typed = [row["postcode"].lower().replace(" ", "").replace("0", "o") for row in rows]
    for row, found in zip(rows, places.find_postcodes(typed=typed), strict=True):
        assert (found.found, found.code) == (Found.EXACT, row["postcode"])
        assert found.point == GridPoint(int(row["easting"]), int(row["northing"]))
