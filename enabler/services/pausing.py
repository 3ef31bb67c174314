"""A member asks for peace, until a day or until they come back."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor
from enabler.domain.vocabulary import MatchState, MemberState, OfferState, Priority
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._ground import ground
from enabler.services._need_drafts import FURTHEST_AHEAD
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._paused import BACK
from enabler.services._resting import begin_rest, end_rest, own_needs
from enabler.services._tell import tell
from enabler.services.views.pausing import NeedToKeep, PauseView

JOB = "end-pauses"
_AGREED = (MatchState.ACCEPTED, MatchState.ARRANGED)


def show(*, actor: Actor, now: datetime) -> PauseView:
    """How the actor stands, and what they decide about before they rest. Raises NotAllowed."""
    with reading() as uow:
        return _view(uow, own(uow, actor, Action.SEE_OWN))


def pause(
    *, actor: Actor, until: datetime | None, kept: Collection[str], key: str, now: datetime
) -> PauseView:
    """Ask nothing of the actor, and send them nothing but codes, what keeps people safe, and what
    is about visits that they agreed to and needs that they keep. Their offers wait with them; own
    needs that are not ``kept`` (refs) are taken back, and helpers are told. Who rests already may
    choose another day.

    Raises NotAllowed, Invalid("until", …), WrongMoment (pause_leads_alone …), KeyReused.
    """
    if until is not None and until <= now:
        raise Invalid("until", "day_is_past")
    if until is not None and until > now + FURTHEST_AHEAD:
        raise Invalid("until", "window_too_far_ahead", days=FURTHEST_AHEAD.days)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SET_WAYS)

        def act() -> dict[str, Any]:
            uow.homes.lock({member.id})
            fresh = uow.homes.member(member.id)
            if fresh.state is MemberState.PAUSED:
                uow.pauses.set_end(member.id, until)
            else:
                here = ground(uow, member.place_id, now)
                begin_rest(uow, actor, fresh, until, set(kept), here)
            return {}

        once(
            uow, "pausing.pause", actor=actor, key=key, now=now, act=act,
            arguments={"until": until, "kept": sorted(kept)},
        )  # fmt: skip
        view = _view(uow, uow.homes.member(member.id))
        uow.commit()
    return view


def come_back(*, actor: Actor, key: str, now: datetime) -> None:
    """The actor is asked again; nothing changes for whoever does not rest. Raises NotAllowed,
    KeyReused."""
    with unit_of_work() as uow:
        member = own(uow, actor, Action.SET_WAYS)

        def act() -> dict[str, Any]:
            _come_back(uow, actor, member.id, now)
            return {}

        once(uow, "pausing.come_back", actor=actor, key=key, arguments={}, now=now, act=act)
        uow.commit()


def come_back_due(*, now: datetime) -> int:
    """Those whose day has come are asked again, each in its own transaction; how many. Safe to run
    twice. They are told so."""
    with reading() as uow:
        due = uow.pauses.over(now)
    return sum(_over(member_id, now) for member_id in due)


def _over(member_id: int, now: datetime) -> bool:
    with unit_of_work() as uow:
        pause = uow.pauses.of(member_id)
        if pause is None or pause.until is None or pause.until > now:
            return False  # they were quicker, or chose another day
        if _come_back(uow, Actor.system(JOB), member_id, now):
            member = uow.homes.member(member_id)
            tell(
                uow, place_id=member.place_id, member_id=member_id, template=BACK,
                parameters={"back": member.ref}, priority=Priority.REMINDER, now=now,
                dedupe_key=f"{BACK}:{member.ref}:{pause.since.isoformat()}",
            )  # fmt: skip
        uow.commit()
    return True


def _come_back(uow: UnitOfWork, actor: Actor, member_id: int, now: datetime) -> bool:
    uow.homes.lock({member_id})
    member = uow.homes.member(member_id)
    if member.state is not MemberState.PAUSED:
        uow.pauses.end(member_id)  # who was suspended meanwhile rests no more
        return False
    end_rest(uow, actor, member, ground(uow, member.place_id, now))
    return True


def _view(uow: UnitOfWork, member: Member) -> PauseView:
    pause = uow.pauses.of(member.id) if member.state is MemberState.PAUSED else None
    needs = tuple(
        NeedToKeep(one.ref, one.category, one.words, one.slots_filled)
        for one in own_needs(uow, member)
    )
    helping = [one for one in uow.matches.of_helper(member.id, ()) if one.state in _AGREED]
    offers = uow.offers.all_of((member.id, None))
    return PauseView(
        paused=member.state is MemberState.PAUSED,
        since=None if pause is None else pause.since,
        until=None if pause is None else pause.until,
        needs=needs, offers=sum(one.state is OfferState.OPEN for one in offers),
        visits=sum(one.helper_id == member.id for one in helping),
    )  # fmt: skip
