"""Who stands on the asking side of a need: a member, or those who act for an organisation."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from enabler.domain.needs import Need
from enabler.domain.series import Series
from enabler.persistence.matches import organisation_key
from enabler.persistence.unit_of_work import UnitOfWork


def askers_of(uow: UnitOfWork, need: Need | Series, now: datetime) -> list[int]:
    """Whom to tell of it: the asker; of an organisation those who lead it at this moment."""
    if need.organisation_id is None:
        return [need.asker_id]
    return uow.organisations.leads(need.organisation_id, now)


def contact_of(uow: UnitOfWork, need: Need, now: datetime) -> int | None:
    """The person whom a helper meets by name: of an organisation whoever wrote the need down, for
    as long as they act for it."""
    if need.organisation_id is None:
        return need.asker_id
    one = uow.colleagues.one(need.organisation_id, need.asker_id, now)
    return None if one is None else one.member_id


def own_people(uow: UnitOfWork, need: Need, now: datetime) -> frozenset[int]:
    """Who cannot help with it, for it is their own: everybody who acts for what asks."""
    if need.organisation_id is None:
        return frozenset({need.asker_id})
    return uow.colleagues.ids_of([need.organisation_id], now)[need.organisation_id]


def kept_from(uow: UnitOfWork, need: Need, member_id: int, now: datetime) -> bool:
    """Whether this member cannot help: it is their own, or they and one of those who ask are never
    brought together."""
    own = own_people(uow, need, now)
    apart = uow.homes.apart(own)
    return member_id in own or any(member_id in apart.get(each, ()) for each in own)


def not_to_be_asked(
    uow: UnitOfWork, needs: Sequence[Need], now: datetime
) -> Mapping[int, frozenset[int | str]]:
    """By need whom the engine keeps from it: those who are apart from who asks; of an
    organisation's also its own people and its own offers."""
    people = uow.colleagues.ids_of(
        {need.organisation_id for need in needs if need.organisation_id is not None}, now
    )
    own = {
        need.id: people.get(need.organisation_id or 0, frozenset({need.asker_id})) for need in needs
    }
    apart = uow.homes.apart(frozenset().union(*own.values()))
    found: dict[int, frozenset[int | str]] = {}
    for need in needs:
        blocked = frozenset[int | str]().union(*(apart.get(each, ()) for each in own[need.id]))
        if need.organisation_id is not None:
            blocked |= own[need.id] | {organisation_key(need.organisation_id)}
        found[need.id] = blocked
    return found
