"""Checks that a kind of help demands of whoever gives it, as they are at a moment (law 6)."""

from datetime import datetime

from enabler.domain.categories import credentials_for
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.ruleset import Ruleset
from enabler.persistence.unit_of_work import UnitOfWork


def missing_credentials(
    uow: UnitOfWork, need: Need, offer: Offer, ruleset: Ruleset, now: datetime
) -> list[str]:
    """What the giver lacks at this moment of what the need's kind of help demands."""
    held = uow.credentials.valid_of((offer.member_id, offer.organisation_id), now)
    return sorted(credentials_for(need.category, ruleset, need.requires) - held)
