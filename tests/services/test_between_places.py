"""Hours between places: limits that both agree to, help over the border, totals for custodians."""

from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.persistence.tables.border import ClearingAgreementRow
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import between_places, hours_desk, looked_at, matches, moderation
from enabler.services._border import as_locked, border_of, numbers_of
from enabler.services._limits import limits_subject, proposed_to
from enabler.services.laws import check
from enabler.services.views.border import PartnerView
from enabler.timebank import checks
from enabler.timebank.accounts import Account
from enabler.timebank.borders import promise_across, settled_across
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    share,
)
from tests.services.acting import told
from tests.services.deeds import a_key, accept, post
from tests.services.test_help_hours import a_pot, confirm, done, hours_of, rules_say, settled
from tests.services.test_storms import at_once


@pytest.fixture
def asker(place: BuiltPlace, noise: BuiltPlace) -> BuiltMember:
    share(place, noise)
    return a_member(place, "Ann Asker", at=(600, 600))


@pytest.fixture
def helper(noise: BuiltPlace) -> BuiltMember:
    """Somebody beyond the border, the only one who gardens."""
    return a_helper(noise, "Over Border", "gardening")


@pytest.fixture
def desks(place: BuiltPlace, noise: BuiltPlace) -> tuple[BuiltMember, BuiltMember]:
    """A custodian of each place."""
    return a_custodian(place), a_custodian(noise)


Desks = tuple[BuiltMember, BuiltMember]


def propose(who: BuiltMember, other: BuiltPlace, owe: int, owed: int, key: str | None = None):
    return between_places.propose(
        actor=who.actor, other=other.slug, may_owe=owe, may_be_owed=owed, key=key or a_key(),
        now=NOW,
    )  # fmt: skip


def answer(who: BuiltMember, other: BuiltPlace, owe: int, owed: int, *, agrees: bool = True):
    return between_places.answer(
        actor=who.actor, other=other.slug, may_owe=owe, may_be_owed=owed, agrees=agrees,
        key=a_key(), now=NOW,
    )  # fmt: skip


def agree(desks: Desks, owe: int, owed: int = 0) -> None:
    """The first place may owe the second so much, and may be owed so much by it."""
    ours, theirs = desks
    propose(ours, theirs.place, owe, owed)
    answer(theirs, ours.place, owed, owe)


def seen(who: BuiltMember) -> PartnerView:
    (partner,) = between_places.show(actor=who.actor, now=NOW).partners
    return partner


def helped(asker: BuiltMember, helper: BuiltMember, minutes: int = 60) -> str:
    """Help over the border, done and confirmed; its match."""
    post(asker, "gardening", duration_minutes=60)
    ref = accept(helper).ref
    done(helper, ref, minutes)
    confirm(asker, ref)
    return ref


def clearing(one: BuiltPlace, other: BuiltPlace) -> Account:
    with unit_of_work() as uow:
        found = uow.purses.clearing_if_any(one.id, other.id)
    assert found is not None
    return found


def flags(place: BuiltPlace) -> list[tuple[int | None, int]]:
    """The match and the minutes of what nobody could pay."""
    with unit_of_work() as uow:
        found = uow.help_hours.flags_waiting(place.id, ("unpaid",))
    return [(each.match_id, each.facts["minutes"]) for each in found]


def in_order() -> None:
    with unit_of_work() as uow:
        rows = (uow.ledger.all_accounts(), uow.ledger.all_entries(), uow.purses.mirrors())
        assert checks.check(*rows) == ()
    wrong = {one.what: one.count for one in check(now=NOW) if one.law == 2 and one.count}
    assert wrong == {}


class TestLimits:
    def test_hold_once_a_custodian_of_the_other_place_agrees(
        self, asker: BuiltMember, desks: Desks, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        ours, theirs = desks
        propose(ours, noise, 600, 300)
        mine, yours = seen(ours).waiting, seen(theirs).waiting
        assert mine is not None
        assert yours is not None
        assert (mine.may_owe, mine.may_be_owed, mine.ours) == (600, 300, True)
        assert (yours.may_owe, yours.may_be_owed, yours.ours) == (300, 600, False)
        assert seen(ours).agreed is None
        answer(theirs, place, 300, 600)
        agreed = seen(ours).agreed
        assert agreed is not None
        assert (agreed.may_owe, agreed.may_be_owed, seen(ours).waiting) == (600, 300, None)
        assert (clearing(noise, place).floor, clearing(place, noise).floor) == (-600, -300)

    def test_are_not_agreed_by_whoever_proposed_them(
        self, asker: BuiltMember, desks: Desks, noise: BuiltPlace
    ) -> None:
        ours, _ = desks
        propose(ours, noise, 600, 300)
        with pytest.raises(NotAllowed) as wrong:
            answer(ours, noise, 600, 300)
        assert wrong.value.code == "limits_agreed_there"
        with pytest.raises(NotFound):
            answer(desks[1], noise, 300, 600)  # a place is no neighbour of itself

    def test_are_held_by_the_database_to_be_two_peoples(
        self, asker: BuiltMember, desks: Desks, noise: BuiltPlace
    ) -> None:
        ours, _ = desks
        propose(ours, noise, 600, 300)
        by_one = {"state": "agreed", "agreed_by": ours.id, "decided_at": NOW}
        with unit_of_work() as uow, pytest.raises(IntegrityError):
            uow.session.execute(update(ClearingAgreementRow).values(by_one))

    def test_that_changed_since_they_were_read_are_not_agreed(
        self, asker: BuiltMember, desks: Desks, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        ours, theirs = desks
        propose(ours, noise, 600, 300)
        propose(ours, noise, 6000, 300)
        with pytest.raises(WrongMoment) as wrong:
            answer(theirs, place, 300, 600)
        assert wrong.value.code == "limits_changed"
        answer(theirs, place, 300, 6000, agrees=False)
        assert (seen(theirs).waiting, seen(theirs).agreed) == (None, None)

    def test_are_proposed_once_for_a_key(
        self, asker: BuiltMember, desks: Desks, noise: BuiltPlace
    ) -> None:
        ours, key = desks[0], a_key()
        propose(ours, noise, 600, 300, key)
        answer(desks[1], ours.place, 300, 600)
        assert propose(ours, noise, 600, 300, key).partners[0].waiting is None

    def test_are_for_custodians_of_places_that_share(
        self, place: BuiltPlace, noise: BuiltPlace, desks: Desks
    ) -> None:
        with pytest.raises(NotFound):
            propose(desks[0], noise, 600, 300)
        share(noise, place)  # either way will do
        with pytest.raises(NotAllowed):
            propose(a_member(place), noise, 600, 300)
        with pytest.raises(Invalid) as wrong:
            propose(desks[0], noise, 600, 600_001)
        assert wrong.value.field == "may_be_owed"
        rules_say(place, hours=False)
        with pytest.raises(NotFound) as missing:
            seen(desks[0])
        assert missing.value.code == "hours_not_here"


class TestHelpOverTheBorder:
    def test_is_promised_and_moved_in_both_places_at_once(
        self, asker: BuiltMember, helper: BuiltMember, desks: Desks
    ) -> None:
        agree(desks, 600)
        post(asker, "gardening", duration_minutes=60)
        ref = accept(helper).ref
        there = clearing(helper.place, asker.place)
        assert (hours_of(asker).held, there.held, there.posted) == (60, 60, 0)
        in_order()
        done(helper, ref, 90)
        confirm(asker, ref)
        assert (hours_of(asker).posted, hours_of(helper).posted) == (-90, 90)
        assert (hours_of(asker).held, clearing(helper.place, asker.place).held) == (0, 0)
        assert hours_of(helper).floor == -300 - 45  # who gives may ask for more, there as here
        assert (settled(ref).minutes, settled(ref).unpaid) == (90, 0)
        in_order()

    def test_is_seen_as_totals_by_the_custodians_of_both(
        self, asker: BuiltMember, helper: BuiltMember, desks: Desks
    ) -> None:
        agree(desks, 600)
        helped(asker, helper, 90)
        here, there = map(seen, desks)
        assert (here.owed, here.taken, here.given) == (90, 90, 0)
        assert (there.owed, there.taken, there.given) == (-90, 0, 90)

    def test_that_is_given_back_is_let_go_in_both(
        self, asker: BuiltMember, helper: BuiltMember, desks: Desks
    ) -> None:
        agree(desks, 600)
        post(asker, "gardening", duration_minutes=60)
        ref = accept(helper).ref
        matches.release(actor=helper.actor, match_ref=ref, words=None, key=a_key(), now=NOW)
        assert (hours_of(asker).held, clearing(helper.place, asker.place).held) == (0, 0)
        in_order()

    def test_is_paid_by_the_pot_here_where_its_asker_has_no_more(
        self, asker: BuiltMember, helper: BuiltMember, desks: Desks
    ) -> None:
        a_pot(asker.place, 600)
        agree(desks, 600)
        ref = helped(asker, helper, 360)
        assert (settled(ref).by_pot, settled(ref).unpaid) == (60, 0)
        assert (hours_of(asker).posted, hours_of(helper).posted) == (-300, 360)
        in_order()

    def test_beyond_the_limit_is_unpaid_whoever_could_pay_and_both_desks_are_told(
        self, asker: BuiltMember, helper: BuiltMember, desks: Desks
    ) -> None:
        a_pot(asker.place, 600)
        agree(desks, 75)
        ref = helped(asker, helper, 90)
        row = settled(ref)
        assert (row.by_pot, row.unpaid, hours_of(helper).posted) == (0, 15, 75)
        assert flags(asker.place) == [(row.match_id, 15)]
        assert flags(helper.place) == [(None, 15)]  # nothing of the match here
        assert [seen(desk).unpaid for desk in desks] == [15, 15]
        in_order()

    def test_without_limits_is_help_all_the_same(
        self, asker: BuiltMember, helper: BuiltMember, desks: Desks
    ) -> None:
        post(asker, "gardening", duration_minutes=60)
        ref = accept(helper).ref
        shown = matches.show(actor=asker.actor, ref=ref, now=NOW).hours
        assert shown is not None
        assert (shown.promised, shown.pot) == (0, False)
        done(helper, ref, 60)
        confirm(asker, ref)
        assert (settled(ref).unpaid, hours_of(helper).posted) == (60, 0)
        assert len(flags(asker.place)) == len(flags(helper.place)) == 1
        in_order()

    def test_begins_each_side_by_the_rules_of_its_own_place(
        self, place: BuiltPlace, noise: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        rules_say(noise, hours_begin=60)
        post(asker, "gardening")
        accept(helper)
        assert (hours_of(asker).floor, hours_of(helper).floor) == (-300, -60)

    def test_after_the_end_goes_on_from_what_was_promised_only(
        self, asker: BuiltMember, helper: BuiltMember, desks: Desks
    ) -> None:
        agree(desks, 600)
        post(asker, "gardening", duration_minutes=60)
        ref = accept(helper).ref
        theirs = desks[1]
        between_places.end(actor=theirs.actor, other=asker.place.slug, key=a_key(), now=NOW)
        assert clearing(helper.place, asker.place).floor == -60  # as near 0 as what is promised
        done(helper, ref, 90)
        confirm(asker, ref)
        assert (hours_of(helper).posted, settled(ref).unpaid) == (60, 30)
        with pytest.raises(WrongMoment):
            between_places.end(actor=theirs.actor, other=asker.place.slug, key=a_key(), now=NOW)
        in_order()


class TestWhateverHappens:
    def test_each_place_sums_to_zero_and_no_limit_is_broken(
        self, asker: BuiltMember, helper: BuiltMember, desks: Desks
    ) -> None:
        """Straight to the ledger, so that there are many; the pages' own way is above."""
        agree(desks, 200, 100)
        for seed in range(4):
            with unit_of_work() as uow:
                _many(uow, Random(seed), f"r{seed}", asker, helper)
                uow.commit()
            in_order()
        assert clearing(helper.place, asker.place).available >= -200
        assert clearing(asker.place, helper.place).available >= -100

    def test_both_ways_at_once_wait_in_no_ring(
        self, context: Flask, asker: BuiltMember, helper: BuiltMember, desks: Desks
    ) -> None:
        agree(desks, 600, 600)
        share(helper.place, asker.place)
        refs = []
        for who, what in (
            (asker, "gardening"), (helper, "dog-walking"), (asker, "tech-help"),
            (helper, "phone-chat"),
        ):  # fmt: skip
            there = helper.place if who is asker else asker.place
            by = helper if what == "gardening" else a_helper(there, f"One For {what}", what)
            post(who, what, duration_minutes=30)
            ref = accept(by).ref
            done(by, ref, 30)
            refs.append((who, ref))
        said = at_once(context, [lambda w=w, r=r: confirm(w, r) for w, r in refs])
        assert said == {"done": 4}
        assert clearing(asker.place, helper.place).posted == 0
        in_order()


def _many(
    uow: UnitOfWork, chance: Random, key: str, asker: BuiltMember, helper: BuiltMember
) -> None:
    """Promises and helps both ways, some of them more than anybody may owe."""
    for who in (asker, helper):
        uow.purses.for_member(who.place.id, who.id, -300)
    for at in range(8):
        one, other = chance.sample((asker, helper), 2)
        border = border_of(uow, one.place.id, other.place.id)
        assert border is not None
        payer, taker = uow.purses.of_member(one.id), uow.purses.of_member(other.id)
        assert payer is not None
        assert taker is not None
        accounts = uow.ledger.lock(payer.number, taker.number, *numbers_of(border))
        border = as_locked(uow, border, accounts)
        assert border is not None
        sides = {"asker": payer, "border": border, "helper": taker}
        holds = uow.ledger.post_all(
            promise_across(f"{key}.{at}:hold", chance.randrange(1, 150), **sides), NOW
        )
        payer = uow.ledger.account(payer.number)
        border = as_locked(uow, border, uow.ledger.lock(*numbers_of(border)))
        assert border is not None
        sides |= {"asker": payer, "border": border}
        found = settled_across(
            f"{key}.{at}", confirmed=chance.randrange(0, 200), holds=holds, **sides
        )
        uow.ledger.post_all(found.transfers, NOW)


class TestTheOtherPlace:
    def test_hears_by_mail_and_has_it_in_the_count_of_what_waits(
        self, place: BuiltPlace, noise: BuiltPlace, asker: BuiltMember, desks: Desks
    ) -> None:
        ours, theirs = desks
        propose(ours, noise, 600, 0)
        propose(ours, noise, 600, 0)  # from another window
        assert (told(theirs), told(ours)) == (["hours_limits_staff"], [])
        waits = [moderation.desk(actor=who.actor, now=NOW) for who in desks]
        assert [(one.hours_waiting, one.hours_since) for one in waits] == [(0, None), (1, NOW)]
        assert [hours_desk.desk(actor=who.actor, now=NOW).limits for who in desks] == [0, 1]
        answer(theirs, place, 0, 600, agrees=False)
        assert moderation.desk(actor=theirs.actor, now=NOW).hours_waiting == 0

    def test_is_reminded_until_somebody_answers(
        self, place: BuiltPlace, noise: BuiltPlace, asker: BuiltMember, desks: Desks
    ) -> None:
        ours, theirs = desks
        propose(ours, noise, 600, 0)
        job = Actor.system("look-at-hours")
        days = [day for day in range(5) if looked_at.remind(actor=job, now=NOW + timedelta(day))]
        assert (days, told(theirs)) == ([3], ["hours_limits_staff"] * 2)
        answer(theirs, place, 0, 600)
        assert looked_at.remind(actor=job, now=NOW + timedelta(6)) == 0

    def test_reads_who_proposes_only_while_it_waits(
        self, place: BuiltPlace, noise: BuiltPlace, asker: BuiltMember, desks: Desks
    ) -> None:
        ours, theirs = desks
        propose(ours, noise, 600, 0)
        with reading() as uow:
            (one,) = proposed_to(uow, noise.id)
            about = limits_subject(uow, noise.id, str(one.id))
            assert (about.state, about.organisation) == ("waiting", uow.places.by_id(place.id).name)
            assert limits_subject(uow, place.id, str(one.id)).state == "settled"
        answer(theirs, place, 0, 600)
        with reading() as uow:
            assert limits_subject(uow, noise.id, str(one.id)).organisation is None
