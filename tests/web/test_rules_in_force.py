"""Rules come into force at their minute, by the place's clocks, also in nights when those change.

Done through the pages: drafted by one, approved by another; a need posted the second before and
one posted the second after fall under the right rules.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from enabler.persistence.unit_of_work import reading
from tests.builders import BuiltPlace, a_member
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.ruling import asks, drafts, is_approved, places
from tests.web.signing import sign_in_staff

Someone = Callable[[], Person]
SECOND = timedelta(seconds=1)
BEGINNINGS = {
    "before the clocks go forward": (["29", "3", "2026"], "00:30", "2026-03-29T00:30"),
    "after the clocks went forward": (["29", "3", "2026"], "02:30", "2026-03-29T01:30"),
    "before the clocks go back": (["25", "10", "2026"], "00:30", "2026-10-24T23:30"),
    "in the hour that comes twice": (["25", "10", "2026"], "01:30", "2026-10-25T00:30"),
    "after the clocks went back": (["25", "10", "2026"], "02:30", "2026-10-25T02:30"),
}
"""A local day and clock time, and the moment in UTC that it is."""

pytestmark = pytest.mark.prove("6.5")


def under(app: Flask, place: BuiltPlace, ref: str) -> tuple[int, str]:
    """The version under which a need was posted, and its state."""
    with app.app_context(), reading() as uow:
        need = uow.needs.by_ref(place.id, ref)
        numbers = {one.id: one.number for one in uow.rulesets.versions(place.id)}
        return numbers[need.ruleset_id], need.state.value


@pytest.mark.parametrize("when", BEGINNINGS)
def test_rules_hold_from_their_minute_on(
    app: Flask, place: BuiltPlace, person: Someone, clock: Clock, when: str
) -> None:
    day, typed, moment = BEGINNINGS[when]
    begins = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    clock.now = begins - timedelta(days=3)
    staff = sign_in_staff(app, person(), place)
    draft = drafts(staff)
    staff.open(f"{draft}/kinds/gardening").send(standing="held")
    places(staff, draft, begins="at", from_day=day, from_clock=typed, ends="open", where="place")
    assert staff.path == draft, staff.problems
    twice = "(the first time, before the clocks go back)"
    assert (twice in staff.words) is (when == "in the hour that comes twice")
    is_approved(staff, sign_in_staff(app, person(), place, nth="2"), draft)

    with app.app_context():
        asker = a_member(place, "Ann Long", at=(600, 600))
    clock.now = begins - SECOND
    before = asks(app, person(), asker)
    clock.now = begins
    at_it = asks(app, person(), asker)
    clock.now = begins + SECOND
    after = asks(app, person(), asker)
    assert [under(app, place, ref) for ref in (before, at_it, after)] == [
        (1, "open"), (2, "held"), (2, "held"),
    ]  # fmt: skip


def test_a_time_that_the_clocks_jump_over_is_refused_in_words(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    staff = sign_in_staff(app, person(), place)
    draft = drafts(staff)
    places(staff, draft, begins="at", from_day=["29", "3", "2026"], from_clock="01:30",
           ends="open", where="place")  # fmt: skip
    assert staff.path == f"{draft}/when"
    assert "clocks" in staff.error_at("from_clock")
    assert staff.typed()["from_clock"] == "01:30"


def test_rules_of_an_area_hold_there_until_their_end(
    app: Flask, place: BuiltPlace, person: Someone, clock: Clock
) -> None:
    """A flood: for one ward, with an end. A need there before it, in it and after it, and one
    elsewhere."""
    begins = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
    staff = sign_in_staff(app, person(), place)
    draft = drafts(staff, "Flood")
    staff.open(f"{draft}/kinds/gardening").send(standing="held")
    places(
        staff, draft, begins="at", from_day=["12", "3", "2026"], from_clock="8am", ends="at",
        until_day=["14", "3", "2026"], until_clock="8pm", where="wards", wards=["W0"],
    )  # fmt: skip
    assert "West End" in staff.words, staff.problems
    is_approved(staff, sign_in_staff(app, person(), place, nth="2"), draft)
    with app.app_context():
        west = a_member(place, "Ann West", at=(600, 600))
        east = a_member(place, "Eve East", at=(3600, 600))
    ends = datetime(2026, 3, 14, 20, 0, tzinfo=UTC)
    found = []
    for at, asker in (
        (begins - SECOND, west), (begins, west), (begins, east), (ends - SECOND, west),
        (ends, west),
    ):  # fmt: skip
        clock.now = at
        found.append(under(app, place, asks(app, person(), asker)))
    assert found == [(1, "open"), (2, "held"), (1, "open"), (2, "held"), (1, "open")]
