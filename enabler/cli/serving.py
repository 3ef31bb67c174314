"""``enabler serve`` and ``enabler jobs``: the two processes that stay."""

import signal
import socket
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Event
from types import FrameType
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from enabler.app import create_app
from enabler.cli.running import running_app
from enabler.cli.times import AtTime
from enabler.config import Settings, SettingsWrong, load_settings, require_secret_key
from enabler.domain.consents import FIRST_LANGUAGE
from enabler.doors.wiring import wiring
from enabler.jobs import JOBS, Job, job_named, run_job
from enabler.jobs.ticking import keep_ticking
from enabler.persistence.database import db
from enabler.services import clock, health

GRACE_SECONDS = 8
"""How long a web worker may take to finish its answers when it is asked to stop."""


def add_to(group: click.Group) -> None:
    """Give the command line these commands."""
    group.add_command(serve)
    group.add_command(jobs)


class WebDoor(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our settings and no configuration file; each worker makes its own app."""

    def __init__(self, settings: Settings, options: Mapping[str, Any]) -> None:
        self._settings = settings
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Set the options, and nothing from files or the environment."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The app of one worker."""
        return create_app(self._settings)


@click.command()
@click.option("--host", help="Address to listen on (ENABLER_HOST, 127.0.0.1).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port (ENABLER_PORT, 8000).")
def serve(host: str | None, port: int | None) -> None:
    """Serve the pages, until Ctrl-C."""
    settings = _settings(before=_learn_words)
    host, port = host or settings.host, port or settings.port
    shown = f"[{host}]" if ":" in host else host
    _require_free(host, port)
    click.echo(f"Enabler is at http://{shown}:{port} (Ctrl-C stops it).", err=True)
    WebDoor(settings, server_options(settings, f"{shown}:{port}")).run()


def _learn_words() -> None:
    """What words mean is read once, before workers part: whoever types first waits for nothing,
    and all workers share it."""
    wiring().understands("milk and bread", language=FIRST_LANGUAGE)


def _settings(before: Callable[[], None] = lambda: None) -> Settings:
    """Settings of a process that stays; ``before`` it begins this is done. Raises SettingsWrong
    where it could not serve anybody."""
    settings = load_settings()
    require_secret_key(settings)
    app = create_app(settings)
    with app.app_context():
        found = health.ready()
        before()
        db.engine.dispose()  # no connection may live on into a worker
    if not found.ready:
        raise SettingsWrong(_NOT_READY[found.because or ""])
    return settings


_NOT_READY = {
    "schema_behind": "The schema of DATABASE_URL is not up to date: run enabler db upgrade.",
    "unreachable": "The database of DATABASE_URL cannot be reached.",
}


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refused:
            raise SettingsWrong(
                f"ENABLER_PORT cannot be used: {host}:{port}: {refused.strerror}."
            ) from refused


def server_options(settings: Settings, bind: str) -> dict[str, Any]:
    """How Gunicorn serves the web door at this address."""
    return {
        "bind": bind,
        "workers": settings.workers,
        "threads": settings.threads,
        "worker_class": "gthread",
        "graceful_timeout": GRACE_SECONDS,
        "timeout": 60,
        "loglevel": "warning",
        "accesslog": None,  # addresses of people, and of what they looked at
        "control_socket_disable": True,
        "proc_name": "enabler",
    }


@click.group()
def jobs() -> None:
    """Periodic work: the clock's process, or one job by hand."""


@jobs.command()
def start() -> None:
    """Run every job at its time, until Ctrl-C. A second clock beside it does no harm."""
    settings = _settings()
    stopped = Event()
    _on_stop(stopped)
    click.echo(f"The clock runs {len(JOBS)} jobs (Ctrl-C stops it).", err=True)
    keep_ticking(create_app(settings), stopped)


def _on_stop(stopped: Event) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


@jobs.command()
@click.argument("name")
@click.option("--at", type=AtTime(), help="Run it as of this moment (ISO 8601 with its offset).")
def run(name: str, at: datetime | None) -> None:
    """Run one job now."""
    job = job_named(name)
    if job is None:
        known = ", ".join(job.name for job in JOBS)
        raise click.BadParameter(f"there is no job {name}. Jobs: {known}")
    with running_app() as app:
        click.echo(f"{name}\t{run_job(app, job, at)}")


@jobs.command(name="list")
def list_jobs() -> None:
    """Every job with its time, its last slot and how that ended."""
    with running_app():
        runs = clock.last_runs()
    for job in JOBS:
        last = runs.get(job.name)
        slot, outcome = ("never", "") if last is None else (last.slot, last.outcome or "running")
        click.echo(f"{job.name}\t{_time_of(job)}\t{slot}\t{outcome}")


def _time_of(job: Job) -> str:
    if job.at is not None:
        return f"daily at {job.at:%H:%M} local time"
    return f"every {job.seconds} s"
