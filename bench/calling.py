"""The telephone provider, calling over a connection of its own about text after text."""

from collections.abc import Sequence
from itertools import count
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from tests.telephone.exchange import BASE, SID, TOKEN

PLACE_PHONE = "+447700900001"
TEXTS = (
    "can someone get my shopping tomorrow at 10am", "HOURS", "I can walk dogs at weekends", "MY",
)  # fmt: skip
"""What leads to a question, and what is answered at once."""


class Calls:
    """Signed calls about new texts, of each number in turn; each may be made by any thread."""

    def __init__(self, numbers: Sequence[str], name: str) -> None:
        self._numbers, self._name = numbers, name
        self._nth = count()
        self._signs = RequestValidator(TOKEN)

    def next(self) -> bytes:
        """The next call, as it goes over the line."""
        nth = next(self._nth)
        form = {
            "AccountSid": SID, "MessageSid": f"SM{self._name}{nth}", "To": PLACE_PHONE,
            "From": self._numbers[nth % len(self._numbers)],
            "Body": TEXTS[nth // len(self._numbers) % len(TEXTS)],
        }  # fmt: skip
        signature = self._signs.compute_signature(f"{BASE}/sms/inbound", form)
        body = urlencode(form)
        return (
            f"POST /sms/inbound HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            f"X-Twilio-Signature: {signature}\r\n\r\n{body}"
        ).encode()
