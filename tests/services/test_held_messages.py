"""What two who meet write to each other: delivered, flagged, or looked at first."""

from typing import Any

import pytest

from enabler.domain.errors import NotAllowed, NotFound, WrongMoment
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.unit_of_work import reading
from enabler.services import conversations, held_messages, matches, moderation
from enabler.services.views import ConversationView, MatchView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member
from tests.services.deeds import a_key, accept, post
from tests.services.test_asking import texts

SCAM = "Please send the money into this bank account today"


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker")


@pytest.fixture
def hal(place: BuiltPlace) -> BuiltMember:
    return a_helper(place, "Hal Helper")


@pytest.fixture
def match(ann: BuiltMember, hal: BuiltMember) -> MatchView:
    post(ann)
    return accept(hal)


@pytest.fixture
def custodian(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


def talk(who: BuiltMember, match: MatchView) -> ConversationView:
    """The conversation as they read it."""
    shown = matches.show(actor=who.actor, ref=match.ref, now=NOW).conversation
    assert shown is not None
    return shown


def say(who: BuiltMember, match: MatchView, words: str) -> None:
    """Write to the other side."""
    conversations.say(actor=who.actor, match_ref=match.ref, words=words, key=a_key(), now=NOW)


def decide(who: BuiltMember, ref: str, *, passing: bool) -> str:
    """Pass it on, or stop it."""
    return held_messages.decide(actor=who.actor, ref=ref, passing=passing, key=a_key(), now=NOW)


class TestAMessage:
    def test_with_a_number_is_delivered(
        self, match: MatchView, ann: BuiltMember, hal: BuiltMember, place: BuiltPlace
    ) -> None:
        say(hal, match, "Ring me on 07700 900123")
        assert len(talk(ann, match).lines) == 1
        with reading() as uow:
            kept = uow.matches.by_ref(place.id, match.ref)
            (signal,) = uow.signals.of(place.id, "match", [kept.id])[kept.id]
        assert signal.code == "contact"

    def test_of_hate_is_delivered_and_comes_to_the_desk(
        self, match: MatchView, ann: BuiltMember, hal: BuiltMember, custodian: BuiltMember
    ) -> None:
        say(hal, match, "No foreigners here")
        assert len(talk(ann, match).lines) == 1
        (report,) = moderation.desk(actor=custodian.actor, now=NOW).reports
        assert (report.kind, report.about_ref) == ("flagged", match.ref)

    def test_of_somebody_in_danger_reaches_the_lead_at_once(
        self, match: MatchView, ann: BuiltMember, custodian: BuiltMember
    ) -> None:
        say(ann, match, "I want to die")
        (report,) = moderation.desk(actor=custodian.actor, now=NOW).reports
        assert (report.kind, report.about_ref) == ("worried", match.ref)
        assert len(texts("worried_lead", custodian.id)) == 1

    def test_like_a_scam_waits_and_both_know(
        self, match: MatchView, ann: BuiltMember, hal: BuiltMember
    ) -> None:
        say(hal, match, SCAM)
        say(hal, match, SCAM)  # the form in another window
        (mine,), (theirs,) = talk(hal, match).not_passed, talk(ann, match).not_passed
        assert (mine.words, mine.state) == (SCAM, "waits")
        assert (theirs.words, theirs.state) == (None, "waits")
        assert talk(ann, match).lines == ()
        assert texts("wrote", ann.id) == []


class TestACustodian:
    @pytest.fixture
    def ref(self, match: MatchView, hal: BuiltMember, custodian: BuiltMember) -> str:
        say(hal, match, SCAM)
        (waiting,) = held_messages.waiting(actor=custodian.actor)
        assert [one.code for one in waiting.signals] == ["money", "payment"][::-1]
        return waiting.ref

    def test_reads_it_and_that_is_a_sight(
        self, ref: str, custodian: BuiltMember, hal: BuiltMember
    ) -> None:
        shown = held_messages.show(actor=custodian.actor, ref=ref, now=NOW)
        assert (shown.words, shown.side) == (SCAM, "helper")
        with reading() as uow:
            (sight,) = uow.session.query(SightRow).filter_by(
                viewer=custodian.ref, member_id=hal.id, what="words"
            )
        assert sight.subject_ref == ref

    def test_passes_it_on(
        self, ref: str, match: MatchView, custodian: BuiltMember, ann: BuiltMember
    ) -> None:
        assert decide(custodian, ref, passing=True) == "passed"
        (line,) = talk(ann, match).lines
        assert (line.words, line.side) == (SCAM, "helper")
        assert len(texts("wrote", ann.id)) == 1
        with pytest.raises(WrongMoment, match="message_decided_already"):
            decide(custodian, ref, passing=False)

    def test_stops_it(
        self, ref: str, match: MatchView, custodian: BuiltMember, ann: BuiltMember,
        hal: BuiltMember,
    ) -> None:  # fmt: skip
        assert decide(custodian, ref, passing=False) == "stopped"
        assert talk(ann, match).lines == talk(ann, match).not_passed == ()
        assert [one.state for one in talk(hal, match).not_passed] == ["stopped"]
        assert held_messages.waiting(actor=custodian.actor) == ()

    def test_decides_nothing_of_their_own(
        self, place: BuiltPlace, custodian: BuiltMember, hal: BuiltMember
    ) -> None:
        post(custodian)
        match = accept(hal)
        say(hal, match, SCAM)
        (waiting,) = held_messages.waiting(actor=custodian.actor)
        with pytest.raises(NotAllowed, match="own_case"):
            decide(custodian, waiting.ref, passing=True)

    def test_of_another_place_finds_nothing(self, ref: str, noise: Any) -> None:
        other = a_member(noise, "Otto", roles=(Role.CUSTODIAN,))
        assert held_messages.waiting(actor=other.actor) == ()
        with pytest.raises(NotFound):
            held_messages.show(actor=other.actor, ref=ref, now=NOW)

    def test_is_who_it_takes(self, ref: str, hal: BuiltMember) -> None:
        with pytest.raises(NotAllowed):
            held_messages.waiting(actor=hal.actor)
        with pytest.raises(NotAllowed):
            decide(hal, ref, passing=True)
