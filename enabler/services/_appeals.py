"""An appeal is decided by somebody else; where it is won, what was decided is taken back."""

from contextlib import suppress
from typing import Any

from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.statements import Decision, require_other
from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _decisions, _suspending
from enabler.services._editing import restore
from enabler.services._ground import Ground
from enabler.services._lifting import lift_now
from enabler.services._statements import tell_decided
from enabler.services._things import Thing, is_gone, refuse_own, thing_of

_NEARER = (Role.CUSTODIAN, Role.SAFEGUARDING_LEAD)


def decide_appeal_of(
    uow: UnitOfWork, actor: Actor, decision: Decision, overturning: bool, words: str, here: Ground
) -> dict[str, Any]:
    """Decide it; the decision is locked. Raises NotAllowed, WrongMoment."""
    _require_decider(uow, actor, decision, here)
    thing = thing_of(uow, decision.subject_kind, decision.subject_ref, here)
    refuse_own(actor, thing)
    outcome = "overturned" if overturning else "upheld"
    if overturning:
        _take_back(uow, actor, decision, thing, words, here)
    uow.decisions.change(
        decision.id, appeal_outcome=outcome, appeal_decided_by=actor.member_id,
        appeal_decided_at=here.now, appeal_reason=words,
    )  # fmt: skip
    uow.audit.record(
        actor, f"decision.{outcome}", place_id=here.place.id, now=here.now,
        subject=("decision", decision.id, decision.ref), columns=("appeal_outcome",),
    )  # fmt: skip
    uow.desk.let_go(here.place.id, "appeal", decision.ref)
    tell_decided(
        uow, thing.authors, decision, "appeal_won" if overturning else "appeal_decided", here
    )
    return {"outcome": outcome}


def may_decide(uow: UnitOfWork, actor: Actor, decision: Decision, here: Ground) -> bool:
    """Whether the actor could decide the appeal now."""
    if not allowed(actor, Action.DECIDE_APPEAL, Subject(decision.place_id)):
        return False
    try:
        _require_decider(uow, actor, decision, here)
    except (NotAllowed, WrongMoment):
        return False
    return True


def _require_decider(uow: UnitOfWork, actor: Actor, decision: Decision, here: Ground) -> None:
    if decision.appealed_at is None:
        raise WrongMoment("not_appealed")
    if decision.appeal_outcome is not None:
        raise WrongMoment("appeal_decided_already")
    require_other(decision, actor.member_id)
    at_desk = uow.staff.at_desk(here.place.id, here.now)
    nearer = {hand.member_id for hand in at_desk if hand.role in _NEARER}
    nearer -= {decision.decided_by, decision.member_id}
    if nearer and actor.member_id not in nearer:
        raise NotAllowed("appeal_is_for_custodians")


def _take_back(
    uow: UnitOfWork, actor: Actor, decision: Decision, thing: Thing, words: str, here: Ground
) -> None:
    """As if it had not been decided, as far as nothing else has happened to the thing since. Of
    whoever deleted their account meanwhile nothing begins again: there is nobody to help."""
    if is_gone(uow, thing):
        return
    if decision.kind == "edit":
        if thing.state in ("open", "held", "paused", "filled", "arranged", "active"):
            restore(uow, actor, thing, decision, here)
    elif decision.kind == "suspend":
        if thing.state == "suspended":
            lift_now(uow, actor, thing, words, here, told=False)
    else:
        if thing.state == "refused":
            _suspending.back_to_held(uow, actor, thing, here, because="appeal", why="appeal")
        fresh = thing_of(uow, thing.kind, thing.ref, here)
        if fresh.state == "held":
            with suppress(WrongMoment):  # its giver is stopped: it waits at the desk
                _decisions.decide(
                    uow, actor, fresh, words, here, approving=True, why=_decisions.APPEAL
                )
