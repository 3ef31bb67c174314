"""Time that passes by hand (``enabler sms``): every job in the order in which it would have run.

Jobs that run every few seconds are run when something falls due, and until nothing moves. Those of
a minute are run every five, those of ten every thirty, and all of them at the end: nearly all that
they look for falls due at such times. Asked in each slot, a day would take half an hour. Prices,
which hold for hours and take long to figure out, are figured out four times a day.
"""

import heapq
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from flask import Flask

from enabler.doors.caught import Caught
from enabler.doors.wiring import wiring
from enabler.jobs import JOBS, Job
from enabler.services import clock

LONGEST = timedelta(days=60)
"""What is longer ago than that is not stepped through: it is worked as of its end."""
_QUICK_SECONDS = 60
_TICK = timedelta(seconds=5)
_COARSER = {60: 300, 300: 900, 600: 1800, 1800: 21600}
"""Seconds between two runs, by those of the clock."""
_MOST_ROUNDS = 100
_TELLS = "deliver-outbox"
_NOT_AT_THE_END = "price-offers"


def let_pass(app: Flask, until: datetime, jobs: tuple[Job, ...] = JOBS) -> None:
    """Run what falls due from the last moment that passed (or something changed) up to ``until``,
    and note that it did. A job that fails is said in the log, as the clock does, and goes on."""
    with app.app_context():
        since = clock.passed_until(now=until)
        since = until if since is None or until - since > LONGEST else min(since, until)
        quick = tuple(job for job in jobs if (job.seconds or _QUICK_SECONDS) < _QUICK_SECONDS)
        slow = tuple(job for job in jobs if job not in quick)
        passing = _Passing(app, quick, since)
        for moment, job in _slots(slow, since, until):
            passing.up_to(moment)
            passing.run(job, moment)
        passing.up_to(until)
        for job in slow:
            ends = job.at is None and job.name != _NOT_AT_THE_END
            if ends and _next(job, until - _TICK, UTC) != until:
                passing.run(job, until)
        passing.settle(until)
        clock.note_passed(until=until)


def settle(app: Flask, moment: datetime) -> None:
    """Run the jobs that run every few seconds, as of this moment, until nothing moves."""
    quick = tuple(job for job in JOBS if (job.seconds or _QUICK_SECONDS) < _QUICK_SECONDS)
    with app.app_context():
        _Passing(app, quick, moment).settle(moment)


class _Passing:
    """One stretch of time; what it runs, it runs as of a moment in it."""

    def __init__(self, app: Flask, quick: tuple[Job, ...], since: datetime) -> None:
        self._app = app
        self._quick = sorted(quick, key=lambda job: job.name == _TELLS)  # first done, then told
        self._reached = self._settled = since

    def up_to(self, moment: datetime) -> None:
        """Do what falls due before this moment when it does: at the next tick of the clock."""
        if moment <= self._reached:
            return
        self._reached = moment
        while (due := clock.next_due()) is not None:
            # what was tried at the last tick and still waits is tried again at the next
            at = max(_tick_after(due), self._settled + _TICK)
            if at >= moment:
                return
            self.settle(at)

    def settle(self, moment: datetime) -> None:
        """Run the quick jobs until nothing moves."""
        self._settled = moment
        for _ in range(_MOST_ROUNDS):
            moved = [self.run(job, moment) for job in self._quick]
            if not any(moved):
                return

    def run(self, job: Job, moment: datetime) -> bool:
        """Run one as of a moment; whether it did something."""
        moved: object = False
        with Caught() as caught:
            moved = job.act(wiring(), lambda: moment)
        if caught.wrong is not None:
            self._app.logger.error("the job %s failed", job.name, exc_info=caught.wrong)
        return bool(moved)


def _slots(
    jobs: tuple[Job, ...], since: datetime, until: datetime
) -> Iterator[tuple[datetime, Job]]:
    """Each job at the beginning of each of its slots after ``since``, the earliest first; those of
    one moment in the order of the table."""
    zone = ZoneInfo(clock.night_zone())
    due = [(_next(job, since, zone), nth) for nth, job in enumerate(jobs)]
    heapq.heapify(due)
    while due and due[0][0] <= until:
        moment, nth = due[0]
        yield moment, jobs[nth]
        heapq.heapreplace(due, (_next(jobs[nth], moment, zone), nth))


def _next(job: Job, after: datetime, zone: tzinfo) -> datetime:
    """The first beginning of one of its slots after a moment."""
    if job.at is None:
        step = _COARSER.get(job.alarm_seconds, job.alarm_seconds)
        return datetime.fromtimestamp((int(after.timestamp()) // step + 1) * step, UTC)
    local = after.astimezone(zone)
    day = local.date()
    while True:
        found = datetime.combine(day, job.at, tzinfo=zone).astimezone(UTC)
        if found > after:
            return found
        day += timedelta(days=1)


def _tick_after(moment: datetime) -> datetime:
    seconds = _TICK.total_seconds()
    passed = -(-moment.timestamp() // seconds) * seconds
    return datetime.fromtimestamp(passed, UTC)
