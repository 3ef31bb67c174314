"""Nothing personal outlives its time: what has been kept for as long as it may, goes.

How long that is stands in ``domain/privacy/retention.toml`` and, where a place keeps it for less
long, in its rules; what it is, in the columns' tags.
"""

from datetime import datetime

from enabler.domain import privacy
from enabler.domain.permissions import Action, Actor, require
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services._keeping import began_before

JOB = "keep-no-longer"
RULES = tuple(rule for rule in privacy.rules() if rule.how in ("delete", "blank"))
"""The rules that the job works, in their order; others have a step of their own, or live as long
as what they are about."""
BATCH = 500
"""Rows of one transaction: few enough that nobody waits for it."""


def end(*, actor: Actor, rule: privacy.Rule, now: datetime) -> int:
    """End one batch of what a rule says is over; how many rows. Call it until it gives 0; safe to
    run twice. Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    with unit_of_work() as uow:
        ended = uow.keeping.end(rule, began_before(uow, rule, now), BATCH)
        uow.commit()
        return ended
