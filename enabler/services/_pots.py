"""Pots of hours for those who keep them: opened, changed, closed, and what is in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.hours import Pot
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import OrganisationState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._hours_desk import desk_sides
from enabler.services._hours_policy import policy_of
from enabler.services._hours_views import pot_side
from enabler.services.views.hours import OtherSide
from enabler.services.views.hours_desk import CameView, KeptPotView, NewPotsView
from enabler.timebank.accounts import Account, AccountKind
from enabler.timebank.limits import floor_for
from enabler.timebank.transfers import Reason

_PUT_IN = (Reason.GRANT, Reason.GIVE, Reason.EVENT, Reason.LEND, Reason.REPAY, Reason.SWEEP)


@dataclass(frozen=True, slots=True)
class PotSays:
    """What its keepers say of a pot. ``name`` None: it is called after whose it is."""

    name: str | None
    about: str | None
    pays: bool


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a new pot is: the community's, a ward's (by code), an organisation's fund (by ref)."""

    kind: str
    of: str | None = None


def new_pots(uow: UnitOfWork, here: Ground) -> NewPotsView:
    """Which pots a place can open."""
    pots = uow.purses.pots(here.place.id)
    taken = {pot.ward_id for pot in pots}
    wards = uow.pots.wards(here.place.id)
    return NewPotsView(
        community=all(pot.kind != "community" for pot in pots),
        wards=tuple((code, name) for ward_id, code, name in wards if ward_id not in taken),
    )


def open_pot(
    uow: UnitOfWork, actor: Actor, whose: Whose, says: PotSays, here: Ground
) -> dict[str, Any]:
    """A new pot, empty. Two that open the same one wait for each other."""
    place_id = here.place.id
    uow.purses.wait_for_pots(place_id)
    facts = _facts(uow, whose, here)
    floor = floor_for(AccountKind.POT, policy_of(here.ruleset)) or 0
    ref = uow.refs.new(place_id, "pot")
    pot = uow.purses.open_pot(
        place_id, ref=ref, now=here.now, floor=floor, name=says.name, about=says.about,
        pays=says.pays, **facts,
    )  # fmt: skip
    _record(uow, actor, "pot.opened", pot, here, columns=("name", "about", "pays"))
    return {"ref": ref}


def _facts(uow: UnitOfWork, whose: Whose, here: Ground) -> dict[str, Any]:
    place_id = here.place.id
    pots = uow.purses.pots(place_id)
    if whose.kind == "community":
        if any(pot.kind == "community" for pot in pots):
            raise Invalid("whose", "pot_there_already")
        return {"kind": "community"}
    if whose.kind == "ward":
        ids = {code: ward_id for ward_id, code, _ in uow.pots.wards(place_id)}
        if whose.of not in ids:
            raise Invalid("whose", "ward_unknown")
        if any(pot.ward_id == ids[whose.of] for pot in pots):
            raise Invalid("whose", "pot_there_already")
        return {"kind": "ward", "ward_id": ids[whose.of]}
    try:
        organisation = uow.organisations.by_ref(place_id, whose.of or "")
    except NotFound as missing:
        raise Invalid("organisation", "fund_organisation_unknown") from missing
    if organisation.state is not OrganisationState.ACTIVE:
        raise Invalid("organisation", "fund_organisation_unknown")
    return {"kind": "fund", "organisation_id": organisation.id}


def change_pot(
    uow: UnitOfWork, actor: Actor, pot: Pot, says: PotSays, here: Ground
) -> dict[str, Any]:
    """Write its name, what it is for, whether it pays for help."""
    if uow.ledger.lock(pot.account)[pot.account].closed:
        raise WrongMoment("account_closed", account=pot.account)
    uow.pots.change(pot.account, name=says.name, about=says.about, pays=says.pays
    )  # fmt: skip
    _record(uow, actor, "pot.changed", pot, here, columns=("name", "about", "pays"))
    return {"ref": pot.ref}


def close_pot(uow: UnitOfWork, actor: Actor, pot: Pot, here: Ground) -> dict[str, Any]:
    """The end of a fund that is empty. A pot of the community or a ward stays: only one can be."""
    if pot.kind != "fund":
        raise WrongMoment("pot_stays")
    uow.ledger.close(pot.account)
    uow.pots.change(pot.account, pays=False)
    _record(uow, actor, "pot.closed", pot, here, columns=("pays",))
    return {"ref": pot.ref}


def _record(
    uow: UnitOfWork, actor: Actor, what: str, pot: Pot, here: Ground, *, columns: tuple[str, ...]
) -> None:
    uow.audit.record(
        actor, what, place_id=here.place.id, subject=("pot", pot.account, pot.ref), now=here.now,
        columns=columns,
    )  # fmt: skip


def pot_views(uow: UnitOfWork, pots: Sequence[Pot], here: Ground) -> tuple[KeptPotView, ...]:
    """Pots as their keepers see them."""
    numbers = [pot.account for pot in pots]
    accounts, came = uow.ledger.accounts(numbers), uow.pots.came(numbers)
    local = here.now.astimezone(ZoneInfo(here.place.timezone))
    month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    paid = uow.pots.paid_since(numbers, month)
    sides = desk_sides(uow, {one for rows in came.values() for one, _, _ in rows}, here)
    uow.homes.know_wards(pot.ward_id for pot in pots if pot.ward_id is not None)
    uow.organisations.know(pot.organisation_id for pot in pots if pot.organisation_id is not None)
    return tuple(
        _view(uow, pot, accounts[pot.account], paid.get(pot.account, 0),
              _came(came.get(pot.account, ()), sides))
        for pot in pots
    )  # fmt: skip


def _view(
    uow: UnitOfWork, pot: Pot, account: Account, paid: int, came: tuple[CameView, ...]
) -> KeptPotView:
    return KeptPotView(
        pot=pot_side(uow, pot), kind=pot.kind, name=pot.name, about=pot.about, pays=pot.pays,
        closed=account.closed, posted=account.posted, available=account.available,
        paid_this_month=paid, came=came,
    )  # fmt: skip


def _came(
    rows: Iterable[tuple[int, str, int]], sides: dict[int, OtherSide]
) -> tuple[CameView, ...]:
    """Who put in how much, the most first; members together, without saying who."""
    put: dict[OtherSide, tuple[int, set[int]]] = {}
    for number, reason, minutes in rows:
        if reason in _PUT_IN:
            side = sides[number]
            side = OtherSide("member") if side.kind == "member" else side
            so_far, people = put.get(side, (0, set()))
            put[side] = (so_far + minutes, people | {number})
    found = (CameView(side, minutes, len(people)) for side, (minutes, people) in put.items())
    return tuple(sorted(found, key=lambda one: -one.minutes))
