"""Law 9: whatever is done here, nothing that lies in another place is changed by it."""

import pytest
from sqlalchemy import select

from enabler.persistence.database import db
from enabler.persistence.unit_of_work import reading
from tests.authorisation.asked_of_a_place import WHERE_IT_LIES
from tests.authorisation.test_nowhere import knock_everywhere
from tests.authorisation.worlds import World

BETWEEN_TWO = frozenset({
    "/desk/hours/places/limits", "/desk/hours/places/answer", "/desk/hours/places/end",
})  # fmt: skip
"""What two places agree is told and kept in both."""
WOKEN = frozenset({"next_step_at"})
"""An offer that reaches over the border wakes who waits there."""


def lies(world: World, place_id: int) -> dict[str, list[str]]:
    """Every row of a place, by its table."""
    with world.app.app_context(), reading() as uow:
        kept = uow.session.connection()
        return {
            name: sorted(
                WHERE_IT_LIES.sub("", repr(tuple(row)))
                for row in kept.execute(
                    select(*(one for one in table.c if one.name not in WOKEN))
                    .select_from(table)
                    .filter_by(place_id=place_id)
                )
            )
            for name, table in db.metadata.tables.items()
            if "place_id" in table.c
        }


@pytest.mark.prove("4.1")
def test_what_is_done_here_changes_nothing_elsewhere(world: World) -> None:
    world.put_back()
    before = lies(world, world.elsewhere.id)
    knock_everywhere(world, but=BETWEEN_TWO)
    after = lies(world, world.elsewhere.id)
    world.put_back()
    assert sum(map(len, before.values())) > 100
    assert {name for name in before if before[name] != after[name]} == set()
