"""What the dialogue knows of a phone, and what it wants done: values alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a phone was sent. ``options`` are the codes of its answers in order; where it
    ``takes_words`` an answer may be words of one's own. ``ref``: of the thing it is about;
    ``facts`` are what somebody has said so far of a thing that is not there yet. It may be
    ``closed``: what it asked was settled elsewhere, or nobody waits any more."""

    letter: str
    kind: str
    options: tuple[str, ...]
    opened_at: datetime
    fresh_until: datetime
    ref: str | None = None
    facts: Facts = field(default_factory=dict)
    takes_words: bool = False
    closed: bool = False

    def is_fresh(self, now: datetime) -> bool:
        """Whether a bare answer may be meant for it."""
        return not self.closed and now <= self.fresh_until


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose phone it is, as far as the number tells, which proves nothing. ``language``: the one
    they read; ``known``: whether somebody here has the number; ``stopped``: they want no texts;
    ``has_home``: we know where they live."""

    language: str
    known: bool = True
    stopped: bool = False
    has_home: bool = True


@dataclass(frozen=True, slots=True)
class Opening:
    """A question to be sent; it gets its letter when it is kept."""

    kind: str
    options: tuple[str, ...] = ()
    facts: Facts = field(default_factory=dict)
    takes_words: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """A use case to be called, by its name; ``ref`` is of the thing, ``words`` are passed on."""

    name: str
    ref: str | None = None
    words: str = ""
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Say:
    """Something to be said that needs nothing done."""

    code: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes of a text: questions that are answered by it (their letters), new ones, deeds in
    order, and what is said beside what comes of the deeds."""

    closes: tuple[str, ...] = ()
    opens: tuple[Opening, ...] = ()
    deeds: tuple[Deed, ...] = ()
    says: tuple[Say, ...] = ()

    def __add__(self, other: "Turn") -> "Turn":
        return Turn(
            self.closes + other.closes, self.opens + other.opens, self.deeds + other.deeds,
            self.says + other.says,
        )  # fmt: skip
