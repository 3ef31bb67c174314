"""Serves an application from this process, on loopback, for as long as a ``with`` lasts."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from wsgiref.types import WSGIApplication

from werkzeug.serving import make_server


@dataclass(frozen=True)
class Served:
    """A running server. ``url`` has no slash at its end."""

    url: str


@contextmanager
def serve(application: WSGIApplication) -> Iterator[Served]:
    """Serve until the end of the ``with``; then nothing listens any more."""
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, name="served")
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
