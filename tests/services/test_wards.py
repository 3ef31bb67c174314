"""What councillors see of their wards."""

from datetime import timedelta

import pytest

from enabler.domain.errors import NotAllowed
from enabler.domain.vocabulary import NextStep, Role
from enabler.services import wards
from tests.builders import NOW, BuiltPlace, a_member, a_need

EARLIER = NOW - timedelta(hours=3)
WEST, EAST = (500, 600), (2500, 600)


def with_people(place: BuiltPlace, name: str, at: tuple[int, int], category: str) -> None:
    """Somebody waits there for help that nobody has said yes to."""
    a_need(
        a_member(place, name, at=at), category, next_step=NextStep.BROKER, posted_at=EARLIER
    )  # fmt: skip


def test_each_ward_has_its_own_people(place: BuiltPlace) -> None:
    with_people(place, "Wes West", WEST, "shopping")
    with_people(place, "Eve East", EAST, "gardening")
    for ward_id, name, kind in (
        (place.ward_at(WEST[0]), "West End", "shopping"),
        (place.ward_at(EAST[0]), "East End", "gardening"),
    ):
        councillor = a_member(place, "Cora Vote", roles=(Role.COUNCILLOR,), ward_id=ward_id)
        (found,) = wards.waiting(actor=councillor.actor, now=NOW).wards
        assert (found.name, found.waiting.kinds) == (name, ((kind, 1),))


def test_whoever_has_no_ward_sees_none(place: BuiltPlace) -> None:
    with pytest.raises(NotAllowed):
        wards.waiting(actor=a_member(place).actor, now=NOW)
