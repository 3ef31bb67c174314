"""Who may write to whom after a yes, who reads it, and when it is over."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor, RoleGrant
from enabler.domain.vocabulary import LineKind, Role
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import conversations, matches, mine, needs
from enabler.services.views import ConversationView, MatchView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.deeds import a_key, accept, post, the_ask
from tests.services.test_asking import texts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ref(asker: BuiltMember, helper: BuiltMember) -> str:
    """A match that the helper said yes to."""
    post(asker)
    return accept(helper).ref


def say(who: BuiltMember | Actor, ref: str, words: str = "Hello.", now: datetime = NOW,
        key: str | None = None) -> MatchView:  # fmt: skip
    actor = who if isinstance(who, Actor) else who.actor
    return conversations.say(actor=actor, match_ref=ref, words=words, key=key or a_key(), now=now)


def talk(who: BuiltMember, ref: str, now: datetime = NOW) -> ConversationView | None:
    return matches.show(actor=who.actor, ref=ref, now=now).conversation


def words(who: BuiltMember, ref: str, now: datetime = NOW) -> list[str | None]:
    shown = talk(who, ref, now)
    assert shown is not None
    return [line.words for line in shown.lines]


class TestBothSides:
    def test_write_and_read_without_a_number_in_sight(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        say(asker, ref, "Is 3pm good?")
        view = say(helper, ref, "Yes, it is.")
        assert view.conversation is not None
        assert [(line.side, line.mine) for line in view.conversation.lines] == [
            ("asker", False), ("helper", True),
        ]  # fmt: skip
        assert words(asker, ref) == words(helper, ref) == ["Is 3pm good?", "Yes, it is."]
        assert "+44" not in repr(view)

    def test_leave_a_sight_of_the_others_words_and_none_of_their_own(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        say(asker, ref)
        assert seen() == []
        talk(asker, ref)
        assert seen() == []
        talk(helper, ref)
        assert seen() == [(helper.ref, asker.id)]

    def test_hear_of_it_once_until_they_have_read(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        for _ in range(3):
            say(asker, ref)
        assert (len(texts("wrote", helper.id)), len(texts("wrote", asker.id))) == (1, 0)
        talk(helper, ref)
        say(asker, ref, now=NOW + HOUR)
        say(asker, ref, now=NOW + HOUR)
        assert len(texts("wrote", helper.id)) == 2

    def test_see_on_their_page_how_much_is_unread(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        say(asker, ref, "One.")
        say(asker, ref, "Two.")
        page = mine.everything(actor=helper.actor, now=NOW)
        assert (page.lines_unread, page.helping[0].unread) == (2, 2)
        assert "One." not in repr(page)
        assert mine.everything(actor=asker.actor, now=NOW).lines_unread == 0
        talk(helper, ref)
        assert mine.everything(actor=helper.actor, now=NOW).unread == ()

    def test_say_a_thing_once_with_one_key(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        key = a_key()
        say(asker, ref, key=key)
        say(asker, ref, key=key)
        assert words(helper, ref) == ["Hello."]

    @pytest.mark.parametrize(
        ("typed", "code"), [(" ", "words_empty"), ("x" * 1001, "words_too_long")]
    )
    def test_are_told_at_the_field_what_cannot_be_sent(
        self, asker: BuiltMember, ref: str, typed: str, code: str
    ) -> None:
        with pytest.raises(Invalid) as wrong:
            say(asker, ref, typed)
        assert (wrong.value.field, wrong.value.code) == ("words", code)

    def test_send_a_number_all_the_same_and_only_the_writer_is_told(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        say(asker, ref, "Ring me on 07700 900123.")
        mine_, theirs = talk(asker, ref), talk(helper, ref)
        assert mine_ is not None
        assert theirs is not None
        assert (mine_.lines[0].holds, theirs.lines[0].holds) == (("phone",), ())
        assert theirs.lines[0].words == "Ring me on 07700 900123."


class TestNobodyElse:
    def test_reads_or_writes(
        self, place: BuiltPlace, noise: BuiltPlace, asker: BuiltMember, helper: BuiltMember,
        ref: str,
    ) -> None:  # fmt: skip
        say(asker, ref, "Between us.")
        other = a_helper(place, "Other")
        for stranger in (other.actor, Actor.anonymous(place.id)):
            with pytest.raises(NotAllowed):
                say(stranger, ref)
            with pytest.raises(NotAllowed):
                matches.show(actor=stranger, ref=ref, now=NOW)
        with pytest.raises(NotFound):
            say(a_member(noise, "Nosy"), ref)
        custodian = a_custodian(place)
        with pytest.raises(NotAllowed):
            say(custodian, ref)
        assert talk(custodian, ref) is None
        with pytest.raises(NotAllowed):
            say(Actor.operator("root"), ref)
        assert words(helper, ref) == ["Between us."]

    def test_is_written_to_before_the_yes(
        self, place: BuiltPlace, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        post(asker)
        asked = the_ask(helper)
        with pytest.raises(WrongMoment) as wrong:
            say(helper, asked)
        assert wrong.value.code == "conversation_closed"
        assert talk(helper, asked) is None


class TestAnOrganisation:
    def test_takes_part_by_those_who_lead_it_and_by_nobody_who_no_longer_may(
        self, place: BuiltPlace, asker: BuiltMember
    ) -> None:
        pantry = an_organisation(place)
        an_offer(pantry)
        colleague = a_member(place, "Colin", at=(900, 900), credentials=())
        post(asker)
        ref = accept(pantry.owner).ref
        say(asker, ref, "Hello, pantry.")
        with pytest.raises(NotAllowed):
            say(colleague, ref)
        idle, acting = (
            Actor("member", colleague.ref, colleague.id, place.id,
                  (RoleGrant(role, place.id, organisation_id=pantry.id),))
            for role in (Role.ORGANISATION_HELPER, Role.ORGANISATION_COORDINATOR)
        )  # fmt: skip
        with pytest.raises(NotAllowed):
            say(idle, ref)  # of its helpers only whoever goes
        view = say(acting, ref, "We come at 3.")
        assert view.conversation is not None
        assert (view.other_name, [one.words for one in view.conversation.lines]) == (
            None, ["Hello, pantry.", "We come at 3."],
        )  # fmt: skip
        assert words(pantry.owner, ref) == words(asker, ref)
        with pytest.raises(NotAllowed):
            matches.show(actor=colleague.actor, ref=ref, now=NOW)


class TestItIsOver:
    def test_at_once_for_both_when_it_is_given_back(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        say(asker, ref, "The key is under the pot.")
        matches.release(actor=helper.actor, match_ref=ref, key=a_key(), now=NOW)
        for who in (asker, helper):
            assert talk(who, ref) is None
            with pytest.raises(WrongMoment):
                say(who, ref)

    def test_at_once_when_the_need_is_taken_back(
        self, asker: BuiltMember, helper: BuiltMember
    ) -> None:
        need = post(asker)
        ref = accept(helper).ref
        say(asker, ref)
        needs.withdraw(actor=asker.actor, ref=need.ref, key=a_key(), now=NOW)
        assert talk(helper, ref) is None

    def test_48_hours_after_it_was_confirmed(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        say(asker, ref)
        matches.done(actor=helper.actor, match_ref=ref, minutes=30, key=a_key(), now=NOW)
        matches.confirm(actor=asker.actor, match_ref=ref, key=a_key(), now=NOW + HOUR)
        last = NOW + 49 * HOUR
        assert say(helper, ref, "Thank you!", now=last).conversation is not None
        after = last + timedelta(seconds=1)
        assert talk(asker, ref, after) is None
        with pytest.raises(WrongMoment):
            say(helper, ref, now=after)
        assert mine.everything(actor=asker.actor, now=last).lines_unread == 1
        assert mine.everything(actor=asker.actor, now=after).lines_unread == 0

    def test_in_the_end_where_nobody_ever_says_that_it_was_done(
        self, asker: BuiltMember, helper: BuiltMember, ref: str
    ) -> None:
        assert talk(helper, ref, NOW + 40 * DAY) is not None
        assert talk(helper, ref, NOW + 46 * DAY) is None


class TestALine:
    @pytest.mark.parametrize("change", ["UPDATE {} SET words = 'x'", "DELETE FROM {}"])
    def test_is_never_changed_while_the_case_goes_on(
        self, asker: BuiltMember, ref: str, change: str
    ) -> None:
        say(asker, ref)
        with pytest.raises(DBAPIError, match="append-only"), unit_of_work() as uow:
            uow.session.execute(text(change.format("conversation_line")))

    def test_can_be_forgotten_when_it_is_over(self, asker: BuiltMember, helper: BuiltMember
    ) -> None:  # fmt: skip
        need = post(asker)
        ref = accept(helper).ref
        say(asker, ref)
        needs.withdraw(actor=asker.actor, ref=need.ref, key=a_key(), now=NOW)
        with unit_of_work() as uow:
            uow.session.execute(text("DELETE FROM conversation_line"))
            uow.commit()

    def test_of_words_has_words(self, asker: BuiltMember, ref: str) -> None:
        with unit_of_work() as uow:
            match = uow.matches.by_ref(asker.place.id, ref)
            line = {"place_id": match.place_id, "match_id": match.id, "by_member_id": asker.id}
            with pytest.raises(DBAPIError):
                uow.conversations.add(**line, side="asker", kind=LineKind.SAID, at=NOW)


def seen() -> list[tuple[str, int]]:
    """Who saw whose words."""
    with reading() as uow:
        rows = uow.session.query(SightRow).filter_by(what="words").order_by(SightRow.id)
        return [(row.viewer, row.member_id) for row in rows]
