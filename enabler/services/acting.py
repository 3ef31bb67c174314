"""Acting for somebody: whom one may act for, begin and stop."""

from datetime import datetime

from enabler.domain.errors import NotFound
from enabler.domain.mandates import Mandate
from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _digests
from enabler.services._acting import acting_for, may_use
from enabler.services._called import called, called_by, usable
from enabler.services._ground import ground_later
from enabler.services._knowing import listed_needs
from enabler.services._own import own
from enabler.services._subjects import of_need, place_of
from enabler.services.ports import Secrets
from enabler.services.views import NeedView
from enabler.services.views.mandates import ActingView, HelpedView

__all__ = ["any_at_all", "as_whom", "asked_for", "enter", "leave", "whom"]


def as_whom(*, actor: Actor, mandate_id: int, now: datetime) -> ActingView | None:
    """As whom a supporter acts at this moment. None where the mandate does not hold (any more):
    nothing tells whether its time is over, or it was ended, and by whom."""
    with reading() as uow:
        own(uow, actor, Action.SEE_OWN)
        mandate = uow.mandates.by_id(mandate_id)
        if mandate is None:
            return None
        member = uow.homes.member(mandate.member_id)
        if not may_use(uow, mandate, member, actor, now):
            return None
        return ActingView(
            actor=acting_for(mandate, member, actor), ref=mandate.ref, scopes=mandate.scopes,
            name=called_by(uow, actor, mandate, member, now),
        )  # fmt: skip


def whom(*, actor: Actor, now: datetime) -> tuple[HelpedView, ...]:
    """For whom the actor may act, by themself or for what they lead; each name is a sight.

    Raises NotAllowed.
    """
    with unit_of_work() as uow:
        own(uow, actor, Action.SEE_OWN)
        given = usable(uow, actor, now)
        names = called(uow, given)
        found = [_helped(uow, actor, each, names[each.member_id], now) for each in given]
        uow.commit()
    return tuple(sorted(found, key=lambda one: (one.organisation or "", one.name, one.ref)))


def any_at_all(*, actor: Actor, now: datetime) -> bool:
    """Whether there is somebody for whom the actor may act; not who. Raises NotAllowed."""
    require(actor, Action.SEE_OWN, Subject(actor.place_id, owner_id=actor.member_id))
    with reading() as uow:
        return bool(usable(uow, actor, now))


def _helped(
    uow: UnitOfWork, actor: Actor, mandate: Mandate, name: str, now: datetime
) -> HelpedView:
    member = uow.homes.member(mandate.member_id)
    uow.sights.log(
        actor, member.id, ("name",), place_id=member.place_id, why="mandate", now=now,
        subject_ref=mandate.ref,
    )  # fmt: skip
    by = mandate.organisation_id
    return HelpedView(
        ref=mandate.ref, name=name, scopes=mandate.scopes,
        organisation=None if by is None else uow.organisations.by_id(by).name,
    )  # fmt: skip


def enter(
    *, actor: Actor, session_id: int, ref: str, browser: str, secrets: Secrets, now: datetime
) -> None:
    """This browser acts for somebody from now on. What was typed before is forgotten in it, so
    that nothing of the one is sent for the other. Raises NotAllowed, NotFound (there is none that
    the actor can use)."""
    with unit_of_work() as uow:
        own(uow, actor, Action.CHANGE_OWN)
        mandate = uow.mandates.by_ref(place_of(actor), ref)
        member = uow.homes.member(mandate.member_id)
        if not may_use(uow, mandate, member, actor, now):
            raise NotFound("mandate_unknown")
        if uow.mandates.acting_in(session_id) == mandate.id:
            return  # the button was pressed twice
        _turn(uow, session_id, mandate.id, browser, secrets)
        uow.sights.log(
            actor, member.id, ("name",), place_id=member.place_id, why="mandate", now=now,
            subject_ref=mandate.ref,
        )  # fmt: skip
        uow.audit.record(
            acting_for(mandate, member, actor), "mandate.entered", place_id=member.place_id,
            subject=("mandate", mandate.id, mandate.ref), now=now,
        )  # fmt: skip
        uow.commit()


def asked_for(*, actor: Actor, now: datetime) -> tuple[NeedView, ...]:
    """What the member for whom the actor acts has asked for, the newest first, but for what was
    over before they could act; nobody's name or address is in it. Raises NotAllowed."""
    require(actor, Action.SEE_NEED, Subject(actor.place_id, owner_id=actor.member_id))
    with reading() as uow:
        place_id, member_id = actor.place_id or 0, actor.member_id or 0
        found = uow.needs.of_asker(place_id, member_id)
        own_needs = [
            one for one in found
            if one.organisation_id is None and allowed(actor, Action.SEE_NEED, of_need(one))
        ]  # fmt: skip
        return listed_needs(uow, actor, own_needs, ground_later(uow, place_id, now))


def leave(*, actor: Actor, session_id: int, browser: str, secrets: Secrets) -> None:
    """This browser acts for nobody else any more. Raises NotAllowed."""
    with unit_of_work() as uow:
        own(uow, actor, Action.CHANGE_OWN)
        _turn(uow, session_id, None, browser, secrets)
        uow.commit()


def _turn(
    uow: UnitOfWork, session_id: int, mandate_id: int | None, browser: str, secrets: Secrets
) -> None:
    uow.mandates.act(session_id, mandate_id)
    uow.drafts.drop_all(_digests.of_browser(secrets, browser))
