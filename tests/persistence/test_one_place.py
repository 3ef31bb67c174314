"""What is asked of one place tells of that place: the same in another one stays out."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from enabler.domain.errors import NotFound
from enabler.domain.recurrence import Repeat
from enabler.domain.refs import written
from enabler.domain.vocabulary import Channel, NextStep, Role
from enabler.domain.windows import Weekly
from enabler.persistence.place_settling import Settling
from enabler.persistence.tables.members import ContactRow, HomeRow, RoleRow, StaffSecretRow
from enabler.persistence.tables.places import PlaceCategoryRow, WardRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from tests.builders import (
    NOW,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_need,
    a_place,
    an_offer,
    an_organisation,
    share,
)

PHONE = "+447700900999"
KEY = written("K7Q2M9AA")


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def here() -> BuiltPlace:
    return a_place()


@pytest.fixture
def there() -> BuiltPlace:
    return a_place("farby", west=450_000)


def test_a_programs_key_is_of_its_members_place(here: BuiltPlace, there: BuiltPlace) -> None:
    member = a_member(here)
    with unit_of_work() as uow:
        uow.api_tokens.add(
            place_id=here.id, member_id=member.id, ref=KEY, token_hash="x", name="A clock",
            scope="read", made_at=NOW, expires_at=NOW + timedelta(days=1), calls=0,
        )  # fmt: skip
        uow.commit()
    with reading() as uow:
        assert uow.api_tokens.by_ref(here.id, member.id, KEY).ref == KEY
        assert len(uow.api_tokens.holding(here.id, member.id, NOW)) == 1
        assert uow.api_tokens.holding(there.id, member.id, NOW) == []
        with pytest.raises(NotFound):
            uow.api_tokens.by_ref(there.id, member.id, KEY)


def test_a_key_that_signs_is_retired_by_its_own_place(
    here: BuiltPlace, there: BuiltPlace
) -> None:  # fmt: skip
    with unit_of_work() as uow:
        uow.signing_keys.add(place_id=here.id, kid="thumb", public={"kty": "OKP"}, now=NOW)
        for lost in (False, True):
            assert not uow.signing_keys.retire(there.id, "thumb", NOW, lost=lost)
        assert uow.signing_keys.retire(here.id, "thumb", NOW, lost=False)
        uow.commit()


def test_the_wards_named_are_the_places_own(here: BuiltPlace, there: BuiltPlace) -> None:
    with reading() as uow:
        assert set(uow.homes.ward_names(here.id)) == set(here.ward_ids)
        assert set(uow.homes.ward_names(there.id)) == set(there.ward_ids)


def test_a_ward_is_known_by_its_code_in_each_place(here: BuiltPlace, there: BuiltPlace) -> None:
    with reading() as uow:
        for place in (here, there):
            code = uow.homes.ward_code(place.ward_ids[1])
            assert uow.subjects.ward(place.id, code) == (place.ward_ids[1], "East End")
        assert uow.subjects.ward(here.id, "nowhere") is None


def test_a_number_is_somebody_elses_in_each_place(here: BuiltPlace, there: BuiltPlace) -> None:
    one, other = a_member(here, phone=False), a_member(there, phone=False)
    with unit_of_work() as uow:
        for who in (other, one):
            uow.members.add_contact(
                who.place.id, who.id, kind="phone", value=PHONE, verified_at=None
            )
        uow.members.verify_contact(here.id, "phone", PHONE, NOW)
        uow.commit()
    with reading() as uow:
        for who in (one, other):
            found = uow.members.by_contact(who.place.id, "phone", PHONE)
            assert found is not None
            assert found.id == who.id
        proved = select(ContactRow.member_id).where(ContactRow.verified_at.is_not(None))
        assert list(uow.session.scalars(proved.where(ContactRow.value == PHONE))) == [one.id]


def test_homes_at_a_postcode_are_the_places_own(here: BuiltPlace, there: BuiltPlace) -> None:
    one, other = a_member(here), a_member(there)
    code = here.postcode_at(500, 500)
    with unit_of_work() as uow:
        uow.session.execute(
            update(HomeRow).where(HomeRow.id == other.home_id).values(postcode=code)
        )
        uow.commit()
    with reading() as uow:
        assert [home for home, _ in uow.members.homes_at(here.id, code)] == [one.home_id]


def test_a_need_for_the_same_spot_is_the_places_own(here: BuiltPlace, there: BuiltPlace) -> None:
    code, address = here.postcode_at(500, 500), "1 Mill Lane"
    a_need(a_member(there), postcode=code, posted_at=NOW - timedelta(hours=1))
    ref = a_need(a_member(here))
    with reading() as uow:
        found = uow.needs.first_alike(
            place_id=here.id, category="shopping", home_id=None, spot=(code, address),
            since=NOW - timedelta(days=1),
        )  # fmt: skip
        assert found is not None
        assert found.ref == ref


def test_needs_are_woken_in_the_places_that_an_offer_serves(
    here: BuiltPlace, there: BuiltPlace
) -> None:
    later = NOW + timedelta(days=1)
    for place in (here, there):
        a_need(a_member(place), next_step=NextStep.BROKER, next_step_at=later)
    with unit_of_work() as uow:
        assert uow.needs.wake([here.id], ["shopping"], NOW) == 1
        assert uow.needs.wake([here.id, there.id], ["shopping"], NOW) == 2


def test_what_somebody_gives_is_given_in_their_place(here: BuiltPlace, there: BuiltPlace) -> None:
    giver = a_helper(here)
    with reading() as uow:
        counts = [
            len(uow.offers.part_of_giver(place.id, giver.id, (), before=None, limit=9))
            for place in (here, there)
        ]
    assert counts == [1, 0]


def test_weeks_that_go_on_are_the_places_own(here: BuiltPlace, there: BuiltPlace) -> None:
    refs = []
    today = NOW.date()
    every = Repeat((Weekly(0, 600, 660),), today + timedelta(days=99))
    for asker in (a_member(here), a_member(there)):
        place = asker.place
        with unit_of_work() as uow:
            refs.append(uow.series.add(
                every, place_id=place.id, ref=uow.refs.new(place.id, "series"),
                asker_id=asker.id, category="shopping", words="Bread.",
                duration_minutes=60, first_on=today.isoformat(), begun_at=NOW,
            ).ref)  # fmt: skip
            uow.commit()
    with reading() as uow:
        running = [[one.ref for one in uow.series.running(at.id, today)] for at in (here, there)]
    assert running == [[ref] for ref in refs]


def test_a_kind_of_help_is_off_where_it_was_switched_off(
    here: BuiltPlace, there: BuiltPlace
) -> None:
    with unit_of_work() as uow:
        for place, slug in ((here, "gardening"), (there, "shopping")):
            uow.session.add(
                PlaceCategoryRow(place_id=place.id, slug=slug, off=True, shown_names={})
            )
        uow.session.flush()
        off = [uow.rulesets.category_off(place.id) for place in (here, there)]
    assert off == [{"gardening": True}, {"shopping": True}]


def test_sharing_is_each_places_own(here: BuiltPlace, there: BuiltPlace) -> None:
    share(here, there)
    with reading() as uow:
        assert uow.rulesets.sharing_with(here.id) == (there.id,)
        assert uow.rulesets.sharing_with(there.id) == ()


def test_secrets_of_staff_are_replaced_in_their_place(here: BuiltPlace, there: BuiltPlace) -> None:
    custodian = a_custodian(here)
    with unit_of_work() as uow:
        uow.staff.add(here.id, custodian.id, password_hash="old", totp_secret="x")
        for place, kept in ((there, "old"), (here, "new")):
            uow.staff.replace(place.id, custodian.id, password_hash="new", totp_secret="x")
            assert list(uow.session.scalars(select(StaffSecretRow.password_hash))) == [kept]


def test_simulated_messages_are_shown_in_their_place(here: BuiltPlace, there: BuiltPlace) -> None:
    with unit_of_work() as uow:
        for place in (here, there):
            uow.simulated.keep(
                place_id=place.id, channel=Channel.TEXT, direction="out", address=PHONE,
                body=place.slug, reference=place.slug, at=NOW,
            )  # fmt: skip
        for place in (here, there):
            assert [one.body for one in uow.simulated.of(place.id, PHONE)] == [place.slug]


def test_who_reads_a_report_and_who_is_on_duty(here: BuiltPlace, there: BuiltPlace) -> None:
    west, east = here.ward_ids
    custodian, _ = a_custodian(here), a_custodian(there)
    councillor = a_member(here, "Cora West", roles=(Role.COUNCILLOR,), ward_id=west)
    with unit_of_work() as uow:
        report = uow.reports.add(
            place_id=here.id, ref=uow.refs.new(here.id, "report"), kind="worry", words="x",
            about_kind="nothing", reported_at=NOW,
        )  # fmt: skip
        about = uow.safety_subjects.report(report.ref, NOW)
        assert about is not None
        assert about.helpers == {custodian.id}
        for who, place, ward, on_duty in (
            (custodian, here, None, True), (custodian, there, None, False),
            (councillor, here, west, True), (councillor, here, east, False),
        ):  # fmt: skip
            assert uow.subjects.is_on_duty(who.id, place.id, ward, NOW) is on_duty


class TestAMapThatChanged:
    @pytest.fixture
    def there(self) -> BuiltPlace:
        return a_place("farby", area="EX", west=450_000)

    def test_moves_nothing_of_another_place(self, here: BuiltPlace, there: BuiltPlace) -> None:
        for place in (here, there):
            a_need(a_helper(place))
            an_offer(an_organisation(place))
        with unit_of_work() as uow:
            assert [Settling(uow.session, one.id).settle() for one in (here, there)] == [0, 0]

    def test_ends_the_roles_of_a_ward_that_is_no_more(self, here: BuiltPlace) -> None:
        west, east = here.ward_ids
        with unit_of_work() as uow:
            boundary = uow.session.get_one(WardRow, west).boundary
            old = WardRow(place_id=here.id, code="W9", name="Old West", boundary=boundary)
            uow.session.add(old)
            uow.commit()
            old_id = old.id
        for name, ward in (("Cora West", old_id), ("Cleo East", east)):
            a_member(here, name, roles=(Role.COUNCILLOR,), ward_id=ward)
        with unit_of_work() as uow:
            assert Settling(uow.session, here.id).end_wards([old_id], NOW) == 1
            uow.commit()
        with reading() as uow:
            held = select(RoleRow.ward_id, RoleRow.until_at).where(RoleRow.role == Role.COUNCILLOR)
            found = {tuple(row) for row in uow.session.execute(held)}
        assert found == {(west, NOW), (east, None)}
