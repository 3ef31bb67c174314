"""Whoever cannot do something of their own asks for help; whoever cannot come says so."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sms.reading import read
from sms.tongues import tongues
from sms.understanding.drafted import understand
from sms.understanding.meaning import meaning_of
from sms.understanding.unable import is_unable

NOW = datetime(2026, 11, 27, 14, 10, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    "text",
    [
        "cant work my new phone, someone to show me",
        "can't work my new phone",
        "cant work the telly remote can anyone show me how",
        "cant use my tv remote since they changed it",
        "cant work out my new mobile",
        "cant answer my new phone properly, someone show me",
        "cant set up the new phone, any help",
        "cant call my daughter on the new phone, need showing",
        "cant text on this phone, who can teach me",
        "i cant work my phone",
        "cant push my bin out",
        "CANT WORK A TABLET CAN SOMEONE SHOW ME",
        "cant lift my shopping up the stairs",
        "methu gweithio fy ffôn newydd, all rhywun ddangos i mi",
    ],
)
def test_it_is_a_need(text: str) -> None:
    assert meaning_of(text, NOW).intent == "need"
    assert understand(read(text), tongues("en"), NOW).about_help


@pytest.mark.parametrize(
    "text",
    [
        "cant B my back has gone",
        "can't do my visit on friday sorry",
        "cant come my car broke down",
        "cant make my turn on thursday",
        "cant do Doris today after all, puncture",
        "CAN'T A MY VAN BROKE",
        "can't make it thursday for A, find her somebody else",
        "can't be doing with this texting, get a person to ring me on the landline",
        "cant B the clutch went can someone else go",
        "cant do this week my mum's ill",
        "I can't do B any more you'll have to give it to another volunteer",
        "cant do my shift at the lunch club, can someone else",
        "cant visit Doris tomorrow, got flu",
        "can't 4F2K my van broke",
    ],
)
def test_it_takes_something_back(text: str) -> None:
    assert not is_unable(read(text))
    assert meaning_of(text, NOW).intent == "command"


@pytest.mark.parametrize(
    "text",
    [
        "cant tomorrow my mum is ill", "cant this week sorry my back", "cant", "can't A",
        "cant believe my luck, ta", "I can't thank you enough", "cant manage my visit with A",
        "cant manage A on thursday", "methu A fy nghar wedi torri",
    ],
)  # fmt: skip
def test_what_says_no_such_thing_is_left_to_the_model(text: str) -> None:
    assert not is_unable(read(text))


def test_danger_stays_danger() -> None:
    for text in ("can't move my left side", "cant get my breath", "i cant feel my legs and i fell"):
        assert meaning_of(text, NOW).intent == "danger"
