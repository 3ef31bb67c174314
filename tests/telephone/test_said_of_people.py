"""What is said of people: plain, short, and in no word that networks take for themselves."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale, gettext

from enabler.doors.words.said_of_people import SAID_OF_PEOPLE
from sms import acting
from sms.commands import command
from sms.reading import read
from sms.segments import measure
from sms.tongues import TONGUES, tongues

RESERVED = {
    "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "START", "YES", "UNSTOP", "HELP",
    "INFO",
}  # fmt: skip
LONGEST = {
    "place": "Bournemouth, Christchurch and Poole", "ring": " Or ring 0117 496 0000.",
    "next_at": "Wednesday 30 September at 11:30pm", "until": "Wednesday 30 September",
    "letters": "A, B, C, D, E, F or G",
}  # fmt: skip
OF_OTHERS = {"menu", "with_people"}
"""Said here too, and worded with the dialogue."""


def said_in_acting() -> set[str]:
    """The codes that the deeds of people say."""
    found = set()
    for name in ("joining", "opting", "people", "posting", "resting", "telling_people"):
        tree = ast.parse((Path(acting.__path__[0]) / f"{name}.py").read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Say":
                found.add(ast.literal_eval(node.args[0]))
    return found


def test_all_that_is_said_has_words_and_all_words_are_said() -> None:
    assert said_in_acting() - OF_OTHERS | {"posted_already"} == set(SAID_OF_PEOPLE)


@pytest.mark.parametrize("code", SAID_OF_PEOPLE)
def test_each_fits_and_teaches_no_word_of_the_networks(app: Flask, code: str) -> None:
    for language, most in (("en", 2), ("cy", 3)):
        with app.test_request_context(), force_locale(language):
            words = gettext(SAID_OF_PEOPLE[code]) % LONGEST
        assert measure(words).segments <= most, words
        assert language != "en" or measure(words).encoding == "GSM-7", words
        assert not RESERVED & set(re.findall(r"\b[A-Z]{3,}\b", words)), words


def test_each_word_that_they_teach_is_one_that_we_read(app: Flask) -> None:
    for language in TONGUES:
        for code, sentence in SAID_OF_PEOPLE.items():
            with app.test_request_context(), force_locale(language):
                words = gettext(sentence) % LONGEST
            for taught in re.findall(r"(?:Text|Tecstiwch|or|neu) ((?:[A-Z']{2,} ?)+)", words):
                found = command(read(taught.strip()), tongues(language), ["A"])
                assert found is not None, (code, language, taught)
