"""What free words say, by the word lists alone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sms.reading import read
from sms.tongues import tongues
from sms.understanding.drafted import Understood, understand

NOW = datetime(2026, 11, 27, 14, 10, tzinfo=ZoneInfo("Europe/London"))


def said(text: str, language: str = "en") -> Understood:
    return understand(read(text), tongues(language), NOW)


def test_a_whole_need_in_one_text() -> None:
    found = said("can someone give mum a lift to the hospital tues 10am, shes in BS3 4QT")
    assert found.kinds == ("transport",)
    assert (found.postcode, found.is_whole, found.offers) == ("BS3 4QT", True, False)
    assert found.when is not None
    assert found.when.start == datetime(2026, 12, 1, 10, tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "postcode", "whole"),
    [
        ("im in bs34qt", "bs34qt", True),
        ("Sneinton NG2 4QL no sorry Southville BS3 1HE", "BS3 1HE", True),
        ("Mixenden, hx2 8 summat", "hx2 8", False),
        ("LS15", "LS15", False),
        ("6ft along the wall, M6 traffic, B1", None, False),
        ("shopping at 10am, or on 11 am", None, False),
    ],
)
def test_where(text: str, postcode: str | None, whole: bool) -> None:
    found = said(text)
    assert (found.postcode, found.is_whole) == (postcode, whole)


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("happy to walk dogs on sundays", True),
        ("need my dog walked", False),
        ("pressure washer doing nowt, anyone can have a lend", True),
        ("dog", None),
        ("i need help but i can help too, happy to", None),
    ],
)
def test_asked_or_offered(text: str, offers: bool | None) -> None:
    assert said(text).offers is offers


def test_what_may_be_meant_by_several_is_left_open() -> None:
    assert len(said("shopping and my prescription").kinds) == 2
    assert said("hello").kinds == ()


def test_a_mended_postcode_is_written_and_kept_as_it_was_typed() -> None:
    found = said("fetch my tablets, HXI 3YG")
    assert (found.postcode, found.written_postcode, found.is_whole) == ("HXI 3YG", "HX1 3YG", True)
    part = said("BS7 9 or so")
    assert (part.postcode, part.written_postcode, part.is_whole) == ("BS7 9", "BS7", False)
