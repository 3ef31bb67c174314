"""One thing that is broken holds up no other: not a place, not a need, not a job."""

from datetime import timedelta

import pytest

from enabler.domain.errors import Invalid
from enabler.persistence.unit_of_work import reading
from enabler.services import rounds
from tests.builders import NOW, BuiltPlace, a_helper, a_member, a_need, a_place, new_rules
from tests.services.deeds import asks_of


def test_a_need_whose_step_cannot_be_done_lets_the_others_take_theirs(place: BuiltPlace) -> None:
    """Law 1: the first in the queue is of a place whose ruleset nobody can read."""
    broken = a_place("brokenham", area="BR")
    refs = [
        a_need(a_member(broken), next_step_at=NOW - timedelta(minutes=minutes))
        for minutes in (10, 5)
    ]
    new_rules(broken, {"no_such": 1})
    a_need(a_member(place, "Ann"))
    helper = a_helper(place)

    with pytest.raises(rounds.StepFailed) as wrong:
        rounds.work_due_needs(now=NOW)

    assert isinstance(wrong.value.__cause__, Invalid)
    assert wrong.value.__cause__.code == "ruleset_key_unknown"
    assert len(asks_of(helper)) == 1
    with reading() as uow:
        due = {uow.needs.by_ref(broken.id, ref).next_step_at for ref in refs}
    assert max(at for at in due if at) < NOW, "what could not be done is still due"
