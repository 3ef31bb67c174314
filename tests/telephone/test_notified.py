"""GOV.UK Notify's calls: by the agreed token alone, kept once, and only upward."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from enabler.config import Settings
from enabler.domain.vocabulary import Channel, OutboxState, Priority
from enabler.doors.wiring import wiring
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.tables.texts import InboundTextRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import inbound
from sms.accounts import NotifyAccount
from tests import rows
from tests.application import Running
from tests.telephone.exchange import BASE

pytest.importorskip("notifications_python_client", reason="GOV.UK Notify's client is not here")

TOKEN = "a-token-of-the-council-and-notify"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
CAME = {
    "id": "51e2a0b8-2a35-4f45-8ad5-7ac1b3b6b4c1", "source_number": "447700900123",
    "destination_number": "07700900001", "message": "NEED milk",
    "date_received": "2026-11-24T12:00:00.000000Z",
}  # fmt: skip
REPORT = {
    "id": "740e5834-3a29-46b4-9a6f-16142fde533a", "reference": "outbox-1.0123456789ab",
    "to": "07700900123", "notification_type": "sms", "created_at": "2026-11-24T12:00:00.000000Z",
}  # fmt: skip


class Council:
    """A council whose texts go by Notify, and Notify as it calls."""

    def __init__(self, app: Flask) -> None:
        self.app, self.client = app, app.test_client()
        with app.app_context(), unit_of_work() as uow:
            self.town = rows.town(uow.session)
            uow.session.get_one(PlaceRow, self.town.id).phone = "+447700900001"
            self.member = rows.member(uow.session, self.town)
            uow.commit()

    def call(self, path: str, said: Any, token: str | None = TOKEN) -> TestResponse:
        """A call with this token."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return self.client.post(f"/sms/notify/{path}", json=said, headers=headers)

    def text(self, state: OutboxState = OutboxState.ACCEPTED) -> None:
        """A text of ours that it took."""
        with self.app.app_context(), unit_of_work() as uow:
            uow.session.add(OutboxRow(
                place_id=self.town.id, member_id=self.member, channel=Channel.TEXT,
                template="held", parameters={}, language="en", priority=Priority.MATCH,
                dedupe_key="1", queued_at=rows.NOON, due_at=rows.NOON, expires_at=rows.NOON,
                state=state, sent_at=rows.NOON, provider_ref=REPORT["id"],
            ))  # fmt: skip
            uow.commit()

    def stands(self) -> list[tuple[str, str | None]]:
        """State and failure of our texts."""
        with self.app.app_context(), reading() as uow:
            return [(row.state.value, row.failure) for row in uow.session.query(OutboxRow)]

    def kept(self) -> list[tuple[str, str, Any]]:
        """What came."""
        with self.app.app_context(), reading() as uow:
            return [
                (row.provider_ref, row.body, row.sent_at)
                for row in uow.session.query(InboundTextRow)
            ]

    def forged(self) -> int:
        """How many calls were nobody's."""
        with self.app.app_context():
            return int(wiring().forged)


@pytest.fixture
def council(settings: Settings, running: Running) -> Iterator[Council]:
    account = NotifyAccount(f"tests-{TEMPLATE}-{TEMPLATE}", TEMPLATE, callback_token=TOKEN)
    chosen = replace(settings, gateway="notify", account=account, public_base_url=BASE)
    with running(chosen) as app:
        yield Council(app)


class TestATextThatCame:
    def test_is_kept_once_as_it_was_written(self, council: Council) -> None:
        for _ in range(3):
            answer = council.call("inbound", CAME)
            assert (answer.status_code, answer.data) == (204, b"")
        assert council.kept() == [(CAME["id"], "NEED milk", rows.NOON)]

    def test_to_a_number_of_no_place_is_nobodys(self, council: Council) -> None:
        answer = council.call("inbound", CAME | {"destination_number": "07700900999"})
        assert (answer.status_code, council.kept(), council.forged()) == (403, [], 1)

    @pytest.mark.parametrize("said", [None, [], "x", {}, {"id": ""}])
    def test_that_is_none_is_refused(self, council: Council, said: Any) -> None:
        assert council.call("inbound", said).status_code == 400

    @pytest.mark.parametrize("odd", [{"message": None}, {"date_received": "soon"}])
    def test_that_is_odd_is_kept_all_the_same(self, council: Council, odd: dict[str, Any]) -> None:
        assert council.call("inbound", CAME | odd).status_code == 204
        assert len(council.kept()) == 1

    def test_that_cannot_be_stored_comes_again(
        self, council: Council, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(**_: Any) -> bool:
            raise OperationalError("the disk is full", None, Exception())

        monkeypatch.setattr(inbound, "keep", broken)
        assert council.call("inbound", CAME).status_code == 503


class TestAReport:
    @pytest.mark.parametrize(
        ("status", "stands"),
        [
            ("delivered", ("delivered", None)),
            ("permanent-failure", ("failed", "number_unknown")),
            ("temporary-failure", ("failed", "phone_unreachable")),
            ("technical-failure", ("failed", "carrier_failed")),
            ("read", ("accepted", None)),
        ],
    )
    def test_moves_a_text(self, council: Council, status: str, stands: tuple[str, str]) -> None:
        council.text()
        for _ in range(2):
            assert council.call("status", REPORT | {"status": status}).status_code == 204
        assert council.stands() == [stands]

    def test_moves_only_upward(self, council: Council) -> None:
        council.text()
        for status in ("delivered", "temporary-failure", "sending"):
            council.call("status", REPORT | {"status": status})
        assert council.stands() == [("delivered", None)]

    @pytest.mark.parametrize(
        "other", [{"id": "another"}, {"id": None}, {"notification_type": "email"}]
    )
    def test_of_another_changes_nothing(self, council: Council, other: dict[str, Any]) -> None:
        council.text()
        council.call("status", REPORT | {"status": "delivered"} | other)
        assert council.stands() == [("accepted", None)]


class TestACallWithoutTheToken:
    @pytest.mark.parametrize("token", [None, "", "x", TOKEN[:-1], f"{TOKEN}x", "ŵ" * 20])
    @pytest.mark.parametrize("path", ["inbound", "status"])
    def test_changes_nothing_and_is_counted(
        self, council: Council, path: str, token: str | None
    ) -> None:
        council.text()
        said = CAME if path == "inbound" else REPORT | {"status": "delivered"}
        sent = f"Bearer {token}".encode().decode("latin-1")
        headers = {} if token is None else {"Authorization": sent}
        answer = council.client.post(f"/sms/notify/{path}", json=said, headers=headers)
        assert (answer.status_code, council.forged()) == (403, 1)
        assert (council.stands(), council.kept()) == ([("accepted", None)], [])

    def test_is_believed_nowhere_where_no_token_was_agreed(
        self, settings: Settings, running: Running
    ) -> None:
        account = NotifyAccount(f"tests-{TEMPLATE}-{TEMPLATE}", TEMPLATE)
        chosen = replace(settings, gateway="notify", account=account, public_base_url=BASE)
        with running(chosen) as app:
            for sent in ("Bearer ", "Bearer None", "Bearer"):
                answer = app.test_client().post(
                    "/sms/notify/inbound", json=CAME, headers={"Authorization": sent}
                )
                assert answer.status_code == 403
