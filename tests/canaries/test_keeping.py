"""Nothing outlives its time: of all that is planted, what has a time is gone when it is over."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from enabler.domain import privacy
from enabler.domain.vocabulary import NeedState
from enabler.persistence.database import Base
from enabler.persistence.tables.matches import ReportRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tags import Keep, Personal
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import clock, laws
from tests.builders import NOW, a_member, a_need, a_place
from tests.canaries.planting import Canary, plant
from tests.keeping import end_what_is_over

LONGEST = timedelta(days=max(privacy.days().values()))
ENDS_BY_ITSELF = frozenset({"api_token"})
"""A program's key that is over: it goes thirty days later."""
BY_ITSELF = frozenset({rule.table for rule in privacy.rules() if rule.how in ("own", "lives")})
"""A step of its own ends these: with what they belong to, by tests of that."""


def keep_of(canary: Canary) -> Keep:
    tag = Base.metadata.tables[canary.table].columns[canary.column].info["personal"]
    assert isinstance(tag, Personal)
    return tag.keep


def stands(canary: Canary) -> bool:
    column = Base.metadata.tables[canary.table].columns[canary.column]
    with reading() as uow:
        return any(canary.text in str(value) for value in uow.session.scalars(select(column)))


def too_long(now: object) -> int:
    return next(one.count for one in laws.check(now=now) if one.what == "kept_too_long")  # type: ignore[arg-type]


@pytest.mark.prove("7.1")
def test_what_has_a_time_goes_with_it_and_the_rest_stays(app: Flask) -> None:
    with app.app_context():
        place = a_place()
        one, other = a_member(place, "Ann One"), a_member(place, "Bob Other", at=(900, 900))
        with unit_of_work() as uow:
            planted = [canary for canary in plant(uow, one, other) if canary.is_unique]
            uow.commit()
        late = NOW + LONGEST + timedelta(days=400)
        assert too_long(late) > 50
        end_what_is_over(now=late)
        clock.forget_old(now=late)
        kept = [
            canary for canary in planted
            if keep_of(canary) is not Keep.ACCOUNT and canary.table not in BY_ITSELF
            and isinstance(canary.value, str | list | dict) and stands(canary)
        ]  # fmt: skip
        assert kept == []
        assert too_long(late) == 0
        gone = [
            canary for canary in planted
            if keep_of(canary) is Keep.ACCOUNT and isinstance(canary.value, str)
            and canary.table not in ENDS_BY_ITSELF and not stands(canary)
        ]  # fmt: skip
        assert gone == []


def test_what_somebody_reported_stays_until_that_is_settled(app: Flask) -> None:
    with app.app_context():
        place = a_place()
        asker = a_member(place, "Ann One")
        long_ago = {"state": NeedState.WITHDRAWN, "ended_at": NOW, "next_step": None}
        refs = [a_need(asker, words=f"Soup {n}", **long_ago) for n in "12"]
        with unit_of_work() as uow:
            report = ReportRow(
                place_id=place.id, ref="ZZ99ZZ", about_kind="need", about_ref=refs[0],
                kind="went-wrong", words="x", reported_at=NOW,
            )  # fmt: skip
            uow.session.add(report)
            uow.commit()

        def words() -> list[str]:
            with reading() as uow:
                return list(uow.session.scalars(select(NeedRow.words).order_by(NeedRow.id)))

        late = NOW + timedelta(days=366)
        end_what_is_over(now=late)
        assert words() == ["Soup 1", ""]
        assert too_long(late + timedelta(days=9)) == 0
        with unit_of_work() as uow:
            uow.session.execute(update(ReportRow).values(settled_at=late, state="settled"))
            uow.commit()
        end_what_is_over(now=late)
        assert words() == ["", ""]


def test_every_personal_column_has_a_time_and_a_ground() -> None:
    ruled = {(rule.table, rule.keep) for rule in privacy.rules()}
    assert set(privacy.grounds()) == {purpose.value for purpose in type(_a_tag().purpose)}
    for table in Base.metadata.tables.values():
        for column in table.columns:
            tag = column.info["personal"]
            if isinstance(tag, Personal):
                timed = tag.keep is Keep.ACCOUNT or (table.name, tag.keep.value) in ruled
                assert timed, f"{table.name}.{column.name} has no rule of retention"


def test_every_table_of_people_has_its_part_of_their_page() -> None:
    personal = {
        table.name for table in Base.metadata.tables.values()
        if any(isinstance(column.info["personal"], Personal) for column in table.columns)
    }  # fmt: skip
    assert {kind.table for kind in privacy.kinds()} == personal


def _a_tag() -> Personal:
    tag = Base.metadata.tables["member"].columns["name"].info["personal"]
    assert isinstance(tag, Personal)
    return tag
