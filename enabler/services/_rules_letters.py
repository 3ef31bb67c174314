"""What a message about a place's rules is about, read at the moment it is sent."""

from datetime import datetime

from enabler.domain.letters import About
from enabler.domain.permissions import Action
from enabler.domain.ruleset_drafts import DraftState
from enabler.persistence.unit_of_work import UnitOfWork


def rules_subject(uow: UnitOfWork, place_id: int, ref: str, now: datetime) -> About:
    """A draft of the rules. ``answerers`` are those who may decide about it: of a proposal not who
    proposed it; ``concerned`` is who did. ``next_step_at``: when the rules begin."""
    draft = uow.ruleset_drafts.by_ref(place_id, ref)
    state = draft.state_at(now)
    began = None
    if draft.ruleset_id is not None:
        versions = uow.rulesets.versions(place_id)
        began = next(one.from_at for one in versions if one.id == draft.ruleset_id)
    return About(
        kind="rules", ref=draft.ref, state=state.value,
        answerers=_hands(uow, place_id, state, draft.proposed_by, now),
        concerned=draft.proposed_by, answer_by=draft.answer_by, next_step_at=began,
    )  # fmt: skip


def rules_ending_subject(uow: UnitOfWork, place_id: int, ref: str, now: datetime) -> About:
    """A proposal that rules end before their time, as ``rules_subject`` has it of a draft."""
    ending = uow.ruleset_endings.by_ref(place_id, ref)
    state = ending.state_at(now)
    return About(
        kind="rules-ending", ref=ending.ref, state=state.value,
        answerers=_hands(uow, place_id, state, ending.proposed_by, now),
        concerned=ending.proposed_by, answer_by=ending.answer_by,
        organisation=_called(uow, place_id, ending.ruleset_id),
    )  # fmt: skip


def _called(uow: UnitOfWork, place_id: int, ruleset_id: int) -> str:
    """What a version is called: its draft's name; its number, where it came with the files."""
    one = next(one for one in uow.rulesets.versions(place_id) if one.id == ruleset_id)
    return one.name or str(one.number)


def _hands(
    uow: UnitOfWork, place_id: int, state: DraftState, proposed_by: int | None, now: datetime
) -> frozenset[int]:
    hands = uow.staff.who_may(Action.APPROVE_RULES, place_id, now)
    if proposed_by is None:
        return hands
    return hands - {proposed_by} if state is DraftState.PROPOSED else hands | {proposed_by}
