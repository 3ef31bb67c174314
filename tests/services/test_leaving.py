"""Leaving the time bank: what one has is given, what one owes is covered, the account is closed."""

from datetime import timedelta

import pytest

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.persistence.tables.hours import TransferWordsRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import hours, hours_desk, leaving, looked_at, matches, moderation
from enabler.services._accounts import due_floor
from enabler.services._ground import ground
from enabler.services.views.leaving import LeavingView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_organisation,
)
from tests.services.acting import told
from tests.services.deeds import a_key, accept, owe, post
from tests.services.test_giving_hours import give
from tests.services.test_help_hours import (
    a_pot,
    confirm,
    done,
    hours_of,
    in_order,
    rules_say,
    settled,
)
from tests.services.test_pots import a_closed_pot

DAY = timedelta(days=1)


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker", at=(600, 600))


@pytest.fixture
def ben(place: BuiltPlace) -> BuiltMember:
    return a_helper(place, "Ben Helper", "shopping")


@pytest.fixture
def met(ann: BuiltMember, ben: BuiltMember) -> str:
    """Ben helped Ann for an hour: she stands at -60 and he at 60; their match."""
    post(ann, duration_minutes=60)
    ref = accept(ben).ref
    done(ben, ref, 60)
    confirm(ann, ref)
    return ref


def leave(who: BuiltMember, to: str | None = None, key: str | None = None) -> LeavingView:
    return leaving.leave(actor=who.actor, to=to, key=key or a_key(), now=NOW)


def even_out(custodian: BuiltMember, who: BuiltMember, pot: str = "community") -> None:
    leaving.balance(
        actor=custodian.actor, ref=who.ref, pot=pot, words="That is what it is for.", key=a_key(),
        now=NOW,
    )  # fmt: skip


def posted(account: int) -> int:
    with reading() as uow:
        return uow.ledger.account(account).posted


class TestAboveZero:
    def test_hours_go_to_the_community_pot_and_the_account_is_closed(
        self, place: BuiltPlace, ben: BuiltMember, met: str
    ) -> None:
        key = a_key()
        assert leave(ben, "community", key).state == "left"
        assert leave(ben, "community", key).state == "left"
        with reading() as uow:
            (pot,) = uow.purses.pots(place.id)
        assert (pot.kind, posted(pot.account), hours_of(ben).posted) == ("community", 60, 0)
        assert hours_of(ben).closed
        in_order()

    def test_hours_are_a_gift_of_which_the_receiver_is_told(
        self, ann: BuiltMember, ben: BuiltMember, met: str
    ) -> None:
        shown = leaving.show(actor=ben.actor, now=NOW)
        assert [(side.name, side.ref) for side in shown.people] == [("Ann", ann.ref)]
        leave(ben, ann.ref)
        assert (hours_of(ann).posted, hours_of(ben).closed) == (0, True)
        assert told(ann)[-1] == "hours_given"

    def test_hours_go_to_an_organisation(
        self, place: BuiltPlace, ben: BuiltMember, met: str
    ) -> None:
        pantry = an_organisation(place)
        leave(ben, pantry.ref)
        with reading() as uow:
            account = uow.purses.of_organisation(pantry.id)
        assert account is not None
        assert account.posted == 60

    @pytest.mark.parametrize(("to", "code"), [(None, "leave_to_missing"), ("ZZZZ", "receiver")])
    def test_somebody_has_to_get_them(
        self, ben: BuiltMember, met: str, to: str | None, code: str
    ) -> None:
        with pytest.raises(Invalid) as wrong:
            leave(ben, to)
        assert (wrong.value.field, wrong.value.code.startswith(code)) == ("to", True)
        assert (hours_of(ben).posted, hours_of(ben).closed) == (60, False)

    def test_a_pot_that_was_closed_does_not_get_them(
        self, place: BuiltPlace, ben: BuiltMember, met: str
    ) -> None:
        closed = a_closed_pot(place)
        assert leaving.show(actor=ben.actor, now=NOW).pots == ()
        with pytest.raises(Invalid) as refused:
            leave(ben, closed)
        assert (refused.value.field, refused.value.code) == ("to", "receiver_unknown")

    def test_nobody_of_another_place_gets_them(
        self, noise: BuiltPlace, ben: BuiltMember, met: str
    ) -> None:
        with pytest.raises(Invalid):
            leave(ben, a_member(noise, "Nora Far").ref)


class TestWithAgreedHelp:
    @pytest.mark.parametrize("which", ["asker", "helper"])
    def test_it_comes_first(self, ann: BuiltMember, ben: BuiltMember, which: str) -> None:
        post(ann, duration_minutes=60)
        ref = accept(ben).ref
        who = ann if which == "asker" else ben
        assert leaving.show(actor=who.actor, now=NOW).helps == 1
        with pytest.raises(WrongMoment) as wrong:
            leave(who)
        assert wrong.value.code == "leave_after_helps"
        matches.release(actor=who.actor, match_ref=ref, words=None, key=a_key(), now=NOW)
        assert leave(who).state == "left"
        in_order()


class TestBelowZero:
    def test_waits_for_a_custodian_who_covers_it_from_a_pot(
        self, place: BuiltPlace, noise: BuiltPlace, ann: BuiltMember, met: str
    ) -> None:
        custodian, pot = a_custodian(place), a_pot(place, 100)
        nora = a_member(noise, "Nora Far")
        owe(nora, a_member(noise, "Noel Far"), 15)
        assert leave(nora).state == "waits"
        assert leave(ann).state == "waits"
        assert (hours_of(ann).posted, hours_of(ann).closed) == (-60, False)
        assert told(custodian) == ["hours_leaver_staff"]
        (one,) = leaving.waiting(actor=custodian.actor, now=NOW)
        desk = moderation.desk(actor=custodian.actor, now=NOW)
        assert (desk.hours_waiting, desk.hours_since) == (1, NOW)
        assert hours_desk.desk(actor=custodian.actor, now=NOW).leavers == 1
        assert (one.ref, one.minutes) == (ann.ref, 60)
        even_out(custodian, ann)
        assert (posted(pot), hours_of(ann).posted, hours_of(ann).closed) == (40, 0, True)
        assert told(ann)[-1] == "hours_left"
        assert leaving.waiting(actor=custodian.actor, now=NOW) == ()
        assert leaving.show(actor=ann.actor, now=NOW).state == "left"
        in_order()

    def test_a_pot_that_has_too_little_is_no_way(
        self, place: BuiltPlace, ann: BuiltMember, met: str
    ) -> None:
        a_pot(place, 59)
        leave(ann)
        with pytest.raises(Invalid) as wrong:
            even_out(a_custodian(place), ann)
        assert (wrong.value.field, wrong.value.code) == ("pot", "pot_has_too_little")
        assert not hours_of(ann).closed

    def test_a_pot_of_another_place_is_no_pot(
        self, place: BuiltPlace, noise: BuiltPlace, ann: BuiltMember, met: str
    ) -> None:
        a_pot(noise, 600)
        with reading() as uow:
            (theirs,) = uow.purses.pots(noise.id)
        leave(ann)
        with pytest.raises(Invalid):
            even_out(a_custodian(place), ann, theirs.ref)

    def test_nobody_covers_their_own_and_no_member_anybodys(
        self, place: BuiltPlace, ben: BuiltMember
    ) -> None:
        custodian = a_custodian(place)
        owe(custodian, ben, 30)
        leave(custodian)
        for who, code in ((custodian, "party_to_it"), (ben, "not_allowed")):
            with pytest.raises(NotAllowed) as wrong:
                even_out(who, custodian)
            assert wrong.value.code == code

    def test_whoever_does_not_wait_is_not_closed(
        self, place: BuiltPlace, ann: BuiltMember, met: str
    ) -> None:
        with pytest.raises(NotFound) as wrong:
            even_out(a_custodian(place), ann)
        assert wrong.value.code == "leaver_unknown"

    def test_they_may_stay_after_all(self, place: BuiltPlace, ann: BuiltMember, met: str) -> None:
        leave(ann)
        leaving.stay(actor=ann.actor, key=a_key(), now=NOW)
        assert leaving.show(actor=ann.actor, now=NOW).state == "open"
        assert leaving.waiting(actor=a_custodian(place).actor, now=NOW) == ()

    def test_who_came_above_zero_meanwhile_chooses_themselves(
        self, place: BuiltPlace, ann: BuiltMember, ben: BuiltMember, met: str
    ) -> None:
        a_pot(place, 100)
        custodian = a_custodian(place)
        leave(ann)
        owe(ben, ann, 90)
        assert leaving.waiting(actor=custodian.actor, now=NOW) == ()
        assert leaving.at_desk(actor=custodian.actor, ref=ann.ref, now=NOW).leaver is None
        job = Actor.system("look-at-hours")
        assert looked_at.remind(actor=job, now=NOW + 9 * DAY) == 0
        with pytest.raises(WrongMoment) as wrong:
            even_out(custodian, ann)
        assert wrong.value.code == "leaver_has_hours"
        assert leave(ann, "community").state == "left"

    def test_custodians_are_reminded(self, place: BuiltPlace, ann: BuiltMember, met: str) -> None:
        custodian = a_custodian(place)
        leave(ann)
        job = Actor.system("look-at-hours")
        days = [day for day in range(7) if looked_at.remind(actor=job, now=NOW + day * DAY)]
        assert days == [3, 6]
        assert told(custodian) == ["hours_leaver_staff"] * 3


class TestAfterwards:
    def test_nobody_gives_them_hours_and_what_they_give_is_a_gift(
        self, ann: BuiltMember, ben: BuiltMember, met: str
    ) -> None:
        leave(ben, "community")
        assert leaving.show(actor=ben.actor, now=NOW).balance.room == 0
        with pytest.raises(Invalid) as wrong:
            give(ann, ben.ref, 15)
        assert wrong.value.code == "receiver_without_hours"
        assert hours.to_whom(actor=ann.actor, now=NOW).people == ()
        post(ann, duration_minutes=60)
        ref = accept(ben).ref
        assert settled(ref).earns == "gift"
        done(ben, ref, 60)
        confirm(ann, ref)
        assert (settled(ref).state, hours_of(ann).posted) == ("settled", -60)
        in_order()

    def test_joining_again_begins_anew(self, ann: BuiltMember, ben: BuiltMember, met: str) -> None:
        old = hours_of(ben).number
        leaving.join_again(actor=ben.actor, key=a_key(), now=NOW)
        assert hours_of(ben).number == old
        leave(ben, "community")
        leaving.join_again(actor=ben.actor, key=a_key(), now=NOW)
        fresh = hours_of(ben)
        assert (fresh.number != old, fresh.posted, fresh.floor, fresh.closed) == (
            True, 0, 0, False,
        )  # fmt: skip
        owe(ann, ben, 15)
        assert hours_of(ben).posted == 15

    def test_leaving_in_debt_and_coming_back_is_no_way_to_borrow_twice(
        self, place: BuiltPlace, ann: BuiltMember, ben: BuiltMember, met: str
    ) -> None:
        a_pot(place, 600)
        leave(ann)
        even_out(a_custodian(place), ann)
        leaving.join_again(actor=ann.actor, key=a_key(), now=NOW)
        assert hours.balance(actor=ann.actor, now=NOW).room == 0
        post(ann, duration_minutes=60)
        ref = accept(ben).ref
        assert (settled(ref).hold, hours_of(ann).floor) == (None, 0)
        done(ben, ref, 60)
        confirm(ann, ref)  # nobody is refused help for lack of hours: the pot steps in
        assert (settled(ref).by_pot, hours_of(ann).posted, hours_of(ann).floor) == (60, 0, 0)
        with unit_of_work() as uow:
            rules = ground(uow, place.id, NOW).ruleset
            assert due_floor(uow, ann.id, rules, given=60) == -30
            assert due_floor(uow, ben.id, rules, given=60) == -330
        in_order()

    def test_one_custodian_covers_it_whatever_a_stored_ruleset_says(
        self, place: BuiltPlace, ann: BuiltMember, met: str
    ) -> None:
        a_pot(place, 600)
        rules_say(place, hours_two_people=["grant", "balance"])
        leave(ann)
        even_out(a_custodian(place), ann)
        assert hours_of(ann).closed


class TestBeingForgotten:
    def test_leaves_the_ledger_and_takes_the_name(
        self, ann: BuiltMember, ben: BuiltMember, met: str
    ) -> None:
        give(ben, ann.ref, 10, words="For the soup, from Ben.")
        with unit_of_work() as uow, pytest.raises(WrongMoment):
            uow.purses.forget(ben.id)
        leave(ben, "community")
        with unit_of_work() as uow:
            entries = list(uow.ledger.all_entries())
            uow.purses.forget(ben.id)
            uow.commit()
        with reading() as uow:
            assert list(uow.ledger.all_entries()) == entries
            assert uow.purses.of_member(ben.id) is None
            assert uow.session.query(TransferWordsRow).count() == 0
        (month,) = hours.statement(actor=ann.actor, now=NOW).months
        assert {(line.other.kind, line.other.name, line.words) for line in month.lines} == {
            ("left", None, None)
        }
        assert hours_of(ann).posted == -50
        in_order()
