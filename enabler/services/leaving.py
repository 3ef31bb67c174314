"""Leaving the time bank, and joining it again; what a custodian evens out for a leaver."""

from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.hours import Pot
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.words import checked_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._giving import receivers
from enabler.services._ground import Ground, ground
from enabler.services._hidden import require_known
from enabler.services._hours_views import balance_view, pot_side
from enabler.services._leaving import COMMUNITY, community_pot, even_out, leave_as, record
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._purse import Purse, member_purse
from enabler.services.views.leaving import LeaverAtDeskView, LeaverView, LeavingView


def show(*, actor: Actor, now: datetime) -> LeavingView:
    """How the actor may leave the time bank; the names of those to whom their hours may go are
    sights. Raises NotAllowed, NotFound("hours_not_here") without a time bank."""
    with unit_of_work() as uow:
        member, here = _mine(uow, actor, now, Action.SEE_OWN)
        view = _view(uow, actor, member_purse(uow, member.id, here), here)
        uow.commit()
    return view


def leave(*, actor: Actor, to: str | None, key: str, now: datetime) -> LeavingView:
    """Leave the time bank. Hours above zero go ``to`` a member, an organisation or a pot by its
    ref, or to the *community*'s pot; below zero a custodian evens it out, and is told.

    Raises NotAllowed, NotFound, WrongMoment (left_already; leave_after_helps while help is agreed
    and not settled), Invalid("to", leave_to_missing, receiver_unknown …), KeyReused.
    """
    with unit_of_work() as uow:
        member, here = _mine(uow, actor, now, Action.CHANGE_OWN)
        purse = member_purse(uow, member.id, here)
        once(
            uow, "leaving.leave", actor=actor, key=key, arguments={"to": to}, now=now,
            act=lambda: leave_as(uow, actor, purse, to, here),
        )  # fmt: skip
        view = _view(uow, actor, member_purse(uow, member.id, here), here)
        uow.commit()
    return view


def stay(*, actor: Actor, key: str, now: datetime) -> None:
    """The actor, who waits to leave, stays after all; who does not wait, stays too.

    Raises NotAllowed, NotFound, KeyReused.
    """
    with unit_of_work() as uow:
        member, here = _mine(uow, actor, now, Action.CHANGE_OWN)

        def act() -> dict[str, Any]:
            account = member_purse(uow, member.id, here).account
            if uow.purses.leaver(account.number) is not None:
                uow.purses.stay(account.number)
                record(uow, actor, account.number, member.ref, ("leaving", "open"), here)
            return {}

        once(uow, "leaving.stay", actor=actor, key=key, arguments={}, now=now, act=act)
        uow.commit()


def join_again(*, actor: Actor, key: str, now: datetime) -> None:
    """The actor, who left, has an account of hours again: a new one, at zero, that may go below it
    only by what they give from then on. Nothing changes for whoever did not leave.

    Raises NotAllowed, NotFound, KeyReused.
    """
    with unit_of_work() as uow:
        member, here = _mine(uow, actor, now, Action.CHANGE_OWN)

        def act() -> dict[str, Any]:
            uow.homes.lock({member.id})
            if not uow.purses.left([member.id]):
                return {}
            account = uow.purses.join_again(member.id)
            record(uow, actor, account.number, member.ref, (None, "open"), here)
            return {"account": account.number}

        once(uow, "leaving.join_again", actor=actor, key=key, arguments={}, now=now, act=act)
        uow.commit()


def waiting(*, actor: Actor, now: datetime) -> tuple[LeaverView, ...]:
    """Who waits for a custodian to leave the time bank of the actor's place, the longest first.
    No name: a list logs no sight. Raises NotAllowed, NotFound without a time bank."""
    require(actor, Action.MODERATE, Subject(actor.place_id))
    with reading() as uow:
        here = _with_hours(ground(uow, actor.place_id or 0, now))
        found = []
        for leaver in uow.purses.leavers(here.place.id):
            account = uow.ledger.account(leaver.account)
            ref = uow.homes.member(leaver.member_id).ref
            found.append(LeaverView(ref, -account.posted, leaver.asked_at))
        return tuple(found)


def at_desk(*, actor: Actor, ref: str, now: datetime) -> LeaverAtDeskView:
    """One who waits, for whoever evens it out; the look is a sight. Raises NotFound, NotAllowed
    (also for oneself: party_to_it)."""
    with unit_of_work() as uow:
        member, here = _other(uow, actor, ref, now)
        uow.sights.log(
            actor, member.id, ("hours",), place_id=here.place.id, why="leaver", now=now,
            subject_ref=member.ref,
        )  # fmt: skip
        view = _desk_view(uow, member, here)
        uow.commit()
    return view


def balance(
    *, actor: Actor, ref: str, pot: str, words: str, key: str, now: datetime
) -> LeaverAtDeskView:
    """Pay from a pot (its ref, or *community*) what a leaver had more than they gave, and close
    their account; one custodian is enough for that, and never the leaver. They are told that the
    community has them covered. ``words`` say why that pot, and are kept with the audit.

    Raises NotFound (leaver_unknown: they do not wait), NotAllowed (also for oneself), WrongMoment,
    Invalid("pot" or "words", …), KeyReused.
    """
    said = checked_words("words", words)
    with unit_of_work() as uow:
        member, here = _other(uow, actor, ref, now)

        def act() -> dict[str, Any]:
            account = uow.purses.of_member(member.id)
            leaver = None if account is None else uow.purses.leaver(account.number)
            if leaver is None:
                raise NotFound("leaver_unknown")
            return even_out(uow, actor, leaver, _pot(uow, pot, here), said, here)

        once(
            uow, "leaving.balance", actor=actor, key=key, now=now, act=act,
            arguments={"ref": member.ref, "pot": pot, "words": said},
        )  # fmt: skip
        view = _desk_view(uow, member, here)
        uow.commit()
    return view


def _mine(uow: UnitOfWork, actor: Actor, now: datetime, action: Action) -> tuple[Member, Ground]:
    member = own(uow, actor, action)
    return member, _with_hours(ground(uow, member.place_id, now))


def _with_hours(here: Ground) -> Ground:
    if not here.ruleset.hours:
        raise NotFound("hours_not_here")
    return here


def _other(uow: UnitOfWork, actor: Actor, ref: str, now: datetime) -> tuple[Member, Ground]:
    """Somebody else of the actor's place."""
    require(actor, Action.MODERATE, Subject(actor.place_id))
    member = require_known(uow, actor, uow.homes.member_by_ref(actor.place_id, ref))
    if member.id == actor.member_id:
        raise NotAllowed("party_to_it")
    return member, _with_hours(ground(uow, member.place_id, now))


def _pot(uow: UnitOfWork, ref: str, here: Ground) -> Pot:
    if ref == COMMUNITY:
        return community_pot(uow, here)
    try:
        return uow.purses.pot(here.place.id, ref)
    except NotFound as missing:
        raise Invalid("pot", missing.code) from missing


def _view(uow: UnitOfWork, actor: Actor, purse: Purse, here: Ground) -> LeavingView:
    account = purse.account
    balance = balance_view(account, here)
    if account.closed:
        return LeavingView("left", balance)
    helps = uow.help_hours.unsettled(account.number)
    if helps or account.held:
        return LeavingView("helps", balance, helps=helps)
    leaver = uow.purses.leaver(account.number) if account.posted < 0 else None
    if leaver is not None:
        return LeavingView("waits", balance, since=leaver.asked_at)
    if account.posted <= 0:
        return LeavingView("open", balance)
    to = receivers(uow, actor, purse, here)
    pots = tuple(pot for pot in to.pots if pot.kind != COMMUNITY)
    return LeavingView(
        "open", balance, people=to.people, organisations=to.organisations, pots=pots
    )  # fmt: skip


def _desk_view(uow: UnitOfWork, member: Member, here: Ground) -> LeaverAtDeskView:
    account = uow.purses.of_member(member.id)
    leaver = None if account is None else uow.purses.leaver(account.number)
    if account is None or leaver is None or account.posted > 0:
        return LeaverAtDeskView(member.ref, None, 0, ())
    pots = uow.purses.pots(here.place.id)
    accounts = uow.ledger.accounts(pot.account for pot in pots)
    return LeaverAtDeskView(
        member.ref, LeaverView(member.ref, -account.posted, leaver.asked_at),
        uow.help_hours.unsettled(account.number),
        tuple(
            (pot_side(uow, pot), accounts[pot.account].can_pay(-account.posted))
            for pot in pots if not accounts[pot.account].closed
        ),
    )  # fmt: skip
