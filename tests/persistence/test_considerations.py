"""Considerations: kept as they were said, never changed, deleted only when the case is over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from enabler.domain.considerations import MOST_NAMED, Consideration, Ranked, bounded
from enabler.domain.matches import Reason
from enabler.domain.vocabulary import Verdict
from enabler.domain.windows import Window
from enabler.persistence.tables.considerations import ConsiderationRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from tests.builders import NOW, BuiltPlace, a_member, a_need, a_place

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def place() -> BuiltPlace:
    return a_place()


def reasons(near: int, price: int) -> tuple[Reason, ...]:
    return Reason("nearness", near), Reason("price", price)


def kept(place: BuiltPlace, *, at: tuple[int, int] = (500, 500), category: str = "shopping",
         number: int = 0) -> Consideration:  # fmt: skip
    """A need with a consideration, kept."""
    asker = a_member(place, at=at)
    ref = a_need(asker, category)
    with unit_of_work() as uow:
        need = uow.needs.by_ref(place.id, ref)
        ruleset = uow.rulesets.in_force(place.id, NOW)
        one = Consideration(
            place_id=place.id, need_id=need.id, asker_id=asker.id, wave=0,
            at=NOW + number * HOUR, ruleset_id=ruleset.id, ruleset_version=ruleset.version,
            by_round=False, considered=9,
            ranked=(
                Ranked(4, 1, 391, 300, Verdict.ASKED, reasons(400, -9)),
                Ranked(2, 2, 350, 900, Verdict.BEYOND, reasons(350, 0)),
            ),
            beyond=3, refused={"reach": 2, "time": 1}, named={"time": (7,)},
        )  # fmt: skip
        uow.considerations.add([one])
        uow.commit()
    return one


def test_one_is_read_as_it_was_kept(place: BuiltPlace) -> None:
    one = kept(place)
    with reading() as uow:
        assert uow.considerations.of_need(one.need_id, NOW) == [one]
        assert uow.considerations.of_need(one.need_id, NOW - HOUR) == []
        assert uow.considerations.last_of(one.need_id) == one
        assert uow.considerations.last_of(0) is None
    assert (one.ranking_of(2), one.ranking_of(7)) == (one.ranked[1], None)
    assert (one.refusal_of(7), one.refusal_of(4)) == ("time", None)


def test_the_last_is_the_newest(place: BuiltPlace) -> None:
    one = kept(place)
    again = replace(one, at=NOW + HOUR, wave=1)
    with unit_of_work() as uow:
        uow.considerations.add([again])
        uow.commit()
    with reading() as uow:
        assert uow.considerations.last_of(one.need_id) == again
        assert uow.considerations.of_need(one.need_id, again.at) == [one, again]
    assert not one.is_like(again)
    assert one.is_like(replace(one, at=NOW + HOUR))


def test_those_near_are_of_the_place_the_kinds_the_time_and_the_box(place: BuiltPlace) -> None:
    near, newer = kept(place), kept(place, number=1)
    kept(place, at=(3500, 500))
    kept(place, category="gardening")
    kept(place, number=9)
    kept(a_place("noiseham", area="NE"))
    with reading() as uow:
        cell = uow.homes.cell(place.cell_at(500, 500))
        east, north = cell.easting, cell.northing
        box = east - 2000, north - 2000, east + 2000, north + 2000
        found = uow.considerations.near(
            box, categories=["shopping", "moving"],
            place_ids=[place.id], within=Window(NOW, NOW + 2 * HOUR), most=5,
        )  # fmt: skip
        first = uow.considerations.near(
            box, categories=["shopping"],
            place_ids=[place.id], within=Window(NOW, NOW + 2 * HOUR), most=1,
        )  # fmt: skip
    assert found == [newer, near]
    assert first == [newer]


def test_none_can_be_changed_or_deleted_while_the_case_goes_on(place: BuiltPlace) -> None:
    one = kept(place)
    for statement in (
        update(ConsiderationRow).values(considered=1),
        delete(ConsiderationRow).where(ConsiderationRow.need_id == one.need_id),
    ):
        with pytest.raises(DBAPIError, match="append-only"), unit_of_work() as uow:
            uow.session.execute(statement)


def test_it_goes_with_its_case(place: BuiltPlace) -> None:
    one = kept(place)
    with unit_of_work() as uow:
        over = update(NeedRow).where(NeedRow.id == one.need_id)
        uow.session.execute(over.values(ended_at=NOW))
        with pytest.raises(DBAPIError, match="append-only"), uow.session.begin_nested():
            uow.session.execute(update(ConsiderationRow).values(considered=1))
        uow.session.execute(delete(ConsiderationRow))
        uow.commit()
    with reading() as uow:
        assert uow.considerations.last_of(one.need_id) is None


def test_one_of_another_places_need_is_a_violation(place: BuiltPlace) -> None:
    """Law 9."""
    one, other = kept(place), a_place("noiseham", area="NE")
    with unit_of_work() as uow:
        assert uow.laws_of_people.across_places() == 0
        uow.considerations.add([replace(one, place_id=other.id)])
        assert uow.laws_of_people.across_places() == 1


def test_names_are_bounded_and_the_rarest_stay_whole() -> None:
    many = {"time": range(MOST_NAMED), "cap": [901, 902], "away": [], "reach": range(1000, 1500)}
    found = bounded(many)
    assert found["cap"] == (901, 902)
    assert list(found) == ["cap", "time"]
    assert sum(len(ids) for ids in found.values()) == MOST_NAMED
    assert found["time"] == tuple(range(MOST_NAMED - 2))
