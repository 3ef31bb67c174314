"""The simulator: a telephone network and a mail server inside our own database."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import force_locale

from enabler.domain.vocabulary import Channel
from enabler.doors.mail.writing import with_html
from enabler.doors.words.texts import message_words
from enabler.services.ports import Measure, Rendered, Sent
from enabler.services.simulated import find_simulated, keep_simulated
from sms.segments import measure


class SimulatorGateway:
    """Keeps what would have been sent, for the simulator page to show."""

    simulated = True

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url

    def simulates(self, channel: Channel) -> bool:
        """Neither texts nor mails leave."""
        return True

    def render(self, template: str, values: Mapping[str, Any], language: str) -> Rendered:
        """The message in words, in this language. Needs the context of the app."""
        with force_locale(language):
            message = message_words(template, values, self._base_url)
            return with_html(message) if values.get("channel") is Channel.MAIL else message

    def measure(self, body: str) -> Measure:
        """How many segments the body takes."""
        return measure(body)

    def send(
        self, *, channel: Channel, place_id: int, sender: str | None, address: str,
        message: Rendered, reference: str, now: datetime,
    ) -> Sent:  # fmt: skip
        """Keep the message. Like a telephone network it takes the same reference twice."""
        kept = keep_simulated(
            channel=channel, place_id=place_id, address=address,
            body=_whole(channel, message), reference=reference, now=now,
        )  # fmt: skip
        return Sent(provider_ref=kept)

    def find(self, *, channel: Channel, address: str, reference: str) -> Sent | None:
        """The kept message of this reference, or None."""
        kept = find_simulated(channel=channel, address=address, reference=reference)
        return None if kept is None else Sent(provider_ref=kept)


def _whole(channel: Channel, message: Rendered) -> str:
    if channel is Channel.MAIL and message.subject:
        return f"{message.subject}\n\n{message.body}"
    return message.body
