"""Law 9: asked about a place where nobody lives, everything answers as if nobody lived anywhere."""

from collections.abc import Collection
from dataclasses import dataclass

import pytest

from enabler.persistence.unit_of_work import reading
from tests.authorisation.asked_of_a_place import Asked, heard, repositories
from tests.authorisation.people import FROM_ELSEWHERE
from tests.authorisation.rest import the_rest
from tests.authorisation.rules import read_book
from tests.authorisation.test_another_place import A_GOOD_PART, answers, work
from tests.authorisation.trying import cells
from tests.authorisation.worlds import Kept, World


@dataclass(frozen=True)
class Questions:
    """What is asked about nowhere by its name; two moments at which more lies in the place, and
    what is answered when nobody lives in any."""

    asked: dict[str, Asked]
    moments: tuple[Kept, Kept]
    never: dict[str, str]


@pytest.fixture(scope="session")
def questions(world: World) -> Questions:
    """Every question about here that pages, forms and the clock ask, moved to nowhere."""
    world.put_back()
    with heard(world.here.id) as found, world.app.app_context():
        more = the_rest(world)
    morning = world.kept("morning-and-the-rest")
    with heard(world.here.id) as heard_since:
        answers(world)
        knock_everywhere(world)
        work(world)
    evening = world.kept("evening")
    found |= heard_since | {str(one): one for one in more}
    asked = {name: one.about(world.nowhere.id) for name, one in found.items()}
    world.put_back(world.empty)
    never = all_answers(world, asked)
    world.put_back()
    return Questions(asked, (morning, evening), never)


def knock_everywhere(world: World, but: Collection[str] = ()) -> None:
    """Each page, then each form, once for each way in which a thing can stand to who may; ``but``
    not at these routes."""
    rules = (rule for rule in read_book().rules if rule.route not in but)
    for rule in sorted(rules, key=lambda rule: rule.method != "GET"):
        tried = {FROM_ELSEWHERE}
        for cell in (one for one in cells(rule) if one.is_in):
            if not tried & {cell.principal, cell.relation}:
                tried.add(cell.relation)
                cell.knock(world, cell.ref(world)).close()


def all_answers(world: World, questions: dict[str, Asked]) -> dict[str, str]:
    """What each is answered now that only reads."""
    found: dict[str, str | None] = {}
    with world.app.app_context():
        for name, asked in questions.items():
            with reading() as uow:
                found[name] = asked.answer(uow.session)
    return {name: answer for name, answer in found.items() if answer is not None}


@pytest.mark.prove("4.1")
@pytest.mark.parametrize("of", sorted({one.__name__ for one in repositories()}))
def test_where_nobody_lives_nothing_is_found(
    world: World, questions: Questions, of: str
) -> None:  # fmt: skip
    asked = {name: one for name, one in questions.asked.items() if one.of.__name__ == of}
    wrong = []
    for moment in questions.moments:
        world.put_back(moment)
        found = all_answers(world, asked)
        both = found.keys() & questions.never.keys()
        wrong += [name for name in both if found[name] != questions.never[name]]
    world.put_back()
    assert wrong == []


def test_much_is_asked(questions: Questions) -> None:
    assert len(questions.asked) > A_GOOD_PART
