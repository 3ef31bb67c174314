"""Who does not tell a member what could not be sent to them: the member, and who acts for them."""

from collections.abc import Sequence
from datetime import datetime

from enabler.domain.desk import EntryKind
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import ORGANISATION_LEADS
from enabler.persistence.desk import Row
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._hidden import those_unknown


def those_barred(uow: UnitOfWork, actor: Actor, place_id: int, now: datetime) -> frozenset[int]:
    """Members whose letters this actor does not read: themself, those for whom they act or could,
    and those hidden of whom they may not know."""
    if actor.member_id is None:
        return frozenset()
    led = actor.organisations(*ORGANISATION_LEADS)
    given = uow.mandates.of_supporter(actor.member_id, led, now)
    return frozenset(
        {actor.member_id, *(one.member_id for one in given)}
    ) | those_unknown(uow, actor, place_id)  # fmt: skip


def without_barred(
    uow: UnitOfWork, actor: Actor, place_id: int, rows: Sequence[Row], now: datetime
) -> list[Row]:
    """The queue without what the actor must not tell."""
    if not any(row.kind == EntryKind.UNTOLD for row in rows):
        return list(rows)
    barred = those_barred(uow, actor, place_id, now)
    return [row for row in rows if row.kind != EntryKind.UNTOLD or row.member_id not in barred]
