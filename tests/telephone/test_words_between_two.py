"""What two people of a match write to each other goes from phone to phone by the place's number:
the words are in the text, and an answer goes back under its letter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from enabler.services import conversations, held_messages, keeping_apart, matches
from enabler.services.ports import Rendered
from sms.rendering import Rendering
from tests.builders import BuiltMember, a_custodian, a_helper, a_member
from tests.messages.gateways import Network, failing
from tests.services.deeds import a_key, post, the_ask
from tests.telephone.talking import NUMBER, Talk, a_texting_place, number_of

BASE = "https://help.example"
SCAM = "Pay me 50 pounds by bank transfer first, sort code 12-34-56"


class Speaking(Network):
    """A network that takes the true words."""

    def render(self, template: str, values: Mapping[str, Any], language: str) -> Rendered:
        """As every gateway of texts."""
        self.at("render")
        return Rendering(BASE).render(template, values, language)


@dataclass
class Two:
    """An asker and a helper, each with a phone and nothing else."""

    talk: Talk
    ann: BuiltMember
    hal: BuiltMember
    ref: str

    def texts(self, who: BuiltMember) -> list[str]:
        """What somebody's phone got since they were last asked about, the words alone."""
        self.talk.deliver()
        number, taken = number_of(who), self.talk.network.taken
        found = [body for _, to, body in taken if to == number]
        taken[:] = [one for one in taken if one[1] != number]
        return found

    def text(self, who: BuiltMember, body: str) -> list[str]:
        """Somebody texts; what comes back to them."""
        self.texts(who)
        self.talk.keep(number_of(who), body)
        self.talk.work(number_of(who))
        return self.texts(who)

    def write(self, who: BuiltMember, words: str) -> None:
        """Somebody writes on the page of the match."""
        conversations.say(
            actor=who.actor, match_ref=self.ref, words=words, key=a_key(), now=self.talk.now
        )


def two_of(talk: Talk, language: str = "en") -> Two:
    ann = a_member(talk.place, "Ann Asker", address="7 Quiet Close", language=language)
    hal = a_helper(talk.place, "Hal Helper", language=language)
    post(ann, now=talk.now)
    ref = matches.accept(
        actor=hal.actor, match_ref=the_ask(hal, talk.now), key=a_key(), now=talk.now
    ).ref
    two = Two(talk, ann, hal, ref)
    two.texts(ann)
    two.texts(hal)
    return two


@pytest.fixture
def talk(app: Flask) -> Iterator[Talk]:
    with app.app_context():
        yield Talk(a_texting_place(), network=Speaking())


@pytest.fixture
def two(talk: Talk) -> Two:
    return two_of(talk)


class TestTwoPhones:
    def test_hold_a_conversation(self, two: Two) -> None:
        two.write(two.ann, "After 3 please")
        (asked,) = two.texts(two.hal)
        assert asked == (
            f'Ann (Shopping): "After 3 please" {BASE}/matches/{two.ref}'
            " Text B and your words to answer."
        )
        assert two.text(two.hal, "B see you at 4, yes") == ["Passed on to Ann."]
        (told,) = two.texts(two.ann)
        assert told.startswith('Hal (Shopping): "see you at 4, yes" ')
        assert told.endswith("Text B and your words to answer.")
        assert two.text(two.ann, "b lovely") == ["Passed on to Hal."]
        (again,) = two.texts(two.hal)
        assert '"lovely"' in again
        assert again.endswith("Text B and your words to answer.")  # its letter stays
        assert two.talk.lines(two.ref) == ["After 3 please", "see you at 4, yes", "lovely"]

    def test_show_neither_number_nor_address_nor_surname(self, two: Two) -> None:
        two.write(two.ann, "Hello")
        said = [*two.texts(two.hal), *two.text(two.hal, "B hello"), *two.texts(two.ann)]
        assert len(said) == 3
        digits = "".join(letter for letter in "".join(said) if letter.isdigit())
        for who in (two.ann, two.hal):
            assert number_of(who)[3:] not in digits
        assert NUMBER[3:] not in digits
        for hidden in ("Asker", "Helper", "Quiet Close"):
            assert hidden not in "".join(said)

    def test_speak_welsh(self, talk: Talk) -> None:
        two = two_of(talk, "cy")
        two.write(two.ann, "Ar ôl tri, os gwelwch yn dda, wrth y tŷ")
        (asked,) = two.texts(two.hal)
        assert '"Ar ôl tri, os gwelwch yn dda, wrth y tŷ"' in asked
        assert asked.endswith("Tecstiwch B a'ch geiriau i ateb.")
        assert two.text(two.hal, "B iawn, wela i chi") == ["Anfonwyd ymlaen at Ann."]
        assert '"iawn, wela i chi"' in two.texts(two.ann)[0]

    def test_get_each_line_once_and_several_that_waited_as_one(self, two: Two) -> None:
        two.write(two.ann, "One.")
        two.write(two.ann, "Two.")
        (first,) = two.texts(two.hal)
        assert '"One. / Two."' in first
        two.write(two.ann, "Three.")
        (second,) = two.texts(two.hal)
        assert '"Three."' in second
        assert two.texts(two.hal) == []

    def test_get_a_line_whose_text_failed_at_first(self, two: Two) -> None:
        two.write(two.ann, "After 3 please")
        two.talk.network.at = failing("send", "busy", times=1, retry=True)
        assert two.texts(two.hal) == []
        two.talk.later(timedelta(minutes=30))
        (told,) = two.texts(two.hal)
        assert '"After 3 please"' in told
        assert two.text(two.hal, "B ok") == ["Passed on to Ann."]

    def test_is_a_sight_of_whose_words_they_are(self, two: Two) -> None:
        two.write(two.ann, "After 3 please")
        two.texts(two.hal)
        with reading() as uow:
            rows = uow.session.scalars(select(SightRow).filter_by(
                viewer=two.hal.ref, member_id=two.ann.id, why="message"
            ))  # fmt: skip
            seen = {(row.what, row.subject_ref) for row in rows}
        assert {("words", two.ref), ("name", two.ref)} <= seen

    def test_keeps_no_words_in_the_outbox(self, two: Two) -> None:
        two.write(two.ann, "After 3 please")
        with reading() as uow:
            rows = list(uow.session.scalars(select(OutboxRow).filter_by(template="wrote")))
            assert [sorted(row.parameters) for row in rows] == [["line", "match"]]


class TestWordsUnderNoLetter:
    def test_answer_what_was_just_written(self, two: Two) -> None:
        two.write(two.ann, "Do you know the way?")
        two.texts(two.hal)
        (said,) = two.text(two.hal, "yes I do")
        assert said == "Passed on to Ann."
        assert two.talk.lines(two.ref)[-1] == "yes I do"

    def test_that_are_a_new_need_are_asked_about(self, two: Two) -> None:
        two.write(two.hal, "See you at 4")
        two.texts(two.ann)
        (asked,) = two.text(two.ann, "can someone walk the dog on friday")
        assert "Is that for Hal? Text " in asked
        assert two.talk.lines(two.ref) == ["See you at 4"]
        letter = two.talk.letter(two.ann, "whose-words")
        (drafted,) = two.text(two.ann, f"{letter}2")
        assert "dog" in drafted.casefold()
        assert two.talk.lines(two.ref) == ["See you at 4"]

    def test_that_could_be_one_are_passed_on_after_all(self, two: Two) -> None:
        two.write(two.hal, "What do you need?")
        two.texts(two.ann)
        two.text(two.ann, "i need shopping from the corner shop, milk")
        letter = two.talk.letter(two.ann, "whose-words")
        assert two.text(two.ann, f"{letter}1") == ["Passed on to Hal."]
        assert two.talk.lines(two.ref)[-1] == "i need shopping from the corner shop, milk"


class TestOneOnThePage:
    def test_may_have_read_it_and_answers_all_the_same(self, two: Two) -> None:
        two.write(two.ann, "After 3 please")
        two.texts(two.hal)
        matches.show(actor=two.hal.actor, ref=two.ref, now=two.talk.now)
        assert two.text(two.hal, "B fine") == ["Passed on to Ann."]

    def test_who_has_read_it_before_gets_no_text(self, two: Two) -> None:
        two.write(two.ann, "After 3 please")
        matches.show(actor=two.hal.actor, ref=two.ref, now=two.talk.now)
        assert two.texts(two.hal) == []


class TestWhatIsNotPassedOn:
    def test_waits_where_people_have_to_look_first(self, two: Two) -> None:
        two.write(two.ann, "Hello")
        two.texts(two.hal)
        (said,) = two.text(two.hal, f"B {SCAM}")
        assert said == "Somebody at the council reads what you wrote before it is passed on."
        assert two.texts(two.ann) == []
        custodian = a_custodian(two.talk.place)
        (waiting,) = held_messages.waiting(actor=custodian.actor)
        held_messages.decide(
            actor=custodian.actor, ref=waiting.ref, passing=True, key=a_key(), now=two.talk.now
        )
        (told,) = two.texts(two.ann)
        assert "Pay me 50 pounds" in told

    def test_after_a_block_goes_to_people_and_names_nobody(self, two: Two) -> None:
        two.write(two.ann, "Hello")
        two.texts(two.hal)
        two.write(two.ann, "Are you there?")
        keeping_apart.keep_apart(
            actor=two.ann.actor, match_ref=two.ref, key=a_key(), now=two.talk.now
        )
        assert not any("Are you there?" in each for each in two.texts(two.hal))
        said = two.text(two.hal, "B where are you")
        assert len(said) == 1
        assert "Ann" not in said[0]
        assert two.talk.aside() == ["B where are you"]
        assert not any("where are you" in each for each in two.texts(two.ann))

    def test_long_after_the_end_goes_to_people(self, two: Two) -> None:
        two.write(two.ann, "Hello")
        two.texts(two.hal)
        matches.done(
            actor=two.hal.actor, match_ref=two.ref, minutes=60, key=a_key(), now=two.talk.now
        )
        matches.confirm(actor=two.ann.actor, match_ref=two.ref, key=a_key(), now=two.talk.now)
        assert two.text(two.hal, "B it was a pleasure") == ["Passed on to Ann."]
        two.talk.later(timedelta(hours=49))
        assert "Ann" not in "".join(two.text(two.hal, "B one more thing"))
        assert two.talk.lines(two.ref)[-1] == "it was a pleasure"
        assert two.talk.aside() == ["B one more thing"]

    def test_from_who_gave_it_back_goes_to_people(self, two: Two) -> None:
        two.write(two.ann, "Hello")
        two.texts(two.hal)
        matches.release(
            actor=two.hal.actor, match_ref=two.ref, words=None, key=a_key(), now=two.talk.now
        )
        two.text(two.hal, "B sorry about that")
        assert two.talk.lines(two.ref) == ["Hello"]
        assert two.talk.aside() == ["B sorry about that"]


class TestATimeThatIsProposed:
    def test_says_the_words_beside_it(self, two: Two) -> None:
        start = two.talk.now + timedelta(days=2)
        conversations.propose(
            actor=two.hal.actor, match_ref=two.ref, key=a_key(), now=two.talk.now,
            meeting=conversations.Meeting(
                start, start + timedelta(hours=1), where="The library", words="I wear a red hat",
            ),
        )  # fmt: skip
        (told,) = two.texts(two.ann)
        assert '"The library / I wear a red hat"' in told
        assert told.endswith("Text A1 suits me, A2 another time.")
