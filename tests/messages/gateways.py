"""A telephone network of our own for tests: it keeps what it took, and can fail at each step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from enabler.domain.errors import ProviderFailed
from enabler.domain.vocabulary import Channel
from enabler.services.ports import Measure, Rendered, Sent, Trace
from sms.segments import measure

Step = Callable[[str], None]


class Killed(BaseException):
    """The sender's process ends here: nothing in it runs any further."""


@dataclass
class Network:
    """Takes messages. ``at(step)`` is called at "render", "send", "taken" and "find".

    Raising ``Killed`` there is a crash before the provider has it ("send") or after ("taken").
    """

    simulated: bool = True
    at: Step = lambda step: None
    taken: list[tuple[str, str, str]] = field(default_factory=list)

    def simulates(self, channel: Channel) -> bool:
        """Texts as mails."""
        return self.simulated

    def render(self, template: str, values: Mapping[str, Any], language: str) -> Rendered:
        """The template's name stands for its words."""
        self.at("render")
        return Rendered(body=f"{template} {values.get('name') or ''}".strip())

    def measure(self, body: str) -> Measure:
        """As the real one."""
        return measure(body)

    def send(
        self, *, channel: Channel, place_id: int, sender: str | None, address: str,
        message: Rendered, reference: str, now: datetime,
    ) -> Sent:  # fmt: skip
        """Take it, unless something happens on the way."""
        self.at("send")
        self.taken.append((reference, address, message.body))
        self.at("taken")
        return Sent(provider_ref=f"{reference}/{len(self.taken)}")

    def find(self, *, channel: Channel, address: str, reference: str, trace: Trace) -> Sent | None:
        """The record of what was taken."""
        self.at("find")
        for position, (known, _, _) in enumerate(self.taken):
            if known == reference:
                return Sent(provider_ref=f"{reference}/{position + 1}")
        return None


def failing(step: str, code: str, *, times: int = 1_000_000, **facts: Any) -> Step:
    """A step that fails so many times with the provider's error."""
    left = [times]

    def fail(where: str) -> None:
        if where == step and left[0] > 0:
            left[0] -= 1
            raise ProviderFailed(code, **facts)

    return fail


def killing(step: str, *, times: int = 1) -> Step:
    """A step at which the sender dies, so many times."""
    left = [times]

    def kill(where: str) -> None:
        if where == step and left[0] > 0:
            left[0] -= 1
            raise Killed

    return kill
