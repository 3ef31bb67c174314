"""The answer to a text: all of it has words, it fits, and nothing that matters is lost."""

import ast
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sms
from enabler.domain.answering import ASKED_ONCE_MORE, NAMING
from enabler.domain.prompts import ASKS
from enabler.domain.segments import without_marks
from enabler.domain.vocabulary import CATEGORIES
from enabler.doors.words import SENTENCES
from enabler.doors.words.consents import words_shown
from enabler.doors.words.questions import ASKED, CONSENT, OPTIONS
from enabler.doors.words.said import SAID, TO_STRANGERS
from enabler.doors.words.said_refusals import BY_TEXT
from sms.dialogue.confirming import confirm, with_kinds
from sms.segments import GSM, measure
from tests.messages.test_words import NETWORKS_OWN
from tests.telephone import replying
from tests.telephone.replying import (
    CODES,
    KINDS,
    LANGUAGES,
    PLACES,
    asks,
    options,
    said,
    says,
    speaking,
)

SMS = Path(sms.__file__).parent
MOST = {"en": 2, "cy": 3}
LONG_DOOR = "Flat 12, St. Bartholomew's Court, 114 Kingsweston Avenue"
ALL_SENTENCES = {**SAID, **TO_STRANGERS, **ASKED}


def first_arguments(of: str) -> set[str]:
    """Every text that is the first argument of a call, or one of two that it may be."""
    found: set[str] = set()
    for path in SMS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == of and node.args:
                found |= {
                    str(each.value) for each in ast.walk(node.args[0])
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }  # fmt: skip
    return found


def every_text() -> set[str]:
    """Each text that stands in the telephone door."""
    return {
        str(node.value) for path in SMS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }  # fmt: skip


class TestWords:
    def test_stand_for_everything_that_is_said(self) -> None:
        begun = {"say_", "why_", "hours_", "_for", "age"}  # the rest of them is computed
        assert first_arguments("Say") - begun <= {*SAID, "refused"}

    def test_are_of_something_that_is_said(self) -> None:
        texts = every_text()
        computed = re.compile(r"say_(need|offer)|why_\w+|hours_\w+|my_\w+")
        assert {
            code for code in SAID if code not in texts and not computed.fullmatch(code)
        } == set()
        assert set(TO_STRANGERS) <= set(SAID)

    def test_stand_for_everything_that_is_asked(self) -> None:
        begun = {"-", "join-"}
        assert first_arguments("Opening") - begun <= set(ASKED)
        assert {ask.kind for ask in ASKS.values()} <= set(ASKED)
        ways = {
            "need-address-home", "need-address-near", "need-confirm-where", "need-place-ward",
            "need-confirm-where-short", "need-confirm-kind",
        }  # fmt: skip
        assert set(ASKED) - ways == set(KINDS) - {CONSENT}

    def test_of_answers_are_there_for_each_option(self) -> None:
        for ask in ASKS.values():
            assert set(ask.options) <= set(OPTIONS[ask.kind])

    def test_of_a_refusal_are_of_one_that_there_is(self) -> None:
        assert set(BY_TEXT) <= set(SENTENCES)

    def test_that_name_somebody_are_known_to(self) -> None:
        assert {code for code, words in ALL_SENTENCES.items() if "%(name)s" in words} == NAMING

    def test_teach_nothing_that_a_network_keeps_for_itself(self) -> None:
        means = [words for each in OPTIONS.values() for words in each.values()]
        for words in (*ALL_SENTENCES.values(), *BY_TEXT.values(), *means):
            shouted = {word.strip(".,:!?") for word in words.split() if word.isupper()}
            assert NETWORKS_OWN.isdisjoint(shouted), words
            assert words.strip(".,:!?").upper() not in NETWORKS_OWN


def whole(body: str, language: str) -> None:
    """It fits, and nothing was left out or is unsaid."""
    measured = measure(body)
    assert measured.segments <= MOST[language], (measured, body)
    assert language != "en" or measured.encoding == GSM
    for unsaid in ("%(", "None", "  ", "Text MY for more", "There is more", "Tecstiwch RHESTR am"):
        assert unsaid not in body, body


@pytest.mark.parametrize("language", LANGUAGES)
class TestWithTheLongestValues:
    @pytest.mark.parametrize("code", CODES)
    @pytest.mark.parametrize("known", [True, False])
    def test_what_is_said_fits(self, code: str, known: bool, language: str) -> None:
        whole(said(*says(code), language=language, known=known), language)

    @pytest.mark.parametrize("kind", KINDS)
    def test_what_is_asked_fits(self, kind: str, language: str) -> None:
        for coded in options(kind):
            body = said(asked=[asks(kind, coded)], language=language)
            whole(body, language)
            for nth, _ in enumerate(coded, start=1):
                assert f"ZZ{nth} " in body

    @pytest.mark.parametrize("kind", ["need-address", "need-confirm"])
    def test_what_is_near_a_landmark_fits(self, kind: str, language: str) -> None:
        for coded in options(kind):
            whole(said(asked=[asks(kind, coded, landmark=1001)], language=language), language)

    @pytest.mark.parametrize("landmark", [0, PLACES[0][0]])
    def test_what_asks_for_the_house_or_says_it_fits(self, landmark: int, language: str) -> None:
        for coded in options("need-confirm"):
            for door in ({"doorless": True, "address": ""}, {"address": LONG_DOOR}):
                one = asks("need-confirm", coded, landmark=landmark, tries=0, again=False, **door)
                body = said(asked=[one], language=language)
                whole(body, language)
                assert not door.get("doorless") or "ZZ1 12 " in body

    def test_what_asks_for_the_kind_with_the_rest_fits(self, language: str) -> None:
        drafts = [
            confirm("need", draft).opens[0] for many in (2, 3)
            for kinds in combinations(sorted(CATEGORIES), many)
            if (draft := with_kinds({"kinds": kinds, "doorless": True}))
        ]  # fmt: skip
        assert len(drafts) > 50
        for one in drafts:
            for landmark in (0, PLACES[0][0]):
                facts = {"landmark": landmark, "tries": 0, "again": False, "address": ""}
                asked = asks("need-confirm", one.options, about={}, **facts, **one.facts)
                del asked["facts"]["category"]
                body = said(asked=[asked], language=language)
                whole(body, language)
                assert all(f"ZZ{nth} " in body for nth in range(1, len(one.options) + 1))
                assert "ZZ1 12 " in body

    def test_several_places_fit_by_their_names_and_wards(self, language: str) -> None:
        others = [[*PLACES[0]], [*PLACES[1]], [1003, "Another " + PLACES[2][1], "Redland", 300]]
        for places in (PLACES, others):
            coded = tuple(f"at:{one[0]}" for one in places)
            whole(
                said(asked=[asks("need-place", coded, places=places)], language=language), language
            )

    @pytest.mark.parametrize("code", sorted(ASKED_ONCE_MORE))
    def test_what_is_asked_once_more_fits(self, code: str, language: str) -> None:
        for kind in KINDS:
            (one,) = says(code)
            body = said(one | {"question": asks(kind)}, language=language)
            assert measure(body).segments <= MOST[language]
            assert not options(kind) or all(
                f"ZZ{nth} " in body for nth, _ in enumerate(next(options(kind)), start=1)
            )

    @pytest.mark.parametrize("why", sorted(SENTENCES))
    def test_why_something_cannot_be_done_fits(self, why: str, language: str) -> None:
        body = said(*says("refused", why=why), language=language)
        assert measure(body).segments <= MOST[language]
        assert "%(" not in body

    def test_what_somebody_agrees_to_is_said_word_for_word(self, language: str) -> None:
        question = asks(CONSENT, language=language, again=False, tries=0)
        body = said(asked=[question], language=language)
        with speaking().app_context():
            words = words_shown("sign-up", 1, language)
        assert body.startswith(without_marks(words))


class TestWhatDoesNotFit:
    def test_is_left_out_from_the_end_with_where_it_can_be_had(self) -> None:
        body = said(*says(*["too_young"] * 3))
        assert body.startswith("Enabler is for people who are 18 or over.")
        assert body.endswith("Text MY for more.")
        assert measure(body).segments == 2

    def test_leaves_room_for_the_question(self) -> None:
        body = said(*says(*["too_young"] * 3), asked=[asks("need-when", again=False, tries=0)])
        assert body.startswith("Enabler is for people who are 18 or over.")
        assert "Or text ZZ1 any time." in body

    def test_is_never_what_to_do_in_danger(self) -> None:
        body = said(*says("too_young", "too_young", "danger"), asked=[asks("need-confirm")])
        assert body.startswith("In danger ring 999 now.")
        assert "Or ring 0117 496 0000." in body

    def test_of_a_list_sends_nobody_round_in_a_ring(self) -> None:
        body = said(*says(*["my_promise"] * 6, "my_how"))
        assert body.endswith("Text DONE or CAN'T with its code. There is more. Text CALL ME and we"
                             " ring you.")  # fmt: skip

    def test_costs_a_stranger_no_hint_that_leads_nowhere(self) -> None:
        assert "Text MY" not in said(*says(*["too_young"] * 3), known=False)

    def test_loses_marks_before_words(self) -> None:
        about = replying.SHORT_ABOUT | {"name": "Siân"}
        short = said(*says("thanked", about=about))
        assert "Siân" in short
        long = said(*says("thanked", "too_young", about=about))
        assert "Sian" in long
        assert "Childline" in long


CODES_AND_REFUSALS = st.one_of(
    st.sampled_from(CODES).map(lambda code: says(code)[0]),
    st.sampled_from(sorted(SENTENCES)).map(lambda why: says("refused", why=why)[0]),
    st.tuples(st.sampled_from(sorted(ASKED_ONCE_MORE)), st.sampled_from(KINDS)).map(
        lambda pair: says(pair[0])[0] | {"question": asks(pair[1])}
    ),
)  # fmt: skip
QUESTIONS = st.sampled_from([(kind, coded) for kind in KINDS for coded in options(kind)])


@settings(max_examples=300, deadline=None)
@given(
    told=st.lists(CODES_AND_REFUSALS, max_size=9), asked=st.lists(QUESTIONS, max_size=4),
    language=st.sampled_from(LANGUAGES), name=st.text(max_size=60), known=st.booleans(),
    words=st.text(max_size=300),
)  # fmt: skip
def test_whatever_comes_together_fits(
    told: list[Any], asked: list[Any], language: str, name: str, known: bool, words: str
) -> None:
    about = replying.LONGEST_ABOUT | {"name": name}
    questions = [
        asks(kind, coded, about=about, words=words, name=name, category="other")
        for kind, coded in asked
    ]  # fmt: skip
    body = said(*told, asked=questions, language=language, known=known)
    assert measure(body).segments <= MOST[language]
    assert body.strip()


@pytest.mark.parametrize("name", ["محمد", "李小龙", "😀" * 60])
@pytest.mark.parametrize("place", ["X" * 400, "Bath"])
def test_what_no_telephone_writes_shortly_fits_too(name: str, place: str) -> None:
    about = replying.LONGEST_ABOUT | {"name": name}
    for code in ("my_helper", "menu"):
        assert measure(said(*says(code, about=about), place=place)).segments <= 2
