"""What was noticed about a thing, with its facts: a named reason that a person looks at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason, as a code, with its facts."""

    code: str
    facts: Mapping[str, str | int]
    at: datetime
