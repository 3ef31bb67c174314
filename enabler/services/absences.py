"""When givers are away: for all that they offer, from a day to another, or back again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import Invalid
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.vocabulary import OfferState
from enabler.domain.windows import Window
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._ground import Ground, ground
from enabler.services._need_drafts import FURTHEST_AHEAD
from enabler.services._offer_drafts import MOST_STRETCHES
from enabler.services._offer_views import offer_view
from enabler.services._once import once
from enabler.services._subjects import of_offer, place_of
from enabler.services.views import OfferView

__all__ = ["FURTHEST_AHEAD", "be_away", "be_back"]


def be_away(*, actor: Actor, offer_ref: str, away: Window, key: str, now: datetime) -> OfferView:
    """Ask the giver of this offer for nothing in this stretch. What was agreed stands.

    Raises NotFound, NotAllowed, Invalid("away", code), KeyReused.
    """
    if away.end <= now:
        raise Invalid("away", "window_in_the_past")
    if away.end > now + FURTHEST_AHEAD + timedelta(days=1):
        raise Invalid("away", "window_too_far_ahead", days=FURTHEST_AHEAD.days)

    def act(uow: UnitOfWork, offers: list[Offer], here: Ground) -> None:
        gaps = uow.offers.absences([offer.id for offer in offers], now)
        if any(len(of_one) >= MOST_STRETCHES for of_one in gaps.values()):
            raise Invalid("away", "away_too_many", most=MOST_STRETCHES)
        known = {identity for identity, of_one in gaps.items() if away in of_one}
        uow.offers.add_absence([offer.id for offer in offers if offer.id not in known], away)

    said = {"start": away.start, "end": away.end}
    return _change(actor, offer_ref, "away", said, key, now, act)


def be_back(*, actor: Actor, offer_ref: str, key: str, now: datetime) -> OfferView:
    """Ask the giver of this offer again: no absence counts from now on.

    Raises NotFound, NotAllowed, KeyReused.
    """

    def act(uow: UnitOfWork, offers: list[Offer], here: Ground) -> None:
        uow.offers.drop_absences([offer.id for offer in offers], now)
        served = uow.rulesets.served_by(here.place.id)
        kinds = {
            slug for offer in offers if offer.state is OfferState.OPEN for slug in offer.categories
        }
        uow.needs.wake(served, sorted(kinds), now)

    return _change(actor, offer_ref, "back", {}, key, now, act)


def _change(
    actor: Actor, offer_ref: str, what: str, said: dict[str, Any], key: str, now: datetime,
    act: Callable[[UnitOfWork, list[Offer], Ground], None],
) -> OfferView:  # fmt: skip
    with unit_of_work() as uow:
        offer = uow.offers.by_ref(place_of(actor), offer_ref)
        require(actor, Action.CHANGE_OFFER, of_offer(offer))
        here = ground(uow, offer.place_id, now)

        def change() -> dict[str, Any]:
            offers = uow.offers.standing_of((offer.member_id, offer.organisation_id))
            act(uow, offers, here)
            for each in offers:
                uow.audit.record(
                    actor, f"offer.{what}", place_id=each.place_id,
                    subject=("offer", each.id, each.ref), now=now, columns=("away",),
                    states=(each.state.value, each.state.value),
                )  # fmt: skip
            return {"ref": offer.ref}

        once(
            uow, f"absences.{what}", actor=actor, key=key, now=now, act=change,
            arguments={"ref": offer.ref, **said},
        )  # fmt: skip
        view = offer_view(uow, actor, uow.offers.by_id(offer.id), here)
        uow.commit()
    return view
