"""What has to be seen of a giver before they are asked for what they offer."""

from datetime import datetime

from enabler.domain.demands import FIRST_HELPS, demands, settings_of
from enabler.domain.meeting import NONE_SO
from enabler.domain.offers import Offer
from enabler.domain.ruleset import Ruleset
from enabler.persistence.unit_of_work import UnitOfWork


def missing(uow: UnitOfWork, offer: Offer, ruleset: Ruleset, now: datetime) -> tuple[str, ...]:
    """What the giver lacks at this moment of what the kinds of help on offer demand where they
    usually happen."""
    held = uow.credentials.valid_of((offer.member_id, offer.organisation_id), now)
    asked = {
        kind for slug in offer.categories
        for kind in demands(slug, settings_of(slug)[0], NONE_SO, ruleset).credentials
    }  # fmt: skip
    return tuple(sorted(asked - held - {FIRST_HELPS}))


def missing_of(uow: UnitOfWork, place_id: int, ref: str, now: datetime) -> tuple[str, ...]:
    """The same of an offer of the place, by its ref. Raises NotFound."""
    ruleset = uow.rulesets.in_force(place_id, now)
    return missing(uow, uow.offers.by_ref(place_id, ref), ruleset, now)
