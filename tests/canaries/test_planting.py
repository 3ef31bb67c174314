"""The planting itself: every personal column of both, and each found by its way alone."""

from flask import Flask

from enabler.persistence.database import Base
from enabler.persistence.tags import Personal
from enabler.persistence.unit_of_work import unit_of_work
from enabler.persistence.whose import held, person_of
from tests.builders import a_member, a_place
from tests.canaries.planting import plant


def test_all_that_is_planted_is_held_of_whom_it_is_and_of_nobody_else(app: Flask) -> None:
    with app.app_context():
        place = a_place()
        one, other = a_member(place, "Ann One"), a_member(place, "Bob Other", at=(900, 900))
        with unit_of_work() as uow:
            planted = plant(uow, one, other)
            uow.commit()
        with unit_of_work() as uow:
            for mine in (one, other):
                found = list(held(uow.session, person_of(uow.session, mine.id)))
                values = {
                    (row.table, column, str(value))
                    for row in found
                    for column, value in row.values.items()
                }
                missing = [
                    canary for canary in planted
                    if canary.member_id == mine.id
                    and (canary.table, canary.column, str(canary.value)) not in values
                ]  # fmt: skip
                assert missing == []
                said = repr(found)
                leaked = [
                    canary for canary in planted
                    if canary.member_id != mine.id and canary.is_unique and canary.text in said
                ]  # fmt: skip
                assert leaked == []


def test_no_personal_column_is_left_out(app: Flask) -> None:
    with app.app_context():
        place = a_place()
        one, other = a_member(place, "Ann One"), a_member(place, "Bob Other", at=(900, 900))
        with unit_of_work() as uow:
            planted = plant(uow, one, other)
    personal = {
        (table.name, column.name, owner)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(tag := column.info["personal"], Personal)
        for owner in ((0,) if tag.whose == "nobody" else (one.id, other.id))
    }
    assert personal - {(one.table, one.column, one.member_id) for one in planted} == set()
