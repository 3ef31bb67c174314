"""Agreed help is followed up by processes that are killed half-way, and by two at once: whoever is
asked gets one letter, also in the nights in which the clocks change."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from enabler.domain.vocabulary import MatchState, NeedState, NextStep
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import chasing
from tests.builders import NOW, BuiltPlace, a_helper, a_member, a_need, a_place
from tests.databases.stores import Database
from tests.services.test_asking import texts

NEEDS = 6
HOUR = timedelta(hours=1)
SPRING = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # half an hour before London's clocks go forward
AUTUMN = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # and half an hour before they go back
CHASE = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from enabler.app import create_app
from enabler.config import Settings
from enabler.services import chasing

url, moment, letters = sys.argv[1:]
app = create_app(Settings(Path("."), url, url, "k" * 32, environment="test"))
left, tell = [int(letters)], chasing.tell
def dies_after_some(*arguments, **more):
    tell(*arguments, **more)
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
chasing.tell = dies_after_some
with app.app_context():
    print(chasing.chase_due(now=datetime.fromisoformat(moment)))
"""
NEVER = 0


@pytest.fixture
def place(context: Flask) -> BuiltPlace:
    """A place where people said yes, and agreed no time."""
    return a_place()


def agreed(place: BuiltPlace, end: datetime | None) -> list[int]:
    """A need for each of some people: without a time, or with a visit that ends then; their
    ids."""
    ids = []
    state = NeedState.FILLED if end is None else NeedState.ARRANGED
    step = NextStep.ARRANGE if end is None else NextStep.VISIT
    for number in range(NEEDS):
        ref = a_need(
            a_member(place, f"Ann {number}", at=(300 + 200 * number, 600)), state=state,
            slots_filled=1, next_step=step, next_step_at=end or NOW,
        )  # fmt: skip
        helper = a_helper(place, f"Hal {number}", at=(350 + 200 * number, 700))
        with unit_of_work() as uow:
            ids.append(uow.needs.by_ref(None, ref).id)
            (offer,) = uow.offers.all_of((helper.id, None))
            uow.matches.add(
                reasons=(), place_id=place.id, ref=uow.refs.new(place.id, "match"),
                need_id=ids[-1], offer_id=offer.id, helper_id=helper.id,
                state=MatchState.ACCEPTED if end is None else MatchState.ARRANGED, slot=1, score=1,
                distance_metres=100, proposed_at=NOW - HOUR, answered_at=NOW - HOUR,
                visit_start=None if end is None else end - HOUR, visit_end=end,
            )  # fmt: skip
            uow.commit()
    return ids


def begun(database: Database, moment: datetime, letters: int) -> subprocess.Popen[str]:
    """A process that follows up, and is killed after so many letters."""
    return subprocess.Popen(
        [sys.executable, "-c", CHASE, database.url, moment.isoformat(), str(letters)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
    )  # fmt: skip


def asked(template: str) -> Counter[int | None]:
    """How many letters each got."""
    return Counter(row.member_id for row in texts(template))


@pytest.mark.parametrize("letters", [1, 3, 4])
def test_what_was_begun_is_undone_and_done_again_once(
    place: BuiltPlace, database: Database, letters: int
) -> None:
    agreed(place, None)
    killed = begun(database, NOW, letters)
    _, wrong = killed.communicate(timeout=120)
    assert killed.returncode == -signal.SIGKILL, wrong
    assert sum(asked("no_time_yet").values()) == (letters - 1) // 2 * 2  # whole needs only

    chasing.chase_due(now=NOW)
    chasing.chase_due(now=NOW)

    found = asked("no_time_yet")
    assert (len(found), set(found.values())) == (2 * NEEDS, {1})


@pytest.mark.parametrize("end", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_two_processes_send_one_letter_in_the_nights_of_the_clocks(
    place: BuiltPlace, database: Database, end: datetime
) -> None:
    ids = agreed(place, end)
    for moment in (end, end + 2 * HOUR):
        both = [begun(database, moment, NEVER) for _ in range(2)]
        said = [one.communicate(timeout=120) for one in both]
        assert sum(int(out) for out, _ in said) == NEEDS, said

    found = asked("was_done")
    assert (len(found), set(found.values())) == (2 * NEEDS, {1})
    with reading() as uow:
        steps = {need.next_step_at for need in uow.needs.by_ids(ids).values()}
    (morning,) = steps
    assert morning is not None
    assert morning.astimezone(UTC).hour == (9 if end is SPRING else 10)
