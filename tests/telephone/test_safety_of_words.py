"""Danger first; a stop is heard however it is said; nothing that is typed breaks the reading."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.answers import answers
from sms.commands import command
from sms.dangers import in_danger
from sms.opting import asks_to_start, asks_to_stop
from sms.reading import LONGEST, read
from sms.times import read_when
from sms.tongues import tongues

EN, CY = tongues("en"), tongues("cy")
NOW = datetime(2026, 11, 27, 14, 10, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    "text",
    [
        "my 2 yr old has bit into a dishwasher tablet",
        "I have fallen and cant get up",
        "STOP he's hitting me",
        "A1 theres a fire",
        "Dwi'm isio byw ddim mwy, sgin i'm byd ar ôl",
        "i just want to die",
        "smell of gas in the hall",
        "Mam wedi cwympo a methu codi",
    ],
)
def test_danger_is_heard(text: str) -> None:
    assert in_danger(read(text), EN)


@pytest.mark.parametrize(
    "text",
    [
        "the fence has collapsed in the wind, anyone handy?",
        "I volunteer with St John Ambulance, can give first aid lessons",
        "dad had a heart attack last year so cant dig, garden needs doing",
        "curtain fitting please, front room",
        "can someone take mum to the BRI tues 10am",
        "dying to meet you all",
    ],
)
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    assert in_danger(read(text), EN) == ()


@pytest.mark.parametrize(
    "text",
    ["STOP", "stop.", "Stop please", "STOPALL", "unsubscribe", "please stop texting me",
     "Dont text me no more", "no more texts thank you", "tynnwch fy enw i oddi ar y rhestr plis",
     "take me off your list"],
)  # fmt: skip
def test_a_stop_is_heard(text: str) -> None:
    assert asks_to_stop(read(text), EN)


@pytest.mark.parametrize(
    "text",
    ["please stop by for a cuppa", "the tap won't stop dripping", "three people to the bus stop",
     "end of terrace, number 5", "cancel the lift on tuesday please", "can you stop him barking"],
)  # fmt: skip
def test_what_only_has_the_word_is_no_stop(text: str) -> None:
    assert not asks_to_stop(read(text), EN)


def test_a_start_is_the_whole_text() -> None:
    assert asks_to_start(read("START"), EN)
    assert asks_to_start(read("dechrau"), CY)
    assert not asks_to_start(read("start the mower for me"), EN)


def all_readings(text: str) -> None:
    said = read(text)
    for language in (EN, CY):
        in_danger(said, language)
        asks_to_stop(said, language)
        found = (answers(said, language, {"A"}), command(said, language, {"A"}))
        assert len(said.text) <= LONGEST
        read_when(said, language, NOW)
        assert found is not None


@given(st.text(max_size=400))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    all_readings(text)


_PIECES = st.sampled_from(" ".join((
    "a1 b2 yes no 10am tues 5th 31st 25/13 half past quarter to till - after before by every noon",
    "give done 1h30 7kq4 away can't why and a half stop 9-1 0 24 12.60 0/0 dydd llun BS3 4QT",
)).split())  # fmt: skip


@given(st.lists(_PIECES, max_size=12))
def test_nor_what_looks_like_answers_and_times(pieces: list[str]) -> None:
    all_readings(" ".join(pieces))
