"""A place's hours in a picture, for everybody: figures of many, never of a few."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from enabler.domain.errors import NotFound
from enabler.domain.permissions import Action, Actor, require
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services._ground import Ground, ground
from enabler.services._hours_policy import usual_minutes
from enabler.services._hours_views import pot_side
from enabler.services.views.hours import MarketHoursView, PotView
from enabler.timebank.circulation import Circulation, Share, circulation

LEAST_PEOPLE = 5
"""What fewer people than this make is hidden."""
_HOUR = 60
_PAYS_FOR = ("shopping", "phone-chat", "transport")
"""Kinds of help by which it is said how far a pot reaches."""
K = TypeVar("K")


def show(*, actor: Actor, place_id: int, now: datetime) -> MarketHoursView:
    """What was given in the last twelve whole months, in whole hours, and what pots can pay for.

    What fewer than five people make is hidden, and with it one more where it could be worked out
    from the rest. Raises NotFound("hours_not_here") without a time bank.
    """
    with reading() as uow:
        require(actor, Action.SEE_PUBLIC)
        here = ground(uow, place_id, now)
        if not here.ruleset.hours:
            raise NotFound("hours_not_here")
        months = _months(here)
        sums = uow.market_hours.sums(place_id, [start for _, start in months])
        lying, members = uow.market_hours.lying(place_id)
        figures = circulation(sums, outstanding=lying, members=members)
        nothing = Share(0, 0)
        names = [name for name, _ in months[:-1]]
        by_month = {name: sums.by_month.get(nth, nothing) for nth, name in enumerate(names)}
        return _view(uow, figures, by_month, here)


def _months(here: Ground) -> list[tuple[tuple[int, int], datetime]]:
    """The twelve whole months before this one, then this: (year, month), and when it begins. Whole
    ones are told of only, so that nobody watches a single help arrive."""
    zone = ZoneInfo(here.place.timezone)
    local = here.now.astimezone(zone)
    count = local.year * 12 + local.month - 1
    return [
        ((number // 12, number % 12 + 1), datetime(number // 12, number % 12 + 1, 1, tzinfo=zone))
        for number in range(count - 12, count + 1)
    ]


def _view(
    uow: UnitOfWork, figures: Circulation, months: Mapping[tuple[int, int], Share], here: Ground
) -> MarketHoursView:
    wards = uow.homes.ward_names(here.place.id)
    enough = min(figures.helpers, figures.sums.askers) >= LEAST_PEOPLE
    return MarketHoursView(
        minutes=_whole(figures.minutes) if enough else None,
        helpers=_many(figures.helpers),
        askers=_many(figures.sums.askers), both=_many(figures.sums.both),
        months=tuple(_hidden(months).items()),
        categories=_named(figures.sums.by_category, lambda slug: slug),
        given=_named(figures.sums.given_by_ward, lambda ward: wards.get(int(ward))),
        received=_named(figures.sums.received_by_ward, lambda ward: wards.get(int(ward))),
        gini=figures.gini if enough else None,
        outstanding=_whole(figures.outstanding) if enough else None,
        turnover=figures.turnover if enough else None,
        pots=_pots(uow, here),
    )  # fmt: skip


def _hidden(shares: Mapping[K, Share]) -> dict[K, int | None]:
    """Whole hours of what many people make. Where one alone is hidden, the smallest of the others
    goes with it, so that the total does not tell of it."""
    shown = {
        name: _whole(share.minutes) if not share.minutes or share.people >= LEAST_PEOPLE else None
        for name, share in shares.items()
    }
    told = [name for name, minutes in shown.items() if minutes]
    if sum(minutes is None for minutes in shown.values()) == 1 and told:
        shown[min(told, key=lambda name: shares[name].minutes)] = None
    return shown


def _named(
    shares: Mapping[str | None, Share], name_of: Callable[[str], str | None]
) -> tuple[tuple[str, int | None], ...]:
    known = {name: share for name, share in shares.items() if name is not None and share.minutes}
    rows = [(name_of(name), minutes) for name, minutes in _hidden(known).items()]
    named = [(name, minutes) for name, minutes in rows if name is not None]
    return tuple(sorted(named, key=lambda row: (-(row[1] or 0), row[0])))


def _many(people: int) -> int | None:
    return people if people >= LEAST_PEOPLE else None


def _whole(minutes: int) -> int:
    """Whole hours, in minutes."""
    return max(0, minutes) // _HOUR * _HOUR


def _pots(uow: UnitOfWork, here: Ground) -> tuple[PotView, ...]:
    pots = uow.purses.pots(here.place.id)
    uow.homes.know_wards(pot.ward_id for pot in pots if pot.ward_id is not None)
    uow.organisations.know(pot.organisation_id for pot in pots if pot.organisation_id is not None)
    accounts = uow.ledger.accounts(pot.account for pot in pots)
    found = []
    for pot in pots:
        account = accounts[pot.account]
        if not account.closed:
            has = _whole(account.available)
            enough = {slug: has // usual_minutes(slug, here.ruleset) for slug in _PAYS_FOR}
            found.append(PotView(pot_side(uow, pot), has, enough))
    return tuple(found)
