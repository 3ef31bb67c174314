"""What is held becomes open: an offer is there to be asked, a need begins to ask."""

from enabler.domain.lifecycle import NEED_MOVES, OFFER_MOVES, advance
from enabler.domain.needs import Need
from enabler.domain.next_steps import Plan, after_asks
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, NeedState, NextStep, OfferState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._asking import ask_again, take_step
from enabler.services._ground import Ground
from enabler.services._progress import move_need
from enabler.services._signals import BECAUSE


def open_if_clear(uow: UnitOfWork, actor: Actor, thing: Need | Offer, here: Ground) -> bool:
    """Open what waited for something else than a look, unless a signal holds it too: then it waits
    for that. The thing is locked by the caller; whether it is open."""
    kind = "need" if isinstance(thing, Need) else "offer"
    if uow.signals.holding(thing.place_id, kind, thing.id):
        (uow.needs if kind == "need" else uow.offers).change(thing.id, held_because=BECAUSE)
        return False
    if isinstance(thing, Need):
        open_need(uow, actor, thing, here)
    else:
        open_offer(uow, actor, thing, here)
    return True


STOPPED = frozenset({"need_held", "need_suspended"})
"""Why a match ended that may go on when its need does."""


def open_offer(uow: UnitOfWork, actor: Actor, offer: Offer, here: Ground) -> Offer:
    """Open an offer; needs that found nobody so far are looked at again at once."""
    advance(OFFER_MOVES, offer.state, OfferState.OPEN)
    uow.signals.let_through(offer.place_id, "offer", offer.id, here.now)
    opened = uow.offers.change(offer.id, state=OfferState.OPEN, held_because=None,
                               paused_until=None)  # fmt: skip
    uow.audit.record(
        actor, "offer.open", place_id=offer.place_id, subject=("offer", offer.id, offer.ref),
        now=here.now, states=(offer.state.value, OfferState.OPEN.value),
    )  # fmt: skip
    uow.needs.wake(uow.rulesets.served_by(offer.place_id), offer.categories, here.now)
    return opened


def open_need(uow: UnitOfWork, actor: Actor, need: Need, here: Ground) -> Need:
    """Open a held need, and ask its first helpers. The need is locked by the caller."""
    advance(NEED_MOVES, need.state, NeedState.OPEN)
    uow.signals.let_through(need.place_id, "need", need.id, here.now)
    plan = Plan(NextStep.ASK_FIRST, here.now)
    opened = move_need(
        uow, actor, need, NeedState.OPEN, here, plan=plan, why="approved", held_because=None
    )
    return begin_to_ask(uow, actor, opened, here)


def begin_to_ask(uow: UnitOfWork, actor: Actor, need: Need, here: Ground) -> Need:
    """Ask the first helpers: those whose ask was taken back when the need was stopped, if any."""
    stopped = [
        one for one in uow.matches.of_need(need.id, MatchState.WITHDRAWN)
        if one.ended_because in STOPPED
    ]  # fmt: skip
    asks = ask_again(uow, actor, need, here, stopped, why="goes_on") if stopped else []
    if not asks:
        return take_step(uow, actor, need, here)
    plan = after_asks(asks, wave=0, ruleset=here.ruleset, now=here.now)
    return uow.needs.change(need.id, wave=1, next_step=plan.step, next_step_at=plan.at)
