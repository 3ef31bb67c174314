"""A round that is really killed half-way: nothing half-done, and the next one finishes it."""

import os
import signal
import subprocess
import sys

import pytest
from flask import Flask

from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import NextStep
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from enabler.services import laws, rounds
from tests.builders import NOW, BuiltPlace, a_helper, a_member, a_need, a_place
from tests.databases.stores import Database

NEEDS, AT_ONCE = 8, 3
ROUND = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from enabler.app import create_app
from enabler.config import Settings
from enabler.domain.permissions import Actor
from enabler.services import _round, rounds

url, moment, at_once, step = sys.argv[1:]
app = create_app(Settings(Path("."), url, url, "k" * 32, environment="test"))
_round.AT_ONCE = int(at_once)
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
parts, after_inviting = [0], _round.after_inviting
def dies_in_the_second(*arguments):
    parts[0] += 1
    if step == "in the middle of a part" and parts[0] == 2:
        die()
    after_inviting(*arguments)
_round.after_inviting = dies_in_the_second
with app.app_context():
    rounds.run_round(
        actor=Actor.operator("a test"), now=datetime.fromisoformat(moment),
        progress=die if step == "after a part" else lambda *_: None,
    )
"""


@pytest.fixture
def place(context: Flask) -> BuiltPlace:
    """A place with a helper for every need, of whom each can do one."""
    made = a_place()
    for number in range(NEEDS):
        a_need(a_member(made, f"Ann {number}", at=(300 + 200 * number, 600)))
        a_helper(made, f"Hal {number}", at=(350 + 200 * number, 700), capacity=1)
    return made


def counts(place: BuiltPlace) -> tuple[int, int, int, int]:
    """Matches of the place, texts that ask, audited asks, and needs that wait for answers."""
    with reading() as uow:
        rows = [
            uow.session.query(kind).filter_by(place_id=place.id)
            for kind in (MatchRow, OutboxRow, AuditRow)
        ]
        waiting = [
            need for need in uow.needs.open_in(place.id) if need.next_step is not NextStep.ASK_FIRST
        ]
        asks = rows[1].filter_by(template="ask").count()
        return rows[0].count(), asks, rows[2].filter_by(what="match.asked").count(), len(waiting)


def amiss() -> set[str]:
    """Which laws are broken."""
    return {each.what for each in laws.check(now=NOW) if each.count}


@pytest.mark.parametrize("step", ["after a part", "in the middle of a part"])
def test_leaves_nothing_half_done_and_is_finished_by_the_next(
    place: BuiltPlace, database: Database, step: str
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", ROUND, database.url, NOW.isoformat(), str(AT_ONCE), step],
        capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    assert counts(place) == (AT_ONCE,) * 4
    assert amiss() == {"changes_without_audit"}  # of the builders' rows, which have none

    report = rounds.run_round(actor=Actor.operator("a test"), place_slug=place.slug, now=NOW)

    assert (report.proposed, report.unmatched) == (NEEDS - AT_ONCE, 0)
    assert counts(place) == (NEEDS,) * 4
    with reading() as uow:
        matches = [uow.matches.of_need(need.id) for need in uow.needs.open_in(place.id)]
    assert [len(each) for each in matches] == [1] * NEEDS
    assert len({each[0].helper_id for each in matches}) == NEEDS
    again = rounds.run_round(actor=Actor.operator("a test"), place_slug=place.slug, now=NOW)
    assert again.proposed == 0
