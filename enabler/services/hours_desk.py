"""The custodians' desk of hours: what waits for them, and what they make of it."""

from datetime import datetime
from typing import Any

from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._debts import able_pots, debt_of
from enabler.services._ground import Ground
from enabler.services._hours_desk import desk_ground, waiting_hours
from enabler.services._hours_flags import (
    Settling,
    choices_of,
    events_of,
    flag_view,
    flag_views,
    settle_flag,
)
from enabler.services._hours_proposing import proposal_views
from enabler.services._hours_views import pot_side
from enabler.services._once import once
from enabler.services.views.hours_desk import HoursDeskView, OneFlagView, PayingPot

__all__ = ["desk", "flag", "settle"]

NEWEST = 20
"""So many of what is over are on the first page."""


def desk(*, actor: Actor, now: datetime) -> HoursDeskView:
    """What waits about hours in the actor's place, the oldest first, and what was made of the
    newest. No name stands in it. Raises NotAllowed, NotFound("hours_not_here")."""
    require(actor, Action.KEEP_HOURS, Subject(actor.place_id))
    with reading() as uow:
        here = desk_ground(uow, actor, now)
        place_id = here.place.id
        flags, proposals = uow.hours_flags, uow.hours_proposals
        waiting = waiting_hours(uow, actor, here)
        return HoursDeskView(
            flags=flag_views(uow, actor, flags.waiting(place_id), here),
            proposals=proposal_views(uow, actor, proposals.waiting(place_id, now), here),
            settled=flag_views(uow, actor, flags.settled(place_id, newest=NEWEST), here),
            ended=proposal_views(
                uow, actor, proposals.ended(place_id, now, newest=NEWEST), here
            ),
            disputed=waiting.disputed, leavers=waiting.leavers, limits=waiting.limits,
        )  # fmt: skip


def flag(*, actor: Actor, ref: str, now: datetime) -> OneFlagView:
    """One flag, what may be made of it, which pots could pay. Raises NotAllowed, NotFound."""
    require(actor, Action.KEEP_HOURS, Subject(actor.place_id))
    with reading() as uow:
        here = desk_ground(uow, actor, now)
        return _one(uow, actor, ref, here)


def settle(
    *, actor: Actor, ref: str, choice: str, pot_ref: str | None = None, words: str | None = None,
    key: str, now: datetime,
) -> OneFlagView:  # fmt: skip
    """Take a flag off the desk as *paid* (by this pot), *gift*, *seen*, or, of help that it holds
    back, *counts* or *does-not-count*; what follows from it is done with it. ``words`` say why help
    that was held back counts or not, and are kept with the audit.

    Raises NotAllowed (also *party_to_it*), NotFound, WrongMoment("hours_flag_settled_already"),
    Invalid: ("decision", hours_flag_not_so) or ("pot", …) or ("words", …);
    KeyReused.
    """
    with unit_of_work() as uow:
        require(actor, Action.KEEP_HOURS, Subject(actor.place_id))
        here = desk_ground(uow, actor, now)
        known = uow.hours_flags.by_ref(here.place.id, ref)

        def act() -> dict[str, Any]:
            return settle_flag(uow, actor, known.ref, Settling(choice, pot_ref, words), here)

        arguments = {"ref": known.ref, "choice": choice, "pot": pot_ref, "words": words}
        once(
            uow, "hours_desk.settle", actor=actor, key=key, arguments=arguments, now=now, act=act,
            again=False,
        )  # fmt: skip
        view = _one(uow, actor, known.ref, here)
        uow.commit()
    return view


def _one(uow: UnitOfWork, actor: Actor, ref: str, here: Ground) -> OneFlagView:
    found = uow.hours_flags.by_ref(here.place.id, ref)
    row = uow.help_hours.of_match(found.match_id) if found.match_id is not None else None
    help_ = uow.hours_flags.help_of((row.match_id,)).get(row.match_id) if row else None
    debt = None if found.settled_at else debt_of(uow, found, row)
    pots = able_pots(uow, debt, here)
    choices = choices_of(found, help_, payable=bool(pots))
    refs = uow.hours_proposals.refs_of([found.settled_by] if found.settled_by else [])
    return OneFlagView(
        flag_view(
            actor,
            found,
            help_,
            refs,
            here,
            choices=choices,
            events=events_of(uow, [found], here),
        ),
        tuple(PayingPot(pot_side(uow, pot), account.available) for pot, account in pots),
    )
