"""The two processes that stay: they start, answer, and stop when they are asked to."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases.fixtures import FreshDatabase
from tests.databases.stores import Database

ROOT = Path(__file__).parents[2]


def enabler(folder: Path, url: str, *words: str, **settings: str) -> subprocess.Popen[str]:
    """A command of its own process, with an instance folder of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment = kept | {
        "ENABLER_INSTANCE": str(folder), "DATABASE_URL": url, "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1", **settings,
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "enabler.cli", *words], cwd=folder, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(url: str, process: subprocess.Popen[str]) -> int:
    """The status of the page, once the process serves it."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(url) as page:
                return int(page.status)
        except urllib.error.HTTPError as answered:
            answered.close()
            return answered.code
        except OSError:
            assert process.poll() is None, process.communicate()
            time.sleep(0.1)
    raise AssertionError("no answer in 30 seconds")


@pytest.fixture
def spatialite(fresh_database: FreshDatabase) -> Iterator[Database]:
    """A database of the kind that is there by default: for what no database changes."""
    with fresh_database("spatialite") as made:
        yield made


class TestTheWebDoor:
    def test_answers_and_stops(self, database: Database, tmp_path: Path) -> None:
        port = free_port()
        served = enabler(tmp_path, database.url, "serve", "--port", str(port))
        try:
            assert answers(f"http://127.0.0.1:{port}/health", served) == 200
        finally:
            served.send_signal(signal.SIGTERM)
            said = served.communicate(timeout=30)
        assert served.returncode in (0, 130)
        assert said[0] == ""
        assert said[1].splitlines()[0].startswith(f"Enabler is at http://127.0.0.1:{port}")

    def test_says_that_its_port_is_taken(self, spatialite: Database, tmp_path: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            served = enabler(tmp_path, spatialite.url, "serve", "--port", port)
            _, said = served.communicate(timeout=60)
        assert (served.returncode, said.count("\n")) == (3, 1)
        assert port in said


class TestBoth:
    @pytest.mark.parametrize("words", [("serve",), ("jobs", "start")])
    def test_need_a_key_in_production(
        self, spatialite: Database, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        process = enabler(
            tmp_path, spatialite.url, *words, ENABLER_ENV="production",
            ENABLER_PUBLIC_BASE_URL="https://x.example.org",
        )  # fmt: skip
        _, said = process.communicate(timeout=60)
        assert (process.returncode, "ENABLER_SECRET_KEY" in said) == (3, True)

    @pytest.mark.parametrize("words", [("serve",), ("jobs", "start")])
    def test_need_a_schema(self, tmp_path: Path, words: tuple[str, ...]) -> None:
        process = enabler(tmp_path, f"sqlite:///{tmp_path / 'empty.sqlite'}", *words)
        _, said = process.communicate(timeout=60)
        assert (process.returncode, "enabler db upgrade" in said) == (3, True)


class TestJobs:
    def test_start_and_stop(self, spatialite: Database, tmp_path: Path) -> None:
        clock = enabler(tmp_path, spatialite.url, "jobs", "start")
        try:
            for _ in range(300):
                listed = enabler(tmp_path, spatialite.url, "jobs", "list")
                out, _ = listed.communicate(timeout=60)
                if "done" in out:
                    break
        finally:
            clock.send_signal(signal.SIGTERM)
            clock.communicate(timeout=30)
        assert "done" in out
        assert clock.returncode == 0

    def test_run_by_hand(self, spatialite: Database, tmp_path: Path) -> None:
        words = ("jobs", "run", "deliver-outbox", "--at", "2026-11-24T12:00:00Z")
        ran = enabler(tmp_path, spatialite.url, *words)
        assert ran.communicate(timeout=60)[0] == "deliver-outbox\t0\n"
        assert ran.returncode == 0

    def test_that_nobody_knows_are_refused(self, spatialite: Database, tmp_path: Path) -> None:
        ran = enabler(tmp_path, spatialite.url, "jobs", "run", "nonsense")
        _, said = ran.communicate(timeout=60)
        assert ran.returncode == 2
        assert "deliver-outbox" in said
