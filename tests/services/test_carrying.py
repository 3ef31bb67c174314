"""A check that a member shows to others: as long as they want, and not a moment longer."""

from datetime import timedelta
from typing import Any

import pytest

from enabler.domain.errors import EnablerError, Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.vocabulary import CredentialKind
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.members import ContactRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import carrying, credentials, my_checks
from tests.builders import (
    LONG_AGO,
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_member,
    a_place,
    an_organisation,
)
from tests.services.deeds import a_key

K = CredentialKind
DAY = timedelta(days=1)
UNTIL = NOW + 30 * DAY
PHONE = "+447700900777"


@pytest.fixture
def there(place: BuiltPlace) -> BuiltPlace:
    """The place to which a check is carried."""
    return a_place("farby", west=450_000)


@pytest.fixture
def holder(place: BuiltPlace) -> BuiltMember:
    return known_by(a_member(place, "Hal Helper", credentials=[K.DBS_BASIC]))


def known_by(member: BuiltMember, phone: str = PHONE, *, proved: bool = True) -> BuiltMember:
    """A member whose phone is this one."""
    with unit_of_work() as uow:
        (row,) = uow.session.query(ContactRow).filter_by(member_id=member.id, kind="phone")
        row.value, row.verified_at = phone, LONG_AGO if proved else None
        uow.commit()
    return member


def check_of(member: BuiltMember) -> Any:
    with reading() as uow:
        return uow.credentials.of_holder((member.id, None))[0]


def show_to(holder: BuiltMember, to: str, until: Any = UNTIL) -> str:
    return carrying.let_see(
        actor=holder.actor, ref=check_of(holder).ref, to=to, until=until, key=a_key(), now=NOW
    )


def take_over(custodian: BuiltMember, grant: str, now: Any = NOW) -> str:
    return carrying.take_over(actor=custodian.actor, ref=grant, key=a_key(), now=now).ref


def held(member: BuiltMember, now: Any = NOW) -> frozenset[str]:
    with reading() as uow:
        return uow.credentials.valid_of((member.id, None), now)


def refused(code: str, kind: type[EnablerError], act: Any) -> None:
    with pytest.raises(kind) as wrong:
        act()
    assert wrong.value.code == code


class TestAnOrganisation:
    def test_sees_it_with_the_name_until_the_day_and_each_look_is_a_sight(
        self, place: BuiltPlace, holder: BuiltMember
    ) -> None:
        shop = an_organisation(place)
        show_to(holder, shop.ref)

        def seen(now: Any) -> tuple[Any, ...]:
            return carrying.shown_to_organisation(actor=shop.owner.actor, ref=shop.ref, now=now)

        (one,) = seen(NOW)
        assert (one.name, one.credential.kind) == ("Hal Helper", K.DBS_BASIC)
        assert seen(UNTIL) == ()
        with reading() as uow:
            (sight,) = uow.session.query(SightRow).filter_by(member_id=holder.id)
        assert (sight.viewer, sight.why) == (shop.owner.ref, "carried")
        with pytest.raises(NotAllowed):
            carrying.shown_to_organisation(actor=holder.actor, ref=shop.ref, now=NOW)

    def test_sees_it_no_more_after_one_press(self, place: BuiltPlace, holder: BuiltMember) -> None:
        shop = an_organisation(place)
        grant = show_to(holder, shop.ref)
        with pytest.raises(NotFound):
            carrying.end_leave(actor=a_member(place).actor, ref=grant, key=a_key(), now=NOW)
        carrying.end_leave(actor=holder.actor, ref=grant, key=a_key(), now=NOW)
        assert carrying.shown_to_organisation(actor=shop.owner.actor, ref=shop.ref, now=NOW) == ()
        assert my_checks.mine(actor=holder.actor, now=NOW).grants == ()


class TestAnotherPlace:
    def test_keeps_a_row_of_its_own_that_dies_with_the_original(
        self, place: BuiltPlace, there: BuiltPlace, holder: BuiltMember
    ) -> None:
        theirs = known_by(a_member(there, "Hal Helper", credentials=[]))
        custodian = a_custodian(there)
        grant = show_to(holder, "Farby")
        (one,) = carrying.shown_to_place(actor=custodian.actor, now=NOW)
        assert (one.holder_ref, one.may_accept) == (theirs.ref, True)
        assert held(theirs) == frozenset()
        take_over(custodian, grant)
        assert held(theirs) == {"dbs-basic"}
        kept = check_of(theirs)
        assert kept.carried_from == check_of(holder).id
        assert kept.valid_until == UNTIL
        credentials.revoke(
            actor=a_custodian(place).actor, ref=check_of(holder).ref, words="Mistaken.",
            key=a_key(), now=NOW + DAY,
        )  # fmt: skip
        assert held(theirs, NOW + DAY) == frozenset()

    @pytest.mark.parametrize("how", ["press", "time"])
    def test_counts_it_no_more_when_the_leave_ends(
        self, there: BuiltPlace, holder: BuiltMember, how: str
    ) -> None:
        theirs = known_by(a_member(there, credentials=[]))
        grant = show_to(holder, "farby")
        take_over(a_custodian(there), grant)
        if how == "press":
            carrying.end_leave(actor=holder.actor, ref=grant, key=a_key(), now=NOW + DAY)
            assert held(theirs, NOW + DAY) == frozenset()
        else:
            assert held(theirs, UNTIL - DAY) == {"dbs-basic"}
            assert held(theirs, UNTIL) == frozenset()
            assert carrying.close_overdue(now=UNTIL) == 1
            assert carrying.close_overdue(now=UNTIL) == 0

    def test_takes_over_nothing_for_somebody_it_does_not_know(
        self, there: BuiltPlace, holder: BuiltMember
    ) -> None:
        custodian = a_custodian(there)
        grant = show_to(holder, "farby")
        known_by(a_member(there, credentials=[]), proved=False)
        refused("nobody_here_to_carry_to", WrongMoment, lambda: take_over(custodian, grant))

    def test_takes_over_only_what_is_shown_to_it_and_once(
        self, place: BuiltPlace, there: BuiltPlace, holder: BuiltMember
    ) -> None:
        known_by(a_member(there, credentials=[]))
        grant = show_to(holder, "farby")
        with pytest.raises(NotFound):
            take_over(a_custodian(place), grant)
        custodian = a_custodian(there)
        take_over(custodian, grant)
        refused("check_cannot_be_carried", WrongMoment, lambda: take_over(custodian, grant))


class TestLeave:
    def test_is_ones_own_to_give_for_what_counts_to_somebody_else(
        self, place: BuiltPlace, there: BuiltPlace, holder: BuiltMember
    ) -> None:
        with pytest.raises(NotFound):
            carrying.let_see(
                actor=a_member(place).actor, ref=check_of(holder).ref, to="farby", until=UNTIL,
                key=a_key(), now=NOW,
            )  # fmt: skip
        for nobody in ("nowhere", place.slug):
            refused("receiver_unknown", Invalid, lambda to=nobody: show_to(holder, to))
        refused("leave_too_long", Invalid, lambda: show_to(holder, "farby", NOW))

    def test_of_what_was_carried_here_is_for_the_first_place(
        self, place: BuiltPlace, there: BuiltPlace, holder: BuiltMember
    ) -> None:
        theirs = known_by(a_member(there, credentials=[]))
        take_over(a_custodian(there), show_to(holder, "farby"))
        refused("check_cannot_be_carried", WrongMoment, lambda: show_to(theirs, place.slug))
