"""Whether this installation can serve, and the figures by which it is watched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from enabler.persistence import health
from enabler.persistence.unit_of_work import reading
from enabler.services._proofs import key_here
from enabler.services.clock import CLOCK
from enabler.services.ports import Signing


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
    cannot_sign: int  # places for which this machine has no key, where none makes itself


def ready() -> Readiness:
    """Whether the database answers and its schema is the newest."""
    found = health.condition()
    return Readiness(found == health.REACHED, None if found == health.REACHED else found)


def figures(*, signing: Signing, now: datetime) -> Figures:
    """The figures of this moment."""
    with reading() as uow:
        found = health.figures(uow.session, now)
        tick = uow.clock.last_tick(CLOCK)
        places = () if signing.makes_keys else uow.places.all()
        cannot_sign = sum(key_here(uow, place, signing) is None for place in places)
    return Figures(
        open_needs=found.open_needs,
        oldest_due_need_seconds=_age(found.oldest_due_need, now),
        outbox={state.value: count for state, count in found.outbox.items()},
        oldest_queued_seconds=_age(found.oldest_queued, now),
        last_tick=tick,
        cannot_sign=cannot_sign,
    )


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
