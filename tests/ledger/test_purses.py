"""Whose accounts are: opened when they are first needed, once, with the floor that is due."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from enabler.domain.errors import NotFound
from enabler.domain.hours import Owner
from enabler.domain.vocabulary import MemberState
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._accounts import member_account, paying_pot
from enabler.timebank.accounts import AccountKind
from enabler.timebank.transfers import Reason, Transfer
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member, a_place


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def place() -> BuiltPlace:
    a_place("noise")  # another
    return a_place()


def account_of(uow: UnitOfWork, member: BuiltMember):
    rules = uow.rulesets.in_force(member.place.id, NOW)
    return member_account(uow, member.place.id, member.id, rules)


def granted(uow: UnitOfWork, place: BuiltPlace, number: int, minutes: int, key: str) -> None:
    issue = uow.purses.issue(place.id)
    uow.ledger.post(Transfer(key, place.id, issue.number, number, minutes, Reason.GRANT), NOW)


def test_a_member_has_one_account_and_may_begin_by_asking(place: BuiltPlace) -> None:
    member = a_member(place)
    with unit_of_work() as uow:
        first = account_of(uow, member)
        uow.commit()
    with unit_of_work() as uow:
        assert account_of(uow, member) == first
        assert uow.purses.of_member(member.id) == first
        assert uow.purses.owners([first.number]) == {first.number: Owner(member.id)}
    assert (first.kind, first.floor, first.posted) == (AccountKind.MEMBER, -300, 0)


def test_whoever_is_suspended_may_not_go_below_zero(place: BuiltPlace) -> None:
    member = a_member(place)
    with unit_of_work() as uow:
        account_of(uow, member)
        suspended = update(MemberRow).where(MemberRow.id == member.id)
        uow.session.execute(suspended.values(state=MemberState.SUSPENDED))
        assert account_of(uow, member).floor == 0


def test_the_floor_grows_with_what_was_given_and_owes_nobody_more(place: BuiltPlace) -> None:
    ann, ben = a_member(place), a_member(place)
    with unit_of_work() as uow:
        one, other = account_of(uow, ann), account_of(uow, ben)
        uow.ledger.post(Transfer("help", place.id, other.number, one.number, 200, Reason.HELP), NOW)
        assert (account_of(uow, ann).floor, account_of(uow, ben).floor) == (-400, -300)
        mirror = Transfer(
            "undo", place.id, one.number, other.number, 200, Reason.REVERSAL, reverses="help"
        )
        uow.ledger.post(mirror, NOW)
        assert account_of(uow, ann).floor == -300


def test_a_place_has_one_issue_and_one_account_for_each_other(place: BuiltPlace) -> None:
    other = a_place("other")
    with unit_of_work() as uow:
        assert uow.purses.issue(place.id) == uow.purses.issue(place.id)
        there, back = (
            uow.purses.clearing(place.id, other.id),
            uow.purses.clearing(other.id, place.id),
        )
        assert there == uow.purses.clearing(place.id, other.id)
        assert (there.place, back.place) == (place.id, other.id)
        assert uow.purses.owners([there.number])[there.number].with_place_id == other.id
        assert uow.purses.issue(place.id).floor is None


def test_a_wards_pot_pays_while_it_can_and_then_the_communitys(place: BuiltPlace) -> None:
    west, east = place.ward_ids
    with unit_of_work() as uow:
        rules = uow.rulesets.in_force(place.id, NOW)
        assert paying_pot(uow, place.id, west, rules) is None
        ward = uow.purses.open_pot(
            place.id, ref="W111", now=NOW, kind="ward", ward_id=west, pays=True
        )
        everyone = uow.purses.open_pot(place.id, ref="C111", now=NOW, kind="community", pays=True)
        assert uow.purses.pots(place.id) == (everyone, ward)
        assert paying_pot(uow, place.id, west, rules) == everyone  # the ward's has nothing yet
        granted(uow, place, ward.account, 60, "grant")
        assert paying_pot(uow, place.id, west, rules) == ward
        assert paying_pot(uow, place.id, east, rules) == everyone
        assert paying_pot(uow, place.id, west, replace(rules, hours_pot_pays=False)) is None


def test_a_pot_is_of_its_place(place: BuiltPlace) -> None:
    other = a_place("other")
    with unit_of_work() as uow:
        pot = uow.purses.open_pot(place.id, ref="C222", now=NOW, kind="community")
        assert uow.purses.pot(place.id, pot.ref) == pot
        with pytest.raises(NotFound, match="pot_unknown"):
            uow.purses.pot(other.id, pot.ref)


def test_a_community_has_one_pot_for_everyone(place: BuiltPlace) -> None:
    with unit_of_work() as uow:
        uow.purses.open_pot(place.id, ref="C333", now=NOW, kind="community")
        with pytest.raises(IntegrityError):
            uow.purses.open_pot(place.id, ref="C334", now=NOW, kind="community")
