"""Times and lengths, as they are texted."""

import csv
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.durations import minutes_at
from sms.reading import read
from sms.times import When, read_when
from sms.times.lists import CODES, FILES
from sms.tongues import tongues
from sms.urgency import urgency_of

EN, CY = tongues("en"), tongues("cy")
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 27, 14, 10, tzinfo=LONDON)
"""A Friday."""
TABLES = Path(__file__).parent / "times"
URGENCIES = ("asap", "today", "this_week", "later", "none")


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return moment.strftime("%m-%d %H:%M" if moment.year == NOW.year else "%Y-%m-%d %H:%M")


def when(text: str, language: tuple = EN) -> tuple[str, str]:
    found = read_when(read(text), language, NOW)
    return ("", "") if found is None else (written(found.start), written(found.end))


def of_table(name: str) -> list:
    return [pytest.param(row["text"], row["start"], row["end"], id=row["text"])
            for row in rows(name)]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "end"), of_table("en"))
def test_is_read(text: str, start: str, end: str) -> None:
    assert when(text) == (start, end)


@pytest.mark.parametrize("language", [EN, CY])
@pytest.mark.parametrize(("text", "start", "end"), of_table("cy"))
def test_is_read_in_welsh_by_whoever_reads_it(
    text: str, start: str, end: str, language: tuple
) -> None:
    assert when(text, language) == (start, end)


@pytest.mark.parametrize(("text", "start", "end"), of_table("others"))
def test_is_read_in_other_languages(text: str, start: str, end: str) -> None:
    assert when(text) == (start, end)


@pytest.mark.parametrize("text", ["", *(row["text"] for row in rows("none"))])
def test_what_is_vague_or_comes_again_or_never_is_no_time(text: str) -> None:
    assert read_when(read(text), EN, NOW) is None


@pytest.mark.parametrize("row", rows("urgency"), ids=lambda row: row["text"])
def test_how_soon(row: dict[str, str]) -> None:
    said = read(row["text"])
    assert urgency_of(said, EN, read_when(said, EN, NOW), NOW) == row["urgency"]


@pytest.mark.parametrize("row", rows("sentences"), ids=lambda row: row["text"])
def test_whole_texts(row: dict[str, str]) -> None:
    said = read(row["text"])
    assert when(row["text"]) == (row["start"], row["end"])
    assert urgency_of(said, EN, read_when(said, EN, NOW), NOW) == row["urgency"]


def test_every_language_has_rows() -> None:
    counted = Counter(row["code"] for row in rows("others"))
    assert {code for code in CODES if counted[code] < 3} == {"en", "cy"}


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_its_days(code: str) -> None:
    assert len(FILES[code]["days"]) == 7
    assert all(FILES[code]["days"])
    assert len(FILES[code].get("months", range(12))) == 12
    assert len(FILES[code].get("hours", range(12))) == 12
    assert {"marks", "today", "tonight", "tomorrow", "morning", "evening", "asap", "later"} <= set(
        FILES[code]
    )


@pytest.mark.parametrize("code", CODES)
def test_every_day_of_every_language_is_the_next_of_its_name(code: str) -> None:
    for weekday, names in enumerate(FILES[code]["days"]):
        day = NOW.date() + timedelta(days=(weekday - 4) % 7 or 7)
        for name in names:
            found = read_when(read(f"{name}, {FILES[code]['marks'][0]}"), EN, NOW)
            assert found is not None, name
            assert found.start is not None, name
            assert found.start.date() == day, name


@pytest.mark.parametrize(
    ("now", "text"),
    [
        (datetime(2026, 3, 28, 12, tzinfo=LONDON), "tomorrow 1.30am"),
        (datetime(2026, 10, 24, 12, tzinfo=LONDON), "tomorrow at 1.30am"),
    ],
)
def test_an_hour_that_never_comes_or_comes_twice_is_no_time(now: datetime, text: str) -> None:
    assert read_when(read(text), EN, now) is None


def test_a_day_on_which_the_clocks_change_is_whole() -> None:
    found = read_when(read("tomorrow"), EN, datetime(2026, 3, 28, 12, tzinfo=LONDON))
    assert found is not None
    assert found.start == datetime(2026, 3, 29, 0, 0, tzinfo=LONDON)
    assert found.end == datetime(2026, 3, 29, 23, 59, tzinfo=LONDON)


_ALL = ("en", "cy", "others", "none", "urgency", "sentences")
_KNOWN = st.sampled_from([row["text"] for name in _ALL for row in rows(name)])  # fmt: skip
_PIECES = st.sampled_from(sorted({word for name in ("en", "cy", "others") for row in rows(name)
                                  for word in row["text"].split()}))  # fmt: skip
_TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(_PIECES, max_size=14).map(" ".join),
    st.lists(_KNOWN, min_size=1, max_size=3).map(" ".join),
)
_NOWS = st.datetimes(
    datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(LONDON), allow_imaginary=False  # noqa: DTZ001
)  # fmt: skip


@given(_TEXTS, _NOWS)
def test_whatever_is_typed_is_a_time_to_come_or_none(text: str, now: datetime) -> None:
    said = read(text)
    found = read_when(said, EN, now)
    assert urgency_of(said, EN, found, now) in URGENCIES
    if found is None:
        return
    ends = [one for one in (found.start, found.end) if one is not None]
    assert ends == sorted(ends)
    assert all(one.date() >= now.date() for one in ends)
    assert all(0 <= begin < end <= len(said.tokens) for begin, end in found.spans)


def _shouted(text: str) -> str:
    return "  ".join(f" {text.upper()} ".split(" "))


@given(_KNOWN)
def test_capitals_and_spaces_change_nothing(text: str) -> None:
    shouted = _shouted(text)
    assert _moments(shouted) == _moments(text)


def _moments(text: str) -> tuple[datetime | None, datetime | None, str]:
    said = read(text)
    found = read_when(said, EN, NOW) or When(None, None, ())
    return found.start, found.end, urgency_of(said, EN, found, NOW)


@given(st.dates(date(2026, 11, 28), date(2027, 11, 26)), st.times())
def test_a_date_and_a_time_are_read_as_they_are_written(day: date, clock: time) -> None:
    found = read_when(read(f"{day:%d/%m/%Y} {clock:%H:%M}"), EN, NOW)
    wall = datetime.combine(day, time(clock.hour, clock.minute), tzinfo=LONDON)
    if wall.utcoffset() == wall.replace(fold=1).utcoffset():
        assert found is not None
        assert found.start == wall


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


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("dwy awr", 120), ("ddwy awr", 120), ("tair awr", 180), ("thair awr", 180),
        ("dair awr", 180), ("phedair awr", 240), ("deng munud", 10), ("un funud", 1),
        ("dwy funud", 2), ("phum munud", 5), ("awr ac hanner", None), ("1 awr a hanner", 90),
        ("1 awr ac hanner", 90), ("hanner awr", 30), ("20 munud", 20),
    ],
)  # fmt: skip
def test_a_length_in_welsh_is_minutes_whatever_stands_before_it(
    text: str, minutes: int | None
) -> None:
    for language in (CY, EN):
        found = minutes_at(read(text), 0, language)
        assert (found and found[0]) == minutes


@pytest.mark.parametrize("text", ["lovely", "a cat", "", "one lovely lady"])
def test_other_words_are_no_length(text: str) -> None:
    assert minutes_at(read(text), 0, EN) is None
