"""Pause me, come back, delete my account, by their pages; and the desk's two for whoever asks."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.domain.vocabulary import MemberState, Role
from enabler.persistence.unit_of_work import reading
from enabler.services import conversations, matches
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member, an_organisation
from tests.services.deeds import a_key, accept, earn, post
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.signing import deliver, newest_code, phone_of, sign_in, sign_in_staff, texts


@pytest.fixture
def rosa(app: Flask, place: BuiltPlace) -> BuiltMember:
    """Somebody who asks."""
    with app.app_context():
        return a_member(place, "Rosa Wintergreen", at=(600, 600))


@pytest.fixture
def ben(app: Flask, place: BuiltPlace) -> BuiltMember:
    """Somebody who helps."""
    with app.app_context():
        return a_helper(place, "Ben Near", "shopping")


def state_of(app: Flask, member: BuiltMember) -> MemberState:
    with app.app_context(), reading() as uow:
        return uow.homes.member(member.id).state


class TestPauseMe:
    def test_is_one_press_and_so_is_coming_back(
        self, app: Flask, ben: BuiltMember, person: Callable[[], Person]
    ) -> None:
        page = sign_in(app, person(), ben).open("/me/details").open("/me/pause")
        assert page.heading == "Have a rest from us"
        assert "Your offer rests too." in page.words
        page.send()
        assert page.heading == "You are having a rest"
        assert "until you come back" in page.words
        page.send(until=["20", "3", "2026"], what="pause")
        assert "We ask you for nothing until" in page.words
        page.send(what="back")
        assert page.heading == "Have a rest from us"
        assert state_of(app, ben) is MemberState.ACTIVE

    def test_asks_which_needs_stay_open(
        self, app: Flask, rosa: BuiltMember, person: Callable[[], Person]
    ) -> None:
        with app.app_context():
            kept, gone = post(rosa).ref, post(rosa, "gardening", words="The hedge.").ref
        page = sign_in(app, person(), rosa).open("/me/pause")
        assert "Keep looking for it?" in page.words
        page.send(kept=[kept], until=["1", "3", "2026"])
        assert "until" in page.page.select_one(".govuk-error-summary a")["href"]  # type: ignore[index]
        page.send(kept=[kept], until=["", "", ""])
        assert page.heading == "You are having a rest"
        with app.app_context(), reading() as uow:
            states = [uow.needs.by_ref(None, ref).state.value for ref in (kept, gone)]
        assert states == ["open", "withdrawn"]

    def test_says_so_where_somebody_wants_to_ask_all_the_same(
        self, app: Flask, rosa: BuiltMember, person: Callable[[], Person]
    ) -> None:
        page = sign_in(app, person(), rosa).open("/me/pause").send()
        page.open("/needs/new")
        assert page.answer.status_code == 200


class TestDeleting:
    def test_says_what_goes_and_what_stays_and_does_it_for_a_code(
        self, app: Flask, place: BuiltPlace, rosa: BuiltMember, ben: BuiltMember,
        person: Callable[[], Person],
    ) -> None:  # fmt: skip
        with app.app_context():
            post(rosa)
            ref = accept(ben).ref
            earn(rosa, 90)
            conversations.say(
                actor=rosa.actor, match_ref=ref, words="The blue door.", key=a_key(), now=NOW
            )
        hers, his = sign_in(app, person(), rosa), sign_in(app, person(), ben)
        number = phone_of(app, rosa)
        assert "The blue door." in his.open(f"/matches/{ref}").words
        hers.open("/me/details").open("/me/data/delete")
        assert "1 hour 30 minutes" in hers.words
        assert "for 6 years" in hers.words
        hers.send()
        assert hers.path == "/me/data/delete/code"
        hers.send(code="12")
        assert hers.problems
        hers.send(code=newest_code(app, place, number))
        assert hers.heading == "Your account is deleted"
        assert hers.open("/me").path == "/sign-in"
        assert state_of(app, rosa) is MemberState.ERASED
        assert "is deleted" in texts(app, place, number)[-1]
        his.open(f"/matches/{ref}")
        assert "The blue door." not in his.words
        assert "Rosa" not in his.open("/me").words

    def test_of_words_that_others_read_it_is_said_that_they_are_gone(
        self, app: Flask, rosa: BuiltMember, ben: BuiltMember, place: BuiltPlace,
        person: Callable[[], Person],
    ) -> None:  # fmt: skip
        with app.app_context():
            post(rosa)
            ref = accept(ben).ref
            conversations.say(
                actor=rosa.actor, match_ref=ref, words="The blue door.", key=a_key(), now=NOW
            )
            matches.done(actor=ben.actor, match_ref=ref, minutes=30, key=a_key(), now=NOW)
        hers, his = sign_in(app, person(), rosa), sign_in(app, person(), ben)
        number = phone_of(app, rosa)
        hers.open("/me/data/delete").send()
        hers.send(code=newest_code(app, place, number))
        his.open(f"/matches/{ref}")
        assert "has deleted their account" in his.words
        assert his.page.find("textarea") is None

    def test_says_what_comes_first(
        self, app: Flask, place: BuiltPlace, person: Callable[[], Person]
    ) -> None:
        with app.app_context():
            pantry = an_organisation(place, "The Pantry")
        page = sign_in(app, person(), pantry.owner).open("/me/data/delete")
        assert "The Pantry" in page.words
        assert page.page.find("main").find("form") is None  # type: ignore[union-attr]
        assert page.open("/me/data/delete/code").path == "/me/data/delete"


class TestAtTheDesk:
    def test_two_are_needed_and_time_to_say_no(
        self, app: Flask, place: BuiltPlace, rosa: BuiltMember, person: Callable[[], Person],
        clock: Clock,
    ) -> None:  # fmt: skip
        one = sign_in_staff(app, person(), place)
        one.open("/desk/erasures/new").send(ref="ZZZZ", words="By letter.")
        assert one.error_at("ref")
        one.send(ref=rosa.ref, words="By letter.")
        assert rosa.ref in one.words
        with app.app_context(), reading() as uow:
            (waits,) = uow.erasure_desk.waiting(place.id)
        one.open(f"/desk/erasures/{waits.ref}")
        assert "somebody else decides" in one.words
        assert one.page.find("main").find("form") is None  # type: ignore[union-attr]
        two = sign_in_staff(app, person(), place, role=Role.SAFEGUARDING_LEAD)
        two.open(f"/desk/erasures/{waits.ref}")
        assert "Rosa Wintergreen" in two.words
        assert "You can say yes from Wednesday 11 March, 10am on" in two.words
        two.send(what="yes", words="I rang her back.")
        assert state_of(app, rosa) is MemberState.ACTIVE
        assert "You can say no now." in two.error_at("what")
        assert "You can say yes from Wednesday" in two.words
        clock.pass_by(days=1)
        two = sign_in_staff(app, person(), place, role=Role.SAFEGUARDING_LEAD, nth="2")
        two.open(f"/desk/erasures/{waits.ref}")
        two.send(what="yes", words="I rang her back.")
        assert state_of(app, rosa) is MemberState.ERASED
        two.open(f"/desk/erasures/{waits.ref}")
        assert "Rosa" not in two.words
        assert "The account is deleted." in two.words
        deliver(app)

    def test_a_duty_keeps_who_it_was_and_nobody_but_a_lead_sees_it(
        self, app: Flask, place: BuiltPlace, rosa: BuiltMember, person: Callable[[], Person]
    ) -> None:
        lead = sign_in_staff(app, person(), place, role=Role.SAFEGUARDING_LEAD)
        lead.open("/desk/erasures/duties/new").send(ref=rosa.ref, words="A court asked.")
        assert "A court asked." in lead.words
        hers, number = sign_in(app, person(), rosa), phone_of(app, rosa)
        hers.open("/me/data/delete")
        assert "because of a duty" not in hers.words
        hers.send()
        hers.send(code=newest_code(app, place, number))
        assert hers.heading == "Your account is deleted"
        assert "Rosa Wintergreen" in lead.open("/desk/erasures").words
        other = sign_in_staff(app, person(), place)
        assert "Rosa" not in other.open("/desk/erasures").words
