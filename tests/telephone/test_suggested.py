"""What words on a page sound like, as the pages are told it."""

import pytest

from sms.understanding.suggested import heard_in


def kinds(words: str, language: str = "en") -> list[str]:
    return [one.slug for one in heard_in(words, language=language).kinds]


@pytest.mark.parametrize(("words", "named"), [
    ("I need some milk, and my prescription picked up", ["prescriptions", "shopping"]),
    ("could someone walk my dog while I am in hospital", ["dog-walking"]),
    ("can anyone mow my lawn and fix the shelf", ["gardening", "repairs"]),
    ("asdf qwer zxcv", []),
])  # fmt: skip
def test_the_likeliest_come_first_and_what_is_said_besides_is_named(
    words: str, named: list[str]
) -> None:
    assert kinds(words) == named


def test_there_are_at_most_three_each_with_how_likely_it_is() -> None:
    heard = heard_in("meals, shopping, a lift, gardening and a walk for my dog", language="en")
    assert len(heard.kinds) == 3
    assert all(0 <= one.likely <= 1 for one in heard.kinds)


def test_phrases_of_the_places_own_are_heard() -> None:
    words = "I would like to go to the Blue Hut again"
    own = [("blue hut", "befriending")]
    assert "befriending" in [one.slug for one in heard_in(words, language="en", own=own).kinds]
    assert "befriending" not in kinds(words)


@pytest.mark.parametrize("words", [
    "There is smoke coming from the kitchen", "My husband hits me and I am afraid of him",
])  # fmt: skip
def test_danger_is_heard(words: str) -> None:
    assert heard_in(words, language="en").danger
    assert not heard_in("Milk and bread, please.", language="en").danger
