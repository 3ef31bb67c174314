"""What keeps repeated work from being done twice: keys of services, leases, runs of jobs."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import plain
from enabler.persistence.types import Json, UtcDateTime


class ServiceCallRow(Model):
    """A keyed call of a service: the same key returns its result, kept seven days."""

    __tablename__ = "service_call"

    key: Mapped[str] = plain(Text, primary_key=True)
    actor: Mapped[str] = plain(Text)
    service: Mapped[str] = plain(Text)
    arguments_hash: Mapped[str] = plain(Text)
    result: Mapped[dict[str, Any]] = plain(Json)  # refs, codes and numbers only
    at: Mapped[datetime] = plain(UtcDateTime, index=True)
    place_id: Mapped[int | None] = plain(ForeignKey("place.id"))


class LeaseRow(Model):
    """Who ticks: one holder of a name until a time; ``ticked_at`` is its last sign of life."""

    __tablename__ = "lease"

    name: Mapped[str] = plain(Text, primary_key=True)
    holder: Mapped[str] = plain(Text)
    until: Mapped[datetime] = plain(UtcDateTime)
    ticked_at: Mapped[datetime | None] = plain(UtcDateTime)


class JobRunRow(Model):
    """One run of a job for one slot of time: claimed once, by whoever inserts it first."""

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("name", "slot"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    name: Mapped[str] = plain(Text)
    slot: Mapped[str] = plain(Text)  # e.g. 2026-11-21T14:05Z, or a local date
    started_at: Mapped[datetime] = plain(UtcDateTime)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    outcome: Mapped[str | None] = plain(Text)
