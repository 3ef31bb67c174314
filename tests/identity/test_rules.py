"""The pure rules: caps, lifetimes, what is typed; and that every refusal has its sentence."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain import staff
from enabler.domain.errors import Invalid, LimitReached
from enabler.domain.names import one_line, same_address
from enabler.domain.sign_in import Cap, Session, network_of, read_code
from enabler.doors.words import SENTENCES, sentence

NOW = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
MINE = ("domain/sign_in.py", "domain/staff.py", "domain/names.py", "services/sign_in.py",
        "services/members.py", "services/_adding.py", "services/drafts.py")  # fmt: skip
RAISED = re.compile(r'(?:Invalid\([^")]*"\w+"|Invalid\(\w+|NotAllowed\(|NotFound\(),? ?"(\w+)"')
CAPS = re.compile(r'Cap\("(\w+)"')


def or_code(read: Callable[[], str]) -> str:
    """What was read, or the code of what was wrong with it."""
    try:
        return read()
    except Invalid as wrong:
        return wrong.code


class TestACap:
    @given(st.timedeltas(timedelta(0), timedelta(days=3)))
    def test_lifts_when_the_period_has_passed(self, since: timedelta) -> None:
        cap = Cap("cap", 3, timedelta(days=1))
        asked = NOW - since
        if since >= timedelta(days=1):
            cap.check(asked, NOW)
            return
        with pytest.raises(LimitReached) as refused:
            cap.check(asked, NOW)
        until, minutes = refused.value.facts["until"], refused.value.facts["minutes"]
        assert until == asked + timedelta(days=1)
        assert timedelta(minutes=minutes - 1) < until - NOW <= timedelta(minutes=minutes)

    def test_lets_the_first_through(self) -> None:
        Cap("cap", 3, timedelta(days=1)).check(None, NOW)


class TestASession:
    def test_that_was_seen_in_the_future_is_no_trouble(self) -> None:
        seen = NOW + timedelta(hours=2)
        session = Session(1, 1, 1, None, False, False, seen, NOW + timedelta(days=1))
        assert not session.is_over(NOW)
        assert not session.wants_to_be_seen(NOW)


class TestAnAddress:
    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("192.0.2.7", "192.0.2.7"), (" 192.0.2.7 ", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:DB8:1:2::", "2001:db8:1:2::/64"), ("", "unknown"), ("unix:", "unknown"),
            ("\0", "unknown"),
        ],
    )  # fmt: skip
    def test_is_counted_by_what_one_household_has(self, address: str, network: str) -> None:
        assert network_of(address) == network

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("1 High Street", "1, HIGH STREET.", True), ("Straße 1", "STRASSE 1", True),
            ("Flat 1, 1 High St", "Flat 11 High St", False), ("1 High Street", "1a High St", False),
        ],
    )  # fmt: skip
    def test_of_a_home_is_the_same_however_it_is_typed(
        self, one: str, other: str, same: bool
    ) -> None:
        assert same_address(one, other) is same


class TestALine:
    @given(st.text(max_size=300))
    def test_is_one_line_of_what_can_be_seen(self, typed: str) -> None:
        line = or_code(lambda: one_line(typed, field="name", longest=200))
        if line in ("name_missing", "name_too_long"):
            return
        assert 0 < len(line) <= 200
        assert line == line.strip()
        assert not set(line) & set("\0\n\r\t\u2028\u202e\u200b\ufeff")
        assert one_line(line, field="name", longest=200) == line
        line.encode()

    def test_keeps_what_joins_letters_and_pictures(self) -> None:
        for text in ("👩‍🦽 Ann", "می‌خواهم"):
            assert one_line(text, field="name", longest=50) == text


class TestACode:
    @given(st.text(max_size=50))
    def test_is_six_digits_or_nothing(self, typed: str) -> None:
        read = or_code(lambda: read_code(typed))
        assert re.fullmatch("[0-9]{6}|code_missing|code_malformed", read)


class TestSlowingDown:
    def test_grows_to_half_an_hour_and_no_more(self) -> None:
        minutes = [staff.delay_after(failures) for failures in (0, 4, 5, 6, 7, 8, 1_000_000)]
        assert minutes == [
            None, None, *(timedelta(minutes=wait) for wait in (1, 5, 30, 30, 30))
        ]  # fmt: skip


class TestWords:
    def test_are_there_for_every_refusal(self) -> None:
        sources = [(ROOT / "enabler" / name).read_text(encoding="utf-8") for name in MINE]
        raised = {
            code for text in sources for find in (RAISED, CAPS) for code in find.findall(text)
        }
        raised |= {f"{field}_{wrong}" for field in ("name", "shown_name", "address")
                   for wrong in ("missing", "too_long")}  # fmt: skip
        assert len(raised) > 30
        assert raised - set(SENTENCES) == set()

    def test_can_be_said_with_the_facts(self, app: Flask) -> None:
        said = {
            "codes_number_soon": {"minutes": 3, "until": NOW}, "code_wrong": {"left": 2},
            "name_too_long": {"longest": 200}, "password_too_short": {"shortest": 12},
            "staff_wrong": {},
        }  # fmt: skip
        with app.test_request_context():
            for code, facts in said.items():
                spoken = sentence(Invalid("field", code, **facts))
                assert "%(" not in spoken
                assert all(str(fact) in spoken for name, fact in facts.items() if name != "until")
