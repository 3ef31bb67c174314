"""Leases, runs of jobs, and what is old enough to be forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enabler.domain.places import REPLAY
from enabler.domain.vocabulary import NeedState, OutboxState
from enabler.persistence.database import changed
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.clock import JobRunRow, LeaseRow, ServiceCallRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.types import UtcDateTime

_TAKE = text(
    "INSERT INTO lease (name, holder, until, ticked_at) VALUES (:name, :holder, :until, :now)"
    " ON CONFLICT (name) DO UPDATE SET holder = :holder, until = :until, ticked_at = :now"
    " WHERE lease.until < :now OR lease.holder = :holder"
).bindparams(bindparam("until", type_=UtcDateTime()), bindparam("now", type_=UtcDateTime()))


class Clock:
    """Who ticks, and which slots have been run."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take_lease(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """Whether the holder has the lease now: it was free, over, or theirs. Notes the tick."""
        values = {"name": name, "holder": holder, "now": now, "until": until}
        return bool(changed(self._session.execute(_TAKE, values)))

    def give_lease_back(self, name: str, holder: str, now: datetime) -> None:
        """The holder stops: the next one need not wait."""
        self._session.execute(
            update(LeaseRow)
            .where(LeaseRow.name == name, LeaseRow.holder == holder)
            .values(until=now - timedelta(microseconds=1))
        )

    def last_tick(self, name: str) -> datetime | None:
        """When somebody last held the lease; None where nobody ever did."""
        return self._session.scalar(select(LeaseRow.ticked_at).where(LeaseRow.name == name))

    def begin_run(self, name: str, slot: str, now: datetime) -> bool:
        """Whether this run of the job is ours; False when the slot has been begun already."""
        try:
            with self._session.begin_nested():
                self._session.execute(
                    insert(JobRunRow).values(name=name, slot=slot, started_at=now)
                )
        except IntegrityError:
            return False
        return True

    def end_run(self, name: str, slot: str, now: datetime, outcome: str) -> None:
        """How the run ended: a code."""
        self._session.execute(
            update(JobRunRow)
            .where(JobRunRow.name == name, JobRunRow.slot == slot)
            .values(ended_at=now, outcome=outcome)
        )

    def last_runs(self) -> dict[str, tuple[str, str | None]]:
        """The last slot of each job, with its outcome."""
        rows = self._session.execute(
            select(JobRunRow.name, JobRunRow.slot, JobRunRow.outcome).order_by(JobRunRow.id)
        )
        return {name: (slot, outcome) for name, slot, outcome in rows}

    def last_done(self, name: str) -> datetime | None:
        """When the last run of a job began that ended well."""
        row = JobRunRow
        query = select(func.max(row.started_at)).where(row.name == name, row.outcome == "done")
        return self._session.scalar(query)

    def last_change(self, until: datetime) -> datetime | None:
        """When something last changed until then."""
        return self._session.scalar(select(func.max(AuditRow.at)).where(AuditRow.at <= until))

    def next_due(self) -> datetime | None:
        """The first moment of all that waits with a time of its own in the columns that are asked
        for most often."""
        waits = (
            select(func.min(OutboxRow.due_at)).where(OutboxRow.state == OutboxState.QUEUED),
            select(func.min(NeedRow.next_step_at)).where(NeedRow.state == NeedState.OPEN),
        )
        found = [self._session.scalar(query) for query in waits]
        return min((moment for moment in found if moment is not None), default=None)

    def timezone(self) -> str:
        """The local time of nightly work: the first place's, or UTC where there is none yet."""
        zone = self._session.scalar(
            select(PlaceRow.timezone).where(PlaceRow.slug != REPLAY).order_by(PlaceRow.id).limit(1)
        )
        return zone or "UTC"

    def forget(self, now: datetime) -> dict[str, int]:
        """Delete what has served its time; how many rows of each table."""
        week = now - timedelta(days=7)
        old = {
            "service_call": delete(ServiceCallRow).where(ServiceCallRow.at < week),
            "job_run": delete(JobRunRow).where(JobRunRow.started_at < now - timedelta(days=2)),
        }
        return {
            table: changed(self._session.execute(statement)) for table, statement in old.items()
        }
