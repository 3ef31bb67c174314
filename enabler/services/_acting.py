"""A supporter who acts for a member: who that is at this moment, and that the member is told.

What a mandate says is read at each page and never remembered in the browser; when it does not hold
any more, nothing says why."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.errors import NotAllowed
from enabler.domain.mandates import BIG_DEEDS, Hears, Mandate, Sides, Supporting, stands
from enabler.domain.members import Member
from enabler.domain.needs import Need
from enabler.domain.permissions import Action, Actor
from enabler.domain.quiet import next_at
from enabler.domain.vocabulary import ORGANISATION_LEADS, OrganisationState, Priority
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._apart import are_apart
from enabler.services._tell import tell

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_EVENING = 17
"""The local hour at which the day's letter goes."""


def sides_of(uow: UnitOfWork, mandate: Mandate, member: Member, own: Actor) -> Sides | None:
    """What is true of the two now; None where the mandate is not this actor's to use."""
    if own.member_id is None or not is_theirs(mandate, own):
        return None
    supporter = uow.homes.member(own.member_id)
    hidden = uow.hidden.of(member.id)
    leads = True
    if mandate.organisation_id is not None:
        found = uow.organisations.by_id(mandate.organisation_id)
        leads = found.state is OrganisationState.ACTIVE
    return Sides(
        member=member.state, supporter=supporter.state,
        apart=are_apart(uow, member.id, supporter.id),
        hidden=hidden is not None and supporter.id not in hidden.readers,
        same_place=member.place_id == supporter.place_id == mandate.place_id, leads=leads,
    )  # fmt: skip


def is_theirs(mandate: Mandate, own: Actor) -> bool:
    """Whether it is or was for the actor to use, by themself or for what they lead."""
    if mandate.organisation_id is not None:
        return mandate.organisation_id in own.organisations(*ORGANISATION_LEADS)
    return mandate.supporter_id == own.member_id


def is_of_it(mandate: Mandate, own: Actor) -> bool:
    """Whether the actor is one of the two: gave it, or can act under it while it holds."""
    return own.member_id == mandate.member_id or is_theirs(mandate, own)


def require_neither(mandate: Mandate, actor: Actor) -> None:
    """Raises NotAllowed("own_case") for one of the two: none of them looks into it."""
    if is_of_it(mandate, actor):
        raise NotAllowed("own_case")


def may_use(uow: UnitOfWork, mandate: Mandate, member: Member, own: Actor, now: datetime) -> bool:
    """Whether the actor can act under this mandate at this moment."""
    sides = sides_of(uow, mandate, member, own)
    return sides is not None and stands(mandate, sides, now) and member.id != own.member_id


def acting_for(mandate: Mandate, member: Member, own: Actor) -> Actor:
    """The member, as the supporter acts for them: none of the member's roles, none of the
    supporter's."""
    by = Supporting(
        member_id=own.member_id or 0, ref=own.name, mandate_id=mandate.id,
        mandate_ref=mandate.ref, scopes=frozenset(mandate.scopes), until=mandate.until_at,
        since=mandate.from_at, organisation_id=mandate.organisation_id,
    )  # fmt: skip
    return replace(
        own, name=member.ref, member_id=member.id, place_id=member.place_id, grants=(),
        second_factor=False, by=by,
    )  # fmt: skip


def hides_where(uow: UnitOfWork, actor: Actor, need: Need) -> bool:
    """Whether it is somewhere else than at the asker's home, and the actor a supporter who did not
    write it: then they do not read where."""
    by = actor.by
    if by is None or uow.mandates.writer_of(need.id) == by.member_id:
        return False
    home_id = uow.homes.member(need.asker_id).home_id
    home = None if home_id is None else uow.homes.where(home_id)
    return home is None or (home.postcode, home.address) != uow.needs.exact(need.id)


def require_where(uow: UnitOfWork, actor: Actor, need: Need, *, stays: bool) -> None:
    """Raises NotAllowed where the actor does not read where it is, unless it ``stays`` there: they
    cannot change what they do not know."""
    if not stays and hides_where(uow, actor, need):
        raise NotAllowed("beyond_mandate", action=Action.CHANGE_NEED.value)


def supporter_name(uow: UnitOfWork, mandate: Mandate) -> str:
    """The name by which the member knows who acts for them."""
    if mandate.organisation_id is not None:
        return str(uow.organisations.by_id(mandate.organisation_id).name)
    return str(uow.homes.member(mandate.supporter_id or 0).shown_name)


def tell_of_deed(
    uow: UnitOfWork, actor: Actor, deed: str, result: Mapping[str, Any], now: datetime
) -> None:
    """The member hears in their own way of what was just done for them: of each thing, once a day,
    or of what is big alone. What is not big is gathered for each match or need and hour."""
    if actor.by is None or actor.member_id is None or actor.place_id is None:
        return
    mandate = uow.mandates.by_id(actor.by.mandate_id)
    if mandate is None or (mandate.hears is Hears.BIG and deed not in BIG_DEEDS):
        return
    of = next((str(result[name]) for name in ("ref", "match", "need") if name in result), "")
    if mandate.hears is Hears.DAILY:
        evening = next_at(now, _EVENING, uow.places.by_id(actor.place_id).timezone)
        tell(
            uow, place_id=actor.place_id, member_id=actor.member_id, template="acted_today",
            parameters={"mandate": mandate.ref}, priority=Priority.MATCH, now=now,
            # by its own day: what is done after the evening's letter is told in the next one's
            dedupe_key=f"acted_today:{mandate.ref}:{evening.date()}", due_at=evening,
            expires_at=evening + _DAY,
        )  # fmt: skip
        return
    if deed in BIG_DEEDS:
        _tell_at(uow, actor, mandate, deed, f"{deed}:{of}:{int(now.timestamp())}", now, now)
        return
    hour = now.replace(minute=0, second=0, microsecond=0)
    about = f"{of}:{hour:%Y%m%d%H}"
    if not _tell_at(uow, actor, mandate, deed, about, now, now):
        # the first was told at once; whatever followed is one letter when the hour is over
        _tell_at(uow, actor, mandate, "more", f"{about}:more", now, hour + _HOUR)


def _tell_at(
    uow: UnitOfWork, actor: Actor, mandate: Mandate, deed: str, about: str, now: datetime,
    due_at: datetime,
) -> bool:  # fmt: skip
    """Queue that something was done, once for what it is ``about``; whether it was queued now."""
    return tell(
        uow, place_id=mandate.place_id, member_id=mandate.member_id, template="acted",
        parameters={"mandate": mandate.ref, "deed": deed}, priority=Priority.MATCH, now=now,
        dedupe_key=f"acted:{mandate.ref}:{about}", due_at=due_at,
    )  # fmt: skip
