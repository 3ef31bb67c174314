"""Opening hours as people write them: read, refused where they could mean two things, kept."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.doors.opening_hours import Stretch, read_opening, written_opening
from enabler.services._organisation_drafts import read_web


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9am to 5pm", ((540, 1020),)), ("9am-5pm", ((540, 1020),)),
        ("1pm to 5pm, 9am to midday", ((540, 720), (780, 1020))),
        ("09:00\u201312:00 and 13:00\u201417:30", ((540, 720), (780, 1050))),
        ("6pm until midnight", ((1080, 1440),)), ("18:00-24:00", ((1080, 1440),)),
        ("", ()), ("  Closed ", ()), ("24 hours", ((0, 1440),)), ("All day", ((0, 1440),)),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(typed: str, meant: tuple[Stretch, ...]) -> None:
    assert read_opening(typed, field="day0") == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("9 to 5", "time_needs_am_or_pm"), ("late", "hours_malformed"),
        ("9am", "hours_malformed"), ("5pm to 9am", "hours_end_first"),
        ("9am to 1pm, midday to 5pm", "hours_overlap"), ("9am to", "hours_malformed"),
        ("25:00 to 26:00", "time_malformed"), ("9am to 5pm to 6pm", "hours_malformed"),
    ],
)  # fmt: skip
def test_hours_are_never_guessed(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as wrong:
        read_opening(typed, field="day3")
    assert (wrong.value.field, wrong.value.code) == ("day3", code)


@st.composite
def days(draw: st.DrawFn) -> tuple[Stretch, ...]:
    """Up to four stretches of a day that do not overlap."""
    ends = sorted(draw(st.sets(st.integers(0, 1440), max_size=8)))
    return tuple(zip(ends[::2], ends[1::2], strict=False))


@given(days())
def test_what_is_written_is_read_again(day: tuple[Stretch, ...]) -> None:
    assert read_opening(written_opening(day), field="day0") == day


@given(st.text(max_size=60))
def test_whatever_is_typed_means_hours_or_is_refused(typed: str) -> None:
    with suppress(Invalid):
        found = read_opening(typed, field="day0")
        assert all(0 <= start < end <= 1440 for start, end in found)


@given(st.text(max_size=60))
def test_a_web_address_leads_to_a_page_and_nowhere_else(typed: str) -> None:
    with suppress(Invalid):
        found = read_web(typed) or "https://"
        assert found.startswith(("https://", "http://"))
        assert not set(found) & set("\"'<> \\")
