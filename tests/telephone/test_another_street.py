"""A street or landmark named by somebody whose door we know: there, asked, or at their home."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from enabler.domain.landmarks import Landmark, LandmarkKind, fold_name, named_in
from sms.dialogue.drafting import HOME
from sms.dialogue.step import step
from sms.dialogue.turns import Caller, Opening, Question

NOW = datetime(2026, 3, 10, 10, tzinfo=ZoneInfo("Europe/London"))
NAMES = {
    "Mill Lane": LandmarkKind.STREET, "High Street": LandmarkKind.STREET,
    "Elm Primary School": LandmarkKind.LANDMARK, "Heol y Bont": LandmarkKind.STREET,
}  # fmt: skip
KNOWN = [
    Landmark(nth, name, (fold_name(name),), 0, 0, 300, kind, "East End")
    for nth, (name, kind) in enumerate(NAMES.items(), 1)
]


def asked(text: str, **of: bool) -> Opening:
    """What a text is answered with, from somebody whose door we know if nothing else is said."""
    (opening,) = step(text, Caller("en", landmarks=named_in(text, KNOWN), **of), (), NOW).opens
    return opening


@pytest.mark.parametrize(
    ("text", "name", "door"),
    [
        ("walk my dog fri 2pm at 12 Mill Lane", "Mill Lane", "12 Mill Lane"),
        ("can someone get shopping for mum fri 10am, 9 high st", "High Street", "9 high st"),
        ("clean the kitchen mon 10am-12 flat 2, 31 High Street", "High Street",
         "flat 2, 31 High Street"),
        ("hoovering for my mum on Mill Lane fri 2pm", "Mill Lane", None),
        ("my nan lives on the high street, needs her shopping fri 10am", "High Street", None),
        ("dog walk fri 2pm, im at elm primary school", "Elm Primary School", None),
        ("walk my dog fri 2pm, meet me outside Elm Primary School", "Elm Primary School", None),
        ("cerdded y ci dydd Gwener 2yp, mae mam yn byw yn Heol y Bont", "Heol y Bont", None),
    ],
)  # fmt: skip
def test_what_the_place_knows_by_name_is_there(text: str, name: str, door: str | None) -> None:
    question = asked(text)
    assert question.kind == "need-confirm"
    assert (question.facts["landmark_name"], question.facts.get("address")) == (name, door)


@pytest.mark.parametrize(
    "text",
    [
        "walk my dog fri 2pm at 12 Oak Lane",
        "can someone get shopping for mum fri 10am, 9 Quarry Rd",
        "clean the kitchen mon 10am-12 flat 2, 31 Long Street",
        "gardening fri 2pm 4 Acacia Avenue please",
        "come to 7 oak terrace fri 2pm to mow the lawn",
        "dog walk sat 9am, Flat 3, 8 Harbour Road",
        "siopa i mam dydd Gwener 10yb, 12 Heol y Parc",
        "my tap is leaking fri 4pm 11 The Crescent",
    ],
)
def test_a_door_in_a_street_that_it_does_not_know_is_asked_about(text: str) -> None:
    question = asked(text)
    assert (question.kind, question.options) == ("need-where", (HOME,))
    letters = (Question("A", question.kind, question.options, NOW, NOW.replace(hour=20), None,
                        question.facts, takes_words=True),)  # fmt: skip
    (home,) = step("A1", Caller("en"), letters, NOW).opens
    assert home.kind == "need-confirm"
    assert not home.facts.get("address")
    (there,) = step("BS3 4QT", Caller("en"), letters, NOW).opens
    assert (there.facts["postcode"], there.facts["address"]) == (
        "BS3 4QT", question.facts["address"],
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "walk my dog fri 2pm please",
        "need my dog walked friday 2pm, we're by Elm Primary School",
        "lift to High Street fri 2pm",
        "lift to 4 Mill Lane fri 2pm",
        "lift to Elm Primary School for me fri 2pm",
        "get my tablets from the chemist on High Street fri 2pm",
        "shopping from the shop on Mill Lane fri 10am",
        "my prescription is at the high street chemist, fri 2pm please",
        "2 bags of shopping fri 10am",
    ],
)
def test_what_names_where_they_go_is_at_home(text: str) -> None:
    question = asked(text)
    assert question.kind == "need-confirm"
    assert not any(question.facts.get(name) for name in ("landmark", "postcode", "address"))


def test_where_only_the_street_of_a_home_is_missing_the_door_is_theirs() -> None:
    question = asked("walk my dog fri 2pm at 12 Oak Lane", has_address=False)
    assert (question.kind, question.facts["address"]) == ("need-confirm", "12 Oak Lane")
