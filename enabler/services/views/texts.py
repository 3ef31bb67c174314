"""What the desk shows of a text that people are to look at."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TextAsideView:
    """``number``: to ring or to text back. Of a member, who it is; ``looked``: somebody has looked
    at it already. ``beside``: when and what else the same phone wrote in those days."""

    ref: str
    words: str
    number: str
    at: datetime
    member_ref: str | None = None
    name: str | None = None
    language: str | None = None
    looked: bool = False
    beside: tuple[tuple[datetime, str], ...] = ()
