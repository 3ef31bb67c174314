"""Doing is what writes the ledger: promised at the yes, moved once when confirmed."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.vocabulary import MatchState, NeedState, Terms
from enabler.persistence.help_hours import HelpHours
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import matches, needs, rounds
from enabler.services.laws import check
from enabler.services.views import MatchView
from enabler.timebank import checks
from enabler.timebank.accounts import Account
from enabler.timebank.transfers import Reason, Transfer
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
    new_rules,
)
from tests.services.acting import told
from tests.services.deeds import a_key, accept, asks_of, post

DAY = timedelta(days=1)


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker", at=(600, 600), phone=True)


@pytest.fixture
def helper(place: BuiltPlace) -> BuiltMember:
    return a_helper(place, "Ben Helper", "shopping", "emergency")


def hours_of(member: BuiltMember) -> Account:
    with unit_of_work() as uow:
        found = uow.purses.of_member(member.id)
    assert found is not None
    return found


def row_of(ref: str) -> HelpHours | None:
    with unit_of_work() as uow:
        return uow.help_hours.of_match(uow.matches.by_ref(None, ref).id)


def settled(ref: str) -> HelpHours:
    found = row_of(ref)
    assert found is not None
    return found


def minutes_of(ref: str) -> list[tuple[str, int]]:
    """The movements of a match, by key."""
    with unit_of_work() as uow:
        return [(one.key, one.moved) for one in uow.ledger.of_group(f"match:{ref}") if one.moved]


def done(who: BuiltMember, ref: str, minutes: int = 60, now: datetime = NOW) -> MatchView:
    return matches.done(actor=who.actor, match_ref=ref, minutes=minutes, key=a_key(), now=now)


def confirm(who: BuiltMember, ref: str, now: datetime = NOW) -> MatchView:
    return matches.confirm(actor=who.actor, match_ref=ref, key=a_key(), now=now)


def a_pot(place: BuiltPlace, minutes: int, **facts: Any) -> int:
    """The community's pot (or another) with so much in it; its account."""
    facts = {"kind": "community", "pays": True} | facts
    with unit_of_work() as uow:
        ref = uow.refs.new(place.id, "pot")
        pot = uow.purses.open_pot(place.id, ref=ref, now=NOW, **facts)
        grant = Transfer(f"grant:{ref}", place.id, uow.purses.issue(place.id).number, pot.account,
                         minutes, Reason.GRANT)  # fmt: skip
        uow.ledger.post(grant, NOW)
        uow.commit()
    return pot.account


def rules_say(place: BuiltPlace, **policy: object) -> None:
    """Another policy for the place."""
    with reading() as uow:
        known = uow.rulesets.versions(place.id)[0].policy
    new_rules(place, {**known, **policy})


def in_order() -> None:
    with unit_of_work() as uow:
        assert checks.check(uow.ledger.all_accounts(), uow.ledger.all_entries()) == ()
    counts = {one.what: one.count for one in check(now=NOW)}
    assert (counts["help_not_settled_once"], counts["promises_left_over"]) == (0, 0)


class TestAYes:
    def test_promises_the_expected_minutes(self, asker: BuiltMember, helper: BuiltMember) -> None:
        post(asker, duration_minutes=50)
        row = settled(accept(helper).ref)
        assert (row.earns, row.expected, row.state) == ("hours", 45, "open")
        assert (hours_of(asker).held, hours_of(asker).posted) == (45, 0)
        in_order()

    def test_of_who_has_nothing_promises_nothing_and_is_a_yes(
        self, place: BuiltPlace, helper: BuiltMember
    ) -> None:
        unverified = a_member(place, "Una New", at=(600, 600), phone=False, mail=False)
        post(unverified)
        ref = accept(helper).ref
        assert (settled(ref).hold, hours_of(unverified).floor) == (None, 0)

    def test_to_a_gift_debits_nobody(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        rules_say(place, category_earns={"shopping": "gift"})
        post(asker)
        ref = accept(helper).ref
        done(helper, ref)
        confirm(asker, ref)
        row = settled(ref)
        assert (row.earns, row.state, row.minutes, row.payer_id) == ("gift", "settled", 60, None)
        assert minutes_of(ref) == []

    def test_to_stated_terms_is_nothing_to_the_time_bank(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        shop = an_organisation(place)
        an_offer(shop, terms=Terms.STATED, stated_terms="£5 an hour")
        post(asker)
        assert row_of(accept(shop.owner).ref) is None


class TestNotAfterAll:
    @pytest.mark.parametrize("how", ["helper", "asker", "withdrawn"])
    def test_gives_the_promise_back(
        self, asker: BuiltMember, helper: BuiltMember, how: str
    ) -> None:
        need = post(asker)
        ref = accept(helper).ref
        if how == "withdrawn":
            needs.withdraw(actor=asker.actor, ref=need.ref, key=a_key(), now=NOW)
        else:
            who = helper if how == "helper" else asker
            matches.release(actor=who.actor, match_ref=ref, words=None, key=a_key(), now=NOW)
        assert (settled(ref).state, hours_of(asker).held, hours_of(asker).posted) == (
            "let-go",
            0,
            0,
        )
        in_order()


class TestConfirmed:
    @pytest.mark.parametrize(("said", "counted"), [(30, 30), (60, 60), (100, 105), (7, 15)])
    def test_moves_what_was_said_once(
        self, asker: BuiltMember, helper: BuiltMember, said: int, counted: int
    ) -> None:
        post(asker, duration_minutes=60)
        ref = accept(helper).ref
        done(helper, ref, said)
        assert minutes_of(ref) == []
        confirm(asker, ref)
        assert sum(minutes for _, minutes in minutes_of(ref)) == counted
        assert minutes_of(ref)[0][0] == f"match:{ref}"
        assert (hours_of(asker).posted, hours_of(asker).held) == (-counted, 0)
        assert hours_of(helper).posted == counted
        row = settled(ref)
        assert (row.state, row.minutes, row.by_pot, row.unpaid) == ("settled", counted, 0, 0)
        in_order()

    def test_lets_the_helper_ask_for_more(self, asker: BuiltMember, helper: BuiltMember) -> None:
        post(asker)
        ref = accept(helper).ref
        before = hours_of(helper).floor or 0
        done(helper, ref, 120)
        confirm(asker, ref)
        assert hours_of(helper).floor == before - 60

    def test_by_silence_moves_them_too(self, asker: BuiltMember, helper: BuiltMember) -> None:
        post(asker, duration_minutes=60)
        ref = accept(helper).ref
        done(helper, ref)
        assert rounds.confirm_by_silence(now=NOW + 3 * DAY) == 1
        assert minutes_of(ref) == [(f"match:{ref}", 60)]

    def test_is_paid_by_the_pot_beyond_the_floor(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        pot = a_pot(place, 600)
        post(asker, duration_minutes=60)
        ref = accept(helper).ref
        done(helper, ref, 400)
        confirm(asker, ref)
        assert (hours_of(asker).posted, hours_of(helper).posted) == (-300, 405)
        assert [key for key, _ in minutes_of(ref)] == [
            f"match:{ref}{end}" for end in ("", ":2", ":3")
        ]
        with unit_of_work() as uow:
            assert uow.ledger.account(pot).posted == 600 - 105
        assert (settled(ref).by_pot, settled(ref).unpaid) == (105, 0)
        in_order()

    def test_is_paid_by_the_pot_of_its_own_ward(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        pots = [a_pot(place, 600, kind="ward", ward_id=ward) for ward in place.ward_ids]
        post(asker)
        ref = accept(helper).ref
        done(helper, ref, 400)
        confirm(asker, ref)
        with unit_of_work() as uow:
            left = {ward: uow.ledger.account(pot).posted
                    for ward, pot in zip(place.ward_ids, pots, strict=True)}  # fmt: skip
        own = place.ward_at(asker.east)
        assert left == {ward: 600 - 105 * (ward == own) for ward in place.ward_ids}

    def test_is_paid_by_the_communitys_where_too_little_is_left_of_the_wards(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        near, all_ours = (
            a_pot(place, 1, kind="ward", ward_id=place.ward_at(asker.east)), a_pot(place, 600)
        )  # fmt: skip
        post(asker)
        ref = accept(helper).ref
        done(helper, ref, 400)
        confirm(asker, ref)
        with unit_of_work() as uow:
            left = [uow.ledger.account(pot).posted for pot in (near, all_ours)]
        assert (left, settled(ref).unpaid) == ([1, 600 - 105], 0)

    def test_that_nobody_can_pay_is_flagged(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        done(helper, ref, 360)
        confirm(asker, ref)
        assert settled(ref).unpaid == 60
        with unit_of_work() as uow:
            (flag,) = uow.help_hours.flags_waiting(place.id, ("unpaid",))
        assert flag.facts["minutes"] == 60
        in_order()

    def test_is_credited_within_a_days_most(self, asker: BuiltMember, helper: BuiltMember) -> None:
        post(asker)
        ref = accept(helper).ref
        done(helper, ref, 1000)
        confirm(asker, ref)
        assert settled(ref).minutes == 480


def correct(who: BuiltMember, ref: str, minutes: int, now: datetime = NOW) -> MatchView:
    return matches.correct(
        actor=who.actor, match_ref=ref, minutes=minutes, key=a_key(), now=now
    )  # fmt: skip


class TestACorrection:
    def test_asks_the_first_side_and_waits_for_it(
        self, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        done(helper, ref, 90)
        with pytest.raises(NotAllowed):
            correct(helper, ref, 60)
        shown = correct(asker, ref, 60, NOW + 2 * DAY)
        assert (shown.state, shown.minutes) == (MatchState.DONE, 60)
        assert told(helper)[-1] == "corrected"
        assert rounds.confirm_by_silence(now=NOW + 4 * DAY) == 0
        with pytest.raises(NotAllowed):
            confirm(asker, ref)
        confirm(helper, ref)
        assert sum(minutes for _, minutes in minutes_of(ref)) == 60
        in_order()

    def test_with_the_same_minutes_confirms(self, asker: BuiltMember, helper: BuiltMember) -> None:
        post(asker)
        ref = accept(helper).ref
        done(helper, ref, 45)
        assert correct(asker, ref, 45).state is MatchState.CONFIRMED

    def test_is_for_three_times_then_somebody_looks(
        self, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        done(helper, ref, 90)
        for who, minutes in ((asker, 30), (helper, 80), (asker, 40)):
            correct(who, ref, minutes)
        with pytest.raises(WrongMoment) as wrong:
            correct(helper, ref, 70)
        assert wrong.value.code == "corrected_too_often"

    @pytest.mark.parametrize("minutes", [0, 1441])
    def test_refuses_a_length_that_cannot_be(
        self, asker: BuiltMember, helper: BuiltMember, minutes: int
    ) -> None:
        post(asker)
        ref = accept(helper).ref
        done(helper, ref, 90)
        with pytest.raises(Invalid):
            correct(asker, ref, minutes)


class TestACustodiansDecision:
    def disputed(self, asker: BuiltMember, helper: BuiltMember) -> str:
        post(asker)
        ref = accept(helper).ref
        done(helper, ref, 90)
        matches.dispute(actor=asker.actor, match_ref=ref, words="No.", key=a_key(), now=NOW)
        return ref

    def decide(self, who: BuiltMember, ref: str, minutes: int) -> MatchView:
        return matches.decide(
            actor=who.actor, match_ref=ref, minutes=minutes, words="I rang them both.",
            key=a_key(), now=NOW,
        )  # fmt: skip

    def test_settles_it_with_those_minutes(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        ref = self.disputed(asker, helper)
        with pytest.raises(NotAllowed):
            self.decide(asker, ref, 30)
        assert self.decide(a_custodian(place), ref, 30).state is MatchState.CONFIRMED
        assert (hours_of(helper).posted, hours_of(asker).posted) == (30, -30)
        assert {told(who)[-1] for who in (asker, helper)} == {"decided"}
        in_order()

    def test_of_nothing_takes_it_back_and_asks_others(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        ref = self.disputed(asker, helper)
        shown = self.decide(a_custodian(place), ref, 0)
        assert shown.state is MatchState.WITHDRAWN
        need = needs.show(actor=asker.actor, ref=shown.need_ref, now=NOW)
        assert need.state is NeedState.OPEN
        assert all("decided_none" in told(who) for who in (asker, helper))
        assert "withdrawn" not in told(helper)
        assert (settled(ref).state, hours_of(asker).held, minutes_of(ref)) == ("let-go", 0, [])
        in_order()

    def test_is_never_a_partys(self, place: BuiltPlace, helper: BuiltMember) -> None:
        custodian = a_custodian(place)
        ref = self.disputed(custodian, helper)
        with pytest.raises(NotAllowed) as wrong:
            self.decide(custodian, ref, 90)
        assert wrong.value.code == "party_to_it"

    def test_is_for_what_is_disputed(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        with pytest.raises(WrongMoment):
            self.decide(a_custodian(place), accept(helper).ref, 60)


class TestTheMatchsPage:
    def test_says_what_it_is_to_the_time_bank_and_nothing_of_anothers_balance(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        a_pot(place, 600)
        post(asker, duration_minutes=400)
        (ask,) = asks_of(helper)
        ahead = matches.show(actor=helper.actor, ref=ask.ref, now=NOW).hours
        assert ahead is not None
        assert (ahead.state, ahead.expected, ahead.promised) == ("ahead", 405, None)
        ref = accept(helper).ref
        mine = matches.show(actor=asker.actor, ref=ref, now=NOW).hours
        theirs = matches.show(actor=helper.actor, ref=ref, now=NOW).hours
        assert mine is not None
        assert theirs is not None
        assert (mine.promised, mine.pot) == (300, True)
        assert (theirs.promised, theirs.by_pot, theirs.pot) == (None, None, False)
        done(helper, ref, 400)
        ended = confirm(asker, ref).hours
        assert ended is not None
        assert (ended.state, ended.minutes, ended.by_pot) == ("settled", 405, 105)
