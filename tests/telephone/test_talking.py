"""For whom words are that come while somebody waits for an answer in words."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from enabler.domain.prompts import Question
from sms.dialogue.step import step
from sms.dialogue.turns import Caller, Turn
from tests.builders import NOW

DAY = timedelta(days=1)
ANN = Caller("en")


def a_question(
    letter: str, kind: str = "wrote", options: Sequence[str] = (), *, closed: bool = False,
    fresh: bool = True, ref: str = "K7QP",
) -> Question:  # fmt: skip
    until = NOW + DAY if fresh else NOW - DAY
    return Question(letter, kind, tuple(options), NOW - DAY, until, ref,
                    takes_words=not options, closed=closed)  # fmt: skip


HAL_WROTE = a_question("B")
AN_ASK = a_question("A", "ask", ("yes", "no"), ref="M4RS")


def turn(text: str, *questions: Question) -> Turn:
    return step(text, ANN, questions, NOW)


def passed(made: Turn) -> list[tuple[str, str | None]]:
    """The words that go to the other side, with the match."""
    return [(deed.words, deed.ref) for deed in made.deeds if deed.name == "wrote"]


class TestUnderItsLetter:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("B see you at 3", "see you at 3"), ("b: yes", "yes"), ("B 2 bags", "2 bags"),
            ("B1 see you at 3", "see you at 3"), ("B need the keys", "need the keys"),
            ("B A1 is free", "A1 is free"),
        ],
    )  # fmt: skip
    def test_all_that_follows_is_passed_on(self, text: str, words: str) -> None:
        made = turn(text, AN_ASK, HAL_WROTE)
        assert passed(made) == [(words, "K7QP")]
        assert made.closes == ("B",)

    @pytest.mark.parametrize("how", [{"closed": True}, {"fresh": False}])
    def test_also_later(self, how: dict[str, bool]) -> None:
        assert passed(turn("B see you", a_question("B", **how))) == [("see you", "K7QP")]

    @pytest.mark.parametrize("text", ["B", "b1", "B."])
    def test_nothing_is_no_answer_yet(self, text: str) -> None:
        made = turn(text, HAL_WROTE)
        assert [one.code for one in made.says] == ["choose"]
        assert made.deeds == ()

    @pytest.mark.parametrize(
        ("text", "deed"), [("DONE B 1h", "done"), ("BLOCK B", "block"), ("CAN'T B", "cannot")]
    )
    def test_a_word_of_ours_is_one_all_the_same(self, text: str, deed: str) -> None:
        (done,) = turn(text, HAL_WROTE).deeds
        assert (done.name, done.ref) == (deed, "K7QP")

    def test_danger_is_danger(self) -> None:
        assert turn("B help he has fallen and is not breathing", HAL_WROTE).says[0].code == "danger"


class TestUnderNoLetter:
    @pytest.mark.parametrize("text", ["yes", "ok", "1", "no sorry not before 4", "see you then x"])
    def test_words_answer_the_one_thing_that_is_open(self, text: str) -> None:
        assert passed(turn(text, HAL_WROTE)) == [(text, "K7QP")]

    @pytest.mark.parametrize(
        "text",
        ["can someone take mum to the BRI tues 10am", "A lift to the shops please",
         "I need milk and bread", "i could walk a dog"],
    )  # fmt: skip
    def test_what_could_be_new_is_asked_about(self, text: str) -> None:
        made = turn(text, HAL_WROTE)
        assert passed(made) == []
        (asked,) = made.opens
        assert (asked.kind, asked.facts) == ("whose-words", {"words": text, "match": "K7QP"})

    def test_so_is_what_comes_while_something_else_is_open(self) -> None:
        made = turn("see you then x", AN_ASK, HAL_WROTE)
        assert [one.kind for one in made.opens] == ["whose-words"]
        assert passed(made) == []

    def test_a_word_of_ours_is_never_passed_on(self) -> None:
        for text in ("NEED shopping on friday", "MY", "HOURS", "MENU", "STOP", "call me"):
            assert passed(turn(text, HAL_WROTE)) == []

    def test_of_two_who_wrote_it_is_asked_which(self) -> None:
        made = turn("see you then x", HAL_WROTE, a_question("C", ref="P8TW"))
        assert [(one.code, one.facts) for one in made.says] == [
            ("to_whom", {"letters": ["B", "C"]})
        ]

    def test_of_yesterday_they_are_for_people(self) -> None:
        made = turn("see you then x", a_question("B", fresh=False))
        assert passed(made) == []
        assert [deed.name for deed in made.deeds] == ["to_people"]

    def test_yes_is_for_the_question_with_codes_that_came_later(self) -> None:
        (deed,) = turn("yes", HAL_WROTE, AN_ASK).deeds
        assert deed.name == "ask.yes"
        assert [one.code for one in turn("yes", AN_ASK, HAL_WROTE).says] == ["which"]

    def test_a_question_half_answered_goes_on(self) -> None:
        drafted = Question("C", "need-kind", (), NOW, NOW + DAY, None, {"words": ""}, True)
        assert passed(turn("shopping", drafted, HAL_WROTE)) == []


class TestWhoseWords:
    ASKED = Question("C", "whose-words", ("yes", "no"), NOW, NOW + DAY, None,
                     {"words": "I need milk", "match": "K7QP"})  # fmt: skip

    def test_are_passed_on_after_all(self) -> None:
        made = turn("C1", HAL_WROTE, self.ASKED)
        assert passed(made) == [("I need milk", "K7QP")]
        assert made.closes == ("C",)

    def test_or_are_a_need(self) -> None:
        made = turn("C2", HAL_WROTE, self.ASKED)
        assert passed(made) == []
        assert made.closes[0] == "C"
        assert [one.kind.partition("-")[0] for one in made.opens] == ["need"]
