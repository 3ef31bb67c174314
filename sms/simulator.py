"""The simulator: a telephone network and a mail server inside our own database."""

from datetime import datetime

from enabler.domain.vocabulary import Channel
from enabler.services.ports import Rendered, Sent, Trace
from enabler.services.simulated import find_simulated, keep_simulated
from sms.rendering import Rendering


class SimulatorGateway(Rendering):
    """Keeps what would have been sent, for the simulator page to show."""

    simulated = True

    def simulates(self, channel: Channel) -> bool:
        """Neither texts nor mails leave."""
        return True

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

    def find(self, *, channel: Channel, address: str, reference: str, trace: Trace) -> Sent | None:
        """The kept message of this reference, or None."""
        kept = find_simulated(channel=channel, address=address, reference=reference)
        return None if kept is None else Sent(provider_ref=kept)


def _whole(channel: Channel, message: Rendered) -> str:
    if channel is Channel.MAIL and message.subject:
        return f"{message.subject}\n\n{message.body}"
    return message.body
