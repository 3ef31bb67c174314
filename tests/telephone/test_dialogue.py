"""What comes of a text, by what this phone was asked before."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.dialogue.step import step
from sms.dialogue.turns import Caller, Deed, Opening, Question, Say, Turn

NOW = datetime(2026, 11, 27, 14, 10, tzinfo=ZoneInfo("Europe/London"))
MEMBER, STRANGER = Caller("en"), Caller("en", known=False, has_home=False)
DAY = timedelta(days=1)


def question(
    letter: str, kind: str = "asked", *options: str, facts: Mapping[str, Any] | None = None,
    **more: Any,
) -> Question:  # fmt: skip
    values = {
        "ref": f"REF{letter}", "options": options or ("yes", "no"), "opened_at": NOW,
        "fresh_until": NOW + DAY, "facts": facts or {},
    } | more  # fmt: skip
    return Question(letter=letter, kind=kind, **values)


def asked_next(opening: Opening, letter: str = "Z") -> Question:
    return question(letter, opening.kind, *opening.options, facts=opening.facts, ref=None,
                    options=opening.options, takes_words=opening.takes_words)  # fmt: skip


def conversation(*texts: str, caller: Caller = MEMBER) -> Turn:
    """The last turn of texts, each an answer to what was asked by the one before."""
    turn, open_ones = Turn(), []
    for text in texts:
        turn = step(text, caller, open_ones, NOW)
        open_ones = [asked_next(opening) for opening in turn.opens]
    return turn


class TestAnswers:
    def test_go_to_the_question_with_their_letter(self) -> None:
        turn = step("b1 gladly", MEMBER, [question("A"), question("B")], NOW)
        assert turn.closes == ("B",)
        assert turn.deeds == (Deed("asked.yes", "REFB", "gladly", {"letter": "B"}),)

    def test_bare_ones_go_to_the_only_one_that_is_open(self) -> None:
        old = question("A", fresh_until=NOW - DAY)
        turn = step("yes but after 3", MEMBER, [old, question("B")], NOW)
        assert turn.deeds == (Deed("asked.yes", "REFB", "but after 3", {"letter": "B"}),)

    def test_bare_ones_are_asked_back_where_several_are_open(self) -> None:
        turn = step("yes", MEMBER, [question("A"), question("B")], NOW)
        assert turn == Turn(says=(Say("which", {"letters": ["A", "B"]}),))

    def test_bare_ones_of_days_later_bring_the_question_again(self) -> None:
        turn = step("ok", MEMBER, [question("A", fresh_until=NOW - DAY)], NOW)
        assert turn == Turn(says=(Say("again", {"letter": "A"}),))

    def test_a_late_one_with_its_letter_is_for_the_service_to_judge(self) -> None:
        turn = step("A1", MEMBER, [question("A", closed=True)], NOW)
        assert turn.deeds == (Deed("asked.yes", "REFA", "", {"letter": "A"}),)

    def test_one_that_is_none_of_its_options_is_asked_again(self) -> None:
        turn = step("A7", MEMBER, [question("A")], NOW)
        assert turn == Turn(says=(Say("choose", {"letter": "A"}),))

    def test_several_are_all_done(self) -> None:
        turn = step("A1, B2 not today", MEMBER, [question("A"), question("B")], NOW)
        assert [deed.name for deed in turn.deeds] == ["asked.yes", "asked.no"]
        assert turn.deeds[1].words == "not today"

    def test_nothing_open_is_said(self) -> None:
        assert step("yes", MEMBER, [], NOW) == Turn(says=(Say("nothing_open"),))


class TestANeed:
    def test_in_one_text_is_asked_back_once_and_posted(self) -> None:
        turn = conversation("can someone give me a lift to the hospital tues 10am")
        (opening,) = turn.opens
        assert (opening.kind, opening.options) == ("need-confirm", ("yes", "so", "no"))
        turn = step("yes", MEMBER, [asked_next(opening)], NOW)
        (deed,) = turn.deeds
        assert deed.name == "need.post"
        assert deed.facts == {
            "words": "can someone give me a lift to the hospital tues 10am",
            "category": "transport", "start": "2026-12-01T10:00+00:00",
            "end": "2026-12-01T11:00+00:00", "setting": "car", "letter": "Z",
        }  # fmt: skip

    def test_is_asked_for_what_is_missing_one_at_a_time(self) -> None:
        texts = ["NEED shopping for mum BS3 4QT"]
        kinds = []
        for answer in ("friday morning", "Z1 12 Elm Row"):
            (opening,) = conversation(*texts).opens
            kinds.append(opening.kind)
            texts.append(answer)
        assert kinds == ["need-when", "need-confirm"]
        (deed,) = conversation(*texts).deeds
        assert deed.facts["postcode"] == "BS3 4QT"
        assert deed.facts["address"] == "12 Elm Row"
        assert deed.facts["setting"] == "doorstep"

    def test_where_it_happens_is_asked_with_the_rest(self) -> None:
        (opening,) = conversation("need shopping any time tomorrow").opens
        assert opening.options == ("yes:doorstep", "yes:home", "yes:public", "so", "no")
        assert step("yes", MEMBER, [asked_next(opening)], NOW).says[0].code == "choose"
        (deed,) = step("2", MEMBER, [asked_next(opening)], NOW).deeds
        assert deed.facts["setting"] == "home"

    def test_of_which_something_may_be_so_asks_for_the_most(self) -> None:
        (opening,) = conversation("lift to hospital tues 10am").opens
        (deed,) = step("Z2 my grandson comes", MEMBER, [asked_next(opening)], NOW).deeds
        assert (deed.facts["so"], deed.words) == (True, "my grandson comes")
        (opening,) = conversation("need shopping any time tomorrow").opens
        (deed,) = step("Z4", MEMBER, [asked_next(opening)], NOW).deeds
        assert (deed.facts["so"], deed.facts["setting"]) == (True, None)

    def test_of_several_kinds_is_put_to_choice(self) -> None:
        (opening,) = conversation("need shopping and a lift tomorrow").opens
        assert opening.kind == "need-kind"
        assert set(opening.options) == {"shopping", "transport", "other"}

    def test_of_several_kinds_that_meet_alike_is_put_to_choice_with_the_rest(self) -> None:
        (opening,) = conversation("need shopping and my prescription tomorrow").opens
        assert opening.kind == "need-confirm"
        assert set(opening.options) == {
            "kind:shopping", "kind:prescriptions", "kind:other", "so", "no"
        }  # fmt: skip
        nth = opening.options.index("kind:prescriptions") + 1
        (deed,) = step(str(nth), MEMBER, [asked_next(opening)], NOW).deeds
        assert (deed.facts["category"], deed.facts["setting"]) == ("prescriptions", "doorstep")

    def test_that_nobody_understands_goes_to_people_with_every_word(self) -> None:
        turn = conversation("NEED the thing with the thing", "you know", "the blue one")
        (deed,) = turn.deeds
        assert (deed.name, deed.words) == (
            "to_people", "the thing with the thing / you know / the blue one"
        )  # fmt: skip

    def test_that_is_not_right_begins_anew_with_what_is_said(self) -> None:
        (opening,) = conversation("lift to hospital tues 10am").opens
        turn = step("no its shopping tomorrow", MEMBER, [asked_next(opening)], NOW)
        assert turn.opens[0].facts["category"] == "shopping"

    def test_a_command_at_a_question_of_words_is_a_command(self) -> None:
        (opening,) = conversation("NEED shopping for mum BS3 4QT").opens
        assert step("HOURS", MEMBER, [asked_next(opening)], NOW).deeds == (Deed("hours"),)


class TestAnybody:
    def test_in_danger_is_heard_whatever_else_they_say(self) -> None:
        turn = step("A1 and theres a fire", MEMBER, [question("A")], NOW)
        assert turn.says == (Say("danger"),)
        assert [deed.name for deed in turn.deeds] == ["danger"]
        assert turn.closes == ()
        stopped = Caller("en", stopped=True)
        assert step("i cant breathe", stopped, [], NOW).says == (Say("danger"),)

    def test_stops_and_starts(self) -> None:
        assert step("please stop texting me", MEMBER, [question("A")], NOW).deeds == (Deed("stop"),)
        stopped = Caller("en", stopped=True)
        assert step("START", stopped, [], NOW).deeds == (Deed("start"),)
        assert step("STOP", stopped, [], NOW) == Turn()
        assert step("need shopping", stopped, [], NOW).deeds[0].name == "to_people"

    def test_of_nobody_we_know_joins_question_by_question(self) -> None:
        texts = ["can someone get my shopping"]
        kinds = []
        for answer in ("Rosa", "BS3 4QT", "yes", "yes"):
            (opening,) = conversation(*texts, caller=STRANGER).opens
            kinds.append(opening.kind)
            texts.append(answer)
        assert kinds == ["join-name", "join-postcode", "join-age", "join-consent"]
        (deed,) = conversation(*texts, caller=STRANGER).deeds
        assert deed.name == "join"
        assert deed.facts["name"] == "Rosa"
        assert deed.facts["first_words"] == "can someone get my shopping"

    @pytest.mark.parametrize(("at", "code"), [("age", "too_young"), ("consent", "not_agreed")])
    def test_who_does_not_agree_is_not_kept(self, at: str, code: str) -> None:
        turn = step("no", STRANGER, [question("A", f"join-{at}", ref=None)], NOW)
        assert (turn.deeds, turn.says) == ((), (Say(code),))

    @pytest.mark.parametrize("at", ["age", "consent"])
    def test_who_writes_of_help_has_agreed_to_nothing(self, at: str) -> None:
        asked = question("A", f"join-{at}", ref=None)
        turn = step("I can lend a drill", STRANGER, [asked], NOW)
        assert ([one.kind for one in turn.opens], turn.deeds) == ([f"join-{at}"], ())
        agreed = step("yes I agree", STRANGER, [asked], NOW)
        assert [one.kind for one in agreed.opens] + [one.name for one in agreed.deeds] == [
            "join-consent" if at == "age" else "join"
        ]

    def test_of_nobody_we_know_can_do_nothing_of_a_members(self) -> None:
        for text in ("HOURS", "GIVE 2 7KQ4", "DONE A", "MY", "hello"):
            assert step(text, STRANGER, [], NOW).deeds == (Deed("unknown", words=text),)

    def test_words_at_any_time_carry_what_they_are_about(self) -> None:
        turn = step("DONE A 1h30 lovely", MEMBER, [question("A", "today")], NOW)
        assert turn.deeds == (
            Deed("done", "REFA", "lovely", {"letter": "A", "minutes": 90, "kind": "today"}),
        )
        assert step("WHY K", MEMBER, [question("A")], NOW).says == (
            Say("letter_unknown", {"letter": "K"}),
        )

    def test_what_says_nothing_to_us_goes_to_people(self) -> None:
        turn = step("Mum said to text you", MEMBER, [], NOW)
        assert turn.deeds == (Deed("to_people", words="Mum said to text you"),)
        assert turn.says == (Say("with_people"),)


SAID_SO_FAR = {
    "words": "x", "category": "shopping", "first_words": "", "name": "R", "postcode": "BS3 4QT",
}  # fmt: skip
_OPEN = st.lists(
    st.builds(
        lambda letter, kind, words: question(
            letter, kind, takes_words=words, ref=None, facts=SAID_SO_FAR
        ),
        st.sampled_from("ABC"),
        st.sampled_from(["asked", "need-where", "need-when", "need-confirm", "offer-kind",
                         "need-address", "join-name", "join-postcode", "join-consent"]),
        st.booleans(),
    ),
    max_size=3,
    unique_by=lambda one: one.letter,
)  # fmt: skip
PIECES = [
    "A1", "b2", "yes", "no", "1", "2", "need", "offer", "shopping", "lift", "BS3", "4QT", "tues",
    "10am", "done", "stop", "help", "why",
]  # fmt: skip
_TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join),
)


@given(_TEXTS, _OPEN, st.booleans(), st.booleans())
def test_something_comes_of_every_text(
    text: str, questions: list[Question], known: bool, stopped: bool
) -> None:
    caller = Caller("en", known=known, stopped=stopped, has_home=known)
    turn = step(text, caller, questions, NOW)
    assert turn == step(text, caller, questions, NOW)
    assert set(turn.closes) <= {one.letter for one in questions}
    if not stopped:
        assert turn.opens or turn.deeds or turn.says


class TestWordsUnderALetter:
    """Where several questions wait for words, the letter before them says which is meant."""

    def test_go_to_that_question_without_the_letter(self) -> None:
        first = question("B", "time-when", options=(), takes_words=True)
        newest = question("C", "noted-why", options=(), takes_words=True)
        turn = step("B tue 10am", MEMBER, [first, newest], NOW)
        assert turn.deeds == (Deed("time-when", "REFB", "tue 10am", {"letter": "B"}),)

    def test_without_one_go_to_the_newest(self) -> None:
        first = question("B", "time-when", options=(), takes_words=True)
        newest = question("C", "noted-why", options=(), takes_words=True)
        (deed,) = step("it was otherwise", MEMBER, [first, newest], NOW).deeds
        assert deed == Deed("noted-why", "REFC", "it was otherwise", {"letter": "C"})

    def test_days_later_need_their_letter_and_one_that_is_no_word(self) -> None:
        stale = {"options": (), "takes_words": True, "fresh_until": NOW - DAY}
        asked = [question("A", "done-why", **stale), question("B", "time-when", **stale)]
        assert step("B tue 10am", MEMBER, asked, NOW).deeds[0].name == "time-when"
        assert not step("a lift to the shops please", MEMBER, asked, NOW).deeds
