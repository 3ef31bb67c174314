"""A supporter asks whether they may go on. Whatever became of the mandate, they learn the same."""

from datetime import datetime
from typing import Any

from enabler.domain.errors import NotFound
from enabler.domain.mandates import Basis, Mandate
from enabler.domain.permissions import Action, Actor
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._acting import is_theirs, may_use
from enabler.services._mandate_asks import OPEN_FOR, keep_ask
from enabler.services._mandates import most_days
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._reached import reached_by
from enabler.services._subjects import place_of
from enabler.services.ports import Secrets

__all__ = ["ask"]


def ask(*, actor: Actor, ref: str, secrets: Secrets, key: str, now: datetime) -> None:
    """Ask whoever gave the actor this mandate for the same once more; they answer as the first
    time. Whether it stands, was ended or is over nobody learns from it: what does not reach its
    member counts as asked too.

    Raises NotAllowed, NotFound (it never was the actor's), LimitReached, KeyReused.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        old = uow.mandates.by_ref(place_of(actor), ref)
        if not is_theirs(old, actor):
            raise NotFound("mandate_unknown")
        days = min((old.until_at - old.from_at).days, most_days(uow, member.place_id, now))

        def act() -> dict[str, Any]:
            return keep_ask(
                uow, actor, member, _way_to_ask(uow, actor, old, now), secrets, now,
                asked_by="supporter", template="mandate_go_on", scopes=old.scopes, days=days,
                member_id=old.member_id, supporter_id=old.supporter_id,
                organisation_id=old.organisation_id, basis=Basis.OWN_REPLY,
            )  # fmt: skip

        once(
            uow, "mandate_going_on.ask", actor=actor, key=key, now=now, act=act, again=False,
            arguments={"mandate": old.ref},
        )  # fmt: skip
        uow.commit()


def _way_to_ask(
    uow: UnitOfWork, actor: Actor, old: Mandate, now: datetime
) -> tuple[str, str] | None:
    """How its member is asked: never when it does not stand, nor again within the time that they
    have for an answer, whatever it was."""
    member = uow.homes.member(old.member_id)
    if not may_use(uow, old, member, actor, now):
        return None
    if uow.mandate_asks.sent_since(old, now - OPEN_FOR):
        return None
    contact = reached_by(uow, member)
    return None if contact is None else (contact.kind, contact.value)
