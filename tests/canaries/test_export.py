"""What somebody takes away of themself: all that is theirs, and nothing of anybody else's."""

import json
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from enabler.doors import copies
from enabler.persistence.database import Base
from enabler.persistence.tags import Given, Personal
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import my_data
from enabler.services.views.my_data import AllHeldView, HeldKindView
from tests.builders import NOW, BuiltMember, a_member, a_place
from tests.canaries.planting import Canary, plant

WITHHELD = {
    "consideration.ranked": Given.OTHERS, "consideration.refused": Given.OTHERS,
    "match.visit_words": Given.OTHERS,
    "report.settled_words": Given.WORK, "report_note.words": Given.WORK,
    "visit.cleared_words": Given.WORK,
    "staff_secret.password_hash": Given.PROOF, "staff_secret.totp_secret": Given.PROOF,
    "denial_mark.digest": Given.SAFETY, "denial_match.kinds": Given.SAFETY,
    "erasure.kept": Given.UNTOLD, "erasure_hold.words": Given.UNTOLD,
    "odd_look.noted_at": Given.UNTOLD, "mandate_look.code": Given.UNTOLD,
}  # fmt: skip
"""All that is named in a copy and not given: secrets, and what tells of others more; and what is
not told of at all."""


def what(kind: HeldKindView) -> str:
    return kind.what


def in_json(value: object) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


@pytest.fixture
def two(app: Flask) -> Any:
    with app.app_context():
        place = a_place()
        one, other = a_member(place, "Ann One"), a_member(place, "Bob Other", at=(900, 900))
        with unit_of_work() as uow:
            planted = plant(uow, one, other)
            uow.commit()
        yield one, other, planted


def of(planted: list[Canary], member: BuiltMember) -> list[Canary]:
    return [canary for canary in planted if canary.member_id == member.id]


def written(copy: AllHeldView) -> str:
    tables = (copies.as_csv(kind) for kind in copy.kinds)
    return "\n".join([copies.as_json(copy, what), *tables])


@pytest.mark.prove("7.1")
class TestACopy:
    def test_has_every_personal_column_of_its_owner(self, two: Any) -> None:
        one, other, planted = two
        for mine in (one, other):
            said = json.loads(copies.as_json(my_data.show(actor=mine.actor, now=NOW), what))
            for canary in of(planted, mine):
                withheld = WITHHELD.get(f"{canary.table}.{canary.column}")
                if withheld is Given.UNTOLD:
                    assert canary.table not in said["kinds"]
                    continue
                kind = said["kinds"][canary.table]
                told = [row.get(canary.column) for row in kind["rows"]]
                if withheld is not None:
                    assert {"withheld": withheld} in told, canary
                    assert kind["columns"][canary.column]["withheld"] == withheld
                else:
                    assert in_json(canary.value) in told, canary

    def test_has_nothing_of_the_others(self, two: Any) -> None:
        one, other, planted = two
        for mine, theirs in ((one, other), (other, one)):
            said = written(my_data.show(actor=mine.actor, now=NOW))
            leaked = [
                canary for canary in of(planted, theirs)
                if canary.is_unique and canary.text in said
            ]  # fmt: skip
            assert leaked == []
            own = [one for one in of(planted, mine) if one.is_unique and one.text in said]
            assert len(own) > 100, "the same look finds one's own"

    def test_withholds_no_more_than_what_is_named_here(self) -> None:
        found = {
            f"{table.name}.{column.name}": tag.given
            for table in Base.metadata.tables.values()
            for column in table.columns
            if isinstance(tag := column.info["personal"], Personal) and tag.given is not Given.WHOLE
        }
        assert found == WITHHELD
