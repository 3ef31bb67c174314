"""What of a place's rules is somebody's: a draft, and one that they propose."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from enabler.domain.ruleset_drafts import DraftState
from enabler.persistence.database import columns_of
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.unit_of_work import UnitOfWork
from tests.authorisation.whose import Owner
from tests.builders import NOW

DRAFTS = ("rules draft", "rules proposal")
ENDING = ("rules of a flood", "rules ending")
KINDS = (*DRAFTS, *ENDING)


def rules_of(uow: UnitOfWork, owner: Owner) -> dict[str, str]:
    """Their refs."""
    place_id, member_id = owner.asker.place.id, owner.asker.id
    base = uow.rulesets.in_force(place_id, NOW)
    policy = {**uow.rulesets.version(place_id, base.version).policy, "quiet_from": 1260}
    asked: dict[str, Any] = {
        "state": DraftState.PROPOSED, "proposed_by": member_id, "proposed_at": NOW,
        "answer_by": NOW + timedelta(days=14), "words": "It is light for longer.",
    }  # fmt: skip
    return _of_a_flood(uow, owner, policy, base.id) | {
        kind: uow.ruleset_drafts.add(
            place_id=place_id, ref=uow.refs.new(place_id, "ruleset-draft"), name="Spring",
            version=1, policy=policy, based_on_id=base.id, wards=(), drafted_by=member_id,
            drafted_at=NOW, changed_by=member_id, changed_at=NOW, **more,
        ).ref
        for kind, more in zip(DRAFTS, ({"state": DraftState.DRAFT}, asked), strict=True)
    }  # fmt: skip


def _of_a_flood(
    uow: UnitOfWork, owner: Owner, policy: dict[str, Any], base_id: int
) -> dict[str, str]:
    """The draft that became rules with an end, far ahead; and of others, that they end now."""
    place_id, member_id, found = owner.asker.place.id, owner.asker.id, {}
    member = columns_of(MemberRow)
    other = uow.session.scalars(
        select(member.id).where(member.place_id == place_id, member.id != member_id)
    ).first()
    for kind in ENDING:
        from_at = NOW + timedelta(days=300)
        ruleset_id = uow.rulesets.add(place_id, policy, from_at, from_at + timedelta(days=1), None)
        draft = uow.ruleset_drafts.add(
            place_id=place_id, ref=uow.refs.new(place_id, "ruleset-draft"), name="Flood",
            version=1, policy=policy, based_on_id=base_id, wards=(), drafted_by=member_id,
            drafted_at=NOW, changed_by=member_id, changed_at=NOW, state=DraftState.APPROVED,
            proposed_by=member_id, proposed_at=NOW, answer_by=NOW + timedelta(days=14),
            decided_by=other, decided_at=NOW, ruleset_id=ruleset_id,
        )  # fmt: skip
        found[kind] = draft.ref
    found[ENDING[1]] = uow.ruleset_endings.add(
        place_id=place_id,
        ref=uow.refs.new(place_id, "ruleset-ending"),
        ruleset_id=ruleset_id,
        state=DraftState.PROPOSED,
        words="The water has gone.",
        proposed_by=member_id,
        proposed_at=NOW,
        answer_by=NOW + timedelta(days=14),
    ).ref
    return found
