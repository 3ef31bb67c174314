"""What messages about mandates are about, read when they are sent."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from enabler.domain.letters import About, Party
from enabler.domain.messages import Outgoing
from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import UnitOfWork


def _mandate(uow: UnitOfWork, row: Outgoing, ref: str, now: datetime) -> About | None:
    """A mandate; of a person the member reads the name, of an organisation its name."""
    mandate = uow.mandates.by_ref(row.place_id, ref)
    member, person = uow.homes.member(mandate.member_id), mandate.supporter_id
    about = About(
        kind="mandate", ref=mandate.ref, state="open" if mandate.is_open(now) else "over",
        asker=Party(member.id, member.shown_name), askers=frozenset({member.id}),
        day=mandate.until_at.date(), word=row.parameters.get("deed"),
    )  # fmt: skip
    if mandate.organisation_id is not None:
        return replace(about, organisation=uow.organisations.by_id(mandate.organisation_id).name)
    supporter = uow.homes.member(person or 0)
    return replace(
        about, helper=Party(supporter.id, supporter.shown_name), helpers=frozenset({supporter.id})
    )


def _ask(uow: UnitOfWork, row: Outgoing, ref: str, now: datetime) -> About | None:
    """What is asked of whoever has this number or address. The one who offers to help has no code:
    the member answers with one of their own."""
    asked = uow.mandate_asks.by_ref(row.place_id, ref)
    waits = asked.waits(now) and asked.value == row.to_value
    offered = asked.asked_by == "member"
    return About(
        kind="mandate-offer" if offered else "mandate-ask", ref=asked.ref,
        state="waiting" if waits else "over", needed_by=asked.expires_at,
        nonce=asked.nonce if offered else None,
    )  # fmt: skip


def _look(uow: UnitOfWork, row: Outgoing, ref: str, now: datetime) -> About | None:
    """A reason to look at a mandate, for the leads who are none of its two."""
    mandate = uow.mandates.by_ref(row.place_id, ref)
    waits = mandate.id in uow.mandate_looks.waiting(mandate.place_id)
    leads = {
        hand.member_id for hand in uow.staff.at_desk(mandate.place_id, now)
        if hand.role is Role.SAFEGUARDING_LEAD
    } - {mandate.member_id, mandate.supporter_id}  # fmt: skip
    return About(
        kind="mandate-look", ref=mandate.ref, state="waiting" if waits else "over",
        helpers=frozenset(leads),
    )  # fmt: skip


OF_MANDATES: Mapping[str, Callable[[UnitOfWork, Outgoing, str, datetime], About | None]] = {
    "mandate_ask": _ask,
    "mandate_look": _look,
    "mandate": _mandate,
}
"""By the name of the parameter that has its ref, what a message is about."""
