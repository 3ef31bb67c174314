"""Proof 7.1: every personal column of two people is filled, and one of them goes: nothing of hers
is left anywhere, and every byte of the other's is as it was."""

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from enabler.config import Settings
from enabler.domain.vocabulary import OrganisationState, OutboxState
from enabler.persistence.database import Base, db
from enabler.persistence.tables.members import OrganisationRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.signals import DenialRow
from enabler.persistence.tags import Given
from enabler.persistence.unit_of_work import unit_of_work
from enabler.persistence.whose import held, person_of
from tests.builders import NOW, BuiltMember
from tests.canaries.planting import Canary, plant
from tests.erasure.deleting import deliver, file_bytes, finish, go, hits

pytestmark = pytest.mark.prove("7.1")
LATER = timedelta(hours=2)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The app's own log, every line of it, in a file."""
    path = tmp_path / "log.txt"
    handler = logging.FileHandler(path)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield path
    root.setLevel(before)
    root.removeHandler(handler)
    handler.close()


@pytest.fixture
def planted(ann: BuiltMember, ben: BuiltMember) -> list[Canary]:
    """Canaries of both, so placed that an erasure can go on: nobody works at the council, leads an
    organisation alone, or is still denied."""
    with unit_of_work() as uow:
        found = plant(uow, ann, ben)
        session = uow.session
        session.execute(update(OrganisationRow).values(state=OrganisationState.REFUSED))
        session.execute(update(OutboxRow).values(state=OutboxState.ACCEPTED))
        session.execute(update(DenialRow).values(at=NOW - 2 * LATER, until_at=NOW - LATER))
        uow.commit()
    return found


def of(planted: list[Canary], member: BuiltMember) -> list[Canary]:
    return [one for one in planted if one.member_id == member.id and one.is_unique]


def stays(canary: Canary) -> bool:
    """What somebody wrote at work about a case is the case's."""
    column = Base.metadata.tables[canary.table].columns[canary.column]
    return column.info["personal"].given is Given.WORK


def _stored(needle: str) -> bytes:
    """As it lies in SQLite's file: a moment has no zone there."""
    return re.sub(r"(\d)T(\d\d:\d\d:\d\d)\+00:00$", r"\1 \2", needle).encode()


def what_is_held(member: BuiltMember) -> list[tuple[str, Any, Mapping[str, Any]]]:
    with unit_of_work() as uow:
        rows = held(uow.session, person_of(uow.session, member.id))
        return [(row.table, row.key, dict(row.values)) for row in rows]


def test_no_trace_is_left_and_the_other_is_untouched(
    app: Flask, settings: Settings, log: Path, ann: BuiltMember, ben: BuiltMember,
    planted: list[Canary],
) -> None:  # fmt: skip
    mine = of(planted, ann)
    needles = {one.text for one in mine if not stays(one)} | {"Quillfeather"}
    assert hits(needles)
    before = what_is_held(ben)
    go(ann)
    deliver(NOW)
    assert finish(NOW + LATER) > 0
    left = hits(needles)
    assert left == [], "\n".join(map(str, left))
    bytes_left = file_bytes(app)
    assert [one for one in sorted(needles) if _stored(one) in bytes_left] == []
    after = what_is_held(ben)
    assert [one for one in before if one not in after] == []
    written = [log, *(path for path in settings.instance.rglob("*") if path.is_file())]
    for path in written:
        said = path.read_bytes()
        assert [one for one in needles if one.encode() in said] == [], path
    if db.engine.dialect.name == "sqlite":
        assert b"canary" in bytes_left  # the other's are there, so that this can fail


def test_what_was_written_at_work_stays_with_its_case(
    ann: BuiltMember, ben: BuiltMember, planted: list[Canary]
) -> None:
    work = {one.text for one in of(planted, ann) if stays(one)}
    assert work
    go(ann)
    assert {needle for _, needle in hits(work)} == work
