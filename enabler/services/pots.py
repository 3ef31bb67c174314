"""Pots of hours: those who keep the market open them, say what they pay for, and see what is in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from enabler.domain.hours import Pot
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.words import LONGEST_LINE, optional_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _pots
from enabler.services._ground import Ground
from enabler.services._hours_desk import desk_ground
from enabler.services._once import once
from enabler.services._pots import PotSays, Whose
from enabler.services.views.hours_desk import KeptPotView, NewPotsView

MOST_ABOUT = 500
Act = Callable[[UnitOfWork, Ground], dict[str, Any]]


def show_all(*, actor: Actor, now: datetime) -> tuple[KeptPotView, ...]:
    """The pots of the actor's place, the community's first. Raises NotAllowed, NotFound."""
    require(actor, Action.KEEP_HOURS, Subject(actor.place_id))
    with reading() as uow:
        here = desk_ground(uow, actor, now)
        return _pots.pot_views(uow, uow.purses.pots(here.place.id), here)


def show(*, actor: Actor, ref: str, now: datetime) -> KeptPotView:
    """One pot. Raises NotAllowed, NotFound."""
    require(actor, Action.KEEP_HOURS, Subject(actor.place_id))
    with reading() as uow:
        here = desk_ground(uow, actor, now)
        return _view(uow, uow.purses.pot(here.place.id, ref), here)


def can_open(*, actor: Actor, now: datetime) -> NewPotsView:
    """Which pots the actor's place can open. Raises NotAllowed, NotFound."""
    require(actor, Action.KEEP_HOURS, Subject(actor.place_id))
    with reading() as uow:
        return _pots.new_pots(uow, desk_ground(uow, actor, now))


def open_pot(
    *, actor: Actor, kind: str, of: str | None, name: str | None, about: str | None, pays: bool,
    key: str, now: datetime,
) -> KeptPotView:  # fmt: skip
    """Open an empty pot: the *community*'s, a *ward*'s (``of`` its code), or a *fund* of an
    organisation (``of`` its ref). ``pays``: it steps in for help that its asker has no hours for.

    Raises NotAllowed, NotFound, KeyReused, Invalid: ("whose", pot_there_already, ward_unknown),
    ("organisation", fund_organisation_unknown), ("name" or "about", …).
    """
    says = _says(name, about, pays=pays)
    arguments = {"kind": kind, "of": of, "name": says.name, "about": says.about, "pays": pays}
    return _change(
        actor, "open_pot", arguments, key, now,
        lambda uow, here: _pots.open_pot(uow, actor, Whose(kind, of), says, here), again=False,
    )  # fmt: skip


def change(
    *, actor: Actor, ref: str, name: str | None, about: str | None, pays: bool, key: str,
    now: datetime,
) -> KeptPotView:  # fmt: skip
    """Say anew how a pot is called, what it is for, and whether it pays for help.

    Raises NotAllowed, NotFound, KeyReused, WrongMoment("account_closed"), Invalid.
    """
    says = _says(name, about, pays=pays)
    arguments = {"ref": ref, "name": says.name, "about": says.about, "pays": pays}
    return _change(
        actor, "change", arguments, key, now,
        lambda uow, here: _pots.change_pot(uow, actor, _pot(uow, ref, here), says, here),
    )  # fmt: skip


def close(*, actor: Actor, ref: str, key: str, now: datetime) -> KeptPotView:
    """Close an organisation's fund for good. Never while there are hours in it.

    Raises NotAllowed, NotFound, KeyReused, WrongMoment: account_not_empty, pot_stays.
    """
    return _change(
        actor, "close", {"ref": ref}, key, now,
        lambda uow, here: _pots.close_pot(uow, actor, _pot(uow, ref, here), here),
    )  # fmt: skip


def _says(name: str | None, about: str | None, *, pays: bool) -> PotSays:
    return PotSays(
        optional_words("name", name, most=LONGEST_LINE),
        optional_words("about", about, most=MOST_ABOUT), pays,
    )  # fmt: skip


def _pot(uow: UnitOfWork, ref: str, here: Ground) -> Pot:
    return uow.purses.pot(here.place.id, ref)


def _change(
    actor: Actor, name: str, arguments: dict[str, Any], key: str, now: datetime, act: Act, *,
    again: bool = True,
) -> KeptPotView:  # fmt: skip
    with unit_of_work() as uow:
        require(actor, Action.KEEP_HOURS, Subject(actor.place_id))
        here = desk_ground(uow, actor, now)
        result = once(
            uow, f"pots.{name}", actor=actor, key=key, arguments=arguments, now=now,
            act=lambda: act(uow, here), again=again,
        )  # fmt: skip
        view = _view(uow, _pot(uow, result["ref"], here), here)
        uow.commit()
    return view


def _view(uow: UnitOfWork, pot: Pot, here: Ground) -> KeptPotView:
    (view,) = _pots.pot_views(uow, (pot,), here)
    return view
