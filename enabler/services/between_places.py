"""Hours between places: what each owes the other, and the limits that both agree to."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Action, Actor, Subject, allowed, require
from enabler.domain.places import Place
from enabler.persistence.agreements import Agreement
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._border import border_of, limited
from enabler.services._ground import Ground, ground
from enabler.services._limits import proposed_to, tell_proposed
from enabler.services._once import once
from enabler.services.views.border import BetweenPlacesView, LimitsView, PartnerView

MOST_LIMIT = 600_000
"""Minutes that one place may owe another at most: ten thousand hours."""


def show(*, actor: Actor, now: datetime) -> BetweenPlacesView:
    """What the place owes others and they owe it, with this month's help and the limits.

    Totals only. Raises NotAllowed, NotFound("hours_not_here") without a time bank.
    """
    with reading() as uow:
        here = _here(uow, actor, Action.SEE_DESK, now)
        others = [uow.places.by_id(each) for each in uow.agreements.neighbours(here.place.id)]
        standing = uow.agreements.standing(here.place.id)
        partners = [
            _partner(uow, other, here, [a for a in standing if a.with_place_id == other.id])
            for other in sorted(others, key=lambda each: (each.name, each.slug))
        ]
        return BetweenPlacesView(tuple(partners), allowed(actor, Action.AGREE_LIMITS))


def propose(
    *, actor: Actor, other: str, may_owe: int, may_be_owed: int, key: str, now: datetime
) -> BetweenPlacesView:
    """A custodian proposes limits, in minutes, to a place with which help is shared (its slug).

    They hold once a custodian there agrees; those there are mailed. A proposal that waits is
    replaced. Raises NotAllowed, NotFound, KeyReused, Invalid("may_owe" or "may_be_owed",
    "limit_out_of_range").
    """
    for field, minutes in (("may_owe", may_owe), ("may_be_owed", may_be_owed)):
        if not 0 <= minutes <= MOST_LIMIT:
            raise Invalid(field, "limit_out_of_range", most=MOST_LIMIT // 60)

    def act(uow: UnitOfWork, here: Ground, there: Place) -> str:
        waiting = uow.agreements.between(here.place.id, there.id, "waiting")
        same = waiting and (waiting.may_owe, waiting.may_be_owed) == (may_owe, may_be_owed)
        if waiting and same and waiting.proposer_id == here.place.id:
            return "waiting"  # from another window
        uow.agreements.propose(
            here.place.id, there.id, may_owe=may_owe, may_be_owed=may_be_owed,
            by=_person(actor), now=now,
        )  # fmt: skip
        _tell(uow, here, ground(uow, there.id, now))
        return "waiting"

    given = {"may_owe": may_owe, "may_be_owed": may_be_owed}
    return _change(actor, other, "propose", given, key, now, act)


def _tell(uow: UnitOfWork, here: Ground, there: Ground) -> None:
    """The custodians of the other place hear of it, if they have a desk of hours to answer at."""
    if there.ruleset.hours:
        proposed = proposed_to(uow, there.place.id)
        ours = [one for one in proposed if one.with_place_id == here.place.id]
        tell_proposed(uow, ours, 0, there)


def answer(
    *, actor: Actor, other: str, may_owe: int, may_be_owed: int, agrees: bool, key: str,
    now: datetime,
) -> BetweenPlacesView:  # fmt: skip
    """A custodian agrees to what the other place proposed, or refuses; ``may_owe`` and
    ``may_be_owed`` are the limits that they have read.

    What lies between the places already is not taken back: a limit under it lets no more through.
    Raises NotAllowed (also *second_person_same*), NotFound, WrongMoment("limits_changed") where
    something else waits by now, KeyReused.
    """

    def act(uow: UnitOfWork, here: Ground, there: Place) -> str:
        waiting = uow.agreements.between(here.place.id, there.id, "waiting")
        if waiting is None or (waiting.may_owe, waiting.may_be_owed) != (may_owe, may_be_owed):
            raise WrongMoment("limits_changed")
        if waiting.proposer_id == here.place.id:
            raise NotAllowed("limits_agreed_there")
        if waiting.asked_by == _person(actor):
            raise NotAllowed("second_person_same")
        if not agrees:
            uow.agreements.close(waiting.id, "refused", now)
            return "refused"
        uow.agreements.agree(here.place.id, waiting, _person(actor), now)
        _set_floors(uow, here.place.id, there.id)
        return "agreed"

    given = {"may_owe": may_owe, "may_be_owed": may_be_owed, "agrees": agrees}
    return _change(actor, other, "answer", given, key, now, act)


def end(*, actor: Actor, other: str, key: str, now: datetime) -> BetweenPlacesView:
    """A custodian of either place ends what was agreed: from now on no hours go between the two,
    beyond what is promised; what is owed stays owed.

    Raises NotAllowed, NotFound, WrongMoment("limits_not_agreed"), KeyReused.
    """

    def act(uow: UnitOfWork, here: Ground, there: Place) -> str:
        agreed = uow.agreements.between(here.place.id, there.id, "agreed")
        if agreed is None:
            raise WrongMoment("limits_not_agreed")
        uow.agreements.close(agreed.id, "ended", now)
        _set_floors(uow, here.place.id, there.id)
        return "ended"

    return _change(actor, other, "end", {}, key, now, act)


def _change(
    actor: Actor, other: str, verb: str, given: dict[str, Any], key: str, now: datetime,
    act: Callable[[UnitOfWork, Ground, Place], str],
) -> BetweenPlacesView:  # fmt: skip
    """Load, require, do it once while nobody else changes what the two agree, keep, look again."""
    with unit_of_work() as uow:
        here = _here(uow, actor, Action.AGREE_LIMITS, now)
        there = _neighbour(uow, other, here)
        once(
            uow, f"between_places.{verb}", actor=actor, key=key, now=now,
            arguments={"with": there.slug, **given},
            act=lambda: _kept(uow, actor, here, there, act),
        )  # fmt: skip
        standing = uow.agreements.standing(here.place.id)
        ours = [each for each in standing if each.with_place_id == there.id]
        view = BetweenPlacesView((_partner(uow, there, here, ours),), may_agree=True)
        uow.commit()
    return view


def _kept(
    uow: UnitOfWork, actor: Actor, here: Ground, there: Place,
    act: Callable[[UnitOfWork, Ground, Place], str],
) -> dict[str, Any]:  # fmt: skip
    uow.agreements.wait_for(here.place.id, there.id)
    state = act(uow, here, there)
    uow.audit.record(
        actor, f"limits.{state}", place_id=here.place.id,
        subject=("place", there.id, there.slug), now=here.now, states=(None, state),
    )  # fmt: skip
    return {"state": state}


def _here(uow: UnitOfWork, actor: Actor, action: Action, now: datetime) -> Ground:
    require(actor, action, Subject(actor.place_id))
    if actor.place_id is None:
        raise NotFound("place_unknown")
    here = ground(uow, actor.place_id, now)
    if not here.ruleset.hours:
        raise NotFound("hours_not_here")
    return here


def _neighbour(uow: UnitOfWork, slug: str, here: Ground) -> Place:
    """A place with which help is shared, either way."""
    there = uow.places.by_slug(slug)
    if there.id not in uow.agreements.neighbours(here.place.id):
        raise NotFound("place_unknown")
    return there


def _person(actor: Actor) -> int:
    """Who it is: never the system or the command line, for these are nobody's custodian."""
    if actor.member_id is None:
        raise NotAllowed(action=Action.AGREE_LIMITS.value)
    return actor.member_id


def _set_floors(uow: UnitOfWork, one: int, other: int) -> None:
    """Both clearing accounts get the floor that the limits say."""
    border = border_of(uow, one, other)
    if border is None:
        return
    accounts = uow.ledger.lock(border.out.number, border.into.number)
    limited(uow, accounts[border.out.number], other)
    limited(uow, accounts[border.into.number], one)


def _partner(
    uow: UnitOfWork, other: Place, here: Ground, standing: list[Agreement]
) -> PartnerView:  # fmt: skip
    account = uow.purses.clearing_if_any(here.place.id, other.id)
    taken = given = 0
    if account is not None:
        local = here.now.astimezone(ZoneInfo(here.place.timezone))
        since = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        entries = uow.ledger.of_account(account.number, since=since)
        taken = sum(each.moved for each in entries if each.credit == account.number)
        given = sum(each.moved for each in entries if each.debit == account.number)
    limits = {each.state: _limits(each, here) for each in standing}
    flags = uow.help_hours.flags_waiting(here.place.id, ("unpaid",))
    unpaid = sum(each.facts["minutes"] for each in flags if each.facts.get("with") == other.id)
    return PartnerView(
        other.slug, other.name, account.posted if account else 0, taken, given, unpaid,
        limits.get("agreed"), limits.get("waiting"),
    )  # fmt: skip


def _limits(agreement: Agreement, here: Ground) -> LimitsView:
    return LimitsView(
        agreement.may_owe, agreement.may_be_owed, agreement.proposer_id == here.place.id,
        agreement.asked_at,
    )  # fmt: skip
