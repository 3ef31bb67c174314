"""An app behind the server that the product ships, in processes of its own, and how many answers a
second it gives to as many callers as it has threads, over connections that are kept.

The program reads what to serve from its standard input and serves it until that closes: however
whoever asked for it ends, no server is left.
"""

import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from flask import Flask

from bench.bare_doors import Page, bare_app
from enabler.app import create_app
from enabler.cli.serving import WebDoor, server_options
from enabler.config import Settings
from tests.builders import NOW

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Ours:
    """The product, whose clock stands still, or goes on from there."""

    settings: Settings
    goes_on: bool = False

    def app(self) -> Flask:
        """The app of one worker."""
        made = create_app(self.settings)
        begun = time.monotonic()

        def clock() -> datetime:
            return NOW + timedelta(seconds=time.monotonic() - begun) if self.goes_on else NOW

        made.extensions["enabler"] = replace(made.extensions["enabler"], clock=clock)
        return made


@dataclass(frozen=True)
class Bare:
    """Bare pages over the same statements."""

    settings: Settings
    database: str
    pages: Sequence[Page]

    def app(self) -> Flask:
        """The app of one worker."""
        return bare_app(self.database, self.pages)


class Serves(Protocol):
    """What can be put behind the product's server."""

    @property
    def settings(self) -> Settings:
        """How many workers and threads there are, and where."""
        ...

    def app(self) -> Flask:
        """The app of one worker."""
        ...


class Door(WebDoor):
    """The product's server with this app in it."""

    def __init__(self, what: Serves, bind: str) -> None:
        self._app = what.app
        super().__init__(what.settings, server_options(what.settings, bind))

    def load(self) -> Flask:
        """The app of one worker."""
        return self._app()


@dataclass(frozen=True)
class Server:
    """A server that runs: its port and its process."""

    port: int
    process: int

    def busy_seconds(self) -> float:
        """For how long its workers have had the processor."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        stats = [Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1] for child in children]
        ticks = sum(int(part) for stat in stats for part in stat.split()[11:13])
        return ticks / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Rate:
    """Answers a second, and how many milliseconds of the server's processor each took."""

    answers: float
    busy: float


@dataclass(frozen=True)
class Callers:
    """So many at once, each asking again when it is answered: each on a new connection every time,
    or where they ``keep`` it on one of its own."""

    server: Server
    path: str
    cookie: str
    many: int
    keep: bool = False
    sends: Callable[[], bytes] | None = None  # each time another message, for what is written

    def rate(self, seconds: float) -> Rate:
        """How it answers for so long."""
        before, began = self.server.busy_seconds(), time.perf_counter()
        with ThreadPoolExecutor(self.many) as pool:
            answers = sum(pool.map(self._ask, [began + seconds] * self.many))
        took = time.perf_counter() - began
        return Rate(answers / took, (self.server.busy_seconds() - before) * 1000 / answers)

    def _ask(self, until: float) -> int:
        here = ("127.0.0.1", self.server.port)
        after = "keep-alive" if self.keep else "close"
        same = (
            f"GET {self.path} HTTP/1.1\r\nHost: {here[0]}\r\nCookie: {self.cookie}\r\n"
            f"Connection: {after}\r\n\r\n"
        ).encode()
        answers = 0
        while not answers or time.perf_counter() < until:
            with closing(socket.create_connection(here)) as line:
                while True:
                    line.sendall(same if self.sends is None else self.sends())
                    read_answer(line)
                    answers += 1
                    if not self.keep or time.perf_counter() >= until:
                        break
        return answers


def read_answer(line: socket.socket) -> None:
    """Read one answer to its end; it must be a good one."""
    came = b""
    while b"\r\n\r\n" not in came:
        came += _more(line)
    head, body = came.split(b"\r\n\r\n", 1)
    assert head.startswith(b"HTTP/1.1 200 "), head
    length = head.lower().split(b"content-length: ", 1)[1].split(b"\r\n", 1)[0]
    left = int(length) - len(body)
    while left > 0:
        left -= len(_more(line))


def _more(line: socket.socket) -> bytes:
    part = line.recv(65536)
    assert part, "the server hung up"
    return part


@contextmanager
def served_at(what: Serves) -> Iterator[Server]:
    """It is served meanwhile."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "bench.serving"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as server:
        assert server.stdin is not None
        server.stdin.write(pickle.dumps((what, f"127.0.0.1:{port}")))
        server.stdin.flush()
        try:
            _wait_for(port, server.poll)
            yield Server(port, server.pid)
        finally:
            server.terminate()


def _wait_for(port: int, ended: Callable[[], Any]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            assert ended() is None, "the server did not start"
            assert time.monotonic() < until, "the server takes too long to start"
            time.sleep(0.1)


def _end_with_the_caller() -> None:
    while os.read(0, 4096):  # not by sys.stdin, which workers forked meanwhile could not close
        continue
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    served, address = pickle.load(sys.stdin.buffer)  # noqa: S301 - we wrote it
    threading.Thread(target=_end_with_the_caller, daemon=True).start()
    sys.argv = sys.argv[:1]
    Door(served, address).run()
