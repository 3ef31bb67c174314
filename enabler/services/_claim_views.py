"""Who has a thing of the desk in hand."""

from collections.abc import Mapping
from datetime import timedelta

from enabler.domain.permissions import Actor
from enabler.persistence.desk import Claim
from enabler.services._ground import Ground
from enabler.services.views import ClaimView


def claim_view(
    actor: Actor, claim: Claim | None, here: Ground, names: Mapping[int, str]
) -> ClaimView | None:
    """Who has it in hand still, by colleagues' names: a claim lapses by the ruleset's time."""
    if claim is None or not holds(claim, here):
        return None
    by = names.get(claim.by_member_id, claim.by_ref)
    return ClaimView(by, claim.by_member_id == actor.member_id, claim.since)


def holds(claim: Claim | None, here: Ground) -> bool:
    """Whether somebody has it in hand still."""
    lapses = timedelta(minutes=here.ruleset.desk_claim_minutes)
    return claim is not None and claim.since + lapses > here.now
