"""What an answer does: yes, no, too late, not after all."""

from datetime import datetime, timedelta

import pytest

from enabler.domain.errors import (
    AlreadyFilled,
    Invalid,
    LimitReached,
    NotAllowed,
    NotFound,
    WrongMoment,
)
from enabler.domain.vocabulary import CredentialKind, MatchState, NeedState, NextStep
from enabler.domain.windows import Window
from enabler.persistence.givers import PRIOR_ASKS, PRIOR_YES
from enabler.persistence.tables.audit import AuditRow, AuditValueRow
from enabler.persistence.tables.members import BlockRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import matches, needs, offers, rounds
from enabler.services.views import MatchView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_place,
    an_offer,
    an_organisation,
    check_ends,
)
from tests.services.deeds import a_key, accept, asks_of, decline, post, the_ask
from tests.services.test_asking import texts

HOUR = timedelta(hours=1)


def release(who: BuiltMember, ref: str, now: datetime = NOW) -> MatchView:
    return matches.release(actor=who.actor, match_ref=ref, key=a_key(), now=now)


class TestAYes:
    def test_fills_the_need_and_tells_both_sides_and_the_others(self, place: BuiltPlace) -> None:
        asker = a_member(place)
        winner, other = a_helper(place, "Win"), a_helper(place, "Oth")
        need = post(asker)

        accept(winner)

        shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW)
        assert (shown.state, shown.next_step) == (NeedState.FILLED, NextStep.ARRANGE)
        assert len(texts("accepted_asker", asker.id)) == 1
        assert len(texts("accepted_helper", winner.id)) == 1
        assert len(texts("filled", other.id)) == 1
        assert asks_of(other) == []

    def test_for_one_of_two_slots_leaves_the_need_open(self, place: BuiltPlace) -> None:
        asker, one, other = a_member(place), a_helper(place, "One"), a_helper(place, "Oth")
        need = post(asker, slots=2)
        accept(one)
        shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW)
        assert (shown.state, shown.slots_filled) == (NeedState.OPEN, 1)
        accept(other)
        shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW)
        assert (shown.state, shown.slots_filled) == (NeedState.FILLED, 2)

    def test_too_late_is_told_so_and_kept(self, place: BuiltPlace) -> None:
        winner, late = a_helper(place, "Win"), a_helper(place, "Lat")
        post(a_member(place))
        ref, key = the_ask(late), a_key()
        accept(winner)
        for _ in range(2):  # the same key, the same answer
            with pytest.raises(AlreadyFilled):
                matches.accept(actor=late.actor, match_ref=ref, key=key, now=NOW)
        with reading() as uow:
            kept = uow.matches.by_ref(place.id, ref)
        assert (kept.state, kept.is_reserve) == (MatchState.LAPSED, True)

    def test_after_the_time_to_answer_still_counts_while_a_slot_is_free(
        self, place: BuiltPlace
    ) -> None:
        helper = a_helper(place)
        post(a_member(place))
        ref, later = the_ask(helper), NOW + 3 * HOUR
        assert rounds.lapse_asks(now=later) == 1
        assert rounds.lapse_asks(now=later) == 0
        assert accept(helper, ref, later).state is MatchState.ACCEPTED

    def test_after_the_time_to_answer_and_after_another_is_kept_too(
        self, place: BuiltPlace
    ) -> None:
        winner, late = a_helper(place, "Win"), a_helper(place, "Lat")
        post(a_member(place))
        refs, later = [the_ask(one) for one in (winner, late)], NOW + 3 * HOUR
        assert rounds.lapse_asks(now=later) == 2
        accept(winner, refs[0], later)
        with pytest.raises(AlreadyFilled):
            accept(late, refs[1], later)
        with reading() as uow:
            assert uow.matches.by_ref(place.id, refs[1]).is_reserve
            loads = uow.supply.loads([late.id], later)
        assert loads[late.id].acceptance == (1 + PRIOR_YES) / (1 + PRIOR_ASKS)

    def test_is_the_askeds_own_to_give(self, place: BuiltPlace) -> None:
        asker, helper = a_member(place), a_helper(place)
        post(asker)
        ref = the_ask(helper)
        for other in (asker, a_helper(place, "Olga"), a_custodian(place)):
            with pytest.raises(NotAllowed):
                accept(other, ref)
        with pytest.raises(NotFound):
            accept(a_member(a_place("farham", area="LL", west=100_000)), ref)

    def test_for_an_organisation_is_its_leads_to_give(self, place: BuiltPlace) -> None:
        pantry, other = an_organisation(place), an_organisation(place, "Other Pantry")
        an_offer(pantry)
        post(a_member(place))
        ref = the_ask(pantry.owner)
        with pytest.raises(NotAllowed):
            accept(other.owner, ref)
        assert accept(pantry.owner, ref).side == "helper"

    def test_twice_is_too_much(self, place: BuiltPlace) -> None:
        helper = a_helper(place)
        post(a_member(place))
        ref = accept(helper).ref
        with pytest.raises(WrongMoment):
            accept(helper, ref)

    def test_no_longer_counts_without_the_checks_or_against_a_wish(self, place: BuiltPlace) -> None:
        lapsed, blocked = a_helper(place, "Lap"), a_helper(place, "Blo")
        asker = a_member(place)
        post(asker)
        check_ends(lapsed, NOW - HOUR)
        with unit_of_work() as uow:
            uow.session.add(
                BlockRow(place_id=place.id, member_id=blocked.id, blocked_id=asker.id, since=NOW)
            )
            uow.commit()
        with pytest.raises(NotAllowed) as wrong:
            accept(lapsed)
        assert wrong.value.code == "credential_missing"
        with pytest.raises(NotAllowed):
            accept(blocked)

    def test_is_refused_beyond_the_offers_room_of_the_week(self, place: BuiltPlace) -> None:
        helper = a_helper(place, capacity=1)
        for number in range(2):
            post(a_member(place, f"Ann {number}"))
        first, second = (ask.ref for ask in asks_of(helper))
        accept(helper, first)
        with pytest.raises(LimitReached) as wrong:
            accept(helper, second)
        assert wrong.value.facts["until"] == NOW.replace(day=16, hour=0)  # the next Monday

    def test_is_not_taken_for_an_ended_offer(self, place: BuiltPlace) -> None:
        helper = a_member(place, "Hal")
        offer = an_offer(helper)
        post(a_member(place))
        ref = the_ask(helper)
        offers.end(actor=helper.actor, ref=offer, key=a_key(), now=NOW)
        with pytest.raises(WrongMoment):
            accept(helper, ref)


class TestANo:
    def test_is_final_and_its_words_lie_apart(self, place: BuiltPlace) -> None:
        helper = a_helper(place)
        post(a_member(place))
        ref = the_ask(helper)
        matches.decline(actor=helper.actor, match_ref=ref, words="Ill in bed", key=a_key(), now=NOW)
        with pytest.raises(WrongMoment):
            accept(helper, ref)
        with reading() as uow:
            rows = uow.session.query(AuditRow).filter_by(what="match.declined").all()
            assert [(row.state_before, row.state_after) for row in rows] == [("asked", "declined")]
            assert "Ill" not in repr([vars(row) for row in uow.session.query(AuditRow)])
            (words,) = uow.session.query(AuditValueRow).filter_by(audit_id=rows[0].id)
            assert (words.member_id, words.new) == (helper.id, "Ill in bed")

    def test_with_too_many_words_is_refused_at_its_field(self, place: BuiltPlace) -> None:
        helper = a_helper(place)
        post(a_member(place))
        with pytest.raises(Invalid) as wrong:
            matches.decline(
                actor=helper.actor, match_ref=the_ask(helper), words="x" * 2001, key=a_key(),
                now=NOW,
            )  # fmt: skip
        assert wrong.value.field == "words"


class TestAReleaseByTheHelper:
    def test_frees_the_slot_and_asks_others(self, place: BuiltPlace) -> None:
        asker, first = a_member(place), a_helper(place, "Fir")
        need = post(asker)
        yes = accept(first)
        spare = a_helper(place, "Spa")

        release(first, yes.ref)

        shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW)
        assert (shown.state, shown.slots_filled) == (NeedState.OPEN, 0)
        assert shown.next_step_at is not None
        assert shown.next_step_at > NOW
        assert len(texts("released", asker.id)) == 1
        assert accept(spare).state is MatchState.ACCEPTED

    def test_asks_those_first_who_said_yes_too_late(self, place: BuiltPlace) -> None:
        winner, late, silent = (a_helper(place, name) for name in ("Win", "Lat", "Sil"))
        post(a_member(place))
        ref = the_ask(late)
        yes = accept(winner)
        with pytest.raises(AlreadyFilled):
            accept(late, ref)

        release(winner, yes.ref, NOW + HOUR)

        assert the_ask(late) == ref
        assert asks_of(silent) == []
        assert len(texts("ask", late.id)) == 2
        assert accept(late).state is MatchState.ACCEPTED

    def test_never_asks_that_helper_again(self, place: BuiltPlace) -> None:
        helper = a_helper(place)
        post(a_member(place))
        release(helper, accept(helper).ref)
        assert asks_of(helper) == []

    def test_when_the_time_is_over_asks_nobody(self, place: BuiltPlace) -> None:
        asker, helper = a_member(place), a_helper(place)
        need = post(asker, windows=(Window(NOW + HOUR, NOW + 2 * HOUR),))
        yes, later = accept(helper), NOW + 3 * HOUR
        matches.release(actor=helper.actor, match_ref=yes.ref, key=a_key(), now=later)
        shown = needs.show(actor=asker.actor, ref=need.ref, now=later)
        assert (shown.state, shown.next_step) == (NeedState.OPEN, NextStep.CHASE)


class TestAReleaseByTheAsker:
    def test_tells_the_helper_and_ends_what_they_may_know(self, place: BuiltPlace) -> None:
        asker, helper = a_member(place), a_helper(place)
        post(asker)
        yes = accept(helper)
        release(asker, yes.ref)
        assert len(texts("released_helper", helper.id)) == 1
        after = matches.show(actor=helper.actor, ref=yes.ref, now=NOW)
        assert (after.state, after.ended_because) == (MatchState.RELEASED, "released_by_asker")
        assert (after.other_name, after.address, after.postcode) == (None, None, None)


def test_credentials_are_those_of_whoever_gives(place: BuiltPlace) -> None:
    """An organisation's checks are its own, not its owner's."""
    unchecked = an_organisation(place, "Unchecked", credentials=())
    an_offer(unchecked)
    checked = an_organisation(place, "Checked", credentials=[CredentialKind.IDENTITY])
    an_offer(checked)
    need = post(a_member(place))
    assert need.asked == 1
    assert the_ask(checked.owner)
    decline(checked.owner)
