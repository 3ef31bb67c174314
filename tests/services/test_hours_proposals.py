"""Grants and reversals: one custodian asks, another decides, and only then do hours move."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import hours, hours_desk, hours_proposals, moderation
from enabler.services._accounts import member_account
from enabler.services.views.hours_desk import HoursProposalView
from enabler.timebank.transfers import Reason, Transfer
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member, an_organisation
from tests.services.deeds import a_key
from tests.services.test_help_hours import a_pot, hours_of, in_order
from tests.services.test_storms import at_once

DAY = timedelta(days=1)


@pytest.fixture
def carol(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


@pytest.fixture
def dan(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place, "Dan Desk")


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Long")


def grant(who: BuiltMember, to: str, minutes: int = 120, **more: Any) -> HoursProposalView:
    said = {"words": "For the new group.", "key": a_key(), "now": NOW} | more
    return hours_proposals.ask_grant(actor=who.actor, to=to, minutes=minutes, **said)


def undo(who: BuiltMember, number: int, **more: Any) -> HoursProposalView:
    said = {"words": "It was typed twice.", "key": a_key(), "now": NOW} | more
    return hours_proposals.ask_reversal(actor=who.actor, number=number, **said)


def decide(who: BuiltMember, ref: str, *, allowing: bool = True, **more: Any) -> HoursProposalView:
    said = {"words": "I looked at it.", "key": a_key(), "now": NOW + DAY} | more
    return hours_proposals.decide(actor=who.actor, ref=ref, allowing=allowing, **said)


def moved(place: BuiltPlace, giver: BuiltMember, to: int, minutes: int) -> int:
    """Hours that a member gave to an account as a present; its number on statements."""
    with unit_of_work() as uow:
        mine = member_account(uow, place.id, giver.id, uow.rulesets.in_force(place.id, NOW))
        transfer = Transfer(a_key(), place.id, mine.number, to, minutes, Reason.GIVE)
        number = uow.ledger.post(transfer, NOW).seq
        uow.commit()
    return number


def gave(giver: BuiltMember, to: BuiltMember, minutes: int) -> int:
    """The same to another member."""
    with unit_of_work() as uow:
        rules = uow.rulesets.in_force(to.place.id, NOW)
        account = member_account(uow, to.place.id, to.id, rules).number
        uow.commit()
    return moved(giver.place, giver, account, minutes)


def happened_to(place: BuiltPlace, ref: str) -> list[tuple[str, str]]:
    """What happened to a proposal, and by whom."""
    with reading() as uow:
        number = uow.hours_proposals.by_ref(place.id, ref).id
        return [(one.what, one.actor_name) for one in uow.audit.of("hours-proposal", number)]


class TestAGrant:
    def test_moves_nothing_before_a_second_person_allows_it(
        self, carol: BuiltMember, dan: BuiltMember, ann: BuiltMember
    ) -> None:
        asked = grant(carol, ann.ref)
        assert (asked.state, asked.receiver.ref, asked.receiver.name) == ("waiting", ann.ref, None)
        assert hours_of(ann).posted == 0
        allowed = decide(dan, asked.ref)
        assert (allowed.state, allowed.asked_by, allowed.decided_by) == (
            "allowed", carol.ref, dan.ref,
        )  # fmt: skip
        assert hours_of(ann).posted == 120
        in_order()
        assert happened_to(ann.place, asked.ref) == [
            ("hours-proposal.waiting", carol.ref), ("hours-proposal.allowed", dan.ref),
        ]  # fmt: skip

    def test_goes_to_a_pot(self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember) -> None:
        account = a_pot(place, 60)
        (pot,) = hours_proposals.pots_to_grant(actor=carol.actor, now=NOW)
        decide(dan, grant(carol, pot.ref or "").ref)
        with reading() as uow:
            assert uow.ledger.account(account).posted == 180

    def test_is_never_allowed_by_whoever_asked_for_it(
        self, carol: BuiltMember, ann: BuiltMember
    ) -> None:
        asked = grant(carol, ann.ref)
        assert asked.mine
        for allowing in (True, False):
            with pytest.raises(NotAllowed) as wrong:
                decide(carol, asked.ref, allowing=allowing)
            assert wrong.value.code == "second_person_same"
        assert hours_of(ann).posted == 0

    def test_is_never_for_or_by_a_party_to_it(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember, ann: BuiltMember
    ) -> None:
        with pytest.raises(NotAllowed):
            grant(carol, carol.ref)
        asked = grant(carol, dan.ref)
        with pytest.raises(NotAllowed) as wrong:
            decide(dan, asked.ref)
        assert wrong.value.code == "party_to_it"
        group = an_organisation(place)
        with unit_of_work() as uow:
            ref = uow.refs.new(place.id, "pot")
            uow.purses.open_pot(place.id, ref=ref, now=NOW, kind="fund", organisation_id=group.id)
            uow.commit()
        with pytest.raises(NotAllowed):
            grant(_also_custodian(group.owner), ref)

    def test_is_decided_once(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember, ann: BuiltMember
    ) -> None:
        asked, key = grant(carol, ann.ref), a_key()
        for _ in range(2):
            assert decide(dan, asked.ref, key=key).state == "allowed"
        with pytest.raises(WrongMoment):
            decide(a_custodian(place, "Eve Desk"), asked.ref, allowing=False)
        assert hours_of(ann).posted == 120

    def test_that_is_refused_moves_nothing_and_says_why(
        self, carol: BuiltMember, dan: BuiltMember, ann: BuiltMember
    ) -> None:
        asked = grant(carol, ann.ref)
        with pytest.raises(Invalid):
            decide(dan, asked.ref, allowing=False, words=" ")
        shown = decide(dan, asked.ref, allowing=False, words="Too much.")
        assert (shown.state, shown.decided_words) == ("refused", "Too much.")
        assert hours_of(ann).posted == 0

    def test_is_nothing_to_another_place(
        self, noise: BuiltPlace, carol: BuiltMember, ann: BuiltMember
    ) -> None:
        asked, theirs = grant(carol, ann.ref), a_custodian(noise)
        for now in (NOW, NOW + 15 * DAY):
            desk = hours_desk.desk(actor=theirs.actor, now=now)
            assert (desk.proposals, desk.ended) == ((), ())
        assert moderation.desk(actor=theirs.actor, now=NOW).hours_waiting == 0
        with pytest.raises(NotFound):
            decide(theirs, asked.ref)

    def test_lapses_after_a_fortnight(
        self, carol: BuiltMember, dan: BuiltMember, ann: BuiltMember
    ) -> None:
        asked = grant(carol, ann.ref)
        last = NOW + 14 * DAY
        assert moderation.desk(actor=dan.actor, now=last - DAY).hours_waiting == 1
        assert moderation.desk(actor=carol.actor, now=NOW).hours_waiting == 0
        desk = hours_desk.desk(actor=dan.actor, now=last)
        assert (desk.proposals, [one.state for one in desk.ended]) == ((), ["lapsed"])
        assert moderation.desk(actor=dan.actor, now=last).hours_waiting == 0
        with pytest.raises(WrongMoment):
            decide(dan, asked.ref, now=last)
        assert hours_of(ann).posted == 0
        assert hours_proposals.lapse(now=last - DAY) == 0
        assert [hours_proposals.lapse(now=last) for _ in range(2)] == [1, 0]
        assert happened_to(ann.place, asked.ref)[-1] == (
            "hours-proposal.lapsed", "lapse-hours-proposals",
        )  # fmt: skip

    @pytest.mark.parametrize("minutes", [0, -5, 1000 * 60 + 1])
    def test_is_of_a_length_that_can_be(
        self, carol: BuiltMember, ann: BuiltMember, minutes: int
    ) -> None:
        with pytest.raises(Invalid) as wrong:
            grant(carol, ann.ref, minutes)
        assert wrong.value.field == "minutes"

    def test_is_for_somebody_here(
        self, place: BuiltPlace, noise: BuiltPlace, carol: BuiltMember
    ) -> None:
        for ref in (a_member(noise).ref, an_organisation(place).ref, "ZZZZ", ""):
            with pytest.raises(Invalid) as wrong:
                grant(carol, ref)
            assert wrong.value.code == "grant_receiver_unknown"

    def test_is_the_custodians_alone(self, place: BuiltPlace, ann: BuiltMember) -> None:
        for role in (Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR, Role.COUNCILLOR):
            with pytest.raises(NotAllowed):
                grant(a_member(place, "Otto Other", roles=(role,)), ann.ref)


def _also_custodian(who: BuiltMember) -> BuiltMember:
    """The same person, who keeps the market too."""
    keeper = a_custodian(who.place, "Kim Keep")
    grants = (*who.actor.grants, *keeper.actor.grants)
    return replace(who, actor=replace(who.actor, grants=grants, second_factor=True))


class TestAReversal:
    def test_sends_the_hours_back(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember, ann: BuiltMember
    ) -> None:
        ben = a_member(place, "Ben Near")
        number = gave(ann, ben, 90)
        found = hours_proposals.movement(actor=carol.actor, number=number, now=NOW)
        assert (found.minutes, found.giver.ref, found.receiver.ref) == (90, ann.ref, ben.ref)
        asked = undo(carol, number)
        assert (asked.number, asked.giver.ref, asked.receiver.ref) == (number, ben.ref, ann.ref)
        decide(dan, asked.ref)
        assert (hours_of(ann).posted, hours_of(ben).posted) == (0, 0)
        in_order()
        with pytest.raises(WrongMoment) as wrong:
            undo(carol, number, words="And once more.")
        assert wrong.value.code == "already_reversed"

    def test_is_covered_by_a_pot_where_the_hours_are_spent_and_that_is_flagged(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember, ann: BuiltMember
    ) -> None:
        account = a_pot(place, 100)
        ben, cat = a_member(place, "Ben Near"), a_member(place, "Cat Far")
        number = gave(ann, ben, 90)
        gave(ben, cat, 360)  # and 30 of the five hours that he may owe are left
        decide(dan, undo(carol, number).ref)
        assert (hours_of(ann).posted, hours_of(ben).posted) == (0, -300)
        with reading() as uow:
            assert uow.ledger.account(account).posted == 100 - 60
        (flag,) = hours_desk.desk(actor=carol.actor, now=NOW).flags
        assert (flag.kind, flag.minutes) == ("covered", 60)
        in_order()

    def test_that_nobody_can_cover_waits_on(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember, ann: BuiltMember
    ) -> None:
        ben, cat = a_member(place, "Ben Near"), a_member(place, "Cat Far")
        number = gave(ann, ben, 90)
        gave(ben, cat, 360)
        asked = undo(carol, number)
        with pytest.raises(WrongMoment) as wrong:
            decide(dan, asked.ref)
        assert wrong.value.code == "reversal_not_covered"
        assert hours_proposals.show(actor=dan.actor, ref=asked.ref, now=NOW).state == "waiting"
        assert hours_of(ann).posted == -90

    def test_is_asked_for_once_at_a_time(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember, ann: BuiltMember
    ) -> None:
        number = gave(ann, a_member(place), 30)
        asked = undo(carol, number)
        with pytest.raises(WrongMoment) as wrong:
            undo(dan, number)
        assert wrong.value.code == "reversal_asked_already"
        again = undo(dan, number, now=NOW + 15 * DAY)
        assert again.ref != asked.ref
        shown = hours_proposals.show(actor=dan.actor, ref=asked.ref, now=NOW + 15 * DAY)
        assert (shown.state, shown.decided_by) == ("lapsed", None)

    def test_that_six_ask_for_at_once_is_asked_for_once(
        self, app: Flask, place: BuiltPlace, ann: BuiltMember
    ) -> None:
        number = gave(ann, a_member(place, "Ben Near"), 60)
        desk = [a_custodian(place, f"Carol {nth}") for nth in range(6)]
        came = at_once(app, [partial(undo, each, number) for each in desk])
        assert came == {"done": 1, "reversal_asked_already": 5}

    def test_is_never_of_ones_own_or_of_what_is_elsewhere(
        self, place: BuiltPlace, noise: BuiltPlace, carol: BuiltMember, ann: BuiltMember
    ) -> None:
        number = gave(ann, carol, 30)
        with pytest.raises(NotAllowed):
            undo(carol, number)
        other = gave(a_member(noise, "Nan Noise"), a_member(noise), 30)
        for unknown in (other, 0, 2**70):
            with pytest.raises(NotFound):
                undo(carol, unknown)

    def test_of_a_reversal_is_none(
        self, place: BuiltPlace, carol: BuiltMember, dan: BuiltMember, ann: BuiltMember
    ) -> None:
        decide(dan, undo(carol, gave(ann, a_member(place), 30)).ref)
        (line, *_) = hours.last(actor=ann.actor, count=1, now=NOW)
        with pytest.raises(WrongMoment) as wrong:
            undo(carol, line.seq)
        assert wrong.value.code == "not_reversible"


DECIDED = "state = 'refused', decided_at = asked_at, decided_words = 'No.'"
REFUSED_BY_HAND = {
    "the same person": (f"{DECIDED}, decided_by = asked_by", "two_people"),
    "nobody": (DECIDED, "decided"),
    "allowed without hours": (
        "state = 'allowed', decided_at = asked_at, decided_by = asked_by + 1", "moved",
    ),
    "a state of its own": ("state = 'done', decided_at = asked_at", "state"),
    "another length": ("minutes = minutes + 1", "once"),
    "another account": ("credit_id = debit_id, debit_id = credit_id", "once"),
}  # fmt: skip


class TestTheDatabase:
    @pytest.mark.parametrize("what", REFUSED_BY_HAND)
    def test_refuses_by_hand(self, carol: BuiltMember, ann: BuiltMember, what: str) -> None:
        grant(carol, ann.ref)
        change, said = REFUSED_BY_HAND[what]
        with unit_of_work() as uow, pytest.raises(DBAPIError) as refused:
            uow.session.execute(text(f"UPDATE hours_proposal SET {change}"))  # noqa: S608
        assert said in str(refused.value)

    def test_keeps_a_decision_as_it_is_and_lets_words_go(
        self, carol: BuiltMember, dan: BuiltMember, ann: BuiltMember
    ) -> None:
        decide(dan, grant(carol, ann.ref).ref, allowing=False)
        undecided = "state = 'waiting', decided_by = NULL, decided_at = NULL"
        for change in (undecided, "decided_at = asked_at", f"decided_by = {ann.id}"):
            with unit_of_work() as uow, pytest.raises(DBAPIError) as refused:
                uow.session.execute(text(f"UPDATE hours_proposal SET {change}"))  # noqa: S608
            assert "once" in str(refused.value)
        with unit_of_work() as uow:
            uow.session.execute(text("UPDATE hours_proposal SET words = '', decided_words = ''"))
            uow.commit()
