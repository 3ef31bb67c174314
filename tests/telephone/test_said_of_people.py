"""What is said of people: plain, short, and in no word that networks take for themselves."""

import re

import pytest
from flask import Flask
from flask_babel import force_locale, gettext

from enabler.doors.words.said_of_people import SAID_OF_PEOPLE
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
    "letters": "A, B, C, D, E, F or G", "category": "help with forms and letters",
    "when": "Wed 30 Sep 10:30am to 11:30am",
    "checks": " Before we ask you, the council has to see: DBS check (enhanced, children).",
}  # fmt: skip


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
