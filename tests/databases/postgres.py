"""A throw-away PostgreSQL with PostGIS: found, started, used, gone.

It listens on a socket in a folder of its own, outside the checkout, and on no network.
It runs as an ordinary account even when the tests run as root, for PostgreSQL refuses root. A guard
process holds the other end of a pipe and removes server and folder when the pipe closes: that is,
however the test process ends, ``kill -9`` included.
"""

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

SUPERUSER = "enabler"
WHY_ABSENT = "PostgreSQL with PostGIS is not installed: apt-get install postgresql-postgis"
# Nothing here outlives the run, so nothing is flushed to disk for safety's sake.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "150",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "dynamic_shared_memory_type": "mmap",  # in the folder, so it goes with it
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
GUARD = """
import json, shutil, subprocess, sys
folder, pg_ctl, account = sys.argv[1:4]
sys.stdin.buffer.read()
subprocess.run(
    [pg_ctl, "-D", f"{folder}/data", "-m", "immediate", "-w", "stop"],
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
    **json.loads(account),
)
shutil.rmtree(folder, ignore_errors=True)
"""


def find_programs() -> Path | None:
    """The folder of initdb and pg_ctl of the newest PostgreSQL that has PostGIS, if any."""
    extensions = Path("/usr/share/postgresql").glob("*/extension/postgis.control")
    versions = sorted((control.parents[1].name for control in extensions), key=float, reverse=True)
    candidates = [Path("/usr/lib/postgresql") / version / "bin" for version in versions]
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def ordinary_account() -> dict[str, Any]:
    """Arguments for ``subprocess`` to run as an ordinary account; none if we are one."""
    if os.geteuid() != 0:
        return {}
    names = {account.pw_name for account in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def roomy_memory() -> Path | None:
    """A folder in memory with a gigabyte to spare, if there is one (None: the usual folder).

    A database is some 700 files: copying one takes 0.02 s there, and 0.4 s on a disk.
    """
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < 2**30:
        return None
    return memory


class PostgresServer:
    """One running server. Databases are made in it by copying a template."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._account = ordinary_account()
        self.folder = Path(tempfile.mkdtemp(prefix="enabler-pg-", dir=roomy_memory()))
        if self._account:
            os.chown(self.folder, self._account["user"], self._account["group"])
        self._guard = self._start_guard()
        self._made = 0
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start_guard(self) -> subprocess.Popen[bytes]:
        pg_ctl, account = str(self._programs / "pg_ctl"), json.dumps(self._account)
        command = [sys.executable, "-c", GUARD, str(self.folder), pg_ctl, account]
        # A session of its own, so that Ctrl-C in the terminal does not end the guard too.
        return subprocess.Popen(command, stdin=subprocess.PIPE, cwd="/", start_new_session=True)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            check=False,
            **self._account,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed:\n{done.stdout.decode(errors='replace')}")

    def _start(self) -> None:
        data = str(self.folder / "data")
        form = ["--encoding=UTF8", "--locale=C", "--auth=trust", f"--username={SUPERUSER}"]
        self._run("initdb", "-D", data, "--no-sync", *form)
        chosen = SETTINGS | FAST | {"unix_socket_directories": str(self.folder)}
        # In the file, not on the command line, which would win over ALTER SYSTEM (see durable).
        with (self.folder / "data" / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in chosen.items())
        self._run("pg_ctl", "-D", data, "-l", str(self.folder / "log"), "-w", "start")

    @cached_property
    def _admin(self) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=str(self.folder), user=SUPERUSER, dbname="postgres", autocommit=True
        )

    def execute(self, statement: str, *names: str) -> None:
        """Run one statement as superuser; each ``{}`` in it is a quoted name."""
        self._admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def url(self, name: str) -> str:
        """The SQLAlchemy URL of a database of this server."""
        return f"postgresql+psycopg://{SUPERUSER}@/{name}?host={self.folder}"

    def create(self, template: str = "template0", name: str | None = None) -> str:
        """Make a database from a template nobody is connected to; its name."""
        self._made += 1
        name = name or f"t{self._made}"
        self.execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    @contextmanager
    def durable(self) -> Iterator[None]:
        """Flush commits to disk as in production, for tests that are about just that."""
        for name in FAST:
            self.execute("ALTER SYSTEM SET {} = 'on'", name)
        self.execute("SELECT pg_reload_conf()")
        try:
            yield
        finally:
            self.execute("ALTER SYSTEM RESET ALL")
            self.execute("SELECT pg_reload_conf()")

    def stop(self) -> None:
        """Stop the server and remove its folder; again does nothing."""
        if "_admin" in self.__dict__:
            self._admin.close()
            del self._admin
        if self._guard.stdin is not None and not self._guard.stdin.closed:
            self._guard.stdin.close()
        self._guard.wait(30)
