"""Rules of the place's files beside those that custodians approve."""

from datetime import timedelta
from typing import Any

from enabler.domain.place_pack import PlaceFacts
from enabler.persistence.place_imports import KeptPlace
from enabler.persistence.unit_of_work import reading, unit_of_work
from tests.builders import FOR_NEW_HELPERS, NOW, BuiltPlace, a_custodian
from tests.services.rules import approved

DAY = timedelta(days=1)


def imported(place: BuiltPlace, policy: dict[str, Any] | None, now: Any) -> None:
    """The part of an import that is about rules."""
    facts = PlaceFacts(slug=place.slug, name="Elmford", timezone="Europe/London", ruleset=policy)
    with unit_of_work() as uow:
        uow.place_imports._keep_ruleset(facts, now, KeptPlace(place.id))
        uow.commit()


def in_force(place: BuiltPlace, now: Any) -> tuple[int, int]:
    """The version in force, and what it says about asks."""
    with reading() as uow:
        rules = uow.rulesets.in_force(place.id, now)
        return rules.version, rules.asks_per_day


def test_what_was_approved_stands_until_the_file_says_something_new(place: BuiltPlace) -> None:
    carol, dan = a_custodian(place), a_custodian(place, "Dan Desk")
    approved(carol, dan, {"asks_per_day": 1})
    for same in (None, dict(FOR_NEW_HELPERS)):
        imported(place, same, NOW + DAY)
        assert in_force(place, NOW + DAY) == (2, 1)
    imported(place, {"asks_per_day": 5}, NOW + 2 * DAY)
    assert in_force(place, NOW + 2 * DAY) == (3, 5)
    assert in_force(place, NOW + 2 * DAY - timedelta(seconds=1)) == (2, 1)
    approved(carol, dan, {"asks_per_day": 2}, now=NOW + 3 * DAY)
    assert in_force(place, NOW + 3 * DAY) == (4, 2)
    with reading() as uow:
        versions = uow.rulesets.versions(place.id)
        assert [(one.number, one.desk) for one in versions] == [
            (4, True), (3, False), (2, True), (1, False),
        ]  # fmt: skip
