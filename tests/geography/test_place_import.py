"""Importing a place, on both databases."""

from collections import Counter

import numpy as np
import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from enabler.domain.cells import make_cells
from enabler.domain.errors import Invalid, KeyReused, NotAllowed
from enabler.domain.permissions import Actor
from enabler.doors.place_files.reading import read_place
from enabler.doors.words import sentence
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import places
from tests.geography.importing import NOW, bring_in, left
from tests.geography.shared import SHARED, needs_shared
from tests.geography.small_place import WARD_METRES, SmallPlace


@pytest.fixture(autouse=True)
def context(app):
    with app.app_context():
        yield


@pytest.fixture
def small(tmp_path):
    return SmallPlace(tmp_path / "small")


@pytest.fixture
def noise(tmp_path):
    """Another place with the same ward codes and other ground, which nothing may touch."""
    bring_in(SmallPlace(tmp_path / "noise", slug="elsewhere", shift=20_000).write())
    before = left("elsewhere")
    yield
    assert left("elsewhere") == before


@pytest.mark.usefixtures("noise")
class TestImportPlace:
    def test_keeps_what_the_files_say(self, small):
        imported = bring_in(small.write())

        kept = left("smalltown")
        assert (imported.wards, imported.postcodes) == (3, 600)
        assert [ward["name"] for ward in kept["ward"]] == [
            "Low Ward", "Ward of Ÿ & “quotes”", "عربي",
        ]  # fmt: skip
        assert len(kept["postcode"]) == 600
        assert len(kept["small_area"]) == 30
        (place,) = kept["place"]
        assert (place["name"], place["phone"]) == ("Small Town", "+447700900003")
        assert place["invented"] is False
        assert place["boundary"].startswith("MULTIPOLYGON")
        (ruleset,) = kept["ruleset"]
        assert (ruleset["version"], ruleset["policy"]) == (1, {})

    def test_gives_each_postcode_the_ward_it_lies_in_and_the_cell_of_the_law(self, small):
        pack = read_place(small.write()).pack
        bring_in(small.file)

        kept = left("smalltown")
        codes = {ward["id"]: ward["code"] for ward in kept["ward"]}
        cells = {cell["id"]: cell for cell in kept["cell"]}
        rows = {row["code"]: row for row in kept["postcode"]}
        expected = make_cells(pack.postcodes.easting, pack.postcodes.northing, pack.postcodes.ward)
        for place, code in enumerate(pack.postcodes.code):
            assert codes[rows[code]["ward_id"]] == f"W{code[2]}"
            cell, law = cells[rows[code]["cell_id"]], expected.of_postcode[place]
            assert (cell["easting"], cell["northing"], cell["side_metres"], cell["households"]) == (
                expected.easting[law], expected.northing[law],
                expected.side_metres[law], expected.households[law],
            )  # fmt: skip
            assert cell["ward_id"] == rows[code]["ward_id"]

    def test_the_same_files_again_change_nothing(self, small):
        small.keys["ruleset"] = {"similar_days": 4}
        first = bring_in(small.write())
        before = left("smalltown")

        again = bring_in(small.file)

        assert first.changes
        assert again.changes == {}
        assert left("smalltown") == before
        assert audits() == ["place.imported"]

    def test_a_key_stands_for_one_import(self, small):
        first = bring_in(small.write(), key="once")
        assert bring_in(small.file, key="once") == first
        small.keys["name"] = "Another"
        with pytest.raises(KeyReused):
            bring_in(small.write(), key="once")
        assert left("smalltown")["place"][0]["name"] == "Small Town"

    def test_residents_may_not(self, small):
        resident = Actor("member", "7K4P", member_id=1, place_id=1)
        pack = read_place(small.write()).pack
        with pytest.raises(NotAllowed):
            places.import_place(actor=resident, pack=pack, key="k", now=NOW)

    def test_tells_how_far_it_is(self, small):
        heard = []
        pack = read_place(small.write()).pack
        places.import_place(
            actor=Actor.operator("t"), pack=pack, key="k", now=NOW,
            progress=lambda *step: heard.append(step),
        )  # fmt: skip
        assert heard[-1] == ("keeping", 600, 600)


@pytest.mark.usefixtures("noise")
class TestItsNumber:
    """A text belongs to the place whose number it was sent to."""

    @pytest.mark.parametrize("written", ["07700900003", "+447700900003", "07700 900 003"])
    def test_cannot_be_anothers_however_it_is_written(self, small, written):
        bring_in(small.write())
        before = left("smalltown")
        second = SmallPlace(small.folder.parent / "second", slug="second", shift=40_000)
        second.keys["phone"] = written

        with pytest.raises(Invalid) as refusal:
            bring_in(second.write())

        assert (refusal.value.field, refusal.value.code) == ("phone", "toml_phone_taken")
        assert "07700 900003 is the number of Small Town (smalltown)" in sentence(refusal.value)
        assert "second" not in [each.slug for each in places.all_places()]
        assert left("smalltown") == before

    def test_stays_its_own_and_is_free_when_it_has_another(self, small):
        bring_in(small.write())
        assert bring_in(small.file).changes == {}
        small.keys["phone"] = "07700 900044"
        bring_in(small.write())
        second = SmallPlace(small.folder.parent / "second", slug="second", shift=40_000)
        second.keys["phone"] = "07700 900003"
        bring_in(second.write())
        numbers = {each.slug: each.phone for each in places.all_places()}
        assert numbers["smalltown"] == "+447700900044"
        assert numbers["second"] == "+447700900003"

    def test_may_be_missing_from_many(self, small):
        del small.keys["phone"]
        bring_in(small.write())
        second = SmallPlace(small.folder.parent / "second", slug="second", shift=40_000)
        del second.keys["phone"]
        bring_in(second.write())

    def test_is_kept_apart_by_the_database_too(self, small):
        bring_in(small.write())
        with pytest.raises(IntegrityError), unit_of_work() as uow:
            uow.session.execute(update(PlaceRow).values(phone="+447700900003"))


def audits():
    with reading() as uow:
        place_id = uow.places.by_slug("smalltown").id
        return [entry.what for entry in uow.audit.of("place", place_id)]


@pytest.mark.usefixtures("noise")
class TestChangedFiles:
    def test_ids_stay_with_what_they_name(self, small):
        bring_in(small.write())
        before = left("smalltown")
        small.wards["W1"] = ("New name", small.wards["W1"][1])
        del small.postcodes["ZZ1 0AA"]
        small.postcodes["ZZ1 0AB"] = (410_200, 210_240)

        imported = bring_in(small.write())

        after = left("smalltown")
        assert set(imported.changes) == {"ward", "cell", "postcode"}
        assert ids(after, "ward", "code") == ids(before, "ward", "code")
        for kind, keys in (("postcode", ["code"]), ("cell", ["ward_id", "side_metres", "west"])):
            old, new = ids(before, kind, *keys), ids(after, kind, *keys)
            assert all(new[key] == row for key, row in old.items() if key in new)
        codes = {row["code"] for row in after["postcode"]}
        assert "ZZ1 0AA" not in codes
        assert "ZZ1 0AB" in codes

    def test_a_ward_that_is_no_more_goes_and_one_that_is_new_comes(self, small):
        bring_in(small.write())
        small.wards["W4"] = ("Fourth", small.wards.pop("W3")[1])

        bring_in(small.write())

        after = left("smalltown")
        assert [ward["code"] for ward in after["ward"]] == ["W1", "W2", "W4"]
        wards = {ward["id"] for ward in after["ward"]}
        cells = {cell["id"] for cell in after["cell"]}
        assert {row["ward_id"] for row in after["postcode"]} == wards
        assert {row["cell_id"] for row in after["postcode"]} == cells

    def test_what_the_file_no_longer_says_of_the_demo_stays(self, small):
        small.keys["invented"] = True
        bring_in(small.write())
        del small.keys["invented"]
        bring_in(small.write())
        assert left("smalltown")["place"][0]["invented"] is True

    def test_another_policy_is_a_new_version(self, small):
        bring_in(small.write())
        small.keys["ruleset"] = {"reach_metres": 900}
        bring_in(small.write())
        bring_in(small.file)
        del small.keys["ruleset"]
        bring_in(small.write())

        versions = sorted(left("smalltown")["ruleset"], key=lambda row: row["version"])
        assert [(row["version"], row["policy"]) for row in versions] == [
            (1, {}), (2, {"reach_metres": 900}),
        ]  # fmt: skip
        assert [row["until_at"] is None for row in versions] == [False, True]

    def test_what_others_share_stays(self, small):
        bring_in(small.write())
        other = SmallPlace(small.folder.parent / "beside", slug="beside", shift=40_000)
        other.keys["neighbours"] = ["smalltown"]
        bring_in(other.write())
        small.keys["neighbours"] = ["beside"]
        bring_in(small.write())
        small.keys["neighbours"] = []
        bring_in(small.write())
        assert len(left("beside")["sharing"]) == 1
        assert left("smalltown")["sharing"] == []

    def test_neighbours_share_once_they_are_here(self, small):
        small.keys["neighbours"] = ["elsewhere", "nowhere"]
        imported = bring_in(small.write())
        assert imported.absent_neighbours == ("nowhere",)
        assert len(left("smalltown")["sharing"]) == 1
        small.keys["neighbours"] = []
        assert bring_in(small.write()).changes == {"neighbour": 1}
        assert left("smalltown")["sharing"] == []


def ids(found, kind, *keys):
    return {tuple(row[key] for key in keys): row["id"] for row in found[kind]}


SCHOOLS = [
    ["urn", "establishment_name", "establishment_type", "latitude", "longitude"],
    ["1.0", "Ysgol Fach", "Community school", "51.7915", "-1.8405"],
    ["2.0", "Low School", "", "51.7900", "-1.8500"],
]
COUNCILLORS = [
    ["ward_code", "name", "email", "phone", "from", "until"],
    ["W1", "Ann Low", "ann@example.org", "07700 900150", "2024-05-06", ""],
    ["W2", "Bo Mid", "", "", "", ""],
]


class TestPeople:
    def test_schools_are_known_organisations_and_follow_the_register(self, small):
        small.tables["organisations"] = SCHOOLS
        bring_in(small.write())
        before = left("smalltown")["organisation"]
        small.tables["organisations"] = [
            SCHOOLS[0],
            [*SCHOOLS[1][:1], "Ysgol Fawr", *SCHOOLS[1][2:]],
        ]

        imported = bring_in(small.write())

        after = left("smalltown")["organisation"]
        assert imported.changes == {"organisation": 1}
        assert [row["source_ref"] for row in after] == ["gias:1", "gias:2"]
        assert [row["name"] for row in before] == ["Ysgol Fach", "Low School"]
        assert [row["name"] for row in after] == ["Ysgol Fawr", "Low School"]
        assert [row["ref"] for row in after] == [row["ref"] for row in before]

    def test_councillors_get_their_role_in_their_ward_once(self, small):
        small.tables["councillors"] = COUNCILLORS
        bring_in(small.write())
        before = left("smalltown")

        assert bring_in(small.file).changes == {}

        assert left("smalltown") == before
        wards = {ward["id"]: ward["code"] for ward in before["ward"]}
        roles = before["role"]
        assert Counter(wards[row["ward_id"]] for row in roles) == {"W1": 1, "W2": 1}
        ann = next(row for row in roles if wards[row["ward_id"]] == "W1")
        assert ann["from_at"].isoformat() == "2024-05-05T23:00:00+00:00"
        assert sorted(row["value"] for row in before["contact"]) == [
            "+447700900150", "ann@example.org",
        ]  # fmt: skip

    def test_a_term_ends_as_the_list_says(self, small):
        small.tables["councillors"] = COUNCILLORS
        bring_in(small.write())
        ended = [*COUNCILLORS[1][:5], "2026-05-08"]
        small.tables["councillors"] = [COUNCILLORS[0], ended, COUNCILLORS[2]]

        assert bring_in(small.write()).changes == {"councillor": 1}

        ends = [row["until_at"] for row in left("smalltown")["role"]]
        assert sorted(end.isoformat() for end in ends if end) == ["2026-05-07T23:00:00+00:00"]


class TestAnyPlace:
    @pytest.mark.parametrize("wards", [1, 200])
    def test_of_so_many_wards(self, small, wards):
        small.wards = {f"{n:03}": (f"Ward {n} ✓", n * WARD_METRES // 40) for n in range(wards)}
        imported = bring_in(small.write())
        assert imported.wards == wards
        kept = left("smalltown")
        assert len(kept["ward"]) == wards
        homes = np.bincount([row["ward_id"] for row in kept["postcode"]])
        assert homes.sum() == 600

    def test_with_one_postcode(self, small):
        small.postcodes = {"ZZ1 1AA": (410_500, 210_500)}
        assert bring_in(small.write()).cells == 1


@needs_shared
@pytest.mark.parametrize(
    ("slug", "wards", "postcodes"), [("bristol", 34, 17_818), ("calderdale", 17, 9_674)]
)
def test_the_real_places(slug, wards, postcodes):
    imported = bring_in(SHARED / "places" / f"{slug}.toml")
    assert (imported.wards, imported.postcodes) == (wards, postcodes)
    kept = left(slug)
    assert min(cell["households"] for cell in kept["cell"]) >= 100
    assert bring_in(SHARED / "places" / f"{slug}.toml").changes == {}
