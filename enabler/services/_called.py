"""What a supporter reads of whom they act for: two of the same name never look alike."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from enabler.domain.mandates import Mandate
from enabler.domain.members import Member
from enabler.domain.names import Called, told_apart
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import ORGANISATION_LEADS
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._acting import may_use


def usable(uow: UnitOfWork, own: Actor, now: datetime) -> list[Mandate]:
    """The mandates under which somebody can act at this moment."""
    return [one for one in _given(uow, own, now) if _may_use(uow, one, own, now)]


def called(uow: UnitOfWork, mandates: Iterable[Mandate]) -> Mapping[int, str]:
    """What to call the members of all these, by id."""
    return told_apart(_known_as(uow, one) for one in mandates)


def called_by(uow: UnitOfWork, own: Actor, mandate: Mandate, member: Member, now: datetime) -> str:
    """What to call the member of this mandate, beside all for whom the supporter may act."""
    given = _given(uow, own, now)
    shown = uow.homes.shown_names({one.member_id for one in given})
    alike = [
        one for one in given
        if shown[one.member_id].casefold() == member.shown_name.casefold()
        and one.member_id != member.id and _may_use(uow, one, own, now)
    ]  # fmt: skip
    return called(uow, [mandate, *alike])[member.id] if alike else member.shown_name


def _given(uow: UnitOfWork, own: Actor, now: datetime) -> list[Mandate]:
    led = own.organisations(*ORGANISATION_LEADS)
    return uow.mandates.of_supporter(own.member_id or 0, led, now)


def _may_use(uow: UnitOfWork, mandate: Mandate, own: Actor, now: datetime) -> bool:
    return may_use(uow, mandate, uow.homes.member(mandate.member_id), own, now)


def _known_as(uow: UnitOfWork, mandate: Mandate) -> Called:
    member = uow.homes.member(mandate.member_id)
    ward = None
    if member.home_id is not None:
        ward = uow.homes.ward_name(uow.homes.where(member.home_id).ward_id)
    return Called(member.id, member.shown_name, member.name, ward, mandate.ref)
