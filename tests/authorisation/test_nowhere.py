"""Law 9: asked about a place where nobody lives, a repository answers as if nobody lived anywhere."""

from dataclasses import replace

import pytest

from enabler.persistence.unit_of_work import reading
from tests.authorisation.asked_of_a_place import Asked, heard
from tests.authorisation.test_another_place import A_GOOD_PART, answers, work
from tests.authorisation.worlds import World


def all_answers(world: World, questions: dict[str, Asked]) -> dict[str, str]:
    """What each is answered now."""
    found = {}
    with world.app.app_context():
        for name, asked in questions.items():
            with reading() as uow:
                found[name] = str(asked.answer(uow.session))
    return found


@pytest.mark.prove("4.1")
def test_where_nobody_lives_nothing_is_found(world: World) -> None:
    with heard(world.here.id) as found:
        answers(world)
        world.put_back()
        work(world)
    asked = {
        name: replace(one, arguments={**one.arguments, "place_id": world.nowhere.id})
        for name, one in found.items()
    }
    world.put_back()
    now = all_answers(world, asked)
    world.empty_out()
    never = all_answers(world, asked)
    world.put_back()
    assert len(now) > A_GOOD_PART
    assert [name for name in now if now[name] != never[name]] == []
