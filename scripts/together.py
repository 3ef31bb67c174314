"""Run several commands side by side: together.py "COMMAND" "COMMAND"...

They start together and stop together: when one ends, or on Ctrl-C, all are asked to stop, and after
ten seconds made to. It starts nothing again: that is a service manager's work.
"""

import os
import shlex
import signal
import subprocess
import sys
import time
from types import FrameType

PATIENCE_SECONDS = 10
STOPPED_BY_HAND = 130


class Stopped(Exception):
    """Somebody asked for the end."""


def stop(number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an exception, and take no second one."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(number)


def first_to_end(processes: list[subprocess.Popen[bytes]]) -> int:
    """Wait until one of them ends; its exit code."""
    by_id = {process.pid: process for process in processes}
    while True:
        pid, status = os.waitpid(-1, 0)
        if pid in by_id:
            by_id[pid].returncode = os.waitstatus_to_exitcode(status)
            return by_id[pid].returncode


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask each that still runs to stop, wait, then insist on its whole group."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def main(commands: list[str]) -> int:
    """Run the commands; the exit code of the first to end, or 130 when stopped by hand."""
    processes: list[subprocess.Popen[bytes]] = []
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, stop)
    try:
        for command in commands:
            # A session of its own: Ctrl-C reaches this program alone, which then stops them.
            processes.append(subprocess.Popen(shlex.split(command), start_new_session=True))
        return first_to_end(processes)
    except Stopped:
        return STOPPED_BY_HAND
    finally:
        end(processes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
