"""What the letters of a yes say of where the two meet, while whoever helps is new."""

from datetime import datetime

from enabler.domain.letters import About
from enabler.domain.meeting import Setting
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._checks import meets_new

FIRST_MEETINGS = frozenset({"accepted_asker", "accepted_helper"})
"""Letters of a match that say so, to both its sides."""


def first_meeting(uow: UnitOfWork, about: About, now: datetime) -> Setting | None:
    """In public or at the door; None where the place's rules ask nothing of it now."""
    match = uow.matches.by_ref(None, about.ref)
    need, offer = uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id)
    rules = uow.rulesets.in_force(need.place_id, now, need.cell)
    return meets_new(uow, need, offer, rules, now)
