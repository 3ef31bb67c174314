"""Texts by GOV.UK Notify's own client, against a server on the loopback that speaks its API."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from enabler.domain.errors import ProviderFailed
from enabler.domain.vocabulary import Channel
from enabler.services.ports import Rendered, Sent, Trace
from sms.accounts import NotifyAccount
from tests.rows import NOON
from tests.telephone.exchange import BASE

pytest.importorskip("notifications_python_client", reason="GOV.UK Notify's client is not here")
from sms.notify import NotifyGateway

TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
PHONE = "+447700900123"
Said = dict[str, Any]


@dataclass
class Service:
    """What it took, and what it does instead: (status, answer), or "hang" or "cut" after that."""

    instead: tuple[int, Said] | str | None = None
    taken: list[Said] = field(default_factory=list)
    came: list[Said] = field(default_factory=list)
    port: int = 0
    over: Event = field(default_factory=Event)

    def gateway(self) -> NotifyGateway:
        """Our side, with the true client."""
        key = f"tests-{TEMPLATE}-{TEMPLATE}"
        account = NotifyAccount(key, TEMPLATE, f"http://127.0.0.1:{self.port}")
        return NotifyGateway(account, BASE, seconds=0.5 if self.instead == "hang" else 5)

    def send(self) -> str:
        """Hand a text over."""
        return self.gateway().send(
            channel=Channel.TEXT, place_id=1, sender=None, address=PHONE,
            message=Rendered("Dŵr?"), reference="outbox-12", now=NOON,
        ).provider_ref  # fmt: skip

    def find(self, *known: str, address: str = PHONE) -> Sent | None:
        """Ask after it."""
        trace = Trace(NOON, None, 0, lambda name: name in known)
        return self.gateway().find(
            channel=Channel.TEXT, address=address, reference="outbox-12", trace=trace
        )


class _Call(BaseHTTPRequestHandler):
    server: Any

    def do_POST(self) -> None:
        """Take a text."""
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        here: Service = self.server.service
        if not isinstance(here.instead, tuple):
            here.taken.append(said | {"id": f"id-{len(here.taken) + 1}"})
        if here.instead == "hang":
            here.over.wait(5)
        if here.instead is None:
            self._answer(201, {"id": here.taken[-1]["id"]})
        elif isinstance(here.instead, tuple):
            self._answer(*here.instead)

    def do_GET(self) -> None:
        """Show the record."""
        here: Service = self.server.service
        asked = urlsplit(self.path)
        wanted = parse_qs(asked.query).get("reference", [""])[0]
        found = [kept for kept in reversed(here.taken) if kept["reference"] == wanted]
        if isinstance(here.instead, tuple):
            self._answer(*here.instead)
        elif asked.path == "/v2/received-text-messages":
            self._answer(200, {"received_text_messages": here.came, "links": {"next": ""}})
        else:
            self._answer(200, {"notifications": found, "links": {}})

    def _answer(self, status: int, said: Said) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def service(**given: Any) -> Iterator[Service]:
    """A service that runs meanwhile."""
    here = Service(**given)
    with ThreadingHTTPServer(("127.0.0.1", 0), _Call) as server:
        server.daemon_threads = True
        server.service = here  # type: ignore[attr-defined]
        here.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield here
        finally:
            here.over.set()
            server.shutdown()
            thread.join()


def error(status: int, kind: str, words: str) -> tuple[int, Said]:
    """An error as it words it."""
    return status, {"status_code": status, "errors": [{"error": kind, "message": words}]}


FAILURES = [
    (error(400, "ValidationError", "phone_number Number is not valid"),
     "number_wrong", {"retry": False}),
    (error(400, "BadRequestError", "Can't send to this recipient using a team-only API key"),
     "provider_refuses_us", {"retry": True}),
    (error(403, "AuthError", "Invalid token"), "provider_refuses_us", {"retry": True}),
    (error(429, "TooManyRequestsError", "Exceeded send limits"), "too_fast", {"retry": True}),
    (error(500, "Exception", "Internal server error"), "provider_down", {"retry": True}),
    (error(503, "Exception", "?"), "provider_down", {"retry": True}),
    (error(504, "Exception", "?"), "provider_unclear", {"doubt": True}),
    ("hang", "no_answer", {"doubt": True}),
    ("cut", "no_answer", {"doubt": True}),
]  # fmt: skip


class TestATextByNotify:
    def test_is_the_body_of_one_template_under_our_reference(self) -> None:
        with service() as here:
            assert here.send() == "id-1"
        [text] = here.taken
        assert (text["phone_number"], text["template_id"]) == (PHONE, TEMPLATE)
        assert text["personalisation"] == {"body": "Dŵr?"}
        assert text["reference"].startswith("outbox-12.")

    @pytest.mark.parametrize(("instead", "code", "facts"), FAILURES)
    def test_that_fails_says_what_that_means(self, instead: Any, code: str, facts: Said) -> None:
        with service(instead=instead) as here, pytest.raises(ProviderFailed) as failed:
            here.send()
        assert (failed.value.code, failed.value.facts) == (code, facts)

    def test_that_finds_nobody_there_is_tried_again(self) -> None:
        with service() as here:
            pass
        with pytest.raises(ProviderFailed, match="not_reached") as failed:
            here.send()
        assert failed.value.facts == {"retry": True}

    @pytest.mark.parametrize("instead", ["hang", "cut"])
    def test_that_hung_is_found_by_its_reference(self, instead: str) -> None:
        with service(instead=instead) as here:
            with pytest.raises(ProviderFailed):
                here.send()
            here.instead = None
            assert here.find() == Sent("id-1")
            assert here.find("id-1") is None
            assert here.find(address="+447700900999") is None

    def test_cannot_be_asked_after_while_the_service_is_down(self) -> None:
        with service(instead=error(500, "x", "x")) as here:
            with pytest.raises(ProviderFailed, match="record_not_reached"):
                here.find()
            with pytest.raises(ProviderFailed, match="number_gone"):
                here.find(address="")


def test_what_came_is_read_back_to_a_moment() -> None:
    came = [
        {"id": f"r{hour}", "user_number": "447700900123", "notify_number": "07700900001",
         "content": "NEED milk", "created_at": f"2026-11-24T{hour}:00:00.000000Z"}
        for hour in (13, 12, 11)
    ]  # fmt: skip
    with service(came=came) as here:
        found = list(here.gateway().received(NOON))
    assert [one.provider_ref for one in found] == ["r13", "r12"]
    assert (found[1].sent_from, found[1].sent_to, found[1].sent_at) == (
        PHONE, "+447700900001", NOON,
    )  # fmt: skip
