"""Web door and clock run side by side: they start together and stop together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

# Writes its number when it is up, and its last word when it is asked to stop.
SERVICE = """
import os, signal, sys, time
folder, name, stubborn = sys.argv[1], sys.argv[2], len(sys.argv) > 3
def asked(*_):
    open(f"{folder}/{name}.asked", "w").close()
    if not stubborn:
        sys.exit(0)
signal.signal(signal.SIGTERM, asked)
with open(f"{folder}/{name}.new", "w") as file:
    file.write(str(os.getpid()))
os.rename(f"{folder}/{name}.new", f"{folder}/{name}")
while True:
    time.sleep(0.05)
"""


def until(true: Callable[[], bool]) -> None:
    """Wait for something that will be so; a machine that is busy may take its time."""
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it never came")


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Together:
    """Two services run by scripts/together.py, in a folder where they leave their signs."""

    def __init__(self, folder: Path, *stubborn: str) -> None:
        self.folder = folder
        program = folder / "service.py"
        program.write_text(SERVICE)
        commands = [
            f"{sys.executable} {program} {folder} {name}{' stubborn' * (name in stubborn)}"
            for name in ("web", "clock")
        ]
        # The last line of the file's patience is shortened, so that the test is not idle.
        runner = (ROOT / "scripts" / "together.py").read_text("utf-8")
        (folder / "together.py").write_text(runner.replace("_SECONDS = 10", "_SECONDS = 0.5"))
        self.runner = subprocess.Popen([sys.executable, folder / "together.py", *commands])
        until(lambda: (folder / "web").exists() and (folder / "clock").exists())

    def pid(self, name: str) -> int:
        return int((self.folder / name).read_text())

    def was_asked(self, name: str) -> bool:
        return (self.folder / f"{name}.asked").exists()

    def none_is_left(self) -> bool:
        return not alive(self.pid("web")) and not alive(self.pid("clock"))


class TestTogether:
    @pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_stops_both_when_asked(self, tmp_path: Path, by: signal.Signals) -> None:
        both = Together(tmp_path)
        both.runner.send_signal(by)
        assert both.runner.wait(30) == 130
        assert both.was_asked("web")
        assert both.was_asked("clock")
        assert both.none_is_left()

    @pytest.mark.parametrize(("one", "other"), [("web", "clock"), ("clock", "web")])
    def test_stops_one_when_the_other_ends(self, tmp_path: Path, one: str, other: str) -> None:
        both = Together(tmp_path)
        os.kill(both.pid(one), signal.SIGKILL)
        assert both.runner.wait(30) != 0
        assert both.was_asked(other)
        assert both.none_is_left()

    def test_insists_when_one_does_not_stop(self, tmp_path: Path) -> None:
        both = Together(tmp_path, "clock")
        both.runner.send_signal(signal.SIGINT)
        assert both.runner.wait(30) == 130
        assert both.was_asked("clock")
        assert both.none_is_left()
