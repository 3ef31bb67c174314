"""A draft of the rules is proposed, and a second person decides. It is locked first."""

from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.permissions import Action, Actor
from enabler.domain.ruleset_drafts import DraftState, RulesetDraft
from enabler.domain.ruleset_keys import differences
from enabler.domain.vocabulary import Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._rules_drafting import person, record, require_open
from enabler.services._rules_views import says, standing_at
from enabler.services._tell import tell

ANSWERED_WITHIN = timedelta(days=14)
"""So long a proposal waits for a second person; then it has lapsed."""
LAPSING = Actor.system("lapse-rules-proposals")
Given = dict[str, Any]


def propose(
    uow: UnitOfWork, actor: Actor, draft: RulesetDraft, version: int, words: str, now: datetime
) -> Given:
    """Ask a second person to approve a draft as its reader saw it; the others are told."""
    require_open(draft)
    if draft.version != version:
        raise WrongMoment("changed_meanwhile", version=draft.version)
    if not differences(standing_at(uow, draft, now), says(draft)):
        raise WrongMoment("rules_say_the_same")
    _require_ahead(draft, now)
    uow.ruleset_drafts.write(
        draft.id, state=DraftState.PROPOSED, words=words, proposed_by=person(actor),
        proposed_at=now, answer_by=now + ANSWERED_WITHIN,
    )  # fmt: skip
    record(uow, actor, draft, (DraftState.DRAFT, DraftState.PROPOSED), now)
    hands = uow.staff.who_may(Action.APPROVE_RULES, draft.place_id, now)
    _tell(uow, draft, "rules_proposed", hands - {person(actor)}, now)
    return {"ref": draft.ref}


def withdraw(uow: UnitOfWork, actor: Actor, draft: RulesetDraft, now: datetime) -> Given:
    """Give a draft up; what is proposed is taken back by whoever proposed it."""
    if draft.state_at(now) not in (DraftState.DRAFT, DraftState.PROPOSED):
        raise WrongMoment("rules_draft_ended")
    if draft.state is DraftState.PROPOSED and draft.proposed_by != person(actor):
        raise NotAllowed("rules_of_another")
    uow.ruleset_drafts.write(draft.id, state=DraftState.WITHDRAWN, decided_at=now)
    record(uow, actor, draft, (draft.state, DraftState.WITHDRAWN), now)
    return {"ref": draft.ref}


def decide(
    uow: UnitOfWork, actor: Actor, draft: RulesetDraft, words: str, now: datetime, *,
    approving: bool,
) -> Given:  # fmt: skip
    """A second person approves what was proposed, and it is a version of the rules from its time
    on, or rejects it. Its proposer and the other custodians are told."""
    if draft.state_at(now) is not DraftState.PROPOSED:
        raise WrongMoment("rules_draft_ended")
    if draft.proposed_by == person(actor):
        raise NotAllowed("second_person_same")
    state = DraftState.APPROVED if approving else DraftState.REJECTED
    ruleset_id = _come_into_force(uow, draft, now) if approving else None
    uow.ruleset_drafts.write(
        draft.id, state=state, decided_by=person(actor), decided_at=now, decided_words=words,
        ruleset_id=ruleset_id,
    )  # fmt: skip
    record(uow, actor, draft, (DraftState.PROPOSED, state), now)
    told = {draft.proposed_by or 0}
    if approving:
        told |= uow.staff.who_may(Action.APPROVE_RULES, draft.place_id, now)
    _tell(uow, draft, f"rules_{state}", told - {person(actor)}, now)
    return {"ref": draft.ref, "state": state.value}


def _come_into_force(uow: UnitOfWork, draft: RulesetDraft, now: datetime) -> int:
    _require_ahead(draft, now)
    from_at = max(now, draft.from_at or now)
    area = uow.ruleset_drafts.area(draft.id)
    return uow.rulesets.add(draft.place_id, draft.policy, from_at, draft.until_at, area)


def _require_ahead(draft: RulesetDraft, now: datetime) -> None:
    """Rules whose end has passed would hold at no moment."""
    if draft.until_at is not None and draft.until_at <= max(now, draft.from_at or now):
        raise WrongMoment("rules_over_already")


def lapse(uow: UnitOfWork, draft: RulesetDraft, now: datetime) -> None:
    """Mark what nobody answered in time, and tell its proposer."""
    uow.ruleset_drafts.write(draft.id, state=DraftState.LAPSED, decided_at=draft.answer_by)
    record(uow, LAPSING, draft, (DraftState.PROPOSED, DraftState.LAPSED), now)
    _tell(uow, draft, "rules_lapsed", {draft.proposed_by or 0}, now)


def _tell(
    uow: UnitOfWork, draft: RulesetDraft, template: str, members: set[int] | frozenset[int],
    now: datetime,
) -> None:  # fmt: skip
    for member_id in sorted(members):
        tell(
            uow, place_id=draft.place_id, member_id=member_id, template=template,
            parameters={"rules": draft.ref}, priority=Priority.MATCH, by_mail=True, now=now,
            dedupe_key=f"{template}:{draft.ref}:{member_id}",
        )  # fmt: skip
