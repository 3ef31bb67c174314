"""Whether this installation can serve, and the figures by which it is watched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from enabler.persistence import health
from enabler.persistence.unit_of_work import reading
from enabler.services.clock import CLOCK


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether pages can be served; if not, why: ``schema_behind`` or ``unreachable``."""

    ready: bool
    because: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is open and waiting over all places; ages in seconds, 0 where nothing waits."""

    open_needs: int
    oldest_due_need_seconds: float
    outbox: Mapping[str, int]  # rows by state
    oldest_queued_seconds: float
    last_tick: datetime | None  # of the clock's process


def ready() -> Readiness:
    """Whether the database answers and its schema is the newest."""
    found = health.condition()
    return Readiness(found == health.REACHED, None if found == health.REACHED else found)


def figures(*, now: datetime) -> Figures:
    """The figures of this moment."""
    with reading() as uow:
        found = health.figures(uow.session, now)
        tick = uow.clock.last_tick(CLOCK)
    return Figures(
        open_needs=found.open_needs,
        oldest_due_need_seconds=_age(found.oldest_due_need, now),
        outbox={state.value: count for state, count in found.outbox.items()},
        oldest_queued_seconds=_age(found.oldest_queued, now),
        last_tick=tick,
    )


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
