"""An answer to what is over, while another question waits: that one comes again with its codes."""

from collections.abc import Iterator

import pytest
from flask import Flask

from enabler.domain.prompts import TALK
from enabler.domain.segments import measure
from enabler.doors.wiring import wiring
from enabler.services import messages, simulated
from sms.dialogue.over import still_open
from sms.dialogue.turns import Opening, Say
from tests.builders import NOW, BuiltMember, a_member
from tests.services.deeds import earn
from tests.telephone.phones import Phone, a_texted_place, number_of
from tests.telephone.test_dialogue import question

OVER = Say("too_late", {"letter": "A"})


@pytest.fixture
def ann(app: Flask) -> Iterator[BuiltMember]:
    with app.app_context():
        yield a_member(a_texted_place(), "Ann Asker", address="7 Quiet Close")


def newest_to(who: BuiltMember) -> str:
    """The last text that somebody got."""
    messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=NOW, limit=99)
    sent = [words for to, words in simulated.texts_after(number=0) if to == number_of(who)]
    return sent[-1]


def given_and_offering(ann: BuiltMember, language: str = "en") -> Phone:
    """Ann has given hours, which was A, and is asked whether her offer is right, which is B."""
    earn(ann, 90)
    bea = a_member(ann.place, "Bea Near")
    phone = Phone.of(ann)
    if language != "en":
        phone.text("LANG CY")
    assert phone.text(f"GIVE 30 {bea.ref}") == ["give-confirm"]
    assert phone.text("yes") == ["gave"]
    assert phone.text("OFFER gardening") == ["offer-confirm"]
    return phone


@pytest.mark.parametrize(
    ("language", "over", "waits"),
    [
        (
            "en",
            "Sorry, that question is over now. Text MY to see what is open. This is open: You",
            "Text B1 right, B2 not right.",
        ),
        ("cy", "Sori, mae'r cwestiwn hwnnw ar ben.", "Tecstiwch B1 iawn, B2 ddim yn iawn."),
    ],
)  # fmt: skip
def test_it_comes_again_with_its_codes(
    ann: BuiltMember, language: str, over: str, waits: str
) -> None:
    phone = given_and_offering(ann, language)
    assert phone.text("A1")[:2] == ["too_late", "still_open"]
    body = newest_to(ann)
    assert body.startswith(over)
    assert waits in body
    assert measure(body).segments <= {"en": 2, "cy": 3}[language]


def test_what_was_settled_before_it_leaves_is_left_out(ann: BuiltMember) -> None:
    phone = given_and_offering(ann)
    phone.text("A1")
    phone.text("B2")
    messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=NOW, limit=99)
    sent = [words for to, words in simulated.texts_after(number=0) if to == number_of(ann)]
    assert "Sorry, that question is over now. Text MY to see what is open." in sent


def test_nothing_else_is_said_where_nothing_waits(ann: BuiltMember) -> None:
    phone = given_and_offering(ann)
    phone.text("B2")
    assert phone.text("A1") == ["too_late"]


class TestWhichOne:
    def test_is_the_newest_that_waits(self) -> None:
        waits = [question("A", closed=True), question("B"), question("C"), question("D", TALK)]
        assert still_open(waits, [OVER], [], []) == (Say("still_open", {"letter": "C"}),)

    @pytest.mark.parametrize("code", ["settled", "posted_already"])
    def test_after_whatever_says_that_it_is_over(self, code: str) -> None:
        assert still_open([question("B")], [Say(code)], ["A"], []) != ()

    def test_is_none_that_this_text_answers(self) -> None:
        assert still_open([question("B")], [OVER], ["B"], []) == ()

    def test_is_none_beside_a_new_question(self) -> None:
        assert still_open([question("B")], [OVER], [], [Opening("need-when")]) == ()

    def test_is_none_after_any_other_answer(self) -> None:
        assert still_open([question("B")], [Say("gave"), Say("menu")], [], []) == ()
