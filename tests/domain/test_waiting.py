"""What may be told of how many wait: steps, whole hours, and nobody told from another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from enabler.domain.needs import Need
from enabler.domain.vocabulary import NeedState, NextStep
from enabler.domain.waiting import Waiting, counted
from tests.domain.test_next_steps import NEED

NOW = datetime(2026, 3, 10, 10, 20, tzinfo=UTC)
LONG = timedelta(days=4)


def waits(asker: int, category: str = "shopping", **columns: object) -> Need:
    said = {
        "id": asker, "asker_id": asker, "category": category, "next_step": NextStep.BROKER,
        "posted_at": NOW - LONG,
    }  # fmt: skip
    return replace(NEED, **(said | columns))


def test_where_nobody_waits_nothing_is_told() -> None:
    others = [
        waits(1, next_step=NextStep.AWAIT_ANSWERS), waits(2, state=NeedState.HELD),
        waits(3, posted_at=NOW - timedelta(minutes=20)),
    ]  # fmt: skip
    assert counted(others, NOW) == Waiting(0, (), None)


@pytest.mark.parametrize(
    ("people", "told"),
    [(1, 1), (4, 1), (5, 5), (9, 5), (10, 10), (19, 10), (20, 20), (49, 20), (50, 50), (70, 50)],
)
def test_people_are_counted_in_steps(people: int, told: int) -> None:
    found = counted([waits(number) for number in range(1, people + 1)], NOW)
    assert found.people == told
    assert found.kinds == (("shopping", told),)
    assert found.longest == (3 if people >= 5 else None)


def test_whoever_asks_often_is_one_and_an_organisation_is_one() -> None:
    often = [waits(1) for _ in range(6)] + [waits(n, organisation_id=7) for n in range(2, 9)]
    assert counted(often, NOW).people == 1


def test_the_order_is_that_of_the_kinds_whoever_asked_first() -> None:
    needs = [waits(1, "shopping"), waits(2, "gardening"), waits(3, "meals")]
    assert counted(needs, NOW) == counted(reversed(needs), NOW)
    assert [kind for kind, _ in counted(needs, NOW).kinds] == ["gardening", "meals", "shopping"]


def test_what_is_new_counts_from_the_next_full_hour() -> None:
    new = waits(1, posted_at=NOW - timedelta(minutes=19))
    assert counted([new], NOW + timedelta(minutes=39)).people == 0
    assert counted([new], NOW + timedelta(minutes=40)).people == 1
