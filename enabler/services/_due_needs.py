"""Needs whose step is due, one after the other, each in its own transaction."""

from collections.abc import Callable

from enabler.domain.needs import Need
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work

Claim = Callable[[UnitOfWork, frozenset[int]], Need | None]
"""Holds a need whose step is due, leaving these alone; None where there is none."""
Step = Callable[[UnitOfWork, Need], None]
"""Does it, and commits."""


class StepFailed(RuntimeError):
    """The step of one need could not be done; its cause says why."""

    def __init__(self, need_id: int) -> None:
        super().__init__(f"the step of need number {need_id} could not be done")
        self.need_id = need_id


def work_due(
    claim: Claim, step: Step, limit: int, broken: frozenset[int] = frozenset()
) -> int:  # fmt: skip
    """Do so many steps at most; how many were done. One that cannot be done holds up no other: what
    it raised is raised after them. Raises StepFailed."""
    worked = 0
    try:
        while worked < limit and _work_one(claim, step, broken):
            worked += 1
    except StepFailed as failed:
        work_due(claim, step, limit - worked, broken | {failed.need_id})
        raise
    return worked


def _work_one(claim: Claim, step: Step, broken: frozenset[int]) -> bool:
    with unit_of_work() as uow:
        need = claim(uow, broken)
        if need is None:
            return False
        try:
            step(uow, need)
        except Exception as failure:
            raise StepFailed(need.id) from failure
        return True
