"""What is asked about the hours of one place tells of that place."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.timebank.accounts import AccountKind
from enabler.timebank.circulation import Share
from enabler.timebank.transfers import Reason, Transfer
from tests.builders import NOW, BuiltPlace, a_helper, a_member, a_place, an_organisation
from tests.services.deeds import accept, post
from tests.services.test_giving_hours import a_pot
from tests.services.test_market_hours import settled

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def places() -> tuple[BuiltPlace, BuiltPlace]:
    """The same in both: two members, of whom one gave the other an hour."""
    both = a_place(), a_place("farby", west=450_000)
    for place in both:
        with unit_of_work() as uow:
            hers, his = (uow.ledger.open(place.id, AccountKind.MEMBER, floor=-300) for _ in "12")
            transfer = Transfer(place.slug, place.id, hers.number, his.number, 60, Reason.GIVE)
            uow.ledger.post(transfer, NOW)
            uow.commit()
    return both


def test_accounts_and_rows(places: tuple[BuiltPlace, BuiltPlace]) -> None:
    with reading() as uow:
        for place in places:
            accounts = list(uow.ledger.all_accounts(place.id))
            assert len(accounts) == 2
            assert {account.place for account in accounts} == {place.id}
            entries = list(uow.ledger.all_entries(place_id=place.id))
            assert [entry.key for entry in entries] == [place.slug]
            assert list(uow.ledger.between(place.id, NOW, NOW + DAY)) == entries


def test_what_lies_with_members(places: tuple[BuiltPlace, BuiltPlace]) -> None:
    with reading() as uow:
        assert [uow.market_hours.lying(place.id) for place in places] == [(60, 2), (60, 2)]


def test_help_that_was_settled() -> None:
    for place in (a_place(), a_place("farby", west=450_000)):
        asker, helper = a_member(place), a_helper(place)
        post(asker)
        ref = accept(helper).ref
        with unit_of_work() as uow:
            settled(uow, uow.matches.by_ref(place.id, ref).id, asker, helper, 90, at=NOW)
            uow.commit()
        with reading() as uow:
            found = uow.market_hours.sums(place.id, (NOW - DAY, NOW + DAY))
        assert found.received_by_ward == {str(place.ward_at(asker.east)): Share(90, 1)}


def test_flags_that_wait(places: tuple[BuiltPlace, BuiltPlace]) -> None:
    here, there = places
    with unit_of_work() as uow:
        uow.help_hours.flag(
            dedupe_key="unpaid 1", place_id=here.id, ref=written("K7Q2M9AA"), kind="unpaid",
            facts={}, raised_at=NOW,
        )  # fmt: skip
        uow.commit()
    with reading() as uow:
        assert len(uow.help_hours.flags_waiting(here.id, ["unpaid"])) == 1
        assert uow.help_hours.flags_waiting(there.id, ["unpaid"]) == ()


def test_names_of_those_to_whom_one_gives(places: tuple[BuiltPlace, BuiltPlace]) -> None:
    here, there = places
    one, other = a_member(here), a_member(there)
    pantry, cafe = an_organisation(here), an_organisation(there, "Farby Café")
    with reading() as uow:
        assert set(uow.gifts.names(here.id, [one.id, other.id])) == {one.id}
        for place, open_here in ((here, pantry), (there, cafe)):
            assert [ref for ref, _ in uow.gifts.organisations(place.id)] == [open_here.ref]


def test_pots_and_what_places_owe_each_other(places: tuple[BuiltPlace, BuiltPlace]) -> None:
    there = places[1]
    third = a_place("thirdham", west=550_000)
    with unit_of_work() as uow:
        refs = [a_pot(uow, place, kind="community") for place in places]
        owed = [uow.purses.clearing(one.id, third.id).number for one in places]
        assert owed[0] != owed[1]
        assert [uow.purses.clearing(one.id, third.id).number for one in places] == owed
        for place, ref in zip(places, refs, strict=True):
            assert [pot.ref for pot in uow.purses.pots(place.id)] == [ref]
            assert uow.purses.pot(place.id, ref).ref == ref
        with pytest.raises(NotFound):
            uow.purses.pot(there.id, refs[0])


def test_keys_of_a_replay(places: tuple[BuiltPlace, BuiltPlace]) -> None:
    with reading() as uow:
        assert [uow.replays.keys(one.id) for one in places] == [{one.slug} for one in places]
