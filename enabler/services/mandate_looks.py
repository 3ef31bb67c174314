"""What the clock does for mandates, and what leads look at: those whose time is over end, members
are asked in time whether one should go on, and signs that somebody may be controlled are found."""

from datetime import datetime, timedelta
from typing import Any

from enabler.domain.desk import EntryKind
from enabler.domain.mandate_signals import reasons
from enabler.domain.mandates import WARN_DAYS, Ended, Mandate
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.vocabulary import Priority, Role
from enabler.persistence.told_looks import OF_A_REMOVAL
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._acting import is_of_it, require_neither
from enabler.services._mandate_views import supporter_view
from enabler.services._mandates import end
from enabler.services._once import once
from enabler.services._subjects import place_of
from enabler.services._tell import tell
from enabler.services._worry_clock import due_of
from enabler.services.views.mandates import LookView

__all__ = ["JOB", "look", "looked", "waiting"]

JOB = "look-at-mandates"


def look(*, actor: Actor, now: datetime) -> int:
    """End what is over, warn of what ends soon, look for signs of control; how much was done. Safe
    to run twice: each thing is done once. Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    with unit_of_work() as uow:
        over = uow.mandates.over(now)
        for one in over:
            end(uow, actor, one, Ended.LAPSED, now)
        asks = uow.mandate_asks.end_old(now)
        warned = sum(_warn(uow, days, now) for days in WARN_DAYS)
        uow.commit()
    with reading() as before:
        open_ones = before.mandate_looks.open_ones()
    return len(over) + asks + warned + sum(_look_at(mandate_id, now) for mandate_id in open_ones)


def _warn(uow: UnitOfWork, days: int, now: datetime) -> int:
    """The member alone: to the supporter it ends without a word, as if it had been ended."""
    soon = uow.mandates.ending(now, now + timedelta(days=days))
    return sum(
        tell(
            uow, place_id=one.place_id, member_id=one.member_id, template="mandate_ends",
            parameters={"mandate": one.ref}, priority=Priority.REMINDER, now=now,
            dedupe_key=f"mandate_ends:{one.ref}:{days}",
        )
        for one in soon
        if one.until_at - one.from_at > timedelta(days=days)
    )  # fmt: skip


def _look_at(mandate_id: int, now: datetime) -> int:
    with unit_of_work() as uow:
        mandate = uow.mandates.by_id(mandate_id)
        if mandate is None:
            return 0
        _remind(uow, mandate, now)
        found = set(reasons(uow.mandate_looks.facts(mandate, now)))
        new = sorted(found - uow.mandate_looks.known(mandate_id))
        if new:
            uow.mandate_looks.add(mandate, new, now)
            _tell_leads(uow, mandate, new, now)
        uow.commit()
    return len(new)


def _remind(uow: UnitOfWork, mandate: Mandate, now: datetime) -> None:
    """What a lead should have looked at in a worry's time, and nobody has, is told once more, and
    then each day."""
    since = uow.mandate_looks.since(mandate.place_id).get(mandate.id)
    due = None if since is None else due_of(uow, mandate.place_id, since)
    if due is not None and due <= now:
        _tell_leads(uow, mandate, [f"waits-{(now - due).days}"], now)


def _tell_leads(uow: UnitOfWork, mandate: Mandate, codes: list[str], now: datetime) -> None:
    """Every lead but one of the two."""
    for hand in uow.staff.at_desk(mandate.place_id, now):
        of_it = hand.member_id in (mandate.member_id, mandate.supporter_id)
        if hand.role is Role.SAFEGUARDING_LEAD and not of_it:
            tell(
                uow, place_id=mandate.place_id, member_id=hand.member_id,
                template="mandate_look_lead", parameters={"mandate_look": mandate.ref},
                priority=Priority.REMINDER, by_mail=True, now=now,
                dedupe_key=f"mandate_look:{mandate.ref}:{'-'.join(codes)}:{hand.member_id}",
            )  # fmt: skip


def waiting(*, actor: Actor, now: datetime) -> tuple[LookView, ...]:
    """The mandates at which a lead should look, with why; the names are sights. None of one's own.

    Raises NotAllowed.
    """
    with unit_of_work() as uow:
        require(actor, Action.END_MANDATE, Subject(actor.place_id))
        found = [
            _view(uow, actor, mandate, codes, now)
            for mandate_id, codes in uow.mandate_looks.waiting(actor.place_id or 0).items()
            if (mandate := uow.mandates.by_id(mandate_id)) is not None
            and not is_of_it(mandate, actor)
        ]
        uow.commit()
    return tuple(found)


def _view(
    uow: UnitOfWork, actor: Actor, mandate: Mandate, codes: tuple[str, ...], now: datetime
) -> LookView:
    member = uow.homes.member(mandate.member_id)
    uow.sights.log(
        actor, member.id, ("name",), place_id=member.place_id, why=OF_A_REMOVAL, now=now,
        subject_ref=mandate.ref,
    )  # fmt: skip
    shown = supporter_view(uow, actor, mandate, now, why=OF_A_REMOVAL)
    return LookView(shown, member.ref, member.name, codes)


def looked(*, actor: Actor, ref: str, key: str, now: datetime) -> None:
    """A lead has looked at it, and it may go on. Raises NotFound, NotAllowed (also for one of its
    two: own_case), KeyReused."""
    with unit_of_work() as uow:
        mandate = uow.mandates.by_ref(place_of(actor), ref)
        require(actor, Action.END_MANDATE, Subject(mandate.place_id))
        require_neither(mandate, actor)

        def act() -> dict[str, Any]:
            uow.mandate_looks.looked(mandate.id, actor.member_id, now)
            uow.desk.let_go(mandate.place_id, EntryKind.MANDATE.value, mandate.ref)
            uow.audit.record(
                actor, "mandate.looked-at", place_id=mandate.place_id, now=now,
                subject=("mandate-look", mandate.id, mandate.ref),
            )  # fmt: skip
            return {"mandate": mandate.ref}

        once(
            uow, "mandate_looks.looked", actor=actor, key=key, now=now, act=act,
            arguments={"mandate": mandate.ref},
        )  # fmt: skip
        uow.commit()
