"""What two places have agreed about hours, and what the other proposes by now."""

from enabler.persistence.unit_of_work import unit_of_work
from tests.authorisation.people import FROM_ELSEWHERE, Principal
from tests.builders import NOW, BuiltPlace, share


def agreements(here: BuiltPlace, elsewhere: BuiltPlace, principals: dict[str, Principal]) -> None:
    """The other place shares help with this one; limits are agreed, and others wait."""
    share(elsewhere, here)
    ours, theirs = (principals[name].member for name in ("custodian", FROM_ELSEWHERE))
    assert ours is not None
    assert theirs is not None
    proposed = {"may_owe": 300, "may_be_owed": 600, "by": theirs.id, "now": NOW}
    with unit_of_work() as uow:
        uow.agreements.propose(elsewhere.id, here.id, **proposed)
        waiting = uow.agreements.between(here.id, elsewhere.id, "waiting")
        assert waiting is not None
        uow.agreements.agree(here.id, waiting, ours.id, NOW)
        uow.agreements.propose(elsewhere.id, here.id, **proposed)
        uow.commit()
