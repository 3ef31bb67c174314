"""Who works the texts of a web process: few, and nobody queues for long, so that a flood of texts
leaves threads for pages. What is not worked here is kept, and the sweep's."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from threading import Lock

from flask import Flask

WORKERS = 2
MOST_OPEN = 300
"""Texts that are being worked or wait for it in this process."""


class AtWork:
    """Some workers, who are asked and not waited for longer than somebody says."""

    def __init__(self, workers: int = WORKERS, most: int = MOST_OPEN) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="texts")
        self._workers, self._most = workers, most
        self._lock, self._open = Lock(), 0

    def begin(self, app: Flask, act: Callable[[], object], seconds: float) -> bool:
        """Have it done; whether it is after so many ``seconds``. Only as many callers wait as there
        are workers; where too much is open already, it is not even begun."""
        begun, waits = self._begin(app, act)
        if begun is None or not waits:
            return False
        try:
            begun.result(max(0.0, seconds))
        except TooLate:
            return False
        return True

    def _begin(self, app: Flask, act: Callable[[], object]) -> tuple[Future[None] | None, bool]:
        with self._lock:
            if self._open >= self._most:
                return None, False
            self._open += 1
            waits = self._open <= self._workers
        begun = self._pool.submit(_inside, app, act)
        begun.add_done_callback(self._ended)
        return begun, waits

    def _ended(self, _begun: Future[None]) -> None:
        with self._lock:
            self._open -= 1


def _inside(app: Flask, act: Callable[[], object]) -> None:
    with app.app_context():
        act()


at_work = AtWork()
"""Those of this process."""
