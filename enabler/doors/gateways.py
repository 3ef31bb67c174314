"""Two ways out of the house as one: texts by one gateway, mails by another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enabler.domain.vocabulary import Channel
from enabler.services.ports import Measure, MessageGateway, Rendered, Sent, Trace


@dataclass
class TextsAndMails:
    """Sends each message by the gateway of its channel."""

    texts: MessageGateway
    mails: MessageGateway

    @property
    def simulated(self) -> bool:
        """Whether no text really leaves."""
        return self.texts.simulated

    def simulates(self, channel: Channel) -> bool:
        """Whether nothing really leaves by this channel."""
        return self._of(channel).simulates(channel)

    def render(self, template: str, values: Mapping[str, Any], language: str) -> Rendered:
        """The message in words, as its channel has them."""
        channel = Channel(values.get("channel", Channel.TEXT))
        return self._of(channel).render(template, values, language)

    def measure(self, body: str) -> Measure:
        """How many segments a text takes."""
        return self.texts.measure(body)

    def send(
        self, *, channel: Channel, place_id: int, sender: str | None, address: str,
        message: Rendered, reference: str, now: datetime,
    ) -> Sent:  # fmt: skip
        """Hand it over. Raises ProviderFailed."""
        return self._of(channel).send(
            channel=channel, place_id=place_id, sender=sender, address=address, message=message,
            reference=reference, now=now,
        )  # fmt: skip

    def find(self, *, channel: Channel, address: str, reference: str, trace: Trace) -> Sent | None:
        """Ask the provider of the channel. Raises ProviderFailed."""
        return self._of(channel).find(
            channel=channel, address=address, reference=reference, trace=trace
        )

    def _of(self, channel: Channel) -> MessageGateway:
        return self.mails if channel is Channel.MAIL else self.texts
