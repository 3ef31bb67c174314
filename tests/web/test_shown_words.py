"""Words for codes: every code that can come has its words; times and distances read well."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

import enabler
from enabler.domain import errors
from enabler.domain.demands import FIRST_HELPS
from enabler.domain.errors import Invalid
from enabler.domain.matches import Reason
from enabler.domain.meeting import SAID_BY_ASKERS, Circumstance, Setting
from enabler.domain.offers import REACH_STEPS
from enabler.domain.risk import STEPS
from enabler.domain.vocabulary import (
    CATEGORIES,
    CredentialKind,
    MatchState,
    NeedState,
    NextStep,
    OfferState,
    Outcome,
    Preference,
    PreferenceReason,
    Terms,
    Verdict,
)
from enabler.domain.windows import Weekly, Window
from enabler.doors.local_time import closing, end_of_day, moment, read_clock
from enabler.doors.words import (
    SENTENCES,
    categories,
    considered,
    distance,
    misses,
    preferences,
    reasons,
    safety,
    states,
    steps,
    times,
)
from enabler.matching.policy import DEFAULT_WEIGHTS, RULES
from enabler.services._need_views import TOLD
from enabler.services.views import WhyNobody
from enabler.web.forms.each_week import stretches

LONDON = ZoneInfo("Europe/London")
SOURCES = Path(enabler.__file__).parent
REFUSED = re.compile(r"(?:raise|return) Invalid\(\s*(?:f?\"[^\"]*\"|\w+),\s*\"([a-z_]+)\"")
ELSEWHERE = (
    "enabler/matching", "domain/geojson", "domain/place_pack", "domain/ruleset", "place_files",
    "domain/demo",
)  # fmt: skip
"""Rooms whose errors reach the command line only, which has its own table."""
NEVER_TYPED = {"weekday_unknown", "ref_out_of_range"}
"""Refused by constructors: no form can bring them about."""


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    """Words are looked up while a page is made."""
    with app.test_request_context("/health"):
        yield


def test_every_value_has_words() -> None:
    for enum, table in (
        (NeedState, states.NEED_STATES), (OfferState, states.OFFER_STATES),
        (MatchState, states.MATCH_STATES), (Outcome, states.OUTCOMES), (Terms, states.TERMS),
        (NextStep, steps.NEXT_STEPS),
    ):  # fmt: skip
        assert {each.value for each in enum} == set(table)
    assert {*CredentialKind, FIRST_HELPS, "stopped", "mate"} == set(states.CREDENTIALS)
    assert set(Setting) == set(safety.SETTINGS)
    assert set(Circumstance) == set(safety.CIRCUMSTANCES)
    assert set(SAID_BY_ASKERS) == set(safety.SAID_BY_ASKERS)
    assert set(STEPS) == set(safety.STEPS)
    assert set(CATEGORIES) == set(categories.NAMES) == set(categories.HINTS)
    assert sorted(CATEGORIES) == sorted(slug for _, group in categories.GROUPS for slug in group)
    assert set(DEFAULT_WEIGHTS) == set(reasons.REASONS) | {"helped_before"}
    assert set(RULES) <= set(reasons.REFUSALS)
    assert set(RULES) <= set(considered.REFUSED)
    assert {each.value for each in Verdict} == set(considered.VERDICTS)
    assert {each.value for each in Preference} == set(preferences.PREFERENCES)
    assert {each.value for each in PreferenceReason} == set(preferences.REASONS)
    assert {str(metres) for metres in REACH_STEPS} == set(distance.REACHES)
    happened = {f"need.{state}" for state in NeedState} | {f"match.{state}" for state in MatchState}
    assert happened - {"need.draft"} | TOLD <= set(steps.HAPPENED)


def test_every_error_has_a_sentence() -> None:
    raised = {
        code
        for path in SOURCES.rglob("*.py")
        if not any(part in path.as_posix() for part in ELSEWHERE)
        for code in REFUSED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(raised) > 30, "the pattern has lost its prey"
    assert raised - set(SENTENCES) == NEVER_TYPED
    kinds = [kind for kind in vars(errors).values() if hasattr(kind, "default_code")]
    assert {kind.default_code for kind in kinds} - {"error"} <= set(SENTENCES)


def test_times_read_as_people_say_them(english: None) -> None:
    afternoon = Window(at(11, 24, 14), at(11, 24, 16, 30))
    assert times.window_words(afternoon, LONDON) == "Tuesday 24 November, 2pm to 4:30pm"
    assert times.window_words(Window(at(11, 24, 0), at(11, 25, 0)), LONDON) == (
        "Tuesday 24 November, any time"
    )
    assert times.window_words(Window(at(11, 23, 9), at(11, 25, 0)), LONDON) == (
        "Monday 23 November, 9am to the end of Tuesday 24 November"
    )
    assert times.windows_words((), LONDON) == "Any time"
    away = Window(at(3, 28, 0), at(3, 29, 23))  # the clocks go forward on the second day
    assert times.days_words(away, LONDON) == "Saturday 28 March to Sunday 29 March"
    assert times.days_words(afternoon, LONDON) == times.window_words(afternoon, LONDON)
    assert times.moment_words(at(7, 1, 11), LONDON) == "Wednesday 1 July, midday"
    assert times.weekly_words(Weekly(1, 540, 1440)) == "Tuesday, 9am to midnight"
    assert [times.length_words(n) for n in (1, 45, 60, 90, 121)] == [
        "1 minute", "45 minutes", "1 hour", "1 hour 30 minutes", "2 hours 1 minute",
    ]  # fmt: skip


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of 2026 in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("2pm", time(14)), ("2.30 PM", time(14, 30)), ("14:30", time(14, 30)), ("1430", time(14, 30)),
     ("noon", time(12)), ("12am", time(0)), ("12 p.m.", time(12)), ("14", time(14)),
     ("09:05", time(9, 5)), ("midnight", time(0)), (" 7 am ", time(7))],
)  # fmt: skip
def test_clock_times_are_read_as_people_write_them(typed: str, meant: time) -> None:
    assert read_clock(typed, field="start") == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [("2", "time_needs_am_or_pm"), ("9:30", "time_needs_am_or_pm"), ("13pm", "time_malformed"),
     ("24:00", "time_malformed"), ("12:60", "time_malformed"), ("", "time_malformed"),
     ("two", "time_malformed"), ("2pm or so", "time_malformed")],
)  # fmt: skip
def test_a_clock_time_is_never_guessed(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as wrong:
        read_clock(typed, field="start")
    assert (wrong.value.field, wrong.value.code) == ("start", code)


def test_hours_that_the_clocks_skip_or_repeat_are_refused() -> None:
    for day, clock, code in (
        (date(2026, 3, 29), time(1, 30), "time_skipped"),
        (date(2026, 10, 25), time(1, 30), "time_repeated"),
        (date(2026, 10, 25), time(1, 0), "time_repeated"),
    ):
        with pytest.raises(Invalid) as wrong:
            moment(day, clock, LONDON, field="start")
        assert wrong.value.code == code
    assert moment(date(2026, 3, 29), time(2), LONDON, field="start") == at(3, 29, 1)
    assert moment(date(2026, 10, 25), time(2), LONDON, field="start") == at(10, 25, 2)
    assert closing(date(2026, 7, 1), time(0), LONDON, field="end") == at(7, 1, 23)
    assert end_of_day(date(2026, 10, 25), LONDON) == at(10, 26, 0)


def test_distances_are_rounded_up(english: None) -> None:
    said = [distance.within_words(metres) for metres in (0, 250, 500, 1000, 2000, 5000, 90_000)]
    assert said == ["a quarter of a mile", "a quarter of a mile", "half a mile", "a mile",
                    "2 miles", "3 miles", "31 miles"]  # fmt: skip


def test_why_one_was_asked_is_a_sentence(english: None) -> None:
    two = (Reason("time_fit", 20), Reason("nearness", 300), Reason("language", 0))
    assert reasons.asked_because(two) == (
        "You were asked because you are close by and you are free at that time."
    )
    assert reasons.asked_because((Reason("helped_before", 90), *two)) == reasons.asked_because(two)
    assert reasons.asked_because(()) == ("You were asked because your offer fits what is needed.")


def test_what_several_did_at_once_is_one_line(english: None) -> None:
    assert steps.happened_words("match.asked", 1) == "We chose a helper to ask"
    assert steps.happened_words("match.asked", 3) == "We chose 3 helpers to ask"


def test_why_nobody_is_counted(english: None) -> None:
    assert reasons.why_nobody({"time": 2, "reach": 1, "category": 0, "smoker": 1}) == [
        "2 helpers are not free then.", "1 helper is too far away.",
        "1 helper does not meet what was asked for.",
    ]  # fmt: skip
    assert reasons.near_misses({"time": 1, "smoker": 3}) == [
        "3 helpers fit but for one thing.", "1 helper could come at another time.",
    ]  # fmt: skip


def test_the_best_one_or_two_ways_out_are_told(english: None) -> None:
    tuesday = (Window(at(11, 24, 14), at(11, 24, 16)),)
    days = {date(2026, 11, 24): 1, date(2026, 11, 26): 2, date(2026, 11, 27): 2}

    def told(**found: dict[Any, int]) -> list[str]:
        return misses.ways_out(WhyNobody(9, {}, {}, **found), tuesday, LONDON)

    thursday = "2 helpers could come if you can also do Thursday 26 November."
    assert told(other_days=days) == [thursday, thursday.replace("Thursday 26", "Friday 27")]
    assert told(other_days=days, further={3200: 1, 50_000: 4}) == [
        thursday, "1 helper could come if they may live up to 2 miles away.",
    ]  # fmt: skip
    assert told(other_days={date(2026, 11, 24): 1}, further={50_000: 3}) == [
        "1 helper could come on Tuesday 24 November at another time.",
        "3 helpers could come if they may live anywhere in the area.",
    ]
    assert told() == []


def test_parts_of_days_become_unbroken_stretches() -> None:
    chosen = ("1-afternoon", "1-morning", "4-evening", "6-morning", "6-evening")
    assert stretches(chosen) == (
        Weekly(1, 480, 1020), Weekly(4, 1020, 1260), Weekly(6, 480, 720), Weekly(6, 1020, 1260),
    )  # fmt: skip


def test_a_day_of_another_year_says_which(english: None) -> None:
    today = date(2026, 3, 10)
    assert times.day_words_by(date(2026, 2, 3), today) == "Tuesday 3 February"
    assert times.day_words_by(date(2025, 2, 3), today) == "Monday 3 February 2025"
    assert times.day_words_by(date(2027, 3, 10), today) == "Wednesday 10 March 2027"
    assert times.day_words_by(date(2025, 12, 24), today) == "Wednesday 24 December"
