"""A telephone exchange of our own for tests: it speaks the provider's REST API on the loopback.

It keeps what it took as the real one does (newest first, a page at a time, no reference of ours),
asks for the account's name and token, and misbehaves as it is told.
"""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sms.accounts import TwilioAccount
from sms.gateway import TwilioGateway
from tests.rows import NOON

SID, TOKEN = "AC" + "0" * 32, "a token for tests"
BASE = "https://help.example.org"
Kept = dict[str, Any]


@dataclass
class Exchange:
    """What it took, and what it does instead of answering: (status, answer), or a step at which it
    hangs or hangs up ("hang", "hang taken", "cut", "cut taken", "babble")."""

    instead: tuple[int, Kept] | str | None = None
    wait: str | None = None
    taken: list[Kept] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    now: datetime = NOON
    page: int = 2
    port: int = 0
    over: Event = field(default_factory=Event)

    def gateway(self, **more: Any) -> TwilioGateway:
        """Our side: the true client, which is told where this exchange is."""
        account = TwilioAccount(
            sid=SID, token=TOKEN, api_url=f"http://127.0.0.1:{self.port}",
            from_number="+447700900001",
        )  # fmt: skip
        hangs = str(self.instead).startswith("hang")
        return TwilioGateway(account, BASE, **({"seconds": 0.5 if hangs else 5} | more))

    def keep(self, **columns: Any) -> Kept:
        """A text in its record, as its pages show it."""
        number = len(self.taken) + 1
        made = columns.pop("at", self.now)
        kept = {
            "sid": f"SM{number:032d}", "account_sid": SID, "body": "Hello", "status": "queued",
            "from": "+447700900001", "to": "+447700900123", "direction": "outbound-api",
            "date_created": format_datetime(made), "date_sent": None, "date_updated": None,
            "num_segments": "1", "num_media": "0", "error_code": None, "error_message": None,
            "price": None, "price_unit": "USD", "api_version": "2010-04-01", "uri": "",
            "messaging_service_sid": None, "subresource_uris": {},
        } | columns  # fmt: skip
        self.taken.append(kept)
        return kept


class _Call(BaseHTTPRequestHandler):
    """One call of the REST API."""

    server: Any
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Take a text."""
        length = int(self.headers.get("Content-Length") or 0)
        form = {key: value[0] for key, value in parse_qs(self.rfile.read(length).decode()).items()}
        self.here.forms.append(form)
        self._unless(
            lambda: self.here.keep(
                to=form["To"], body=form["Body"], **{"from": form.get("From")},
                messaging_service_sid=form.get("MessagingServiceSid"),
            ), 201,
        )  # fmt: skip

    def do_GET(self) -> None:
        """Show a page of the record, the newest first."""
        self.here.asked.append(self.path)
        self._unless(self._page, 200)

    @property
    def here(self) -> Exchange:
        """The exchange."""
        exchange: Exchange = self.server.exchange
        return exchange

    def _page(self) -> Kept:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        whose = {name: query[key][0] for key, name in (("To", "to"), ("From", "from"))
                 if key in query}  # fmt: skip
        found = [
            kept for kept in reversed(self.here.taken)
            if all(kept[name] == value for name, value in whose.items())
        ]  # fmt: skip
        start = int(query.get("Page", ["0"])[0]) * self.here.page
        more = start + self.here.page < len(found)
        own = "".join(f"&{key}={value[0].replace('+', '%2B')}" for key, value in query.items()
                      if key in ("To", "From"))  # fmt: skip
        following = f"{path}?Page={start // self.here.page + 1}{own}" if more else None
        return {"messages": found[start : start + self.here.page], "next_page_uri": following,
                "page": 0, "page_size": self.here.page, "uri": self.path}  # fmt: skip

    def _unless(self, does: Callable[[], Kept], status: int) -> None:
        given = base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()
        instead = self.here.instead
        if self.headers.get("Authorization") != f"Basic {given}":
            self._answer(401, {"code": 20003, "message": "Authenticate", "status": 401})
        elif isinstance(instead, tuple):
            self._answer(*instead)
        elif instead is None:
            self._answer(status, does())
        else:
            if instead.endswith("taken") or instead == "babble":
                does()
            if instead.startswith("hang"):
                self.here.over.wait(10)
            if instead == "babble":
                self._answer(status, None)
            self.close_connection = True

    def _answer(self, status: int, said: Kept | None) -> None:
        body = b"<html>?" if said is None else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if self.here.wait:
            self.send_header("Retry-After", self.here.wait)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def exchange(**given: Any) -> Iterator[Exchange]:
    """An exchange that runs meanwhile."""
    here = Exchange(**given)
    with ThreadingHTTPServer(("127.0.0.1", 0), _Call) as server:
        server.daemon_threads = True
        server.exchange = here  # type: ignore[attr-defined]
        here.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield here
        finally:
            here.over.set()
            server.shutdown()
            thread.join()


def refused(status: int, code: int) -> tuple[int, Kept]:
    """An error as the provider words it, with the number in it."""
    said = f"The number +447700900123 cannot get this ({code})"
    return status, {"code": code, "message": said, "more_info": "", "status": status}


def minutes(count: float) -> timedelta:
    """So long."""
    return timedelta(minutes=count)
