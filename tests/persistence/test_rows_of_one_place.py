"""Rows that look alike in two places: each place counts, finds and changes its own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from flask import Flask
from shapely import MultiPolygon, box
from sqlalchemy import select

from enabler.domain.contact import PhoneNumber
from enabler.domain.geo import GridPoint
from enabler.domain.place_pack import (
    KnownOrganisation,
    ListedCouncillor,
    PlaceFacts,
    PlacePack,
    PostcodeColumns,
    WardOutline,
)
from enabler.domain.vocabulary import (
    Channel,
    MatchState,
    NeedState,
    OrganisationKind,
    OutboxState,
    Priority,
    Role,
)
from enabler.persistence.outbox import _outgoing
from enabler.persistence.place_people import PlacePeople
from enabler.persistence.tables.members import ContactRow, OrganisationRow, RoleRow, StaffSecretRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.places import SmallAreaRow, WardRow
from enabler.persistence.tables.rounds import RoundPriceRow, RoundRow
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._tell import tell
from tests import rows
from tests.rows import NOON, Town

SOMEWHERE = MultiPolygon([box(0, 0, 9, 9)])
DAY = timedelta(days=1)
ANN = "+447700900150"


@pytest.fixture
def towns(app: Flask) -> Iterator[tuple[Town, Town]]:
    """Two places of the same making."""
    with app.app_context():
        with unit_of_work() as uow:
            made = rows.town(uow.session), rows.town(uow.session, slug="otherton")
            uow.commit()
        yield made


def test_messages_in_a_state(towns: tuple[Town, Town]) -> None:
    with unit_of_work() as uow:
        for count, town in enumerate(towns, 1):
            for number in range(count):
                tell(
                    uow, place_id=town.id, member_id=rows.member(uow.session, town), now=NOON,
                    template="need_posted", parameters={"need": "K7Q2M9AA"},
                    priority=Priority.MATCH, dedupe_key=f"{town.id} {number}",
                )  # fmt: skip
        found = [uow.outbox.in_state(OutboxState.QUEUED, town.id) for town in towns]
        assert [*found, uow.outbox.in_state(OutboxState.QUEUED)] == [1, 2, 3]


def test_texts_that_count_against_a_numbers_cap(towns: tuple[Town, Town]) -> None:
    with unit_of_work() as uow:
        for town in towns:
            for number in "12":
                uow.session.add(OutboxRow(
                    place_id=town.id, to_value=ANN, channel=Channel.TEXT, template="need_posted",
                    parameters={}, language="en", priority=Priority.MATCH,
                    state=OutboxState.DELIVERED, queued_at=NOON, due_at=NOON, sent_at=NOON,
                    expires_at=NOON + DAY, dedupe_key=f"{town.id} {number}", attempts=1,
                ))  # fmt: skip
        uow.session.flush()
        for row in uow.session.scalars(select(OutboxRow)).all():
            assert uow.outbox.texts_to(_outgoing(row), NOON, NOON + DAY) == 1


def test_reports_of_a_kind(towns: tuple[Town, Town]) -> None:
    with unit_of_work() as uow:
        for number, town in enumerate(towns):
            uow.reports.add(
                place_id=town.id, ref=uow.refs.new(town.id, "report"), kind="worry", words="x",
                about_kind="nothing", reported_at=NOON + number * DAY,
            )  # fmt: skip
        newest = [uow.reports.nth_newest(town.id, "worry", 1) for town in towns]
        assert newest == [NOON, NOON + DAY]
        assert uow.reports.nth_newest(towns[0].id, "worry", 2) is None


def test_prices_of_the_last_round(towns: tuple[Town, Town]) -> None:
    none = dict.fromkeys(("needs_open", "slots_open", "offers", "pairs", "chosen", "objective"), 0)
    with unit_of_work() as uow:
        for _ in range(2):
            for town in towns:
                offer = rows.offer(uow.session, town, rows.member(uow.session, town)).id
                uow.rounds.keep(town.id, {offer: 7}, at=NOON, ruleset_id=town.ruleset_id, **none)
        priced = select(RoundRow.place_id).join(
            RoundPriceRow, RoundPriceRow.round_id == RoundRow.id
        )
        assert sorted(uow.session.scalars(priced)) == sorted(town.id for town in towns)


class TestWhatPeoplingReads:
    def test_is_the_places_own_map(self, towns: tuple[Town, Town]) -> None:
        with unit_of_work() as uow:
            for town in towns:
                uow.session.add(SmallAreaRow(place_id=town.id, code=f"A{town.id}", ages={}))
            uow.session.flush()
            for town in towns:
                seen = uow.peopling.town(uow.places.by_slug(town.slug))
                assert seen.wards == ((f"W{town.id}", "Southmead"),)
                assert set(seen.areas) == {f"A{town.id}"}

    def test_is_who_lives_and_works_there(self, towns: tuple[Town, Town]) -> None:
        with unit_of_work() as uow:
            for town in towns:
                one = rows.member(uow.session, town, f"Una {town.slug}")
                rows.role(uow.session, town, one, Role.CUSTODIAN)
                uow.session.add(StaffSecretRow(
                    place_id=town.id, member_id=one, password_hash="x", totp_secret="x",
                ))  # fmt: skip
            uow.session.flush()
            for town in towns:
                for shown in (
                    uow.peopling.first_residents(town.id, 9),
                    uow.peopling.staff_with(town.id, Role.CUSTODIAN),
                ):
                    assert [each.name for each in shown] == [f"Una {town.slug}"]


def test_help_that_is_done_and_not_confirmed(towns: tuple[Town, Town]) -> None:
    with unit_of_work() as uow:
        done = [_done(uow, town) for town in towns]
        assert [uow.matches.unconfirmed(NOON, town.id) for town in towns] == [[one] for one in done]


def _done(uow: UnitOfWork, town: Town) -> int:
    session = uow.session
    need = rows.need(session, town, rows.member(session, town), state=NeedState.FILLED)
    offer = rows.offer(session, town, rows.member(session, town, "Bob Newhart"))
    return rows.match(
        session, need, offer, state=MatchState.DONE, answered_at=NOON, done_at=NOON
    ).id


def test_an_organisations_message_speaks_of_a_member_of_its_place(
    towns: tuple[Town, Town],
) -> None:
    here, there = towns
    with unit_of_work() as uow:
        shop = uow.session.get_one(OrganisationRow, rows.organisation(uow.session, here))
        ours, theirs = (
            uow.members.by_id(rows.member(uow.session, town)).ref for town in (here, there)
        )
        for ref, known in ((ours, True), (theirs, False)):
            about = uow.subjects.organisation(shop.ref, ref, NOON)
            assert about is not None
            assert (about.concerned is not None) is known


def people_of(uow: UnitOfWork, town: Town) -> PlacePeople:
    """Those whom the files of the town name; the files know its ward."""
    ward = uow.session.get_one(WardRow, town.ward_id)
    nothing = np.zeros(0, dtype=np.int64)
    pack = PlacePack(
        PlaceFacts(slug="x", name="X", timezone="Europe/London"), SOMEWHERE,
        (WardOutline(ward.code, ward.name, SOMEWHERE),),
        PostcodeColumns((), nothing, nothing, nothing, (), (), ()),
    )  # fmt: skip
    return PlacePeople(uow.session, town.id, pack)


def test_an_organisation_of_the_register_is_kept_in_each_place(towns: tuple[Town, Town]) -> None:
    with unit_of_work() as uow:
        for name in ("Tea Room", "Tea and Toast"):
            listed = KnownOrganisation(
                "register 1", OrganisationKind.BUSINESS, name, None, GridPoint(355_000, 175_000), 0
            )
            changes = [people_of(uow, town).keep_organisations([listed], NOON) for town in towns]
            assert changes == [1, 1]
            names = select(OrganisationRow.place_id, OrganisationRow.name)
            found = {tuple(row) for row in uow.session.execute(names)}
            assert found == {(town.id, name) for town in towns}


class TestACouncillorOfTheList:
    @pytest.fixture
    def uow(self, towns: tuple[Town, Town]) -> Iterator[UnitOfWork]:
        with unit_of_work() as uow:
            yield uow

    def keep(self, uow: UnitOfWork, town: Town, name: str, phone: str | None = ANN) -> int:
        """Keep this one for the town's ward; the member's id."""
        number = None if phone is None else PhoneNumber.parse(phone)
        listed = ListedCouncillor(0, name, None, number, None, None)
        kept = people_of(uow, town).keep_councillors([listed], NOON)
        return kept[0][0] if kept else 0

    def test_is_known_by_a_number_in_the_place_alone(
        self, uow: UnitOfWork, towns: tuple[Town, Town]
    ) -> None:
        ours, theirs = (self.keep(uow, town, "Ann Hall") for town in towns)
        assert ours != theirs
        numbers = uow.session.execute(
            select(ContactRow.member_id, ContactRow.place_id).where(ContactRow.value == ANN)
        )
        assert {tuple(row) for row in numbers} == {(ours, towns[0].id), (theirs, towns[1].id)}

    def test_has_the_ward_of_that_code_in_the_place(
        self, uow: UnitOfWork, towns: tuple[Town, Town]
    ) -> None:
        here, there = (uow.session.get_one(WardRow, town.ward_id) for town in towns)
        there.code = here.code
        uow.session.flush()
        member = self.keep(uow, towns[0], "Ann Hall")
        role = uow.session.scalars(select(RoleRow).filter_by(member_id=member)).one()
        assert role.ward_id == towns[0].ward_id

    def test_is_known_by_name_in_the_ward_alone(
        self, uow: UnitOfWork, towns: tuple[Town, Town]
    ) -> None:
        ours, theirs = (self.keep(uow, town, "Ann Hall", None) for town in towns)
        assert ours != theirs
        assert self.keep(uow, towns[0], "Ann Hall", None) == 0

    def test_who_stands_in_another_ward_now_has_the_role_there_too(
        self, uow: UnitOfWork, towns: tuple[Town, Town]
    ) -> None:
        here = towns[0]
        first = self.keep(uow, here, "Ann Hall")
        ward = uow.session.get_one(WardRow, here.ward_id)
        other = WardRow(place_id=here.id, code="W9", name="Ninth", boundary=ward.boundary)
        uow.session.add(other)
        uow.session.flush()
        assert self.keep(uow, replace(here, ward_id=other.id), "Ann Hall") == first
        wards = select(RoleRow.ward_id).filter_by(member_id=first, role=Role.COUNCILLOR)
        assert set(uow.session.scalars(wards)) == {here.ward_id, other.id}
