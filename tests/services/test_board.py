"""An organisation's board: what is asked of it, what it said yes to, and who goes."""

from datetime import timedelta

import pytest

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.vocabulary import MatchState
from enabler.domain.windows import Window
from enabler.doors.wiring import wiring
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.messages import SimulatedMessageRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import board, conversations, matches, messages
from enabler.services.views import BoardView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.acting import assign, goes_to, said_yes, staffed, state_of, told
from tests.services.deeds import a_key, accept, post, the_ask

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def pantry(place: BuiltPlace) -> BuiltOrganisation:
    """An organisation that does shopping."""
    made = an_organisation(place)
    an_offer(made, capacity=50)
    return made


def another_pantry(place: BuiltPlace) -> BuiltOrganisation:
    """One more, which has not been asked before."""
    made = an_organisation(place, "Second Pantry")
    an_offer(made, capacity=50)
    return made


def shown(who: BuiltMember, pantry: BuiltOrganisation, only: str = "all") -> BoardView:
    """The board as somebody sees it."""
    return board.board(actor=who.actor, ref=pantry.ref, only=only, now=NOW)


def refs(found: BoardView) -> set[str]:
    """What is on it by day."""
    return {one.ref for _day, rows in found.days for one in rows}


def hand_back(who: BuiltMember, match: str) -> None:
    """They cannot go."""
    board.hand_back(
        actor=who.actor, match_ref=match, words="A cold.", key=a_key(), now=NOW
    )  # fmt: skip


class TestWhoeverLeads:
    def test_sees_what_waits_and_what_was_agreed_by_day(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        today = said_yes(a_member(place, "Ann"), pantry, windows=(Window(NOW, NOW + 3 * HOUR),))
        later = said_yes(
            a_member(place, "Bob"), pantry, windows=(Window(NOW + 9 * DAY, NOW + 9 * DAY + HOUR),)
        )
        post(a_member(place, "Cyd"))
        waits = the_ask(pantry.owner)
        found = shown(pantry.owner, pantry)
        assert [one.ref for one in found.asks] == [waits]
        assert [str(day) for day, _ in found.days] == ["2026-03-10", "2026-03-19"]
        assert {name: refs(shown(pantry.owner, pantry, name)) for name in board.SHOWN} == {
            "all": {today, later}, "today": {today}, "week": {today}, "nobody": {today, later},
        }  # fmt: skip
        assert all(one.goes == "Olive" for _day, rows in found.days for one in rows)

    def test_reads_no_name_of_who_asks(self, place: BuiltPlace, pantry: BuiltOrganisation) -> None:
        asker = a_member(place, "Annabel", address="77 Hidden Lane")
        match, people = said_yes(asker, pantry), staffed(place, pantry)
        assign(pantry.owner, match, people["helper"])
        matches.arrange(
            actor=asker.actor, match_ref=match, start=NOW + HOUR, end=NOW + 2 * HOUR,
            words="Ring at 77 Hidden Lane.", key=a_key(), now=NOW,
        )  # fmt: skip
        for lead in (pantry.owner, people["coordinator"]):
            for found in (
                shown(lead, pantry), matches.show(actor=lead.actor, ref=match, now=NOW),
                board.assignable(actor=lead.actor, match_ref=match, now=NOW),
            ):  # fmt: skip
                assert "Annabel" not in repr(found)
                assert "Hidden Lane" not in repr(found)

    def test_lets_those_who_lead_say_who_goes_and_nobody_else(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        match, people = said_yes(a_member(place), pantry), staffed(place, pantry)
        assign(pantry.owner, match, people["helper"])
        for who, may in ((pantry.owner, {"assign"}), (people["helper"], set())):
            (entry,) = (one for _, rows in shown(who, pantry).days for one in rows)
            assert entry.may == may
            leads = matches.show(actor=who.actor, ref=match, now=NOW).may & {"assign", "release"}
            assert leads == (may | {"release"} if may else set())

    def test_leaves_a_sight_of_each_colleague(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        people = staffed(place, pantry)
        shown(people["coordinator"], pantry)
        with reading() as uow:
            seen = uow.session.query(SightRow).filter_by(viewer=people["coordinator"].ref).all()
        assert {row.member_id for row in seen} == {pantry.owner.id, people["helper"].id}


class TestWhoeverGoes:
    def test_is_told_and_alone_learns_where(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        people, asker = staffed(place, pantry), a_member(place, "Ann", address="12 North Street")
        match = said_yes(asker, pantry)
        assign(people["coordinator"], match, people["helper"])
        seen = matches.show(actor=people["helper"].actor, ref=match, now=NOW)
        assert (seen.other_name, seen.address) == ("Ann", "12 North Street")
        owners = matches.show(actor=pantry.owner.actor, ref=match, now=NOW)
        assert (owners.other_name, owners.address) == (None, None)
        assert matches.show(actor=asker.actor, ref=match, now=NOW).other_name == "Hetty"
        assert told(people["helper"]) == ["assigned"]
        assert told(pantry.owner)[-1] == "stood_down"
        assert told(asker)[-1] == "other_helper"

    def test_sees_what_is_theirs_alone(self, place: BuiltPlace, pantry: BuiltOrganisation) -> None:
        helper = staffed(place, pantry)["helper"]
        mine, other = (said_yes(a_member(place, name), pantry) for name in ("Ann", "Bob"))
        post(a_member(place, "Cyd"))
        assign(pantry.owner, mine, helper)
        found = shown(helper, pantry)
        assert (refs(found), found.asks, found.leads) == ({mine}, (), False)
        assert "Olive" not in repr(found)
        for act in (
            lambda: matches.show(actor=helper.actor, ref=other, now=NOW),
            lambda: assign(helper, mine, helper),
            lambda: matches.release(actor=helper.actor, match_ref=mine, key=a_key(), now=NOW),
            lambda: accept(helper, the_ask(pantry.owner)),
            lambda: board.assignable(actor=helper.actor, match_ref=mine, now=NOW),
        ):
            with pytest.raises(NotAllowed):
                act()

    def test_does_it_and_the_asker_confirms(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        helper, asker = staffed(place, pantry)["helper"], a_member(place, "Ann")
        match = said_yes(asker, pantry)
        assign(pantry.owner, match, helper)
        matches.done(actor=helper.actor, match_ref=match, minutes=30, key=a_key(), now=NOW)
        assert [one.ref for one in shown(pantry.owner, pantry).finished] == [match]
        matches.confirm(actor=asker.actor, match_ref=match, key=a_key(), now=NOW)
        assert state_of(match) is MatchState.CONFIRMED

    def test_may_hand_it_back_and_the_yes_stands(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        helper, asker = staffed(place, pantry)["helper"], a_member(place, "Ann")
        match = said_yes(asker, pantry)
        assign(pantry.owner, match, helper)
        for other in (asker, pantry.owner):
            with pytest.raises(NotAllowed):
                hand_back(other, match)
        hand_back(helper, match)
        assert (goes_to(match), state_of(match)) == (None, MatchState.ACCEPTED)
        assert told(pantry.owner)[-1] == "handed_back"
        with pytest.raises(NotAllowed):
            matches.show(actor=helper.actor, ref=match, now=NOW)
        assert matches.show(actor=asker.actor, ref=match, now=NOW).other_name is None
        assign(pantry.owner, match, pantry.owner)
        assert matches.show(actor=pantry.owner.actor, ref=match, now=NOW).address

    def test_hears_what_those_who_lead_change(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        helper, asker = staffed(place, pantry)["helper"], a_member(place, "Ann")
        match = said_yes(asker, pantry)

        def arrange(who: BuiltMember, hours: int) -> None:
            start = NOW + hours * HOUR
            matches.arrange(
                actor=who.actor, match_ref=match, start=start, end=start + HOUR, key=a_key(),
                now=NOW,
            )  # fmt: skip

        assign(pantry.owner, match, helper)
        arrange(pantry.owner, 3)
        assert (told(helper)[-1], told(asker)[-1]) == ("arranged", "arranged")
        matches.release(actor=pantry.owner.actor, match_ref=match, key=a_key(), now=NOW)
        assert told(helper)[-1] == "released_helper"
        assert "released" in told(asker)
        match = said_yes(asker, pantry := another_pantry(place))
        assign(pantry.owner, match, pantry.owner)
        hand_back(pantry.owner, match)
        arrange(asker, 5)
        assert told(pantry.owner)[-1] == "handed_back"

    def test_is_one_of_the_organisation_and_not_who_asks(
        self, place: BuiltPlace, pantry: BuiltOrganisation, noise: BuiltPlace
    ) -> None:
        people = staffed(place, pantry)
        match = said_yes(people["helper"], pantry)  # somebody of the pantry asks, too
        with pytest.raises(Invalid) as refused:
            assign(pantry.owner, match, people["helper"])
        assert (refused.value.field, refused.value.code) == ("who", "colleague_apart")
        for who in (people["stranger"], an_organisation(noise, "Their Own").owner):
            with pytest.raises(NotFound):
                assign(pantry.owner, match, who)
        with pytest.raises(NotAllowed):
            assign(an_organisation(place, "The Other").owner, match, people["coordinator"])
        found = board.assignable(actor=pantry.owner.actor, match_ref=match, now=NOW)
        assert {one.name for one in found.people} == {"Olive", "Cora"}

    def test_is_chosen_for_what_is_agreed_and_not_over(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        helper = staffed(place, pantry)["helper"]
        post(a_member(place, "Ann"))
        match = the_ask(pantry.owner)
        with pytest.raises(WrongMoment, match="cannot_assign_when_asked"):
            assign(pantry.owner, match, helper)
        neighbour = a_helper(place, "Ned", "gardening")
        post(a_member(place, "Gert"), "gardening")
        theirs = accept(neighbour).ref
        with pytest.raises(NotAllowed):  # a neighbour's own yes is nobody else's to give away
            assign(pantry.owner, theirs, helper)


class TestNewMessages:
    def test_are_counted_for_each_lead_and_who_goes_until_they_read_them(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        people, asker = staffed(place, pantry), a_member(place, "Ann")
        match, other = said_yes(asker, pantry), said_yes(a_member(place, "Bob"), pantry)
        assign(pantry.owner, match, people["helper"])
        say(asker, match, "Ring twice, please.")
        say(asker, match, "Or knock.")
        leads = (pantry.owner, people["coordinator"])
        assert [unread(who, pantry) for who in leads] == [{match: 2, other: 0}] * 2
        assert unread(people["helper"], pantry) == {match: 2}
        matches.show(actor=pantry.owner.actor, ref=match, now=NOW)
        assert [unread(who, pantry)[match] for who in leads] == [0, 2]
        say(people["helper"], match, "I will.")
        assert [unread(who, pantry)[match] for who in leads] == [1, 3]
        assert unread(people["helper"], pantry)[match] == 2

    def test_are_counted_at_what_it_asked_for(
        self, place: BuiltPlace, pantry: BuiltOrganisation
    ) -> None:
        people, helper = staffed(place, pantry), a_helper(place, "Hal", "moving")
        spot = {"at_home": False, "postcode": place.postcode_at(600, 600), "address": "The hall"}
        need = post(pantry.owner, "moving", organisation_ref=pantry.ref, **spot)
        match = accept(helper).ref
        say(helper, match, "Where do I park?")
        for who in (pantry.owner, people["coordinator"]):
            (asked,) = shown(who, pantry).asked
            assert asked.ref == need.ref
            assert [(one.ref, one.unread, one.other_name) for one in asked.matches] == [
                (match, 1, None)
            ]
        matches.show(actor=pantry.owner.actor, ref=match, now=NOW)
        assert [shown(who, pantry).asked[0].matches[0].unread
                for who in (pantry.owner, people["coordinator"])] == [0, 1]  # fmt: skip


def unread(who: BuiltMember, pantry: BuiltOrganisation) -> dict[str, int]:
    """How many new messages somebody has on the board, by match."""
    return {one.ref: one.unread for _day, rows in shown(who, pantry).days for one in rows}


def say(who: BuiltMember, match: str, words: str) -> None:
    """Somebody writes a line."""
    conversations.say(actor=who.actor, match_ref=match, words=words, key=a_key(), now=NOW)


def test_a_message_that_waited_goes_to_nobody_who_was_removed(
    place: BuiltPlace, pantry: BuiltOrganisation
) -> None:
    """What was queued while they acted for it is dropped, address or name and all."""
    helper = staffed(place, pantry)["helper"]
    match = said_yes(a_member(place, "Annabel"), pantry)
    assign(pantry.owner, match, helper)
    with unit_of_work() as uow:
        uow.colleagues.end_role(pantry.id, helper.id, NOW)
        uow.commit()
    wired = wiring()
    while messages.deliver_outbox(gateway=wired.gateway, secrets=wired.secrets, now=NOW):
        pass
    with reading() as uow:
        sent = [row.body for row in uow.session.query(SimulatedMessageRow).all()]
    assert not [body for body in sent if "asks you to go" in body]
    assert [body for body in sent if "Annabel" in body and "Thank you!" in body] == []
