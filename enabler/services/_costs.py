"""A cost with its match, as somebody stands to it at this moment, and what they may do."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.costs import MOVES, Cost, CostState, is_met, is_noted_late
from enabler.domain.errors import NotFound
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, require
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._apart import sides_apart
from enabler.services._match_views import ASKER, HELPER, STAFF, side_of
from enabler.services._subjects import of_match, place_of
from enabler.services.views.costs import CostView

_GONE = CostState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Beside:
    """A match with its need and offer, and on which side of it the actor stands; ``apart``: the two
    are kept apart by now, and neither reads what the other wrote. The money stays what it is."""

    match: Match
    need: Need
    offer: Offer
    side: str
    apart: bool = False

    def reads(self, writer: str) -> bool:
        """Whether the actor may read what this side wrote or photographed."""
        return not self.apart or self.side == writer

    def may_note(self, now: datetime) -> bool:
        """Whether the actor may note something that they spent."""
        met = self.side == HELPER and is_met(self.match.state)
        return met and not is_noted_late(self.match, self.need, now)

    def shows(self, cost: Cost) -> bool:
        """Whether the actor may know of a cost: its two sides; staff only where it is disputed."""
        return self.side != STAFF or cost.state is CostState.DISPUTED


def beside(uow: UnitOfWork, actor: Actor, match: Match, action: Action) -> Beside:
    """The match, for whoever may do this with it. Raises NotAllowed."""
    need, offer = uow.needs.by_id(match.need_id), uow.offers.by_id(match.offer_id)
    require(actor, action, of_match(actor, match, need, offer))
    side = side_of(actor, (match, need, offer))
    return Beside(match, need, offer, side, side != STAFF and sides_apart(uow, match, need))


def found_cost(
    uow: UnitOfWork, actor: Actor, ref: str, action: Action
) -> tuple[Cost, Beside]:  # fmt: skip
    """A cost by ref, for whoever may do this with its match and may know of it.

    Raises NotFound, NotAllowed.
    """
    cost = uow.costs.by_ref(place_of(actor), ref)
    case = beside(uow, actor, uow.matches.by_id(cost.match_id), action)
    if not case.shows(cost):
        raise NotFound("cost_unknown")
    return cost, case


def cost_view(case: Beside, cost: Cost, *, words: bool = False) -> CostView:
    """A cost as the actor sees it; with ``words`` what was written, which is a sight."""
    return CostView(
        ref=cost.ref, match_ref=case.match.ref, kind=cost.kind, pence=cost.pence,
        state=cost.state.value, noted_at=cost.noted_at,
        has_receipt=cost.has_receipt and case.reads(HELPER),
        side=case.side, may=_may(case, cost),
        words=cost.words if words and case.reads(HELPER) else None,
        answer_words=cost.answer_words if words and case.reads(ASKER) else None,
    )  # fmt: skip


def _may(case: Beside, cost: Cost) -> frozenset[str]:
    to = MOVES[cost.state]
    if case.side == ASKER:
        return frozenset({"answer"} if CostState.AGREED in to else ())
    if case.side != HELPER or not to:
        return frozenset()
    return frozenset({"settle", "withdraw"} | (set() if cost.has_receipt else {"add_receipt"}))


def total(costs: tuple[Cost, ...]) -> int:
    """The pence of what was not taken back."""
    return sum(cost.pence for cost in costs if cost.state is not _GONE)
