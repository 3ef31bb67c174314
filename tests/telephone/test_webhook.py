"""The telephone provider's calls: whose they are, what is kept, and what they are answered."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from enabler.config import Settings
from enabler.domain.errors import NotFound
from enabler.doors.counting import FileCount
from enabler.doors.wiring import wiring
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.unit_of_work import reading
from enabler.services import inbound
from sms.accounts import TwilioAccount
from sms.gateway import TwilioGateway
from tests.application import Running
from tests.geography.shared import needs_shared, vectors
from tests.telephone.exchange import BASE, SID
from tests.telephone.provider import SECOND, Provider, called_by_provider

EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
Kept = list[dict[str, Any]]


@pytest.fixture
def called(settings: Settings, running: Running) -> Iterator[tuple[Flask, Provider]]:
    """An app, and who calls it."""
    with called_by_provider(running, settings) as both:
        yield both


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    """What the door asks to have kept."""
    texts: Kept = []

    def keep(**text: Any) -> bool:
        texts.append(text)
        return True

    monkeypatch.setattr(inbound, "keep", keep)
    return texts


def forged(app: Flask) -> int:
    """How many calls were nobody's."""
    with app.app_context():
        return int(wiring().forged)


class TestASignature:
    @needs_shared
    def test_is_read_as_the_provider_writes_it(self) -> None:
        for case in vectors("twilio_signatures.json"):
            gateway = TwilioGateway(TwilioAccount(SID, case["token"]), BASE)
            form = case.get("body") or _Form(case["params"])
            found = gateway.is_genuine(case["url"], form, case["signature"])
            assert found is case["valid"], case["name"]
            assert not gateway.is_genuine(case["url"] + "&more=1", form, case["signature"])
            other = TwilioGateway(TwilioAccount(SID, "another"), BASE)
            assert not other.is_genuine(case["url"], form, case["signature"])

    def test_counts_by_either_token_while_they_change(
        self, called: tuple[Flask, Provider], kept: Kept
    ) -> None:
        _app, provider = called
        provider.token = SECOND
        assert provider.text().status_code == 200
        provider.token = "a token of long ago"
        assert provider.text().status_code == 403
        assert len(kept) == 1


class _Form(dict[str, Any]):
    """Fields that may come several times, as a form has them."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self._pairs = pairs

    def getlist(self, name: str) -> list[str]:
        """All values of a field."""
        return [value for key, value in self._pairs if key == name]


FORGERIES: list[dict[str, Any]] = [
    {"signature": ""}, {"signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="}, {"signature": "\u00e9"},
    {"address": "http://localhost/sms/inbound"}, {"address": "https://evil.example/sms/inbound"},
    {"address": f"{BASE}/sms/status"}, {"AccountSid": "AC" + "1" * 32},
]  # fmt: skip


class TestAForgedCall:
    @pytest.mark.parametrize("forgery", FORGERIES)
    def test_is_told_nothing_and_leaves_a_count(
        self, called: tuple[Flask, Provider], kept: Kept, forgery: dict[str, Any]
    ) -> None:
        app, provider = called
        answer = provider.text(**forgery)
        assert (answer.status_code, answer.data) == (403, b"")
        assert (kept, forged(app)) == ([], 1)

    def test_cannot_name_the_address_itself(
        self, called: tuple[Flask, Provider], kept: Kept
    ) -> None:
        """Signed for another host, and sent with that host's name."""
        _app, provider = called
        said = {"base_url": "https://evil.example", "data": {"AccountSid": SID}}
        assert provider.client.post("/sms/inbound", **said).status_code == 403
        assert kept == []

    def test_for_a_number_of_no_place_is_one(
        self, called: tuple[Flask, Provider], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def keep(**_: Any) -> bool:
            raise NotFound("place_not_found")

        monkeypatch.setattr(inbound, "keep", keep)
        app, provider = called
        assert provider.text().status_code == 403
        assert forged(app) == 1

    @pytest.mark.parametrize("path", ["/sms/inbound", "/sms/status?ref=outbox-1"])
    def test_is_every_call_where_texts_are_simulated(self, app: Flask, path: str) -> None:
        assert Provider(app.test_client()).call(path).status_code == 403
        with app.app_context(), reading() as uow:
            assert uow.session.scalar(select(func.count()).select_from(AuditRow)) == 0

    def test_is_counted_over_all_processes(self, tmp_path: Path) -> None:
        one, other = FileCount(tmp_path / "new" / "n"), FileCount(tmp_path / "new" / "n")
        assert int(one) == 0
        for count in (one, other, one):
            count.add()
        assert (int(one), int(other)) == (3, 3)
        (tmp_path / "new" / "n").write_text("?")
        one.add()
        assert int(one) == 1


class TestAText:
    def test_is_kept_as_it_came_and_answered_by_nothing(
        self, called: tuple[Flask, Provider], kept: Kept
    ) -> None:
        _app, provider = called
        answer = provider.text("Dŵr \u2013 ok? 😀\n", OptOutType="STOP")
        assert (answer.status_code, answer.text) == (200, EMPTY)
        assert answer.content_type.startswith("text/xml")
        [text] = kept
        assert text.pop("now").tzinfo is not None
        assert text == {
            "provider_ref": "SM1", "sent_from": "+447700900123", "sent_to": "+447700900001",
            "body": "Dŵr \u2013 ok? 😀\n", "opt_out": "STOP", "sent_at": None,
        }  # fmt: skip

    def test_without_a_name_is_none(self, called: tuple[Flask, Provider], kept: Kept) -> None:
        _app, provider = called
        assert provider.text(MessageSid="").status_code == 400
        assert kept == []

    @pytest.mark.parametrize("wrong", [ConnectionError("gone"), ValueError("+447700900123")])
    def test_that_cannot_be_stored_comes_again(
        self, called: tuple[Flask, Provider], monkeypatch: pytest.MonkeyPatch, wrong: Exception
    ) -> None:
        def keep(**_: Any) -> bool:
            raise wrong

        monkeypatch.setattr(inbound, "keep", keep)
        app, provider = called
        answer = provider.text()
        assert (answer.status_code, answer.data) == (503, b"")
        assert forged(app) == 0

    def test_is_not_kept_waiting_for_a_database_that_hangs(
        self, called: tuple[Flask, Provider], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def keep(**_: Any) -> bool:
            time.sleep(4)
            return True

        monkeypatch.setattr(inbound, "keep", keep)
        _app, provider = called
        begun = time.monotonic()
        assert provider.text().status_code == 503
        assert time.monotonic() - begun < 3

    @pytest.mark.parametrize("method", ["get", "put", "delete"])
    def test_comes_by_post_alone(self, called: tuple[Flask, Provider], method: str) -> None:
        _app, provider = called
        assert getattr(provider.client, method)("/sms/inbound").status_code == 405
