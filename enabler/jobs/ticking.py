"""Whose alarm rings for each job; the one module that imports apscheduler, which is only that."""

import logging
import os
import secrets
import socket
from datetime import datetime
from threading import Event

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from enabler.doors.wiring import wiring
from enabler.jobs import JOBS, Job
from enabler.services import clock

_THREADS = 4


def tick(app: Flask, job: Job, holder: str) -> bool:
    """Run the job's slot of this moment, if nobody has; whether it was run here."""
    with app.app_context():
        ports = wiring()
        moment = ports.clock()
        slot = job.slot(moment, clock.night_zone() if job.at else "UTC")
        if not clock.begin_run(name=job.name, slot=slot, holder=holder, now=moment):
            return False
        outcome = "failed"
        try:
            job.act(ports, ports.clock)
            outcome = "done"
        finally:
            clock.end_run(name=job.name, slot=slot, outcome=outcome, now=ports.clock())
        return True


def new_holder() -> str:
    """A name for this process, as the lease keeps it."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def keep_ticking(app: Flask, stopped: Event, jobs: tuple[Job, ...] = JOBS) -> None:
    """Ring for each job until ``stopped`` is set; what runs then is finished first."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a slow job is no warning
    holder = new_holder()
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(_THREADS)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in jobs:
        scheduler.add_job(
            tick, "interval", seconds=job.alarm_seconds, id=job.name, args=(app, job, holder),
            next_run_time=_present(app),
        )  # fmt: skip
    scheduler.start()
    try:
        stopped.wait()
    finally:
        scheduler.shutdown(wait=True)
        with app.app_context():
            clock.stop(holder=holder, now=wiring().clock())


def _present(app: Flask) -> datetime:
    with app.app_context():
        return wiring().clock()
