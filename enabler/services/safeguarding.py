"""Who hears of a worry first, second and so on, and when they work: an administrator asks for it, a
second person agrees. The operator of the machine never counts as the second."""

from datetime import datetime
from typing import Any

from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.domain.vocabulary import Role
from enabler.domain.words import LONGEST_LINE, optional_words
from enabler.domain.working_time import WorkingHours
from enabler.persistence.safeguarding import Plan
from enabler.persistence.staff import DeskHand
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._ground import ground
from enabler.services._once import once
from enabler.services.views.cases import HandView, PlanView, SafeguardingView


def show(*, actor: Actor, now: datetime) -> SafeguardingView:
    """What holds, what waits for a second person. Raises NotAllowed."""
    require(actor, Action.SEE_DESK, Subject(actor.place_id))
    with reading() as uow:
        return _view(uow, actor, now)


def to_change(*, actor: Actor, now: datetime) -> SafeguardingView:
    """The same, for whoever may ask for a change. Raises NotAllowed."""
    require(actor, Action.KEEP_SAFEGUARDING, Subject(actor.place_id))
    with reading() as uow:
        return _view(uow, actor, now)


def propose(
    *, actor: Actor, first: str, second: str, hours: WorkingHours, duty_line: str | None,
    key: str, now: datetime,
) -> SafeguardingView:  # fmt: skip
    """Ask for a first and a second lead (refs; the second may be empty), their hours, and the
    number to ring when nobody is at work (empty: the place's own). It takes the place of what
    waited.

    Raises NotAllowed, Invalid("first", "second", "hours" or "duty_line"), KeyReused.
    """
    line = optional_words("duty_line", duty_line, most=LONGEST_LINE)
    line = PhoneNumber.parse(line).e164 if line else None
    days = {str(weekday): list(stretch) for weekday, stretch in sorted(hours.days.items())}

    def act(uow: UnitOfWork) -> None:
        hands = _chosen(uow, actor, first, second, now)
        uow.safeguarding.lock(actor.place_id or 0)
        uow.safeguarding.propose(
            place_id=actor.place_id, hands=hands, hours=days, duty_line=line,
            proposed_by=actor.member_id, proposed_at=now,
        )  # fmt: skip
        _record(uow, actor, "safeguarding.proposed", now)

    given = {"first": first, "second": second, "hours": days, "duty_line": line}
    return _change(actor, Action.KEEP_SAFEGUARDING, "propose", given, key, now, act)


def decide(*, actor: Actor, agreeing: bool, key: str, now: datetime) -> SafeguardingView:
    """Agree to what waits, from now on it holds; or refuse it. Never by whoever asked for it.

    Raises NotAllowed (second_person_same), NotFound (plan_unknown), KeyReused.
    """

    def act(uow: UnitOfWork) -> None:
        uow.safeguarding.lock(actor.place_id or 0)
        waiting = uow.safeguarding.waiting(actor.place_id or 0)
        if waiting is None:
            raise NotFound("plan_unknown")
        if waiting.proposed_by == actor.member_id or actor.member_id is None:
            raise NotAllowed("second_person_same")
        state = "agreed" if agreeing else "refused"
        uow.safeguarding.decide(waiting.id, state, actor.member_id, now)
        _record(uow, actor, f"safeguarding.{state}", now)

    given = {"agreeing": agreeing}
    return _change(actor, Action.AGREE_SAFEGUARDING, "decide", given, key, now, act)


def _change(
    actor: Actor, action: Action, verb: str, given: dict[str, Any], key: str, now: datetime,
    act: Any,
) -> SafeguardingView:  # fmt: skip
    with unit_of_work() as uow:
        require(actor, action, Subject(actor.place_id))

        def acting() -> dict[str, Any]:
            act(uow)
            return {"place": actor.place_id}

        once(
            uow, f"safeguarding.{verb}", actor=actor, key=key, arguments=given, now=now, act=acting
        )  # fmt: skip
        view = _view(uow, actor, now)
        uow.commit()
    return view


def _record(uow: UnitOfWork, actor: Actor, what: str, now: datetime) -> None:
    place = uow.places.by_id(actor.place_id or 0)
    uow.audit.record(
        actor, what, place_id=place.id, subject=("place", place.id, place.slug), now=now,
        columns=("duty_line", "hands", "hours"),
    )  # fmt: skip


def _chosen(uow: UnitOfWork, actor: Actor, first: str, second: str, now: datetime) -> list[int]:
    """The ids of the leads who were chosen. Raises Invalid at the field that is wrong."""
    if not first:
        raise Invalid("first", "leads_missing")
    if first == second:
        raise Invalid("second", "lead_twice")
    refs = {ref: member_id for member_id, ref in _refs(uow, _leads(uow, actor, now)).items()}
    for name, ref in (("first", first), ("second", second)):
        if ref and ref not in refs:
            raise Invalid(name, "lead_unknown")
    return [refs[ref] for ref in (first, second) if ref]


def _leads(uow: UnitOfWork, actor: Actor, now: datetime) -> list[DeskHand]:
    hands = uow.staff.at_desk(actor.place_id or 0, now)
    return [hand for hand in hands if hand.role is Role.SAFEGUARDING_LEAD]


def _refs(uow: UnitOfWork, hands: list[DeskHand]) -> dict[int, str]:
    return uow.members.refs_of(hand.member_id for hand in hands)


def _view(uow: UnitOfWork, actor: Actor, now: datetime) -> SafeguardingView:
    if actor.place_id is None:
        raise NotFound("place_unknown")
    leads = _leads(uow, actor, now)
    refs = _refs(uow, leads)
    named = {one.member_id: HandView(refs[one.member_id], one.name) for one in leads}
    waiting = uow.safeguarding.waiting(actor.place_id)
    may = {
        name for name, action in (("change", Action.KEEP_SAFEGUARDING),
                                  ("agree", Action.AGREE_SAFEGUARDING),
                                  ("hide", Action.HIDE_MEMBER))
        if allowed(actor, action, Subject(actor.place_id))
    }  # fmt: skip
    if waiting is None or waiting.proposed_by == actor.member_id:
        may.discard("agree")
    return SafeguardingView(
        plan=_plan(uow.safeguarding.plan(actor.place_id), named, actor),
        waiting=_plan(waiting, named, actor) if waiting else None, leads=tuple(named.values()),
        minutes=ground(uow, actor.place_id, now).ruleset.worry_minutes, may=frozenset(may),
    )  # fmt: skip


def _plan(plan: Plan, named: dict[int, HandView], actor: Actor) -> PlanView:
    return PlanView(
        hands=tuple(named[one] for one in plan.hands if one in named), hours=plan.hours,
        duty_line=plan.duty_line, at=plan.decided_at or plan.proposed_at,
        mine=plan.proposed_by is not None and plan.proposed_by == actor.member_id,
    )  # fmt: skip
