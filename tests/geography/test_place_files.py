"""A place's files, read: what they come to, and each mistake at its file, line and column."""

import gzip
import re

import numpy as np
import pytest
from flask import Flask

from enabler.cli.place import STEPS
from enabler.domain.geo import GridPoint
from enabler.domain.sources import BadSource
from enabler.doors.place_files.description import TAKEN_SLUGS
from enabler.doors.place_files.reading import read_place
from enabler.doors.words import SENTENCES, sentence
from tests.geography.shared import SHARED, needs_shared
from tests.geography.small_place import HEADER, SmallPlace


@pytest.fixture
def small(tmp_path):
    return SmallPlace(tmp_path / "small")


def mistake_of(file):
    with pytest.raises(BadSource) as refusal:
        read_place(file)
    return refusal.value


def told(mistake):
    name = mistake.path.rsplit("/", 1)[-1]
    assert "did not work" not in sentence(mistake)
    return f"{name}:{mistake.line}:{mistake.column}: {mistake.code}"


def replace(small, name, old, new):
    path = small.folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


class TestReadPlace:
    def test_gives_the_place_with_wards_found_by_point(self, small):
        pack = read_place(small.write()).pack
        assert (pack.facts.slug, pack.facts.name) == ("smalltown", "Small Town")
        assert pack.facts.languages == ("en", "cy")
        assert [ward.name for ward in pack.wards] == ["Low Ward", "Ward of Ÿ & “quotes”", "عربي"]
        assert len(pack.postcodes) == 600
        assert np.bincount(pack.postcodes.ward).tolist() == [200, 200, 200]
        assert pack.boundary.area == pytest.approx(6_000 * 2_000, rel=1e-4)

    def test_tells_its_progress(self, small):
        heard = []
        read_place(small.write(), lambda *step: heard.append(step))
        assert {step for step, _, _ in heard} <= set(STEPS)
        assert heard[-1][1] == heard[-1][2]

    def test_a_postcode_outside_every_ward_has_the_nearest(self, small):
        small.postcodes["ZZ9 9ZZ"] = (410_000 - 900, 211_000)
        pack = read_place(small.write()).pack
        at = list(pack.postcodes.code).index("ZZ9 9ZZ")
        assert pack.wards[pack.postcodes.ward[at]].code == "W1"

    def test_a_packed_file_is_read_like_a_plain_one(self, small):
        plain = read_place(small.write()).pack
        path = small.folder / "postcodes.csv"
        (small.folder / "postcodes.csv.gz").write_bytes(gzip.compress(path.read_bytes()))
        replace(small, "place.toml", "postcodes.csv", "postcodes.csv.gz")
        packed = read_place(small.file).pack
        assert packed.postcodes.code == plain.postcodes.code
        assert packed.postcodes.easting.tolist() == plain.postcodes.easting.tolist()

    @pytest.mark.parametrize("left_out", [("lat", "lon"), ("easting", "northing")])
    def test_degrees_or_metres_alone_are_enough(self, small, left_out):
        whole = read_place(small.write()).pack
        rows = (small.folder / "postcodes.csv").read_text().splitlines()
        keep = [place for place, name in enumerate(HEADER) if name not in left_out]
        small.write_table("postcodes.csv", [[row.split(",")[p] for p in keep] for row in rows])
        part = read_place(small.file).pack
        assert part.postcodes.easting.tolist() == whole.postcodes.easting.tolist()

    def test_northern_ireland_is_placed_by_degrees(self, small):
        """Its eastings and northings are on the Irish grid in the national directory."""
        small.write()
        replace(small, "postcodes.csv", "ZZ1 0AA", "BT1 0AA")
        replace(small, "postcodes.csv", "410100,210100", "333000,374000")
        pack = read_place(small.file).pack
        assert pack.postcodes.easting[0] == 410_100

    def test_a_postcode_without_a_place_is_left_out_and_counted(self, small):
        small.write()
        lines = (small.folder / "postcodes.csv").read_text(encoding="utf-8").splitlines()
        lines[1] = "ZZ1 0AA,99.999999,0.000000,,,,,"
        (small.folder / "postcodes.csv").write_text("\n".join(lines), encoding="utf-8")
        read = read_place(small.file)
        assert read.unplaced_postcodes == 1
        assert "ZZ1 0AA" not in read.pack.postcodes.code

    def test_keys_that_nobody_knows_are_named(self, small):
        small.keys["neigbours"] = ["x"]
        assert read_place(small.write()).unknown_keys == ["neigbours"]

    def test_small_areas_organisations_and_councillors(self, small):
        small.tables = {
            "population": [["lsoa21", "age_16_24", "total"], ["A10", "7", "40"], ["B99", "", "3"]],
            "organisations": [
                ["urn", "establishment_name", "establishment_type", "latitude", "longitude"],
                ["108893.0", "Ysgol Fach", "Community school", "51.7915", "-1.8405"],
            ],
            "councillors": [
                ["ward_code", "name", "email", "phone", "from", "until"],
                ["W2", "Ann O'Tŷ", "ann@example.org", "07700 900150", "2024-05-06", "2028-05-08"],
            ],
        }
        pack = read_place(small.write()).pack
        areas = {area.code: area for area in pack.small_areas}
        assert (areas["A10"].population, areas["A10"].ages) == (40, {"age_16_24": 7})
        assert areas["A10"].deprivation_decile == 5
        assert (areas["B99"].population, areas["B99"].ages) == (3, {})
        (school,) = pack.organisations
        assert (school.source_ref, school.name) == ("gias:108893", "Ysgol Fach")
        assert isinstance(school.point, GridPoint)
        (councillor,) = pack.councillors
        assert pack.wards[councillor.ward].code == "W2"
        assert str(councillor.phone) == "+447700900150"


class TestMistakes:
    @pytest.mark.parametrize("key", ["slug", "name", "timezone", "boundary", "wards", "postcodes"])
    def test_a_missing_key(self, small, key):
        del small.keys[key]
        mistake = mistake_of(small.write())
        assert told(mistake) == "place.toml:1:1: toml_key_missing"
        assert key in sentence(mistake)

    @pytest.mark.parametrize(
        ("key", "value", "expected"),
        [
            ("slug", "Small Town", "place.toml:1:1: toml_slug"),
            ("slug", "../up", "place.toml:1:1: toml_slug"),
            ("slug", "api", "place.toml:1:1: toml_slug_taken"),
            ("slug", "replay", "place.toml:1:1: toml_slug_taken"),
            ("slug", "a" * 300, "place.toml:1:1: toml_too_long"),
            ("name", " ", "place.toml:2:1: toml_text"),
            ("name", 7, "place.toml:2:1: toml_text"),
            ("timezone", "Europe/Londres", "place.toml:3:1: toml_timezone"),
            ("timezone", "../zone", "place.toml:3:1: toml_timezone"),
            ("languages", "en", "place.toml:4:1: toml_list"),
            ("languages", ["English"], "place.toml:4:1: toml_language"),
            ("phone", "12", "place.toml:5:1: toml_phone"),
            ("boundary", "no.geojson", "place.toml:6:1: toml_no_such_file"),
            ("wards", ".", "place.toml:7:1: toml_no_such_file"),
            ("neighbours", ["Ü"], "place.toml:10:1: toml_slug"),
            ("colour", "red", "place.toml:11:1: toml_colour"),
            ("invented", "yes", "place.toml:11:1: toml_flag"),
            ("ruleset", "strict", "place.toml:11:1: toml_table"),
            ("ruleset", {"reach_meters": 9}, "place.toml:11:12: toml_ruleset_key_unknown"),
            ("ruleset", {"reach_metres": "far"}, "place.toml:11:12: toml_ruleset_value_wrong"),
            ("ruleset", {"wave_minutes": 0}, "place.toml:11:12: toml_ruleset_value_wrong"),
            ("ruleset", {"weights": {"luck": 9}}, "place.toml:11:12: toml_ruleset_value_wrong"),
            ("ruleset", {"hours_two_people": ["balance"]}, "place.toml:11:12: toml_two_people"),
            ("contact", {"fax": "1"}, "place.toml:11:1: toml_contact"),
            ("contact", 1, "place.toml:11:1: toml_table"),
        ],
    )
    def test_a_key_that_makes_no_sense(self, small, key, value, expected):
        small.keys[key] = value
        assert told(mistake_of(small.write())) == expected

    def test_broken_toml(self, small):
        small.write()
        replace(small, "place.toml", '"Small Town"', '"Small Town')
        assert told(mistake_of(small.file)) == "place.toml:2:19: toml_broken"

    def test_text_that_is_not_utf8(self, small):
        small.write()
        path = small.folder / "postcodes.csv"
        path.write_bytes(path.read_bytes().replace(b"ZZ1 0BA", b"ZZ1 0\xffA", 1))
        assert told(mistake_of(small.file)) == "postcodes.csv:3:6: not_utf8"

    def test_a_packed_file_that_is_none(self, small):
        small.keys["postcodes"] = "postcodes.csv.gz"
        small.write()
        (small.folder / "postcodes.csv.gz").write_bytes(b"postcode,lat,lon")
        assert told(mistake_of(small.file)) == "postcodes.csv.gz:1:1: file_unreadable"

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("postcode,lat", "code,lat", "postcodes.csv:1:1: csv_column_missing"),
            ("lat,lon,easting", "lat,lat,easting", "postcodes.csv:1:14: csv_column_twice"),
            ("ZZ1 0BA,", "ZZZ1 0BA,", "postcodes.csv:3:1: csv_postcode"),
            ("ZZ1 0BA,", "ZZ1 0AA,", "postcodes.csv:3:1: postcode_twice"),
            ("ZZ1 0BA,", '"ZZ1 0BA",,', "postcodes.csv:3:1: csv_width"),
            ("ZZ1 0BA,", '"ZZ1 0BA,', "postcodes.csv:3:1: csv_broken"),
            ("ZZ1 0BA,5", "ZZ1 0BA,x5", "postcodes.csv:3:9: csv_number"),
            ("ZZ1 0BA,5", "ZZ1 0BA,nan5", "postcodes.csv:3:9: csv_number"),
            ("ZZ1 0BA,51.", "ZZ1 0BA,-51.", "postcodes.csv:3:9: postcode_off_grid"),
            (",410190,", ",,", "postcodes.csv:3:29: csv_half_a_point"),
            (",410190,", ",490190,", "postcodes.csv:3:29: postcode_two_points"),
            (",410190,", ",910190,", "postcodes.csv:3:29: csv_number"),
            ("A10,5", "A10,11", "postcodes.csv:2:50: csv_whole"),
        ],
    )
    def test_a_postcode_that_makes_no_sense(self, small, old, new, expected):
        small.write()
        replace(small, "postcodes.csv", old, new)
        assert told(mistake_of(small.file)) == expected

    def test_a_postcode_far_from_every_ward(self, small):
        small.postcodes["ZZ9 9ZZ"] = (500_000, 211_000)
        assert told(mistake_of(small.write())) == "postcodes.csv:602:1: postcode_far"

    def test_no_coordinates_at_all_and_no_rows(self, small):
        small.write()
        small.write_table("postcodes.csv", [["postcode"], ["ZZ1 1AA"]])
        assert told(mistake_of(small.file)) == "postcodes.csv:2:1: csv_no_coordinates"
        small.write_table("postcodes.csv", [HEADER])
        assert told(mistake_of(small.file)) == "postcodes.csv:1:1: postcodes_none"
        (small.folder / "postcodes.csv").write_text("")
        assert told(mistake_of(small.file)) == "postcodes.csv:1:1: csv_empty"

    @pytest.mark.parametrize(
        ("name", "old", "new", "code"),
        [
            ("wards.geojson", '"code": "W2"', '"kode": "W2"', "outline_property"),
            ("wards.geojson", '"name": "عربي"', '"name": ""', "outline_property"),
            ("wards.geojson", '"code": "W2"', '"code": "W1"', "ward_twice"),
            ("wards.geojson", '"Polygon"', '"Pentagon"', "geojson_type"),
            ("wards.geojson", "-1.8", "-181.8", "geojson_open_ring"),
            ("wards.geojson", "]]]}}]}", "]]]}}]", "json_broken"),
            ("boundary.geojson", '"Polygon"', '"MultiPolygon"', "geojson_coordinates"),
        ],
    )
    def test_an_outline_that_makes_no_sense(self, small, name, old, new, code):
        small.write()
        replace(small, name, old, new)
        mistake = mistake_of(small.file)
        assert (mistake.path.rsplit("/", 1)[-1], mistake.code) == (name, code)
        assert (mistake.line, mistake.column) != (1, 1)

    @pytest.mark.parametrize(
        ("outline", "code"),
        [
            ('{"type": "FeatureCollection", "features": []}', "outline_missing"),
            ('{"type": "Point", "coordinates": [-1.8, 51.8]}', "outline_missing"),
            (
                '{"type": "Polygon", "coordinates": [[[52, -2], [52, -1], [51, -1], [52, -2]]]}',
                "outline_off_grid",
            ),
            (
                '{"type": "Polygon", "coordinates": [[[4100, 210], [4, 2], [2, 3], [4100, 210]]]}',
                "outline_degrees",
            ),
        ],
    )
    def test_a_boundary_that_is_none(self, small, outline, code):
        small.write()
        (small.folder / "boundary.geojson").write_text(outline)
        assert mistake_of(small.file).code == code

    @pytest.mark.parametrize(
        ("row", "expected"),
        [
            (["W9", "Ann", "", "", "", ""], "councillors.csv:2:1: csv_ward"),
            (["W1", "", "", "", "", ""], "councillors.csv:2:4: csv_blank"),
            (["W1", "Ann", "ann", "", "", ""], "councillors.csv:2:8: csv_email"),
            (["W1", "Ann", "", "12", "", ""], "councillors.csv:2:9: csv_phone"),
            (["W1", "Ann", "", "", "5 May", ""], "councillors.csv:2:10: csv_day"),
            (["W1", "A,n", "", "", "2026-05-05", "2026-05-05"],
             "councillors.csv:2:23: csv_ends_before"),
        ],
    )  # fmt: skip
    def test_a_councillor_that_makes_no_sense(self, small, row, expected):
        header = ["ward_code", "name", "email", "phone", "from", "until"]
        small.tables["councillors"] = [header, row]
        assert told(mistake_of(small.write())) == expected

    def test_every_code_of_a_mistake_has_a_sentence_without_gaps(self, small):
        facts = dict.fromkeys(
            ("key", "file", "longest", "known", "written", "name", "found", "wanted", "metres",
             "kilometres", "type", "expected", "least", "place", "slug"), "x")  # fmt: skip
        for code in SENTENCES:
            if code.split("_")[0] in ("toml", "csv", "geojson", "json", "outline"):
                assert "%(" not in sentence(BadSource(code, **facts))


@needs_shared
@pytest.mark.parametrize(
    ("slug", "wards", "postcodes", "organisations"),
    [("bristol", 34, 17_818, 170), ("calderdale", 17, 9_674, 115)],
)
def test_the_real_places_are_read(slug, wards, postcodes, organisations):
    read = read_place(SHARED / "places" / f"{slug}.toml")
    assert len(read.pack.wards) == wards
    assert len(read.pack.postcodes) == postcodes
    assert len(read.pack.organisations) == organisations
    assert (read.unknown_keys, read.unplaced_postcodes) == ([], 0)
    assert all(area.deprivation_decile for area in read.pack.small_areas)


def test_no_place_is_called_as_a_page(app: Flask) -> None:
    parts = {rule.rule.strip("/").split("/")[0] for rule in app.url_map.iter_rules()}
    pages = {part for part in parts if re.fullmatch(r"[a-z0-9-]+", part)}
    assert pages <= TAKEN_SLUGS
