"""The first promise: who has just cloned the project types ``make run`` and sees a peopled place.

It clones what is committed and sets up from the registries. That takes minutes, so ``make prove``
alone runs it.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

FIRST_TIME_SECONDS = 180
AGAIN_SECONDS = 15
PATIENCE_SECONDS = 600


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(url: str) -> int:
    """The status of an address; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code
    except OSError:
        return 0


@contextmanager
def running(clone: Path, url: str, port: int, record: Path) -> Iterator[float]:
    """``make run`` until the block ends, then Ctrl-C; gives the seconds until it was ready."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENABLER")}
    began = time.monotonic()
    with record.open("w") as output:
        make = subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=clone,
            env={name: value for name, value in kept.items() if "DATABASE" not in name},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        while status(f"{url}/ready") != 200:
            assert make.poll() is None, record.read_text()
            assert time.monotonic() - began < PATIENCE_SECONDS, record.read_text()
            time.sleep(0.2)
        yield time.monotonic() - began
    finally:
        if make.poll() is None:
            os.killpg(make.pid, signal.SIGINT)
        make.wait(60)


@pytest.mark.prove("2.1")
@pytest.mark.only_at_full_size
class TestAFreshClone:
    def test_shows_a_peopled_place(self, tmp_path: Path) -> None:
        clone, port = tmp_path / "clone", free_port()
        url = f"http://127.0.0.1:{port}"
        git = shutil.which("git") or "git"
        subprocess.run([git, "clone", "-q", str(ROOT), str(clone)], check=True)
        for limit in (FIRST_TIME_SECONDS, AGAIN_SECONDS):
            record = tmp_path / f"run-{limit}.txt"
            with running(clone, url, port, record) as seconds:
                assert status(f"{url}/") == 200
                assert seconds < limit, record.read_text()
            assert status(f"{url}/ready") == 0
            assert "07700 900" in record.read_text(), "it does not say whom to sign in as"
        check = subprocess.run([clone / ".venv/bin/enabler", "check"], cwd=clone, check=False)
        assert check.returncode == 0
