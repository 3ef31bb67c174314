"""Whether the database answers and has the newest schema; the figures that operators watch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from enabler.domain.vocabulary import NeedState, OutboxState
from enabler.persistence import schema
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import reading

REACHED, BEHIND, UNREACHABLE = "reached", "schema_behind", "unreachable"


@dataclass(frozen=True, slots=True)
class Figures:
    """How much is open and how old the oldest of it is, over all places."""

    open_needs: int
    oldest_due_need: datetime | None
    outbox: Mapping[OutboxState, int]
    oldest_queued: datetime | None


def condition() -> str:
    """``reached``, ``schema_behind`` or ``unreachable``."""
    try:
        with reading() as uow:
            current = schema.is_current(uow.session.connection())
    except SQLAlchemyError:
        return UNREACHABLE
    return REACHED if current else BEHIND


def figures(session: Session, now: datetime) -> Figures:
    """The figures of this moment."""
    states = select(OutboxRow.state, func.count().label("rows")).group_by(OutboxRow.state)
    counted = {row.state: row.rows for row in session.execute(states)}
    is_open = NeedRow.state == NeedState.OPEN
    due = select(func.min(NeedRow.next_step_at)).where(is_open, NeedRow.next_step_at <= now)
    queued = select(func.min(OutboxRow.due_at)).where(
        OutboxRow.state == OutboxState.QUEUED, OutboxRow.due_at <= now
    )
    return Figures(
        open_needs=session.scalar(select(func.count()).where(is_open)) or 0,
        oldest_due_need=session.scalar(due),
        outbox={state: counted.get(state, 0) for state in OutboxState},
        oldest_queued=session.scalar(queued),
    )
