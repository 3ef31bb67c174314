"""What comes after the first time: a second call for help, an arrival after the desk has seen to a
visit, a visit of which nobody agreed the time, one that goes on after it was said to be done."""

import pytest

from enabler.domain.errors import WrongMoment
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.visits import VisitRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import colleagues, matches, watching
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.acting import assign, said_yes, staffed
from tests.services.deeds import a_key, accept, post
from tests.services.test_asking import texts
from tests.services.test_hidden import hide
from tests.services.test_on_the_day import THURSDAY, arrange
from tests.services.test_visit_days import END, HOUR, MINUTE, clear, day, say, visit


@pytest.fixture
def custodian(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


@pytest.fixture
def ref(asker: BuiltMember, helper: BuiltMember) -> str:
    """A visit on Thursday at 11, over which the helper wants us to watch."""
    post(asker)
    ref = accept(helper).ref
    arrange(helper, ref, THURSDAY)
    say("watch", helper, ref, NOW)
    return ref


class TestASecondCall:
    def test_is_heard_after_the_desk_had_seen_to_the_first(
        self, helper: BuiltMember, custodian: BuiltMember, ref: str
    ) -> None:
        say("stuck", helper, ref, THURSDAY)
        clear(custodian, ref)
        assert "stuck" in day(helper, ref, THURSDAY + 5 * MINUTE).may
        say("stuck", helper, ref, THURSDAY + 5 * MINUTE)
        assert [row.member_id for row in texts("visit_stuck_staff")] == [custodian.id] * 2
        (line,) = watching.desk(actor=custodian.actor, now=THURSDAY)
        assert (line.match_ref, line.since) == (ref, THURSDAY + 5 * MINUTE)
        clear(custodian, ref)
        assert watching.desk(actor=custodian.actor, now=THURSDAY) == ()

    def test_of_a_word_that_is_not_known_is_heard_too(
        self, asker: BuiltMember, helper: BuiltMember, custodian: BuiltMember, ref: str
    ) -> None:
        say("stuck", helper, ref, THURSDAY)
        clear(custodian, ref)
        assert "wrong-word" in day(asker, ref, THURSDAY + MINUTE).may
        say("wrong_word", asker, ref, THURSDAY + MINUTE)
        assert len(texts("visit_stuck_staff")) == 2


class TestAfterTheDeskHasSeenToIt:
    @pytest.fixture
    def late(self, custodian: BuiltMember, ref: str) -> str:
        """The helper stands in traffic: the desk was woken, rang, and said that all are well."""
        watching.ring_due(now=END + 30 * MINUTE)
        clear(custodian, ref)
        return ref

    def test_whoever_arrives_is_watched_over(self, helper: BuiltMember, late: str) -> None:
        say("arrive", helper, late, END + 40 * MINUTE)
        assert day(helper, late, END + 40 * MINUTE).until_at == END + 100 * MINUTE
        for minutes in (110, 115, 130, 160):
            watching.ring_due(now=END + minutes * MINUTE)
        assert len(texts("visit_overdue")) == 2
        assert len(texts("visit_overdue_staff")) == 3

    def test_whoever_stays_longer_is_watched_over(self, helper: BuiltMember, late: str) -> None:
        say("stay", helper, late, END + 35 * MINUTE, minutes=20)
        assert visit(late).next_at == END + 70 * MINUTE
        watching.ring_due(now=END + 90 * MINUTE)
        assert len(texts("visit_overdue_staff")) == 2


def test_whoever_comes_after_the_agreed_time_is_not_overdue_at_once(
    helper: BuiltMember, custodian: BuiltMember, ref: str
) -> None:
    say("arrive", helper, ref, END + 10 * MINUTE)
    watching.ring_due(now=END + 30 * MINUTE)
    assert texts("visit_overdue_staff") == []
    watching.ring_due(now=END + 100 * MINUTE)
    assert [row.member_id for row in texts("visit_overdue_staff")] == [custodian.id]


class TestWithoutAnAgreedTime:
    @pytest.fixture
    def open_ref(self, asker: BuiltMember, helper: BuiltMember) -> str:
        """Both know where and who; they never agreed when."""
        post(asker)
        return accept(helper).ref

    def test_either_can_call_for_help(
        self, asker: BuiltMember, helper: BuiltMember, custodian: BuiltMember, open_ref: str
    ) -> None:
        assert "stuck" in day(asker, open_ref, NOW).may
        say("stuck", helper, open_ref, NOW + HOUR)
        assert [row.member_id for row in texts("visit_stuck_staff")] == [custodian.id]

    def test_whoever_goes_in_is_watched_over(
        self, helper: BuiltMember, custodian: BuiltMember, open_ref: str
    ) -> None:
        say("watch", helper, open_ref, NOW)
        assert "arrive" in day(helper, open_ref, NOW + HOUR).may
        say("arrive", helper, open_ref, NOW + HOUR)
        watching.ring_due(now=NOW + 6 * HOUR)
        assert [row.member_id for row in texts("visit_overdue")] == [helper.id]
        say("leave", helper, open_ref, NOW + 6 * HOUR)
        assert visit(open_ref).next_at is None


def test_help_can_be_called_after_it_was_said_to_be_done_and_not_for_ever(
    asker: BuiltMember, helper: BuiltMember, custodian: BuiltMember, ref: str
) -> None:
    matches.done(actor=helper.actor, match_ref=ref, minutes=30, key=a_key(), now=END)
    assert "stuck" in day(asker, ref, END + HOUR).may
    say("stuck", asker, ref, END + HOUR)
    assert len(texts("visit_stuck_staff")) == 1
    clear(custodian, ref)
    with pytest.raises(WrongMoment):
        say("stuck", asker, ref, END + 25 * HOUR)


def test_of_an_organisation_that_chose_nobody_those_who_lead_are_asked_where_they_are(
    place: BuiltPlace, asker: BuiltMember
) -> None:
    pantry = an_organisation(place)
    an_offer(pantry)
    helper, ref = staffed(place, pantry)["helper"], said_yes(asker, pantry)
    assign(pantry.owner, ref, helper)
    arrange(helper, ref, THURSDAY)
    say("watch", helper, ref, NOW)
    colleagues.remove(
        actor=pantry.owner.actor, ref=pantry.ref, who=helper.ref, key=a_key(), now=NOW
    )
    watching.ring_due(now=THURSDAY + 15 * MINUTE)
    assert pantry.owner.id in {row.member_id for row in texts("visit_not_arrived")}


def test_a_yes_from_before_there_were_such_visits_has_its_word_and_its_buttons(
    asker: BuiltMember, helper: BuiltMember, ref: str
) -> None:
    with unit_of_work() as uow:
        uow.session.query(VisitRow).delete()
        uow.commit()
    assert day(helper, ref, THURSDAY).word == day(asker, ref, THURSDAY).word
    assert "stuck" in day(asker, ref, THURSDAY).may
    say("arrive", helper, ref, THURSDAY)
    assert visit(ref).next_at == END + 15 * MINUTE


class TestSomebodyHidden:
    """A visit at a hidden person's: the alarm rings, and only those who may know see where."""

    @pytest.fixture
    def lead(self, place: BuiltPlace) -> BuiltMember:
        return a_member(place, "Lena Lead", roles=(Role.SAFEGUARDING_LEAD,))

    @pytest.fixture
    def overdue(
        self, asker: BuiltMember, helper: BuiltMember, custodian: BuiltMember, lead: BuiltMember,
        ref: str,
    ) -> str:  # fmt: skip
        hide(lead, asker)
        say("arrive", helper, ref, THURSDAY)
        watching.ring_due(now=END + 30 * MINUTE)
        return ref

    def test_is_shown_to_no_custodian_who_rings_a_lead_instead(
        self, custodian: BuiltMember, lead: BuiltMember, overdue: str
    ) -> None:
        case = watching.show(actor=custodian.actor, match_ref=overdue, now=END)
        assert (case.address, case.postcode) == (None, None)
        assert [(call.who, call.name) for call in case.calls] == [
            ("helper", "Hal Helper"), ("knows", "Lena Lead")
        ]  # fmt: skip
        whole = watching.show(actor=lead.actor, match_ref=overdue, now=END)
        assert whole.address is not None
        assert [call.who for call in whole.calls] == ["helper", "asker"]

    def test_wakes_the_leads_as_soon_as_the_custodians(
        self, custodian: BuiltMember, lead: BuiltMember, overdue: str
    ) -> None:
        told = {row.member_id for row in texts("visit_overdue_staff")}
        assert told == {custodian.id, lead.id}
