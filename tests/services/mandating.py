"""Mandates in short words: one that stands, and the supporter as they act."""

from datetime import datetime, timedelta
from typing import Any

from enabler.domain.mandates import Basis, Mandate, Scope
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import acting
from enabler.services._mandates import Consent, Supporter, begin
from tests.builders import NOW, BuiltMember, BuiltOrganisation

ALL = tuple(Scope)


def a_mandate(
    member: BuiltMember, supporter: BuiltMember | BuiltOrganisation, *scopes: Scope,
    days: int = 90, now: datetime = NOW,
) -> Mandate:  # fmt: skip
    """The member lets the supporter act, as if they had answered by a code."""
    with unit_of_work() as uow:
        who = uow.homes.member(member.id)
        if isinstance(supporter, BuiltOrganisation):
            helper = Supporter(organisation=uow.organisations.by_id(supporter.id))
        else:
            helper = Supporter(member=uow.homes.member(supporter.id))
        kept = begin(
            uow, member.actor, who, helper, scopes or ALL, days,
            Consent(Basis.OWN_REPLY, "en", "web"), now,
        )  # fmt: skip
        uow.commit()
    return kept


def as_for(supporter: BuiltMember, mandate: Mandate, now: datetime = NOW) -> Actor:
    """The supporter, as they act under it."""
    found = acting.as_whom(actor=supporter.actor, mandate_id=mandate.id, now=now)
    assert found is not None
    return found.actor


def rows(kind: type[Any], **where: Any) -> list[Any]:
    """Rows of a table."""
    with reading() as uow:
        return list(uow.session.query(kind).filter_by(**where).all())


DAY = timedelta(days=1)
