"""What of a place's rules is somebody's: a draft, and one that they propose."""

from datetime import timedelta
from typing import Any

from enabler.domain.ruleset_drafts import DraftState
from enabler.persistence.unit_of_work import UnitOfWork
from tests.authorisation.whose import Owner
from tests.builders import NOW

KINDS = ("rules draft", "rules proposal")


def rules_of(uow: UnitOfWork, owner: Owner) -> dict[str, str]:
    """Their refs."""
    place_id, member_id = owner.asker.place.id, owner.asker.id
    base = uow.rulesets.in_force(place_id, NOW)
    policy = {**uow.rulesets.version(place_id, base.version).policy, "quiet_from": 1260}
    asked: dict[str, Any] = {
        "state": DraftState.PROPOSED, "proposed_by": member_id, "proposed_at": NOW,
        "answer_by": NOW + timedelta(days=14), "words": "It is light for longer.",
    }  # fmt: skip
    return {
        kind: uow.ruleset_drafts.add(
            place_id=place_id, ref=uow.refs.new(place_id, "ruleset-draft"), name="Spring",
            version=1, policy=policy, based_on_id=base.id, wards=(), drafted_by=member_id,
            drafted_at=NOW, changed_by=member_id, changed_at=NOW, **more,
        ).ref
        for kind, more in zip(KINDS, ({"state": DraftState.DRAFT}, asked), strict=True)
    }  # fmt: skip
