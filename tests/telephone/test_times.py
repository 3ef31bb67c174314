"""Times and lengths, as they are texted."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sms.durations import minutes_at
from sms.reading import read
from sms.times import read_when
from sms.tongues import tongues

EN, CY = tongues("en"), tongues("cy")
NOW = datetime(2026, 11, 27, 14, 10, tzinfo=ZoneInfo("Europe/London"))
"""A Friday."""


def when(text: str, language: tuple = EN) -> tuple[str, str] | None:
    found = read_when(read(text), language, NOW)
    if found is None:
        return None
    start, end = (one.strftime("%m-%d %H:%M") if one else "" for one in (found.start, found.end))
    return start, end


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("take mum to the BRI tues 10am", "12-01 10:00", ""),
        ("about 12.30 tomorrow", "11-28 12:30", ""),
        ("thurs 9-1", "12-03 09:00", "12-03 13:00"),
        ("sat 2 till 4 if you can", "11-28 14:00", "11-28 16:00"),
        ("saturday 5th after 11", "12-05 11:00", "12-05 23:59"),
        ("fri 4th all day", "12-04 00:00", "12-04 23:59"),
        ("afore Tuesday", "", "11-30 23:59"),
        ("by tuesday", "", "12-01 23:59"),
        ("first thing monday", "11-30 08:00", "11-30 12:00"),
        ("tomorrow afternoon", "11-28 12:00", "11-28 17:00"),
        ("tonight at 7", "11-27 19:00", ""),
        ("half past 2 on sunday", "11-29 14:30", ""),
        ("noon tomorrow", "11-28 12:00", ""),
        ("4 dec at 3", "12-04 15:00", ""),
        ("25/12 10am", "12-25 10:00", ""),
        ("before 3 tomorrow", "", "11-28 15:00"),
        ("friday", "12-04 00:00", "12-04 23:59"),
    ],
)
def test_is_read(text: str, start: str, end: str) -> None:
    assert when(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("dydd mawrth am 10yb", "12-01 10:00", ""),
        ("yfory bore", "11-28 08:00", "11-28 12:00"),
        ("cyn dydd iau", "", "12-02 23:59"),
    ],
)
def test_is_read_in_welsh(text: str, start: str, end: str) -> None:
    assert when(text, CY) == (start, end)


@pytest.mark.parametrize(
    "text",
    ["mon wed fri lunch", "every mon 11am", "mornings", "after xmas", "I am 79", "3 bags", "",
     "tues or thurs", "31/2", "at 10", "28 march 1.30am", "31 october at 1.30am"],
)  # fmt: skip
def test_what_is_vague_or_comes_again_or_never_is_no_time(text: str) -> None:
    assert when(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1h30", 90), ("1h", 60), ("1 hour 30", 90), ("90 mins", 90), ("90", 90), ("2", 120),
        ("1.5", 90), ("1.5 hours", 90), ("1:15", 75), ("half an hour", 30), ("an hour", 60),
        ("an hour and a half", 90), ("two hours", 120), ("45m", 45), ("1hr 20 min", 80),
    ],
)  # fmt: skip
def test_a_length_is_minutes(text: str, minutes: int) -> None:
    found = minutes_at(read(text), 0, EN)
    assert found is not None
    assert found[0] == minutes


@pytest.mark.parametrize("text", ["lovely", "a cat", "", "one lovely lady"])
def test_other_words_are_no_length(text: str) -> None:
    assert minutes_at(read(text), 0, EN) is None
