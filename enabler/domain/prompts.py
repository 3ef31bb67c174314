"""Questions that a phone is sent, each under a letter by which it is answered (pure).

Which letters of ours ask something, with the codes of their answers; what is left out says enough
by itself, or can be answered only by whoever has read a page or has a code: a mandate, a consent,
a question of the desk, money.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from string import ascii_uppercase
from typing import Any

FRESH = timedelta(hours=24)
"""For so long a bare answer may be meant for a question."""
RESTS = timedelta(days=1)
"""For so long a letter that was answered is given to nothing else, while others are free."""
MOST_WEEKS = timedelta(days=28)
"""A question that was closed longer ago is not looked for: its letter alone would not tell."""
MOST_FAILURES = 3
"""A text that could not be worked so often is people's."""
YES, NO, OTHER, LONGER, DONE = "yes", "no", "other", "longer", "done"
LETTERS: tuple[str, ...] = (
    *ascii_uppercase, *("".join(pair) for pair in product(ascii_uppercase, repeat=2))
)  # fmt: skip
"""A to Z, then AA to ZZ."""
LETTERS_THAT_ARE_WORDS = frozenset({"A", "I", "O", "Y"})
"""*A lift to the shops* is no answer to the question A."""
TALK = "wrote"
"""What somebody wrote to the other side of a match: words answer it, whatever they say."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a phone was sent. ``options`` are the codes of its answers in order; where it
    ``takes_words`` an answer may be words of one's own. ``ref``: of the thing it is about;
    ``facts`` are what it was about when it was asked, or what somebody has said so far of a thing
    that is not there yet. It may be ``closed``: what it asked was settled elsewhere, or nobody
    waits any more."""

    letter: str
    kind: str
    options: tuple[str, ...]
    opened_at: datetime
    fresh_until: datetime
    ref: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    takes_words: bool = False
    closed: bool = False

    def is_fresh(self, now: datetime) -> bool:
        """Whether a bare answer may be meant for it."""
        return not self.closed and now <= self.fresh_until


@dataclass(frozen=True, slots=True)
class Opening:
    """A question to be sent; it gets its letter when it is kept. ``ref``: of the thing that it is
    about. One without is not answered any more once it is closed."""

    kind: str
    options: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    takes_words: bool = False
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """Something to be said, as a code with refs, codes and numbers."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asks:
    """What a letter asks of whoever gets it: a kind of question, and its answers; with
    ``takes_words`` it is answered in words of one's own, under a letter that is no word."""

    kind: str
    options: tuple[str, ...] = (YES, NO)
    takes_words: bool = False


ASKS: Mapping[str, Asks] = {
    "ask": Asks("ask"),
    "proposed": Asks("time", (YES, OTHER)),
    "wrote": Asks(TALK, (), takes_words=True),
    "reminder": Asks("visit"),
    "no_time_yet": Asks("no-time", (YES, NO, DONE)),
    "was_done": Asks("was-done"),
    "changed": Asks("changed"),
    "assigned": Asks("going"),
    "done_asker": Asks("done"),
    "done_helper": Asks("done"),
    "corrected": Asks("done"),
    "hours_noted_in": Asks("hours-noted"),
    "hours_noted_out": Asks("hours-noted"),
    "still_needed": Asks("still-needed"),
    "still_right": Asks("still-right"),
    "visit_not_arrived": Asks("arrived"),
    "visit_overdue": Asks("left", (YES, LONGER, NO)),
    "brokering_staff": Asks("know-somebody"),
    "more_waiting_ward": Asks("know-somebody"),
}
"""By template. Whatever it asks can be answered on its page as well."""


def free_letter(taken: Collection[str], rested: Sequence[str] = ()) -> str:
    """The first letter that is neither ``taken`` by an open question nor was answered of late;
    where all were, the one that has ``rested`` longest. ``rested``: answered of late, the oldest
    first."""
    late = set(rested)
    first = next((one for one in LETTERS if one not in taken and one not in late), None)
    return first or next(one for one in rested if one not in taken)
