"""Offers and the clock: back from a pause, exceptions made further ahead, still right?"""

from datetime import datetime, timedelta

from enabler.domain.errors import WrongMoment
from enabler.domain.offer_exceptions import MADE_AGAIN
from enabler.domain.offers import Offer
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.vocabulary import OfferState, Priority
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._ground import ground
from enabler.services._offer_changes import keep_exceptions
from enabler.services._offer_views import offer_view
from enabler.services._once import once
from enabler.services._opening import open_offer
from enabler.services._subjects import of_offer, place_of
from enabler.services._tell import tell
from enabler.services._whom_to_ask import givers
from enabler.services.views import OfferView

FORGOTTEN_AFTER = timedelta(days=183)
"""An offer that was neither asked nor said to be right for half a year is asked about."""
_AT_ONCE = 200


def still_right(*, actor: Actor, ref: str, key: str, now: datetime) -> OfferView:
    """Its giver says that the offer is still right. Raises NotFound, NotAllowed, WrongMoment."""
    with unit_of_work() as uow:
        offer = uow.offers.by_ref(place_of(actor), ref)
        require(actor, Action.CHANGE_OFFER, of_offer(offer))

        def act() -> dict[str, str]:
            if uow.offers.lock(offer.id).state is not OfferState.OPEN:
                raise WrongMoment(f"offer_{offer.state.value}", state=offer.state.value)
            uow.offers.change(offer.id, confirmed_at=now)
            _record(uow, actor, offer, "confirmed", now, ("confirmed_at",))
            return {"ref": offer.ref}

        once(
            uow, "resting.still_right", actor=actor, key=key, arguments={"ref": offer.ref},
            now=now, act=act,
        )  # fmt: skip
        here = ground(uow, offer.place_id, now)
        view = offer_view(uow, actor, uow.offers.by_id(offer.id), here)
        uow.commit()
    return view


def resume_due(*, now: datetime) -> int:
    """Open offers whose pause is over, each in its own transaction; how many. Safe to run twice."""
    with reading() as uow:
        due = uow.offer_changes.rested(now)
    return sum(_resume(offer_id, now) for offer_id in due)


def _resume(offer_id: int, now: datetime) -> bool:
    with unit_of_work() as uow:
        offer = uow.offers.lock(offer_id)
        until = offer.paused_until
        if offer.state is not OfferState.PAUSED or until is None or until > now:
            return False  # its giver was quicker
        actor = Actor.system("resume-offers")
        opened = open_offer(uow, actor, offer, ground(uow, offer.place_id, now))
        _tell_givers(uow, opened, "offer_back", now)
        uow.commit()
    return True


def make_exceptions(*, now: datetime) -> int:
    """Make the stretches of bank holidays further ahead where they run out; for how many offers."""
    with reading() as uow:
        due = uow.offer_changes.running_out(now + MADE_AGAIN)
    for offer_id in due:
        with unit_of_work() as uow:
            offer = uow.offers.lock(offer_id)
            exceptions = uow.offer_changes.exceptions([offer_id]).get(offer_id, ())
            keep_exceptions(uow, offer_id, exceptions, ground(uow, offer.place_id, now))
            uow.commit()
    return len(due)


def nudge(*, now: datetime) -> int:
    """Ask the givers of forgotten offers, once in half a year, if they are still right."""
    with reading() as uow:
        due = uow.offer_changes.forgotten(now - FORGOTTEN_AFTER, _AT_ONCE)
    return sum(_nudge(offer_id, now) for offer_id in due)


def _nudge(offer_id: int, now: datetime) -> bool:
    with unit_of_work() as uow:
        offer = uow.offers.lock(offer_id)
        nudged = offer.nudged_at
        if nudged is not None and nudged >= now - FORGOTTEN_AFTER:
            return False
        uow.offers.change(offer_id, nudged_at=now)
        _record(uow, Actor.system("nudge-offers"), offer, "nudged", now, ("nudged_at",))
        _tell_givers(uow, offer, "still_right", now)
        uow.commit()
    return True


def _tell_givers(uow: UnitOfWork, offer: Offer, template: str, now: datetime) -> None:
    for member_id in givers(uow, offer, now):
        tell(
            uow, place_id=offer.place_id, member_id=member_id, template=template,
            parameters={"offer": offer.ref}, priority=Priority.REMINDER,
            dedupe_key=f"{template}:{offer.ref}:{member_id}:{now.isoformat()}", now=now,
        )  # fmt: skip


def _record(
    uow: UnitOfWork, actor: Actor, offer: Offer, verb: str, now: datetime, columns: tuple[str, ...]
) -> None:
    uow.audit.record(
        actor, f"offer.{verb}", place_id=offer.place_id, subject=("offer", offer.id, offer.ref),
        now=now, states=(offer.state.value, offer.state.value), columns=columns,
    )  # fmt: skip
