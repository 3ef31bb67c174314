"""The telephone provider as it calls us: it signs what it says with the account's token."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from enabler.config import Settings
from sms.accounts import TwilioAccount
from tests.telephone.exchange import BASE, SID, TOKEN

SECOND = "the token before"


@dataclass
class Provider:
    """Calls an app at the address that it was given."""

    client: FlaskClient
    token: str = TOKEN

    def call(
        self, path: str, *, address: str | None = None, signature: str | None = None, **form: Any
    ) -> TestResponse:
        """A signed call: of another ``address``, or with another ``signature``, a forged one."""
        said = {"AccountSid": SID} | form
        signed = RequestValidator(self.token).compute_signature(address or BASE + path, said)
        headers = {"X-Twilio-Signature": signed if signature is None else signature}
        return self.client.post(path, data=said, headers=headers)

    def text(self, body: str = "NEED milk", **form: Any) -> TestResponse:
        """A text came."""
        usual = {"MessageSid": "SM1", "From": "+447700900123", "To": "+447700900001", "Body": body}
        return self.call("/sms/inbound", **(usual | form))

    def report(self, ref: str | None, status: str, **form: Any) -> TestResponse:
        """One of our texts is there, or is not."""
        usual = {"MessageSid": "SM9", "MessageStatus": status, "To": "+447700900123"}
        asked = "" if ref is None else f"?ref={ref}"
        return self.call(f"/sms/status{asked}", **(usual | form))


@contextmanager
def called_by_provider(
    running: Callable[..., Any], settings: Settings
) -> Iterator[tuple[Flask, Provider]]:
    """An app whose texts go by the provider, and the provider."""
    account = TwilioAccount(SID, TOKEN, second_token=SECOND, from_number="+447700900001")
    chosen = replace(settings, gateway="twilio", account=account, public_base_url=BASE)
    with running(chosen) as app:
        yield app, Provider(app.test_client())
