"""After a place's files changed, nobody is left in a cell or ward that is no more; on both."""

import pytest
from sqlalchemy import select

from enabler.domain.geo import GridPoint
from enabler.domain.vocabulary import (
    MemberState,
    NeedState,
    NextStep,
    OfferState,
    OrganisationKind,
    Role,
    Terms,
)
from enabler.persistence import spatial
from enabler.persistence.reach import reach_box
from enabler.persistence.tables.members import HomeRow, MemberRow, OrganisationRow, RoleRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferCategoryRow, OfferRow
from enabler.persistence.tables.places import CellRow, PostcodeRow, RulesetRow, WardRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from tests.geography.importing import NOW, bring_in
from tests.geography.small_place import SmallPlace

HOME = "ZZ3 5AA"
KINDS = {"shopping", "transport"}
SCHOOL = GridPoint(414_500, 211_000)


@pytest.fixture(autouse=True)
def context(app):
    with app.app_context():
        yield


@pytest.fixture
def small(tmp_path, context):
    """A small place in whose third ward somebody lives, asks and gives; a school stands there."""
    place = SmallPlace(tmp_path / "small")
    bring_in(place.write())
    with unit_of_work() as uow:
        _people(uow.session)
        uow.commit()
    return place


def _people(session):
    code = session.scalars(select(PostcodeRow).where(PostcodeRow.code == HOME)).one()
    cell = session.get_one(CellRow, code.cell_id)
    here = {"place_id": code.place_id, "ward_id": code.ward_id}
    exact = {"postcode": HOME, "easting": code.easting, "northing": code.northing, "address": "1"}
    home = HomeRow(**here, **exact, cell_id=cell.id)
    session.add(home)
    session.flush()
    member = MemberRow(
        place_id=code.place_id, ref="M1", name="Ann", shown_name="Ann", home_id=home.id,
        state=MemberState.ACTIVE, created_at=NOW,
    )  # fmt: skip
    school = OrganisationRow(
        **here, ref="S1", kind=OrganisationKind.PUBLIC_SERVICE, name="School",
        easting=SCHOOL.easting, northing=SCHOOL.northing, state=MemberState.ACTIVE, created_at=NOW,
    )  # fmt: skip
    session.add_all([member, school])
    session.flush()
    ruleset = session.scalars(select(RulesetRow)).one()
    session.add_all(
        [
            NeedRow(
                **here, **exact, cell_id=cell.id, ref="N1", asker_id=member.id, posted_by=member.id,
                category="shopping", words="milk", duration_minutes=30, state=NeedState.OPEN,
                ruleset_id=ruleset.id, next_step=NextStep.ASK_FIRST, next_step_at=NOW,
                posted_at=NOW, needed_by=NOW,
            ),
            _offer(here, "O1", GridPoint(cell.easting, cell.northing), cell_id=cell.id,
                   member_id=member.id, posted_by=member.id),
            _offer(here, "O2", SCHOOL, organisation_id=school.id, posted_by=member.id),
            RoleRow(place_id=code.place_id, member_id=member.id, role=Role.COUNCILLOR,
                    ward_id=code.ward_id, from_at=NOW),
        ]
    )  # fmt: skip
    session.flush()
    _kinds(session)


def _kinds(session):
    """What each offer is for."""
    for row in session.scalars(select(OfferRow)).all():
        session.add_all(
            OfferCategoryRow(offer_id=row.id, category=kind,
                             reach_box=reach_box(row.easting, row.northing, 10, kind))
            for kind in KINDS
        )  # fmt: skip


def _offer(here, ref, point, **whose):
    return OfferRow(
        **here, **whose, ref=ref, words="help", terms=Terms.FREE, easting=point.easting,
        northing=point.northing, reach_metres=10, state=OfferState.OPEN, posted_at=NOW,
    )  # fmt: skip


def standing():
    """For each thing: the code of its ward, and the point of its cell (or its own)."""
    with reading() as uow:
        codes = dict(uow.session.execute(select(WardRow.id, WardRow.code)).all())
        cells = {
            row.id: GridPoint(row.easting, row.northing)
            for row in uow.session.scalars(select(CellRow))
        }
        found = {}
        for kind in (HomeRow, NeedRow, OfferRow, OrganisationRow):
            for row in uow.session.scalars(select(kind)):
                own = GridPoint(row.easting, row.northing)
                cell = getattr(row, "cell_id", None)
                name = getattr(row, "ref", "home")
                found[name] = (codes[row.ward_id], own if cell is None else cells[cell])
        return found


def home_cell():
    with reading() as uow:
        query = select(CellRow).join(PostcodeRow).where(PostcodeRow.code == HOME)
        row = uow.session.scalars(query).one()
        return GridPoint(row.easting, row.northing)


def offer(ref):
    with reading() as uow:
        row = uow.session.scalars(select(OfferRow).where(OfferRow.ref == ref)).one()
        kinds = uow.session.scalars(
            select(OfferCategoryRow).where(OfferCategoryRow.offer_id == row.id)
        )
        boxes = {kind.category: spatial.from_column(kind.reach_box).bounds for kind in kinds}
        return GridPoint(row.easting, row.northing), boxes


def test_nothing_moves_when_nothing_changed(small):
    before = standing()
    assert bring_in(small.file).changes == {}
    assert standing() == before


def test_all_follow_when_their_ward_has_another_code(small):
    before = standing()
    small.wards["W9"] = ("New", small.wards.pop("W3")[1])

    imported = bring_in(small.write())

    assert imported.changes["ward_ended"] == 1
    after = standing()
    assert {name: point for name, (_, point) in after.items()} == {
        name: point for name, (_, point) in before.items()
    }
    assert {ward for ward, _ in after.values()} == {"W9"}


def test_a_cell_that_moves_takes_its_homes_needs_and_offers_along(small):
    small.postcodes = {
        code: point
        for code, point in small.postcodes.items()
        if not code.startswith("ZZ3") or code[5] in "ABD"
    }
    was = home_cell()

    bring_in(small.write())

    now = home_cell()
    assert now != was
    assert {standing()[name] for name in ("home", "N1", "O1")} == {("W3", now)}
    assert offer("O1")[0] == now
    assert standing()["O2"] == standing()["S1"] == ("W3", SCHOOL)


def test_a_home_whose_postcode_is_no_more_stands_for_the_nearest_one_of_its_ward(small):
    del small.postcodes[HOME]
    small.postcodes["ZZ2 5ZZ"] = (413_999, 210_860)  # nearer, and across the border

    bring_in(small.write())

    with reading() as uow:
        home = uow.session.scalars(select(HomeRow)).one()
        nearest = uow.session.scalars(
            select(PostcodeRow).where(PostcodeRow.code == "ZZ3 5BA")
        ).one()
        assert (home.cell_id, home.ward_id) == (nearest.cell_id, nearest.ward_id)
        assert home.postcode == HOME


def test_an_offer_is_sought_around_the_point_that_stands_for_it_now(small):
    small.postcodes = {HOME: small.postcodes[HOME], "ZZ3 5BA": (414_500, 210_500)}
    bring_in(small.write())
    point, boxes = offer("O1")
    assert point == home_cell()
    assert boxes == {
        kind: spatial.from_column(reach_box(point.easting, point.northing, 10, kind)).bounds
        for kind in KINDS
    }


def test_a_councillor_of_a_ward_that_is_no_more_has_no_right_in_its_heir(small):
    small.wards["W9"] = ("New", small.wards.pop("W3")[1])
    bring_in(small.write())
    with reading() as uow:
        role = uow.session.scalars(select(RoleRow)).one()
        assert uow.session.get_one(WardRow, role.ward_id).code == "W9"
        assert role.until_at == NOW
