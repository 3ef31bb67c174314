"""Every answer that shows somebody else's name, number or address wrote its sight in the very
transaction that read it; none wrote one that shows nothing; where none can be written nothing is
shown."""

from collections.abc import Iterator

import pytest
from sqlalchemy.exc import DatabaseError

from enabler.domain.vocabulary import Role
from tests import paper
from tests.authorisation.people import NOT_SIGNED_IN, NUMBER_ONLY, STAFF
from tests.authorisation.rules import Rule, read_book
from tests.authorisation.sights import (
    Transaction,
    Value,
    forget_sights,
    needless,
    nothing_can_be_logged,
    recorded,
    shown,
    unwritten,
    values,
)
from tests.authorisation.trying import Cell, cells
from tests.authorisation.worlds import World

DESK_ROLES = (Role.CUSTODIAN, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)
RULES = [rule for rule in read_book().rules if rule.method == "GET"]
DESK = tuple(name for name, role in STAFF.items() if role in DESK_ROLES)
NOBODY = "anonymous:anonymous"
"""Who looks by a link without being signed in: also whose session gives access no more."""
NOT_PROTECTED = {
    "/needs/<ref:ref>/councillor": "who was elected is public",
}
"""Pages that name people who are named to everybody."""
READ_ON_THE_WAY = {
    "/series/<ref:ref>/edit/questions": "it leads on to the page that shows it",
    "/organisations/<ref:ref>/people/<ref:who>": "the list is read before the door says no",
    "/organisations/<ref:ref>/people/<ref:who>/remove": "likewise",
    "/organisations/<ref:ref>/people/invite": "likewise",
    "/hours/events/<ref:ref>/not-so": "what was written down is read before the door says no",
    "/me/supporters/asked/<ref:ref>/code": "it leads back to the page that shows it",
}
"""Answers that show nothing of what was read for them: a sight too many hides nobody's look."""


@pytest.fixture(scope="session")
def protected(world: World) -> tuple[Value, ...]:
    """What is to be protected."""
    return values(world)


def _answers(
    world: World, rule: Rule, protected: tuple[Value, ...]
) -> Iterator[tuple[Cell, str, set[tuple[int, str]], list[Transaction], bool]]:
    """Each answer: whose it is, the reader's ref, what it shows of others, what was done; whether
    it is the page that was asked for."""
    for cell in cells(rule):
        who = world.principals[cell.principal]
        forget_sights(world)
        with recorded(world) as done:
            try:
                with cell.knock(world, cell.ref(world)) as answer:
                    body, is_page = paper.said(answer), answer.status_code == 200
            except DatabaseError:  # it could not be written down: nothing is shown
                body, is_page = "", False
        reader = None if who.member is None else who.actor.person_id
        unknown = cell.principal in (*NOT_SIGNED_IN, NUMBER_ONLY)
        viewer = NOBODY if unknown else who.actor.person_ref
        found = shown(body, reader, protected)
        yield cell, viewer, found, done, is_page


def _of_others(
    world: World, rule: Rule, cell: Cell, found: set[tuple[int, str]]
) -> set[tuple[int, str]]:
    """What needs a sight: not the name of a colleague at the desk, nor that of whom somebody acts
    for, which stands on each page and was a sight when they began to act."""
    actor = world.principals[cell.principal].actor
    if actor.by is not None:
        found = found - {(actor.member_id or 0, "name")}
    if cell.principal not in DESK or not rule.route.startswith("/desk"):
        return found
    colleagues = _colleagues(world)
    return {(whose, kind) for whose, kind in found if kind != "name" or whose not in colleagues}


def _colleagues(world: World) -> set[int]:
    """Who works at the desk: they are named to each other, as in any office."""
    people = (world.principals[name].member for name in DESK)
    return {one.id for one in people if one is not None}


@pytest.fixture(autouse=True)
def as_it_was(world: World) -> Iterator[None]:
    """The sights that are forgotten here are there again for others."""
    yield
    world.put_back()


@pytest.mark.prove("7.2")
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_is_shown_is_written_down_with_it(
    world: World, rule: Rule, protected: tuple[Value, ...]
) -> None:
    wrong: list[str] = []
    for cell, viewer, found, done, found_page in _answers(world, rule, protected):
        if rule.route not in NOT_PROTECTED:
            needs_one = _of_others(world, rule, cell, found)
            wrong += [f"{cell}: {kind} of {whose} without a sight"
                      for whose, kind in sorted(unwritten(needs_one, viewer, done))]  # fmt: skip
        if (cell.rule.of is None or not found_page) and rule.route not in READ_ON_THE_WAY:
            wrong += [f"{cell}: a sight of the {kind} of {whose}, which is not shown"
                      for whose, kind in sorted(needless(found, done))]  # fmt: skip
    assert wrong == []


@pytest.mark.prove("7.2")
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_cannot_be_written_down_is_not_shown(
    world: World, rule: Rule, protected: tuple[Value, ...]
) -> None:
    if rule.route in NOT_PROTECTED:
        return
    with nothing_can_be_logged(world):
        wrong = [
            f"{cell}: {kind} of {whose}"
            for cell, _, found, _, _ in _answers(world, rule, protected)
            for whose, kind in sorted(_of_others(world, rule, cell, found))
        ]
    assert wrong == []
