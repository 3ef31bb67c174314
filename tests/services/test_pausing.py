"""Pause me: nothing is asked, nothing is sent but what must be, and all of it comes back."""

from datetime import timedelta

import pytest

from enabler.domain.errors import Invalid, WrongMoment
from enabler.domain.vocabulary import (
    MatchState,
    MemberState,
    NeedState,
    OfferState,
    OutboxState,
    Priority,
)
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import needs, offers, pausing, rounds
from enabler.services._tell import tell
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_helper,
    a_member,
    an_organisation,
)
from tests.services.acting import state_of, told
from tests.services.deeds import a_key, accept, asks_of, post, the_ask
from tests.web.signing import deliver

DAY = timedelta(days=1)


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker", at=(600, 600))


@pytest.fixture
def ben(place: BuiltPlace) -> BuiltMember:
    return a_helper(place, "Ben Helper", "shopping")


def rest(
    who: BuiltMember, *kept: str, days: int | None = None, key: str | None = None
) -> pausing.PauseView:
    until = None if days is None else NOW + days * DAY
    return pausing.pause(
        actor=who.actor, until=until, kept=kept, key=key or a_key(), now=NOW
    )  # fmt: skip


def member_state(who: BuiltMember) -> MemberState:
    with reading() as uow:
        return uow.session.get_one(MemberRow, who.id).state


def offer_states(who: BuiltMember) -> list[OfferState]:
    with reading() as uow:
        return [offer.state for offer in uow.offers.all_of((who.id, None))]


def a_letter(who: BuiltMember, priority: Priority) -> bool:
    with unit_of_work() as uow:
        done = tell(
            uow, place_id=who.place.id, member_id=who.id, template="still_right",
            parameters={"offer": "ZZZZ"}, priority=priority, dedupe_key=a_key(), now=NOW,
        )  # fmt: skip
        uow.commit()
    return done


class TestWhoRests:
    def test_is_asked_for_nothing_and_what_they_offer_rests(
        self, ann: BuiltMember, ben: BuiltMember
    ) -> None:
        view = rest(ben)
        assert (view.paused, view.until) == (True, None)
        assert offer_states(ben) == [OfferState.PAUSED]
        post(ann)
        assert asks_of(ben) == []
        assert "ask" not in told(ben)

    def test_hands_on_what_they_were_asked_and_others_are_asked_at_once(
        self, place: BuiltPlace, ann: BuiltMember, ben: BuiltMember
    ) -> None:
        post(ann)
        ref = the_ask(ben)
        other = a_helper(place, "Olive Other", "shopping", at=(900, 900))
        rest(ben)
        assert state_of(ref) is MatchState.WITHDRAWN
        assert the_ask(other)
        assert "withdrawn" not in told(ben)

    def test_goes_where_they_said_they_would_and_is_told_of_that(
        self, ann: BuiltMember, ben: BuiltMember
    ) -> None:
        need = post(ann).ref
        ref = accept(ben).ref
        assert rest(ben).visits == 1
        assert state_of(ref) is MatchState.ACCEPTED
        needs.withdraw(actor=ann.actor, ref=need, key=a_key(), now=NOW)
        assert told(ben)[-1] == "withdrawn"

    def test_is_sent_codes_and_what_keeps_people_safe_and_nothing_else(
        self, ben: BuiltMember
    ) -> None:
        rest(ben)
        assert a_letter(ben, Priority.SAFETY)
        for priority in (Priority.MATCH, Priority.REMINDER, Priority.BULLETIN, Priority.ANSWER):
            assert not a_letter(ben, priority)

    def test_is_not_sent_what_was_queued_before(
        self, ann: BuiltMember, ben: BuiltMember, app: object
    ) -> None:
        post(ann)
        rest(ben)
        deliver(app)  # type: ignore[arg-type]
        with reading() as uow:
            rows = uow.session.query(OutboxRow).filter_by(member_id=ben.id).all()
        assert {row.state for row in rows} == {OutboxState.DROPPED}

    def test_says_which_needs_are_still_wanted(self, ann: BuiltMember, ben: BuiltMember) -> None:
        kept, gone = post(ann).ref, post(ann, "gardening", words="The hedge, please.").ref
        assert {one.ref for one in pausing.show(actor=ann.actor, now=NOW).needs} == {kept, gone}
        rest(ann, kept)
        with reading() as uow:
            states = [uow.needs.by_ref(None, ref).state for ref in (kept, gone)]
        assert states == [NeedState.OPEN, NeedState.WITHDRAWN]
        accept(ben)
        assert told(ann)[-1] == "accepted_asker"

    def test_neither_asks_nor_offers_before_they_are_back(self, ann: BuiltMember) -> None:
        rest(ann)
        with pytest.raises(WrongMoment, match="you_are_paused"):
            post(ann)
        pausing.come_back(actor=ann.actor, key=a_key(), now=NOW)
        assert post(ann)

    def test_chooses_another_day_and_no_day_that_is_past(self, ben: BuiltMember) -> None:
        rest(ben)
        assert rest(ben, days=3).until == NOW + 3 * DAY
        assert offer_states(ben) == [OfferState.PAUSED]
        with pytest.raises(Invalid, match="day_is_past"):
            rest(ben, days=-1)
        with pytest.raises(Invalid, match="window_too_far_ahead"):
            rest(ben, days=2_000)

    def test_presses_twice_and_rests_once(self, ben: BuiltMember) -> None:
        key = a_key()
        assert rest(ben, key=key) == rest(ben, key=key)

    def test_leaves_no_organisation_without_a_lead(self, place: BuiltPlace) -> None:
        pantry = an_organisation(place, "The Pantry")
        with pytest.raises(WrongMoment, match="pause_leads_alone"):
            rest(pantry.owner)


class TestComingBack:
    def test_opens_what_rested_and_nothing_that_had_been_paused_by_hand(
        self, place: BuiltPlace, ann: BuiltMember, ben: BuiltMember
    ) -> None:
        mine = a_helper(place, "Tess Two", "shopping", "gardening")
        with reading() as uow:
            first = uow.offers.all_of((mine.id, None))[0]
        offers.pause(actor=mine.actor, ref=first.ref, key=a_key(), now=NOW)
        rest(mine)
        pausing.come_back(actor=mine.actor, key=a_key(), now=NOW)
        assert offer_states(mine) == [OfferState.PAUSED]
        rest(ben)
        pausing.come_back(actor=ben.actor, key=a_key(), now=NOW)
        assert (member_state(ben), offer_states(ben)) == (MemberState.ACTIVE, [OfferState.OPEN])
        with reading() as uow:
            assert uow.pauses.of(ben.id) is None

    def test_a_need_that_waited_meanwhile_asks_them(
        self, ann: BuiltMember, ben: BuiltMember
    ) -> None:
        rest(ben)
        post(ann)
        pausing.come_back(actor=ben.actor, key=a_key(), now=NOW)
        rounds.work_due_needs(now=NOW)
        assert asks_of(ben)

    def test_comes_by_itself_on_their_day_and_they_are_told(self, ben: BuiltMember) -> None:
        rest(ben, days=3)
        assert pausing.come_back_due(now=NOW + 2 * DAY) == 0
        assert member_state(ben) is MemberState.PAUSED
        assert pausing.come_back_due(now=NOW + 3 * DAY) == 1
        assert pausing.come_back_due(now=NOW + 3 * DAY) == 0
        assert (member_state(ben), offer_states(ben)) == (MemberState.ACTIVE, [OfferState.OPEN])
        assert told(ben)[-1] == "pause_over"

    def test_lifts_no_suspension(self, place: BuiltPlace, ben: BuiltMember) -> None:
        rest(ben, days=1)
        with unit_of_work() as uow:
            uow.members.change(ben.id, state=MemberState.SUSPENDED)
            uow.commit()
        pausing.come_back_due(now=NOW + DAY)
        assert member_state(ben) is MemberState.SUSPENDED
