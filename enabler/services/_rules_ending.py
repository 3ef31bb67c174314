"""A version of the rules is proposed to end, and a second person decides."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from enabler.domain.errors import NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor
from enabler.domain.ruleset_drafts import DraftState, Version
from enabler.domain.ruleset_endings import RulesetEnding, can_end
from enabler.domain.vocabulary import Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._rules_deciding import ANSWERED_WITHIN, LAPSING
from enabler.services._rules_drafting import person
from enabler.services._tell import tell

Given = dict[str, Any]


def version_of(uow: UnitOfWork, place_id: int, draft_ref: str, *, lock: bool = False) -> Version:
    """The version that a draft became; with its draft held, two who propose wait for each other.
    Raises NotFound."""
    draft = uow.ruleset_drafts.by_ref(place_id, draft_ref, lock=lock)
    if draft.ruleset_id is None:
        raise NotFound("rules_version_unknown")
    return next(one for one in uow.rulesets.versions(place_id) if one.id == draft.ruleset_id)


def propose(
    uow: UnitOfWork, actor: Actor, place_id: int, version: Version, words: str, now: datetime
) -> Given:
    """Ask a second person to let the version end; the others are told."""
    by = person(actor)
    _require_endable(uow, place_id, version.id, now)
    for one in uow.ruleset_endings.of_version(version.id):
        if one.state_at(now) is DraftState.PROPOSED:
            raise WrongMoment("rules_ending_waits")
        if one.state is DraftState.PROPOSED:
            lapse(uow, one, now)
    kept = uow.ruleset_endings.add(
        place_id=place_id, ref=uow.refs.new(place_id, "ruleset-ending"), ruleset_id=version.id,
        state=DraftState.PROPOSED, words=words, proposed_by=by, proposed_at=now,
        answer_by=now + ANSWERED_WITHIN,
    )  # fmt: skip
    _record(uow, actor, kept, (None, DraftState.PROPOSED), now)
    hands = uow.staff.who_may(Action.APPROVE_RULES, place_id, now)
    _tell(uow, kept, "rules_ending_proposed", hands - {by}, now)
    return {"ref": kept.ref}


def withdraw(uow: UnitOfWork, actor: Actor, ending: RulesetEnding, now: datetime) -> Given:
    """Whoever proposed it takes it back."""
    _require_waits(ending, now)
    if ending.proposed_by != person(actor):
        raise NotAllowed("rules_of_another")
    uow.ruleset_endings.write(ending.id, state=DraftState.WITHDRAWN, decided_at=now)
    _record(uow, actor, ending, (DraftState.PROPOSED, DraftState.WITHDRAWN), now)
    return {"ref": ending.ref}


def decide(
    uow: UnitOfWork, actor: Actor, ending: RulesetEnding, words: str, now: datetime, *,
    approving: bool,
) -> Given:  # fmt: skip
    """A second person agrees, and the version ends at this moment, or says that it goes on."""
    _require_waits(ending, now)
    if ending.proposed_by == person(actor):
        raise NotAllowed("second_person_same")
    if approving:
        _require_endable(uow, ending.place_id, ending.ruleset_id, now)
        uow.rulesets.end(ending.ruleset_id, now)
    state = DraftState.APPROVED if approving else DraftState.REJECTED
    uow.ruleset_endings.write(
        ending.id, state=state, decided_by=person(actor), decided_at=now, decided_words=words
    )
    _record(uow, actor, ending, (DraftState.PROPOSED, state), now)
    told = {ending.proposed_by}
    if approving:
        told |= uow.staff.who_may(Action.APPROVE_RULES, ending.place_id, now)
    _tell(uow, ending, f"rules_ending_{state}", told - {person(actor)}, now)
    return {"ref": ending.ref, "state": state.value}


def lapse(uow: UnitOfWork, ending: RulesetEnding, now: datetime) -> None:
    """Mark what nobody answered in time, and tell its proposer."""
    uow.ruleset_endings.write(ending.id, state=DraftState.LAPSED, decided_at=ending.answer_by)
    _record(uow, LAPSING, ending, (DraftState.PROPOSED, DraftState.LAPSED), now)
    _tell(uow, ending, "rules_ending_lapsed", {ending.proposed_by}, now)


def _require_waits(ending: RulesetEnding, now: datetime) -> None:
    if ending.state_at(now) is not DraftState.PROPOSED:
        raise WrongMoment("rules_ending_over")


def _require_endable(uow: UnitOfWork, place_id: int, ruleset_id: int, now: datetime) -> None:
    versions = uow.rulesets.versions(place_id)
    if not can_end(next(one for one in versions if one.id == ruleset_id), versions, now):
        raise WrongMoment("rules_not_to_end")


def _record(
    uow: UnitOfWork, actor: Actor, ending: RulesetEnding,
    states: tuple[DraftState | None, DraftState], now: datetime,
) -> None:  # fmt: skip
    before, after = states
    uow.audit.record(
        actor, f"ruleset-ending.{after}", place_id=ending.place_id, now=now,
        subject=("ruleset-ending", ending.id, ending.ref),
        columns=("until_at",) if after is DraftState.APPROVED else (),
        states=(None if before is None else before.value, after.value),
    )  # fmt: skip


def _tell(
    uow: UnitOfWork, ending: RulesetEnding, template: str, members: Collection[int], now: datetime
) -> None:
    for member_id in sorted(members):
        tell(
            uow, place_id=ending.place_id, member_id=member_id, template=template,
            parameters={"ending": ending.ref}, priority=Priority.MATCH, by_mail=True, now=now,
            dedupe_key=f"{template}:{ending.ref}:{member_id}",
        )  # fmt: skip
