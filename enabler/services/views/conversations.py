"""What the two sides of a match write to each other, as one of them reads it."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.vocabulary import LineKind
from enabler.domain.windows import Window
from enabler.services.views.held_messages import NotPassedView


@dataclass(frozen=True, slots=True)
class LineView:
    """One line. ``side`` is asker, helper or staff; ``visit`` is a time proposed or agreed."""

    kind: LineKind
    side: str
    mine: bool
    at: datetime
    words: str | None
    visit: Window | None
    where: str | None  # the place of the visit in words; None: at the asker's address
    holds: tuple[str, ...]  # for its writer: link, mail, money, phone
    nth: int = 0  # which line of the conversation it is, from 1
    by: str | None = None  # the supporter who wrote it in the asker's name

    @property
    def removed(self) -> bool:
        """Whether whoever wrote it has deleted their account: the words went with it."""
        return self.kind is LineKind.SAID and not self.words


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A time that one side proposed and the other has not said yes to. Nothing is agreed by it.

    ``number`` counts the proposals of the match: whoever says yes names the one they read.
    """

    number: int
    mine: bool  # of the reader's own side
    visit: Window
    where: str | None
    words: str | None


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation while it is open to the reader. ``may`` holds say, propose, agree, on-way,
    cannot-find."""

    lines: tuple[LineView, ...]
    until: datetime
    proposal: ProposalView | None
    where: str | None  # of the visit that is agreed, where it is not at the asker's address
    on_way_at: datetime | None  # of the visit that is agreed
    cannot_find_at: datetime | None
    may: frozenset[str]
    not_passed: tuple[NotPassedView, ...] = ()  # messages that wait for a look, or were stopped
