"""What the simulator keeps."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SimulatedMessage:
    """A message of the simulator's record."""

    direction: str  # out: from the place; in: from the phone
    channel: str
    address: str
    body: str
    at: datetime
