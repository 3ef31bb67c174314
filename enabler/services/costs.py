"""Money beside a match: noted by the helper, agreed by the asker, paid in cash or by whoever they
act for, said to be settled by the helper. Hours are another matter: nothing here moves any."""

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from enabler.domain.costs import (
    MOST_OF_A_MATCH,
    NOTED_AFTER,
    Cost,
    CostKind,
    CostState,
    is_met,
    is_noted_late,
    moved,
)
from enabler.domain.errors import Invalid, LimitReached, NotAllowed, NotFound, WrongMoment
from enabler.domain.money import checked_pence
from enabler.domain.permissions import Action, Actor
from enabler.domain.receipts import cleaned
from enabler.domain.words import LONGEST_LINE, checked_words, optional_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._asking_side import askers_of
from enabler.services._costs import Beside, beside, cost_view, found_cost, total
from enabler.services._ground import Ground, ground
from enabler.services._match_views import ASKER, HELPER
from enabler.services._once import once
from enabler.services._progress import helpers_of, tell_one
from enabler.services._reporting import About, keep_report
from enabler.services._subjects import place_of
from enabler.services.views.costs import CostsView, CostView, ReceiptView

Act = Callable[[UnitOfWork, Cost, Beside, Ground], Cost]


def of_match(*, actor: Actor, match_ref: str, now: datetime) -> CostsView:
    """What was spent in a match, without what was written about it. Raises NotFound, NotAllowed."""
    with reading() as uow:
        match = uow.matches.by_ref(place_of(actor), match_ref)
        return _costs(uow, beside(uow, actor, match, Action.SEE_MATCH), now)


def before_note(*, actor: Actor, match_ref: str, now: datetime) -> CostsView:
    """The same, for a helper who wants to note something. Raises NotFound, NotAllowed."""
    with reading() as uow:
        match = uow.matches.by_ref(place_of(actor), match_ref)
        case = beside(uow, actor, match, Action.FINISH_MATCH)
        _require_side(case, HELPER)
        return _costs(uow, case, now)


def show(*, actor: Actor, ref: str, now: datetime) -> CostView:
    """One cost with what was written about it, which is a sight. Raises NotFound, NotAllowed."""
    with unit_of_work() as uow:
        cost, case = found_cost(uow, actor, ref, Action.SEE_MATCH)
        _log(uow, actor, cost, case, ("words",), now)
        view = cost_view(case, cost, words=True)
        uow.commit()
    return view


def receipt(*, actor: Actor, ref: str, now: datetime) -> ReceiptView:
    """The receipt of a cost, which is a sight. Raises NotFound, NotAllowed."""
    with unit_of_work() as uow:
        cost, case = found_cost(uow, actor, ref, Action.SEE_MATCH)
        if not case.reads(HELPER):
            raise NotFound("receipt_unknown")
        kept = uow.costs.receipt(cost.id)
        _log(uow, actor, cost, case, ("receipt",), now)
        view = ReceiptView(cost.ref, kept.kind, kept.content)
        uow.commit()
    return view


def note(
    *, actor: Actor, match_ref: str, kind: str, pence: int, words: str, key: str, now: datetime
) -> CostView:  # fmt: skip
    """A helper notes what they spent for the asker, who is told. The very same within ten minutes
    is the same thing: two buses are told apart by their words.

    Raises NotFound, NotAllowed, WrongMoment, Invalid (kind, pence or words), LimitReached,
    KeyReused.
    """
    said = checked_words("words", words, most=LONGEST_LINE)
    if kind not in set(CostKind):
        raise Invalid("kind", "choice_unknown", choices=", ".join(CostKind))
    given = {"match": match_ref.upper(), "kind": kind, "pence": pence, "words": said}
    with unit_of_work() as uow:
        match = uow.matches.by_ref(place_of(actor), match_ref)
        case = beside(uow, actor, match, Action.FINISH_MATCH)
        _require_side(case, HELPER)
        here = ground(uow, case.need.place_id, now)
        checked_pence("pence", pence, most=here.ruleset.costs_most_pence)
        result = once(
            uow, "costs.note", actor=actor, key=key, arguments=given, now=now, again=False,
            act=lambda: _noted(uow, actor, case, given, here),
        )  # fmt: skip
        view = cost_view(case, uow.costs.by_ref(place_of(actor), result["cost"]), words=True)
        uow.commit()
    return view


def add_receipt(*, actor: Actor, ref: str, content: bytes, key: str, now: datetime) -> CostView:
    """The helper adds a photo or a PDF to a cost that has none; of a photo the picture is kept.

    Raises NotFound, NotAllowed, WrongMoment, Invalid("receipt", …), KeyReused.
    """
    picture = cleaned("receipt", content)

    def act(uow: UnitOfWork, cost: Cost, case: Beside, here: Ground) -> Cost:
        _require_side(case, HELPER)
        if cost.has_receipt:
            raise WrongMoment("receipt_there")
        if cost.state in (CostState.SETTLED, CostState.WITHDRAWN):
            raise WrongMoment(f"cost_is_{cost.state.value}", state=cost.state.value)
        uow.costs.add_receipt(cost.id, _person(actor), picture, now)
        return uow.costs.by_ref(None, cost.ref)

    given = {"receipt": sha256(content).hexdigest()}
    return _change(actor, ref, "add_receipt", Action.FINISH_MATCH, given, key, now, act)


def answer(
    *, actor: Actor, ref: str, agrees: bool, words: str | None = None, key: str, now: datetime
) -> CostView:  # fmt: skip
    """The asker says that it is right, or that it is not, and why: then custodians hear of it.
    ``words`` may stand beside a yes, too.

    Raises NotFound, NotAllowed, WrongMoment, Invalid("words", …), KeyReused.
    """
    checked = optional_words if agrees else checked_words
    said = checked("words", words, most=LONGEST_LINE)

    def act(uow: UnitOfWork, cost: Cost, case: Beside, here: Ground) -> Cost:
        _require_side(case, ASKER)
        to = moved(cost, CostState.AGREED if agrees else CostState.DISPUTED)
        for member_id in helpers_of(uow, case.match, here):
            tell_one(uow, case.match, member_id, "cost_answered", here)
        if not agrees:
            parties = frozenset({case.need.asker_id, case.match.helper_id})
            about = About("match", case.match.ref, parties)
            keep_report(uow, actor, cost.place_id, about, "went-wrong", said or "", now=now)
        return uow.costs.change(
            cost.id, state=to.value, answered_by=_person(actor), answer_words=said
        )

    given = {"agrees": agrees, "words": said}
    return _change(actor, ref, "answer", Action.CONFIRM_MATCH, given, key, now, act)


def settle(*, actor: Actor, ref: str, key: str, now: datetime) -> CostView:
    """The helper has the money. Raises NotFound, NotAllowed, WrongMoment, KeyReused."""

    def act(uow: UnitOfWork, cost: Cost, case: Beside, here: Ground) -> Cost:
        _require_side(case, HELPER)
        to = moved(cost, CostState.SETTLED)
        return uow.costs.change(cost.id, state=to.value, settled_at=now)

    return _change(actor, ref, "settle", Action.FINISH_MATCH, {}, key, now, act)


def withdraw(*, actor: Actor, ref: str, key: str, now: datetime) -> CostView:
    """The helper takes it back: a mistake, or a gift. Raises as ``settle``."""

    def act(uow: UnitOfWork, cost: Cost, case: Beside, here: Ground) -> Cost:
        _require_side(case, HELPER)
        return uow.costs.change(cost.id, state=moved(cost, CostState.WITHDRAWN).value)

    return _change(actor, ref, "withdraw", Action.FINISH_MATCH, {}, key, now, act)


def _change(
    actor: Actor, ref: str, verb: str, action: Action, given: Mapping[str, Any], key: str,
    now: datetime, act: Act,
) -> CostView:  # fmt: skip
    """Load, require, do it once under the need's lock, keep, look again."""
    with unit_of_work() as uow:
        cost, case = found_cost(uow, actor, ref, action)
        here = ground(uow, case.need.place_id, now)
        once(
            uow, f"costs.{verb}", actor=actor, key=key, now=now,
            arguments={"cost": cost.ref, **given},
            act=lambda: _kept(uow, actor, cost, case, here, verb, act),
        )  # fmt: skip
        view = cost_view(case, uow.costs.by_ref(place_of(actor), cost.ref), words=True)
        uow.commit()
    return view


def _kept(
    uow: UnitOfWork, actor: Actor, cost: Cost, case: Beside, here: Ground, verb: str, act: Act
) -> dict[str, Any]:
    uow.needs.lock(case.need.id)
    before = uow.costs.by_ref(None, cost.ref)
    after = act(uow, before, case, here)
    _record(uow, actor, after, verb, (before.state.value, after.state.value), here)
    return {"cost": cost.ref}


def _noted(
    uow: UnitOfWork, actor: Actor, case: Beside, given: Mapping[str, Any], here: Ground
) -> dict[str, Any]:
    need = uow.needs.lock(case.need.id)
    match = uow.matches.by_id(case.match.id)
    if not is_met(match.state):
        raise WrongMoment("cost_not_met", state=match.state.value)
    if is_noted_late(match, need, here.now):
        raise WrongMoment("cost_too_late", days=NOTED_AFTER.days)
    if uow.costs.count(match.id) >= MOST_OF_A_MATCH:
        raise LimitReached("costs_too_many", most=MOST_OF_A_MATCH)
    cost = uow.costs.add(
        place_id=match.place_id, match_id=match.id, ref=uow.refs.new(match.place_id, "cost"),
        by_member_id=_person(actor), kind=given["kind"], pence=given["pence"],
        words=given["words"], noted_at=here.now,
    )  # fmt: skip
    _record(uow, actor, cost, "note", (None, cost.state.value), here)
    for member_id in askers_of(uow, need, here.now):
        tell_one(uow, match, member_id, "cost_noted", here)
    return {"cost": cost.ref}


def _record(
    uow: UnitOfWork, actor: Actor, cost: Cost, verb: str, states: tuple[str | None, str],
    here: Ground,
) -> None:  # fmt: skip
    uow.audit.record(
        actor, f"cost.{verb}", place_id=cost.place_id, subject=("cost", cost.id, cost.ref),
        now=here.now, states=states,
    )  # fmt: skip


def _costs(uow: UnitOfWork, case: Beside, now: datetime) -> CostsView:
    costs = tuple(each for each in uow.costs.of_match(case.match.id) if case.shows(each))
    rules = uow.rulesets.in_force(case.need.place_id, now)
    return CostsView(
        case.match.ref, tuple(cost_view(case, each) for each in costs), total(costs),
        case.may_note(now), rules.costs_most_pence,
    )  # fmt: skip


def _require_side(case: Beside, side: str) -> None:
    if case.side != side:
        raise NotAllowed("cost_of_other_side")


def _person(actor: Actor) -> int:
    """Who it is: only a member spends and agrees."""
    if actor.member_id is None:
        raise NotAllowed("cost_of_other_side")
    return actor.member_id


def _log(
    uow: UnitOfWork, actor: Actor, cost: Cost, case: Beside, what: tuple[str, ...], now: datetime
) -> None:
    """Whose words, or whose receipt, the actor reads."""
    written = {cost.by_member_id, cost.answered_by if cost.answer_words else None} - {None}
    for member_id in sorted(each for each in written if each is not None):
        uow.sights.log(
            actor, member_id, what, place_id=cost.place_id, why="match", now=now,
            subject_ref=case.match.ref,
        )  # fmt: skip
