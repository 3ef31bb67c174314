"""Law 9: whatever happens in another place, no page, list, count or letter of here is another."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from enabler.jobs import JOBS, run_job
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from tests import paper
from tests.authorisation.asked_of_a_place import Asked, heard
from tests.authorisation.noise import make_noise
from tests.authorisation.rules import read_book
from tests.authorisation.trying import Cell
from tests.authorisation.whose import NO_THING
from tests.authorisation.worlds import World
from tests.builders import NOW

RULES = [rule for rule in read_book().rules if rule.method == "GET"]
WHO_LOOK = (
    "custodian", "safeguarding-lead", "administrator", "councillor", "call-handler",
    "organisation-owner", "resident", "stranger",
)  # fmt: skip
"""Of all sorts of people of here, one."""
A_GOOD_PART = 100
"""So many questions at the least are asked about here."""
_TOKEN = re.compile(r'(?<=name="csrf_token" value=")[^"]+')
LATER = (timedelta(hours=20), timedelta(days=9))
"""How long after the beginning the clock's work is done."""


@pytest.fixture(autouse=True)
def as_it_was(world: World) -> Iterator[None]:
    yield
    world.put_back()


def answers(world: World) -> dict[str, tuple[int, str]]:
    """What those who look are answered, by the pages and calls that are about nothing they name."""
    about_nothing = (rule for rule in RULES if not rule.of)
    all_cells = (Cell(rule, name, NO_THING) for rule in about_nothing for name in WHO_LOOK)
    found = {}
    for cell in (one for one in all_cells if one.is_in):
        with cell.knock(world, None) as answer:
            found[str(cell)] = (answer.status_code, _TOKEN.sub("", paper.said(answer)))
    return found


def asked_again(world: World, questions: dict[str, Asked]) -> dict[str, str]:
    """What each is answered now, each in a transaction of its own that keeps nothing."""
    found = {}
    with world.app.app_context():
        for name, asked in questions.items():
            with reading() as uow:
                answer = asked.answer(uow.session)
            if answer is not None:
                found[name] = answer
    return found


def letters(world: World) -> Counter[tuple[str, int | None, str | None]]:
    """What waits to be sent to people of here, or has been."""
    with world.app.app_context(), reading() as uow:
        query = select(OutboxRow.template, OutboxRow.member_id, OutboxRow.to_value)
        rows = uow.session.execute(query.filter_by(place_id=world.here.id))
        return Counter((row.template, row.member_id, row.to_value) for row in rows)


def work(world: World) -> list[Counter[tuple[str, int | None, str | None]]]:
    """The clock's work, at a few moments; the letters that there are after each."""
    found = []
    for later in LATER:
        for job in JOBS:
            run_job(world.app, job, NOW + later)
        found.append(letters(world))
    return found


@pytest.mark.prove("4.1")
def test_more_of_everything_elsewhere_changes_no_answer_here(world: World) -> None:
    before = answers(world)
    world.put_back()
    with world.app.app_context():
        make_noise(world)
    after = answers(world)
    assert [name for name in before if before[name] != after[name]] == []


@pytest.mark.prove("4.1")
def test_more_of_everything_elsewhere_changes_nothing_that_is_asked_of_here(world: World) -> None:
    with heard(world.here.id) as found:
        answers(world)
    world.put_back()
    before = asked_again(world, found)
    with world.app.app_context():
        make_noise(world)
    after = asked_again(world, found)
    assert len(before) > A_GOOD_PART
    assert [name for name in before if before[name] != after[name]] == []


@pytest.mark.prove("4.1")
def test_more_of_everything_elsewhere_changes_no_letter_here(world: World) -> None:
    before = work(world)
    world.put_back()
    with world.app.app_context():
        make_noise(world)
    assert work(world) == before
