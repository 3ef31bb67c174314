"""An organisation asks for help: whose the need is, who is asked, who reads what and who hears."""

from datetime import timedelta

import pytest

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.recurrence import Repeat
from enabler.domain.vocabulary import MatchState, NeedState, OrganisationState, Role
from enabler.domain.windows import Weekly
from enabler.persistence.tables.members import BlockRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import (
    board,
    calendars,
    conversations,
    keeping_apart,
    laws,
    lists,
    matches,
    mine,
    needs,
)
from enabler.services.views import NeedView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_helper,
    an_offer,
    an_organisation,
)
from tests.services.acting import acting, refreshed, staffed, told
from tests.services.deeds import a_key, accept, asks_of, post, the_ask

HOUR = timedelta(hours=1)
DOOR = "2 Market Row"


@pytest.fixture
def cafe(place: BuiltPlace) -> BuiltOrganisation:
    """A café with a door."""
    made = an_organisation(place, "Copper Kettle")
    with unit_of_work() as uow:
        uow.organisations.change(made.id, postcode=place.postcode_at(600, 600), address=DOOR)
        uow.commit()
    return made


def ask_for(cafe: BuiltOrganisation, who: BuiltMember | None = None, **draft: object) -> NeedView:
    """Somebody asks for the café."""
    return post(who or cafe.owner, organisation_ref=cafe.ref, **draft)  # type: ignore[arg-type]


def shown(who: BuiltMember, ref: str) -> NeedView:
    """The need as somebody sees it."""
    return needs.show(actor=who.actor, ref=ref, now=NOW)


class TestWhoeverLeads:
    def test_asks_at_its_door_and_all_who_lead_see_it(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        people = staffed(place, cafe)
        need = ask_for(cafe, people["coordinator"])
        for lead in (cafe.owner, people["coordinator"]):
            seen = shown(lead, need.ref)
            assert (seen.mine, seen.organisation, seen.address) == (True, "Copper Kettle", DOOR)
            found = board.board(actor=lead.actor, ref=cafe.ref, now=NOW)
            assert [one.ref for one in found.asked] == [need.ref]
            assert mine.everything(actor=lead.actor, now=NOW).needs == ()
            assert lists.needs(actor=lead.actor, before=None, limit=9, now=NOW).found == ()

    def test_alone_asks_and_answers_for_it(
        self, place: BuiltPlace, noise: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        people, other = staffed(place, cafe), an_organisation(place, "The Other")
        need = ask_for(cafe)
        outside = (people["helper"], people["stranger"], other.owner)
        for who in outside:
            for act in (
                lambda who=who: ask_for(cafe, who), lambda who=who: shown(who, need.ref),
                lambda who=who: withdraw(who, need.ref),
            ):  # fmt: skip
                with pytest.raises(NotAllowed):
                    act()
        with pytest.raises(NotFound):
            ask_for(cafe, an_organisation(noise, "Elsewhere").owner)
        with pytest.raises(NotFound):
            shown(an_organisation(noise, "Elsewhere").owner, need.ref)
        found = board.board(actor=people["helper"].actor, ref=cafe.ref, now=NOW)
        assert (found.asked, found.may_ask) == ((), False)
        assert withdraw(people["coordinator"], need.ref).state is NeedState.WITHDRAWN

    def test_is_not_who_wrote_it_down_once_they_have_left(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        lead = staffed(place, cafe)["coordinator"]
        helper, need = a_helper(place), ask_for(cafe, lead)
        ref = asked_of(helper, need)
        assert accept(helper, ref).other_name == "Cora"
        with unit_of_work() as uow:
            uow.colleagues.end_role(cafe.id, lead.id, NOW)
            uow.commit()
        left = refreshed(lead)
        for act in (
            lambda: shown(left, need.ref),
            lambda: matches.show(actor=left.actor, ref=ref, now=NOW),
            lambda: say(left, ref),
            lambda: matches.release(actor=left.actor, match_ref=ref, key=a_key(), now=NOW),
        ):
            with pytest.raises(NotAllowed):
                act()
        seen = matches.show(actor=helper.actor, ref=ref, now=NOW)
        assert (seen.other_name, seen.asking, seen.address) == (None, "Copper Kettle", DOOR)

    def test_may_ask_for_a_spot_elsewhere_and_change_it(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        spot = {"at_home": False, "postcode": place.postcode_at(1500, 500), "address": "The hall"}
        need = ask_for(cafe, **spot)
        assert shown(cafe.owner, need.ref).address == "The hall"
        found = needs.to_change(actor=cafe.owner.actor, ref=need.ref, now=NOW)
        assert (found.draft.organisation_ref, found.draft.at_home) == (cafe.ref, False)
        back = needs.NeedDraft(category="shopping", words="At ours, please.")
        needs.change(
            actor=cafe.owner.actor, ref=need.ref, draft=back, version=1, key=a_key(), now=NOW
        )
        seen = shown(cafe.owner, need.ref)
        assert (seen.address, seen.organisation) == (DOOR, "Copper Kettle")

    def test_does_not_ask_while_it_is_not_open_nor_for_one_time_every_week(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        every = Repeat((Weekly(3, 600, 660),), (NOW + timedelta(days=30)).date())
        draft = needs.NeedDraft("shopping", "Milk.", organisation_ref=cafe.ref, every=every)
        with pytest.raises(Invalid, match="every_is_a_series"):
            needs.post(actor=cafe.owner.actor, draft=draft, key=a_key(), now=NOW)
        for state in (OrganisationState.HELD, OrganisationState.SUSPENDED):
            with unit_of_work() as uow:
                uow.organisations.change(cafe.id, state=state)
                uow.commit()
            with pytest.raises(WrongMoment, match="organisation_not_active"):
                ask_for(cafe)


class TestWhoIsAsked:
    def test_is_nobody_of_its_own_nor_itself_nor_whoever_keeps_apart(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        people = staffed(place, cafe)
        an_offer(cafe, capacity=50)
        for name in ("owner", "helper", "coordinator"):
            an_offer(people[name])
        foe, friend = a_helper(place, "Fay Foe"), a_helper(place, "Fred Friend")
        with unit_of_work() as uow:
            uow.session.add(BlockRow(
                place_id=place.id, member_id=foe.id, blocked_id=people["coordinator"].id, since=NOW
            ))  # fmt: skip
            uow.commit()
        second = an_organisation(place, "Second Pantry")
        acting(people["helper"], second, Role.ORGANISATION_COORDINATOR)
        an_offer(second)
        need = ask_for(cafe)
        with reading() as uow:
            asked = uow.matches.of_need(uow.needs.by_ref(place.id, need.ref).id)
            givers = {uow.offers.by_id(one.offer_id).member_id for one in asked}
            theirs = {uow.offers.by_id(one.offer_id).organisation_id for one in asked}
        assert givers == {None, friend.id}
        assert theirs == {None, second.id}
        assert not [row for row in told(people["helper"]) if row == "ask"]
        assert "ask" in told(second.owner)

    def test_is_told_of_the_engine_that_keeps_its_own_from_it(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        an_offer(cafe, capacity=50)
        for who in staffed(place, cafe).values():
            an_offer(who)
        need = ask_for(cafe)
        with reading() as uow:
            last = uow.considerations.last_of(uow.needs.by_ref(place.id, need.ref).id)
        assert last is not None
        assert (last.refused["blocked"], len(last.asked)) == (4, 1)

    def test_cannot_say_yes_once_they_act_for_it(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        helper = a_helper(place)
        ref = asked_of(helper, ask_for(cafe))
        joined = acting(helper, cafe, Role.ORGANISATION_HELPER)
        with pytest.raises(NotAllowed):
            accept(joined, ref)

    def test_is_whoever_would_be_for_anybody_else(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        """Who lives with one of its people may help: it is not their household's need."""
        same_roof = a_helper(place, "Rita Roof", home_id=cafe.owner.home_id)
        need = ask_for(cafe)
        assert asked_of(same_roof, need)


class TestWhatWasAgreed:
    def test_goes_all_the_way_and_any_lead_may_confirm(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        lead, helper = staffed(place, cafe)["coordinator"], a_helper(place)
        ref = asked_of(helper, ask_for(cafe))
        before = matches.show(actor=helper.actor, ref=ref, now=NOW)
        assert (before.asking, before.other_name, before.address) == ("Copper Kettle", None, None)
        accept(helper, ref)
        assert {told(who)[-1] for who in (cafe.owner, lead)} == {"accepted_asker"}
        seen = matches.show(actor=lead.actor, ref=ref, now=NOW)
        assert (seen.side, seen.other_name) == ("asker", "Hal")
        start = NOW + 3 * HOUR
        meeting = conversations.Meeting(start, start + HOUR)
        conversations.propose(
            actor=helper.actor, match_ref=ref, meeting=meeting, key=a_key(), now=NOW
        )
        agree(lead, ref)
        say(cafe.owner, ref)
        assert "wrote" in told(helper)
        assert calendars.of_visit(actor=lead.actor, match_ref=ref, now=NOW).visits
        matches.done(actor=lead.actor, match_ref=ref, minutes=30, key=a_key(), now=start)
        with pytest.raises(NotAllowed):  # its own side said so
            matches.confirm(actor=cafe.owner.actor, match_ref=ref, key=a_key(), now=start)
        done = matches.confirm(actor=helper.actor, match_ref=ref, key=a_key(), now=start)
        assert done.state is MatchState.CONFIRMED

    def test_is_confirmed_by_a_lead_when_the_helper_said_it(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        lead, helper = staffed(place, cafe)["coordinator"], a_helper(place)
        ref = accept(helper, asked_of(helper, ask_for(cafe))).ref
        matches.done(actor=helper.actor, match_ref=ref, minutes=30, key=a_key(), now=NOW)
        assert {told(who)[-1] for who in (cafe.owner, lead)} == {"done_asker"}
        done = matches.confirm(actor=lead.actor, match_ref=ref, key=a_key(), now=NOW)
        assert done.state is MatchState.CONFIRMED

    def test_can_be_given_back_by_either_side(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        lead, helper = staffed(place, cafe)["coordinator"], a_helper(place)
        ref = accept(helper, asked_of(helper, ask_for(cafe))).ref
        matches.release(actor=lead.actor, match_ref=ref, key=a_key(), now=NOW)
        assert told(helper)[-1] == "released_helper"

    def test_is_between_nobody_whom_one_could_keep_apart(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        helper = a_helper(place)
        ref = accept(helper, asked_of(helper, ask_for(cafe))).ref
        for who in (helper, cafe.owner):
            with pytest.raises(WrongMoment, match="have_not_met"):
                keeping_apart.keep_apart(actor=who.actor, match_ref=ref, key=a_key(), now=NOW)

    def test_keeps_all_laws(self, place: BuiltPlace, cafe: BuiltOrganisation) -> None:
        helper = a_helper(place)
        asked_of(helper, ask_for(cafe))
        assert closed_though_matched() == 0
        with unit_of_work() as uow:
            uow.organisations.change(cafe.id, state=OrganisationState.SUSPENDED)
            uow.commit()
        assert closed_though_matched() == 1


def closed_though_matched() -> int:
    """How often law 6 is broken: what waits of things and people that are closed."""
    found = [one for one in laws.check(now=NOW) if one.law == 6]
    return sum(one.count for one in found)


def asked_of(helper: BuiltMember, need: NeedView) -> str:
    """The match by which a helper is asked for this need."""
    (found,) = [one.ref for one in asks_of(helper) if one.need_ref == need.ref]
    return found


def withdraw(who: BuiltMember, ref: str) -> NeedView:
    """Somebody takes the need back."""
    return needs.withdraw(actor=who.actor, ref=ref, key=a_key(), now=NOW)


def say(who: BuiltMember, ref: str) -> None:
    """Somebody writes a line."""
    conversations.say(actor=who.actor, match_ref=ref, words="Hello.", key=a_key(), now=NOW)


def agree(who: BuiltMember, ref: str) -> None:
    """Somebody says yes to the first time that was proposed."""
    conversations.agree(actor=who.actor, match_ref=ref, number=1, key=a_key(), now=NOW)


def test_a_members_own_need_at_home_is_not_the_organisations(
    place: BuiltPlace, cafe: BuiltOrganisation
) -> None:
    ask_for(cafe)
    own = post(cafe.owner)
    assert own.repeats_ref is None
    assert [one.ref for one in mine.everything(actor=cafe.owner.actor, now=NOW).needs] == [own.ref]
    assert ask_for(cafe).repeats_ref is not None  # for the same door, it is


def test_nobody_is_asked_twice_by_name(place: BuiltPlace, cafe: BuiltOrganisation) -> None:
    helper = a_helper(place)
    ask_for(cafe)
    assert the_ask(helper)
