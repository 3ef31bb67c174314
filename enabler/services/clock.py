"""The clock: who ticks, which slot of a job has been run, what is forgotten at night.

The rows here keep a second clock harmless. What is due lies in other tables, so that a tick that
is missed loses nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from enabler.persistence.unit_of_work import reading, unit_of_work

CLOCK = "clock"
PASSING = "time-passed"
LEASE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run of a job: its slot, and how it ended (None: it has not)."""

    slot: str
    outcome: str | None


def begin_run(*, name: str, slot: str, holder: str, now: datetime) -> bool:
    """Whether this holder runs the job's slot: it has the lease, and nobody began the slot.

    The lease is taken, or kept, for thirty seconds by it, whether the slot is new or not.
    """
    with unit_of_work() as uow:
        ticks = uow.clock.take_lease(CLOCK, holder, now, now + LEASE)
        ours = ticks and uow.clock.begin_run(name, slot, now)
        uow.commit()
        return ours


def end_run(*, name: str, slot: str, outcome: str, now: datetime) -> None:
    """Note how a run ended: ``done``, or the name of what it raised."""
    with unit_of_work() as uow:
        uow.clock.end_run(name, slot, now, outcome)
        uow.commit()


def stop(*, holder: str, now: datetime) -> None:
    """This holder ticks no more; another may at once."""
    with unit_of_work() as uow:
        uow.clock.give_lease_back(CLOCK, holder, now)
        uow.commit()


def last_runs() -> dict[str, LastRun]:
    """The last run of each job that ever ran."""
    with reading() as uow:
        runs = uow.clock.last_runs()
    return {name: LastRun(slot, outcome) for name, (slot, outcome) in runs.items()}


def last_done(*, name: str) -> datetime | None:
    """When the last run of a job began that came to a good end; None where none is known."""
    with reading() as uow:
        return uow.clock.last_done(name)


def passed_until(*, now: datetime) -> datetime | None:
    """Until when time was let pass by hand (``note_passed``); else when something last changed
    before ``now``. None where nothing ever did."""
    with reading() as uow:
        return uow.clock.last_done(PASSING) or uow.clock.last_change(now)


def note_passed(*, until: datetime) -> None:
    """Time was let pass by hand until then; to go back to an earlier moment changes nothing."""
    with unit_of_work() as uow:
        if uow.clock.begin_run(PASSING, until.isoformat(), until):
            uow.clock.end_run(PASSING, until.isoformat(), until, "done")
        uow.commit()


def next_due() -> datetime | None:
    """When the next text or mail or the next step of a need falls due, or fell due already; None
    where none waits."""
    with reading() as uow:
        return uow.clock.next_due()


def night_zone() -> str:
    """The time zone in which nightly jobs have their hour."""
    with reading() as uow:
        return uow.clock.timezone()


def forget_old(*, now: datetime) -> dict[str, int]:
    """Delete old keys of services (7 days) and runs of jobs (2 days), and what is personal and has
    a way of its own to go: sessions and programs' keys that are over (30 days), invitations that
    nobody answered, and checks that ended (a year). All else goes by ``services.keeping``."""
    with unit_of_work() as uow:
        forgotten = {
            **uow.clock.forget(now), "web_session": uow.sessions.forget_old(now),
            "invitation": uow.colleagues.forget_old(now),
            "api_token": uow.api_tokens.forget_old(now),
            "credential": uow.credentials.forget(now),
        }  # fmt: skip
        uow.commit()
        return forgotten
