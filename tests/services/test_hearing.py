"""Whatever is written on a page or by the API is listened to within the minute: the lead hears of
danger in it, once, whoever wrote it and whatever it is about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from enabler.domain.errors import NotAllowed
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import NeedState
from enabler.persistence.tables.matches import ReportRow
from enabler.persistence.tables.signals import UnheardRow
from enabler.persistence.unit_of_work import reading
from enabler.services import conversations, hearing, needs
from enabler.services.ports import Heard
from sms.understanding.suggested import heard_in
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member, new_rules
from tests.services.deeds import a_key, accept, post
from tests.services.test_asking import texts
from tests.services.test_offers import offered
from tests.services.test_reports import a_lead
from tests.services.test_signals import codes

JOB = Actor.system(hearing.JOB)
ORDINARY = "Milk and bread from the corner shop, please."
DANGER = "milk and bread please, and theres a smell of gas in the kitchen and im that dizzy"


def listen() -> int:
    """Let the job run, with what the product hears; how many words it listened to."""
    worked = 0
    while hearing.hear(actor=JOB, understands=heard_in, now=NOW):
        worked += 1
    return worked


def worries() -> list[tuple[str, str | None, str]]:
    """What each worry is about, and its words."""
    with reading() as uow:
        rows = uow.session.scalars(select(ReportRow).order_by(ReportRow.id))
        return [(row.about_kind, row.about_ref, row.words) for row in rows if row.kind == "worried"]


def waiting() -> int:
    """How many words nobody has listened to."""
    with reading() as uow:
        return uow.session.scalar(select(func.count()).select_from(UnheardRow)) or 0


@pytest.fixture
def lead(place: BuiltPlace) -> BuiltMember:
    return a_lead(place)


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    a_helper(place)
    return a_member(place, "Ann Asker")


class TestWhatIsAskedFor:
    def test_in_ordinary_words_says_nothing(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        post(ann, words=ORDINARY)
        assert (waiting(), listen(), waiting(), worries()) == (1, 1, 0, [])
        assert texts("worried_lead", lead.id) == []

    def test_with_danger_in_it_reaches_the_lead_and_opens_all_the_same(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        need = post(ann, words=DANGER)
        assert (need.state, worries()) == (NeedState.OPEN, [])
        assert listen() == 1
        assert worries() == [("need", need.ref, DANGER)]
        assert codes("need", need.ref, place) == ("worry_danger",)
        assert len(texts("worried_lead", lead.id)) == 1
        assert needs.show(actor=ann.actor, ref=need.ref, now=NOW).state is NeedState.OPEN

    def test_is_told_of_once_and_again_only_for_other_words(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        need = post(ann, words=DANGER)
        listen()
        worse = DANGER + ", I cannot get up off the floor"
        for words in (DANGER, worse):
            kept = needs.to_change(actor=ann.actor, ref=need.ref, now=NOW)
            needs.change(
                actor=ann.actor, ref=need.ref, key=a_key(), now=NOW, version=kept.version,
                draft=replace(kept.draft, words=words, duration_minutes=45),
            )  # fmt: skip
            listen()
        assert [words for _, _, words in worries()] == [DANGER, worse]

    def test_that_the_lists_told_of_at_once_is_not_heard_again(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        post(ann, words="Some shopping please. I want to kill myself.")
        assert (len(worries()), waiting(), listen(), len(worries())) == (1, 0, 0, 1)

    def test_is_not_told_of_where_the_place_does_not_want_it(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        new_rules(place, {"signals_off": [hearing.SIGNAL]})
        post(ann, words=DANGER)
        assert (listen(), worries()) == (1, [])


class TestWhatElseIsWritten:
    def test_an_offer_is_listened_to(
        self, place: BuiltPlace, ann: BuiltMember, lead: BuiltMember
    ) -> None:
        offer = offered(ann, words="Happy to shop for anyone, " + DANGER)
        listen()
        assert [(kind, ref) for kind, ref, _ in worries()] == [("offer", offer.ref)]

    def test_so_is_what_two_write_to_each_other_whoever_wrote(
        self, place: BuiltPlace, lead: BuiltMember
    ) -> None:
        hal, ann = a_helper(place), a_member(place, "Ann Asker")
        post(ann)
        match = accept(hal)
        for who, words in (
            (ann, "See you at ten"),
            (hal, "she wont wake up and her lips are blue"),
        ):
            conversations.say(
                actor=who.actor, match_ref=match.ref, words=words, key=a_key(), now=NOW
            )
        listen()
        assert worries() == [("match", match.ref, "she wont wake up and her lips are blue")]


class TestTheJob:
    def test_is_nobody_elses_to_run(self, ann: BuiltMember) -> None:
        with pytest.raises(NotAllowed):
            hearing.hear(actor=ann.actor, understands=heard_in, now=NOW)

    def test_takes_the_oldest_first_with_its_writers_language_and_keeps_no_word(
        self, place: BuiltPlace, ann: BuiltMember
    ) -> None:
        taken: list[tuple[str, str]] = []

        def understands(
            words: str, *, language: str, own: Sequence[tuple[str, str]] = ()
        ) -> Heard:  # fmt: skip
            taken.append((words, language))
            return Heard()

        bet = a_member(place, "Bet", language="cy")
        post(bet, words="Bara a llaeth", now=NOW)
        post(ann, words=ORDINARY, now=NOW + timedelta(minutes=1))
        while hearing.hear(actor=JOB, understands=understands, now=NOW):
            pass
        assert taken == [("Bara a llaeth", "cy"), (ORDINARY, "en")]
        assert waiting() == 0
