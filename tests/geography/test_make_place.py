"""The maker's command for place packs, and the pack that is shipped."""

import csv
import gzip

import numpy as np
import pytest
import shapely

from enabler.domain.wards import wards_of
from enabler.doors.place_files.reading import read_place
from scripts.code_point_open import Row, find_district, plain_name
from scripts.make_place import around, draw_wards, ground_near
from tests.geography.shared import ROOT

PACK = ROOT / "places" / "swansea"
NAMES = {
    "W06000011": "Abertawe - Swansea",
    "E06000023": "City of Bristol (B)",
    "E09000002": "Barking and Dagenham London Boro",
    "E08000001": "Bolton District (B)",
    "E10000003": "Cambridgeshire County",
    "W05000999": "Swansea ED",
}


def rows(district="A"):
    """Two wards side by side with a common border at 402,500, and postcodes 250 m apart."""
    return [
        Row("", 400_050 + 250 * column, 300_050 + 250 * row, district, "AB"[column >= 10])
        for column in range(20)
        for row in range(8)
    ]


class TestNames:
    @pytest.mark.parametrize(
        ("name", "plain"),
        [
            ("Abertawe - Swansea", "Swansea"),
            ("Bolton District (B)", "Bolton"),
            ("Bon-y-maen ED", "Bon-y-maen"),
            ("Ainsdale Ward", "Ainsdale"),
            ("Barking and Dagenham London Boro", "Barking and Dagenham"),
            ("Glasgow City", "Glasgow City"),
        ],
    )
    def test_are_without_their_kind(self, name, plain):
        assert plain_name(name) == plain

    @pytest.mark.parametrize("wanted", ["swansea", "W06000011"])
    def test_of_a_district_find_it(self, wanted):
        assert find_district(wanted, NAMES).code == "W06000011"

    @pytest.mark.parametrize("wanted", ["Bristol", "Nowhere", "Cambridgeshire County"])
    def test_of_none_are_refused(self, wanted):
        with pytest.raises(SystemExit):
            find_district(wanted, NAMES)


class TestDrawWards:
    def test_gives_each_ward_the_ground_nearest_to_its_postcodes(self):
        drawn = draw_wards(rows(), [])
        assert sorted(drawn) == ["A", "B"]
        assert shapely.disjoint(
            drawn["A"].buffer(-1, join_style="mitre"), drawn["B"].buffer(-1, join_style="mitre")
        )
        easting, northing = (np.array(axis) for axis in list(zip(*rows(), strict=True))[1:3])
        found = wards_of([drawn["A"], drawn["B"]], easting, northing)
        assert found.ward.tolist() == [int(row.ward == "B") for row in rows()]
        assert abs(drawn["A"].bounds[2] - 402_425) < 50

    def test_ends_where_the_neighbours_postcodes_are_nearer(self):
        near = [row._replace(easting=row.easting + 5_000, district="B") for row in rows()]
        own, others = around([*rows(), *near], "A")
        assert (own, others) == (rows(), near)
        assert abs(draw_wards(own, others)["B"].bounds[2] - 404_925) < 50

    def test_ground_has_no_holes(self):
        ring = [
            (400_000 + 4_000 * np.cos(turn), 300_000 + 4_000 * np.sin(turn))
            for turn in np.linspace(0, 2 * np.pi, 60)
        ]
        ground = ground_near(shapely.points(ring))
        assert ground.contains(shapely.Point(400_000, 300_000))


class TestTheShippedPlace:
    def test_is_read_and_each_postcode_lies_in_the_ward_that_open_data_gives(self):
        read = read_place(PACK / "place.toml")
        pack = read.pack
        assert (read.unknown_keys, read.unplaced_postcodes) == ([], 0)
        assert (len(pack.wards), len(pack.postcodes)) == (32, 5807)
        with gzip.open(PACK / "postcodes.csv.gz", "rt", encoding="utf-8") as file:
            wards = {row["postcode"]: row["ward_code"] for row in csv.DictReader(file)}
        own = [wards[code] for code in pack.postcodes.code]
        found = [pack.wards[ward].code for ward in pack.postcodes.ward]
        assert np.mean([one == other for one, other in zip(own, found, strict=True)]) > 0.999

    def test_says_that_its_council_is_invented_and_whose_data_it_is(self):
        facts = read_place(PACK / "place.toml").pack.facts
        assert facts.invented
        assert "invented" in facts.contact["name"]
        assert facts.phone.is_invented
        told = (PACK / "ATTRIBUTION.md").read_text(encoding="utf-8")
        for owner in ("Ordnance Survey", "Royal Mail", "National Statistics"):
            assert f"Contains {owner} data ©" in facts.attribution
            assert f"Contains {owner} data ©" in told
        assert "approximate" in facts.attribution

    def test_is_small(self):
        assert sum(path.stat().st_size for path in PACK.iterdir()) < 300_000
