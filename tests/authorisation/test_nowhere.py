"""Law 9: asked about a place where nobody lives, everything answers as if nobody lived anywhere."""

import pytest

from enabler.persistence.unit_of_work import reading
from tests.authorisation.asked_of_a_place import Asked, heard
from tests.authorisation.people import FROM_ELSEWHERE
from tests.authorisation.rest import the_rest
from tests.authorisation.rules import read_book
from tests.authorisation.test_another_place import A_GOOD_PART, answers, work
from tests.authorisation.trying import cells
from tests.authorisation.worlds import World


def everything_asked(world: World) -> dict[str, Asked]:
    """Every question about here that pages, forms and the clock ask, then moved to nowhere. As
    long as it lasts more and more lies in the place, and it stays there."""
    with heard(world.here.id) as found, world.app.app_context():
        more = the_rest(world)
    with heard(world.here.id) as heard_since:
        answers(world)
        knock_everywhere(world)
        work(world)
    found |= heard_since | {str(one): one for one in more}
    return {name: one.about(world.nowhere.id) for name, one in found.items()}


def knock_everywhere(world: World) -> None:
    """Each page, then each form, once for each way in which a thing can stand to who may."""
    for rule in sorted(read_book().rules, key=lambda rule: rule.method != "GET"):
        tried = {FROM_ELSEWHERE}
        for cell in (one for one in cells(rule) if one.is_in):
            if not tried & {cell.principal, cell.relation}:
                tried.add(cell.relation)
                cell.knock(world, cell.ref(world)).close()


def all_answers(world: World, questions: dict[str, Asked]) -> dict[str, str | None]:
    """What each is answered now."""
    found = {}
    with world.app.app_context():
        for name, asked in questions.items():
            with reading() as uow:
                found[name] = asked.answer(uow.session)
    return found


@pytest.mark.prove("4.1")
def test_where_nobody_lives_nothing_is_found(world: World) -> None:
    asked = everything_asked(world)
    evening = all_answers(world, asked)
    world.put_back()
    with world.app.app_context():
        the_rest(world)
    morning = all_answers(world, asked)
    world.empty_out()
    never = all_answers(world, asked)
    world.put_back()
    assert len(never) > A_GOOD_PART
    assert [name for name in never if not evening[name] == morning[name] == never[name]] == []
