"""For whom a message is, and when it holds (pure): what ``letters`` makes its table of."""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Whose message it is."""

    ASKER = "asker"
    HELPER = "helper"
    ANSWERER = "answerer"
    CONCERNED = "concerned"
    EITHER = "either"
    GIVER = "giver"
    STAFF = "staff"
    LEAD = "lead"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Template:
    """For whom a message is, in which states of its subject it holds, what it shows of another."""

    side: Side
    states: frozenset[str]
    sees: tuple[str, ...] = ()
