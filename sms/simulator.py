"""The simulator: a telephone network and a mail server inside our own database."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from enabler.domain.vocabulary import Channel
from enabler.services.ports import Measure, Rendered, Sent


class SimulatorGateway:
    """Keeps what would have been sent, for the simulator page to show."""

    def render(self, template: str, values: Mapping[str, Any], language: str) -> Rendered:
        """The message in words."""
        raise NotImplementedError

    def measure(self, body: str) -> Measure:
        """How many segments the body takes."""
        raise NotImplementedError

    def send(
        self, *, channel: Channel, place_id: int, sender: str | None, address: str,
        message: Rendered, reference: str, now: datetime,
    ) -> Sent:  # fmt: skip
        """Keep the message."""
        raise NotImplementedError

    def find(self, *, channel: Channel, address: str, reference: str) -> Sent | None:
        """The kept message of this reference, or None."""
        raise NotImplementedError
