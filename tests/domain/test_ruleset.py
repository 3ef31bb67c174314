"""What a place's policy may say: nothing that would stop the house later."""

from dataclasses import fields
from typing import Any

import pytest

from enabler.domain.errors import Invalid
from enabler.domain.ruleset import Ruleset, read_ruleset
from enabler.domain.ruleset_bounds import BOUNDS
from enabler.matching.policy import MOST_WEIGHT


def test_what_is_unsaid_has_a_default_that_could_be_said() -> None:
    defaults = Ruleset(0, 0)
    said = {name: getattr(defaults, name) for name in BOUNDS}
    assert read_ruleset(0, 0, said) == defaults


def test_every_number_has_its_bounds() -> None:
    numbers = {each.name for each in fields(Ruleset) if each.type in ("int", int)}
    assert numbers - {"id", "version"} == set(BOUNDS)


@pytest.mark.parametrize("name", sorted(BOUNDS))
def test_a_number_out_of_its_bounds_is_refused(name: str) -> None:
    low, high = BOUNDS[name]
    assert getattr(read_ruleset(0, 0, {name: low}), name) == low
    assert getattr(read_ruleset(0, 0, {name: high}), name) == high
    for wrong in (low - 1, high + 1, 10**30, True, "3", None, 2.0):
        _refused(name, wrong)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("waves", ["three"]), ("waves", [0]), ("waves", [3, -1]), ("waves", [True]), ("waves", 3),
        ("waves", [10**9]), ("categories_off", ["meals", 3]), ("categories_held", "meals"),
        ("categories_urgent", "emergency"), ("categories_urgent", [""]),
        ("hours_two_people", ["anything"]),
        ("category_credentials", {"meals": "identity"}), ("category_credentials", []),
        ("category_credentials", {"meals": ["identitty"]}),
        ("category_credentials", {"meals": [[]]}), ("weights", {"distance": "much"}),
        ("weights", {"distance": -1}), ("weights", {"distance": MOST_WEIGHT + 1}),
        ("preferences", {"respite": ["woman"]}), ("preferences", ["respite"]),
        ("preferences", {"respite": {"tall": "care-at-home"}}),
        ("preferences", {"respite": {"woman": "because"}}),
        ("preferences", {"respite": {"woman": ["care-at-home"]}}), ("hold_first_offers", 1),
        ("sharing", "yes"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused(name: str, wrong: Any) -> None:
    _refused(name, wrong)


def test_preferences_are_listed_by_kind_of_help_each_with_its_reason() -> None:
    listed = {"befriending": {"woman": "alone-together"}}
    assert read_ruleset(0, 0, {"preferences": listed}).preferences == listed
    assert read_ruleset(0, 0, {"preferences": {}}).preferences == {}
    assert set(Ruleset(0, 0).preferences) == {"respite"}


def _refused(name: str, wrong: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        read_ruleset(0, 0, {name: wrong})
    assert (refusal.value.code, refusal.value.facts) == ("ruleset_value_wrong", {"name": name})
