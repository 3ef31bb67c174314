"""What texts mean, as the command line says it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.categories import TREE
from sms.understanding.lexicon import by_first
from sms.understanding.meaning import Meaning, meaning_of

NOW = datetime(2026, 11, 27, 14, 10, tzinfo=ZoneInfo("Europe/London"))
INTENTS = {"need", "offer", "answer", "command", "danger", "opt_out", "chat", "spam", "unclear"}


def meant(text: str) -> Meaning:
    return meaning_of(text, NOW)


@pytest.mark.parametrize(
    ("text", "intent", "category"),
    [
        ("its the heating again, am sat in me coat, BS13 somewhere", "need", "emergency"),
        ("can sum1 take mum to the BRI tues 10am, shes in BS3 4QT", "need", "transport"),
        ("me lawn is up to me knees and the mower has packed in", "need", "gardening"),
        ("would anyone pop to Boots for my inhaler, on my own with the baby", "need",
         "prescriptions"),
        ("Angen rhywun i fynd â'r ci am dro bore fory plis", "need", "dog-walking"),
        ("I need someone to take all these cooking apples, buckets of em, help yourself", "offer",
         "goods"),
        ("happy to sit with anyone who fancies a brew and a natter", "offer", "befriending"),
        ("Got a van and a free saturday if anyone is flitting", "offer", "moving"),
        ("B1 running 10 mins late stuck behind tractor", "answer", ""),
        ("the 2nd one", "answer", ""),
        ("N", "answer", ""),
        ("how many hours have I got left please", "command", ""),
        ("could someone ring me instead, I cant be doing with texting", "command", ""),
        ("HOURS", "command", ""),
        ("my grandad has fell down the stairs and hes not waking up", "danger", ""),
        ("he says hes going to kill me if i leave, hes downstairs", "danger", ""),
        ("tynnwch fy rhif i oddi ar y rhestr os gwelwch yn dda", "opt_out", ""),
        ("STOP", "opt_out", ""),
        ("please stop texting me", "opt_out", ""),
        ("are you a robot", "chat", ""),
        ("Royal Mail: your parcel is held, pay the £1.99 fee at rm-parcels.example/pay", "spam",
         ""),
    ],
)  # fmt: skip
def test_what_it_is_for(text: str, intent: str, category: str) -> None:
    found = meant(text)
    assert (found.intent, found.category) == (intent, category)


@pytest.mark.parametrize(
    "text",
    [
        "this bus is killing me, could someone give me a lift to the clinic monday",
        "the smoke alarm needs a new battery and I darent go up the steps",
        "had a stroke in march so I cant carry shopping now, could someone fetch it",
        "dying for a bit of company of an afternoon, could someone call in",
        "can three of us get a lift to the bus stop on Gloucester Road, no BACK from the stop",
    ],
)
def test_what_sounds_alike_is_a_need(text: str) -> None:
    assert meant(text).intent == "need"


def test_all_of_one_text() -> None:
    found = meant("can sum1 take mum to the BRI tues 10am, shes in bs34qt")
    assert found.postcode == "BS3 4QT"
    assert found.start == datetime(2026, 12, 1, 10, tzinfo=NOW.tzinfo)
    assert (found.end, found.urgency, found.language) == (None, "this_week", "en")
    assert 0.5 < found.confidence <= 1


def test_danger_is_urgent_and_of_no_kind() -> None:
    found = meant("theres smoke coming under the door and we cant get out, tomorrow is no good")
    assert (found.intent, found.urgency, found.category) == ("danger", "asap", "")
    assert found.start is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Oes rhywun fedr nôl neges i mi fory?", "cy"), ("need a lift to the doctors", "en"),
        ("Buongiorno, cerco qualcuno che porti fuori il cane domenica", "it"),
        ("Dzień dobry, potrzebuję pomocy z zakupami w sobotę", "pl"),
        ("میری امی کو ہسپتال لے جانا ہے", "ur"), ("আমার মায়ের ওষুধ আনতে হবে", "bn"),
        ("Мені потрібна допомога з перекладом листа", "uk"), ("我需要有人帮我买菜", "zh"),
        ("A1", ""), ("BS3 4QT", ""), ("👍", ""), ("12", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_language(text: str, language: str) -> None:
    assert meant(text).language == language


def test_a_phrase_of_the_place_itself_counts() -> None:
    text = "could anybody do me a wheelie at half four, the lane is steep"
    own = by_first([("wheelie", "repairs")])
    assert meant(text).category != "repairs"
    assert meaning_of(text, NOW, own=own).category == "repairs"


@given(st.text(max_size=300))
def test_any_text_means_something_that_holds_together(text: str) -> None:
    found = meant(text)
    assert found.intent in INTENTS
    assert 0 <= found.confidence <= 1
    assert (found.category in TREE) == (found.intent in ("need", "offer"))
    if found.start and found.end:
        assert found.start <= found.end
    if found.intent not in ("need", "offer"):
        assert (found.start, found.end) == (None, None)


@given(st.sampled_from(["need a lift to hospital monday", "happy to walk your dog", "A1 yes"]),
       st.sampled_from([str.upper, str.lower, str.title]))  # fmt: skip
def test_capitals_do_not_change_the_kind(text: str, way: object) -> None:
    assert callable(way)
    assert meant(way(text)).category == meant(text).category
