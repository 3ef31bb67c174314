"""What is an answer to which question, and what is none."""

import pytest

from sms.answers import Answer, answers
from sms.reading import read
from sms.tongues import tongues

EN, CY = tongues("en"), tongues("cy")
KNOWN = {"A", "B", "E", "AB"}


def one(text: str, language: tuple = EN) -> Answer | None:
    found = answers(read(text), language, KNOWN)
    assert len(found) < 2
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "letter", "option", "yes", "words"),
    [
        ("A1", "A", 1, None, ""),
        ("a 1", "A", 1, None, ""),
        (" a1. ", "A", 1, None, ""),
        ("ab2", "AB", 2, None, ""),
        ("A1 but not before 3", "A", 1, None, "but not before 3"),
        ("A1, I'll bring Rex", "A", 1, None, "I'll bring Rex"),
        ("A yes", "A", 0, True, ""),
        ("a: no sorry love", "A", 0, False, "sorry love"),
        ("1", None, 1, None, ""),
        ("1 please", None, 1, None, "please"),
        ("1 a diolch", None, 1, None, "a diolch"),
        ("1 ac os bydd glaw mae'n iawn", None, 1, None, "ac os bydd glaw mae'n iawn"),
        ("yes", None, 0, True, ""),
        ("YES!!", None, 0, True, ""),
        ("ok but after 3", None, 0, True, "but after 3"),
        ("N", None, 0, False, ""),
        ("no thanks, poorly this week", None, 0, False, "poorly this week"),
        ("Sorry, can't", None, 0, False, ""),
        ("the 2nd one", None, 2, None, ""),
        ("B1 running 10 mins late stuck behind tractor", "B", 1, None,
         "running 10 mins late stuck behind tractor"),
    ],
)  # fmt: skip
def test_is_an_answer(text: str, letter: str, option: int, yes: bool, words: str) -> None:
    assert one(text) == Answer(letter, option, yes, words)


@pytest.mark.parametrize(
    ("text", "yes"),
    [("ie", True), ("Iawn, ar ôl 3", True), ("na", False), ("ddim y tro yma", False)],
)
def test_is_one_in_welsh(text: str, yes: bool) -> None:
    found = one(text, CY)
    assert found is not None
    assert found.yes is yes


def test_several_in_one_text_each_with_its_words() -> None:
    found = answers(read("A1 gladly, B2 not today"), EN, KNOWN)
    assert found == (Answer("A", 1, None, "gladly"), Answer("B", 2, None, "not today"))


@pytest.mark.parametrize(
    "text",
    [
        "2 cats and a tortoise but hes asleep till march",
        "E1 6AN",
        "e16an",
        "C1",  # a letter that this phone was never sent
        "No rush, after Xmas fine",
        "no problem",
        "A lift to the hospital please",
        "do u do meals on wheels",
        "Bread and milk for B1 class",
        "can someone take mum to the BRI tues 10am, shes in BS3 4QT",
        "",
        "?",
    ],
)
def test_is_none(text: str) -> None:
    assert one(text) is None
