"""What two places agree and owe is theirs: a third is told nothing of it."""

from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest
from flask import Flask

from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import hours_events
from enabler.timebank.accounts import AccountKind
from tests.builders import (
    NOW,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_place,
    an_organisation,
    share,
)
from tests.services.deeds import a_key, accept, earn, post
from tests.services.noting import give_to, noted
from tests.services.test_market_hours import settled


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def three() -> tuple[BuiltPlace, BuiltPlace, BuiltPlace]:
    return a_place(), a_place("farby", west=450_000), a_place("thirdham", west=550_000)


def test_neighbours(three: tuple[BuiltPlace, BuiltPlace, BuiltPlace]) -> None:
    first, second, third = three
    share(second, third)
    with reading() as uow:
        assert uow.agreements.neighbours(first.id) == ()
        assert uow.agreements.neighbours(second.id) == (third.id,)
        assert uow.agreements.neighbours(third.id) == (second.id,)


def test_agreements(three: tuple[BuiltPlace, BuiltPlace, BuiltPlace]) -> None:
    first, second, third = three
    custodian = a_custodian(second)
    with unit_of_work() as uow:
        uow.agreements.propose(
            second.id, third.id, may_owe=60, may_be_owed=60, by=custodian.id, now=NOW
        )
        uow.commit()
    with reading() as uow:
        assert uow.agreements.standing(first.id) == ()
        assert len(uow.agreements.standing(second.id)) == 1
        assert len(uow.agreements.standing(third.id)) == 1
        for one in (second, third):
            assert uow.agreements.between(first.id, one.id, "waiting") is None
            assert uow.agreements.between(one.id, first.id, "waiting") is None
        assert uow.agreements.between(third.id, second.id, "waiting") is not None


def test_help_by_a_neighbour_is_no_deed_between_members(
    three: tuple[BuiltPlace, BuiltPlace, BuiltPlace],
) -> None:
    here, there, _ = three
    asker, helper = a_member(here), a_helper(here)
    for theirs in (False, True):
        post(asker)
        ref = accept(helper).ref
        with unit_of_work() as uow:
            match_id = uow.matches.by_ref(here.id, ref).id
            settled(uow, match_id, asker, helper, 60, at=NOW)
            if theirs:
                row = uow.help_hours.of_match(match_id)
                assert row is not None
                abroad = uow.ledger.open(there.id, AccountKind.MEMBER, floor=0)
                uow.help_hours.change(match_id, helper_id=abroad.number)
            uow.commit()
        with reading() as uow:
            found = uow.help_hours.deeds(here.id, NOW - timedelta(days=1), UTC)
        assert len(found) == 1


def test_afternoons_that_somebody_spoke_against(
    three: tuple[BuiltPlace, BuiltPlace, BuiltPlace],
) -> None:
    said = {}
    for place in three[:2]:
        pantry, helper = an_organisation(place, f"{place.slug} Pantry"), a_member(place)
        give_to(place, pantry, 1000)
        event = noted(pantry.owner, helper, organisation_ref=pantry.ref)
        hours_events.dispute(
            actor=helper.actor, ref=event.ref, words="I was not there.", key=a_key(), now=NOW
        )
        said[place.id] = event.ref
    with reading() as uow:
        for place in three[:2]:
            assert [one.ref for one in uow.hours_events.disputed(place.id)] == [said[place.id]]


def test_what_stands_for_a_neighbour(three: tuple[BuiltPlace, BuiltPlace, BuiltPlace]) -> None:
    first, second, third = three
    with unit_of_work() as uow:
        owed = uow.purses.clearing(second.id, third.id)
        assert uow.purses.clearing_if_any(first.id, third.id) is None
        assert uow.purses.clearing_if_any(second.id, third.id) == owed


def test_who_gave_more_than_they_had(three: tuple[BuiltPlace, BuiltPlace, BuiltPlace]) -> None:
    gave = [a_member(place) for place in three[:2]]
    for member in gave:
        earn(member, 60)
    with reading() as uow:
        for member in gave:
            assert uow.purses.above_zero(member.place.id) == {member.id: 60}
