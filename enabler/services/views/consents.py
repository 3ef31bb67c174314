"""What a member agreed to, as they read it; and what a councillor is let see."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.vocabulary import NeedState
from enabler.domain.windows import Window


@dataclass(frozen=True, slots=True)
class ConsentView:
    """What was agreed to, with its receipt. ``nth``: which of this wording it is, from 1; ``to``:
    whom or what it is about, in a name that everybody may know; ``sha256`` is of the words that
    were read, in ``language``. ``ended_how``: page, text, desk, over, replaced, not-kept.
    ``may_end``: whether it can be taken back now."""

    code: str
    nth: int
    version: int
    language: str
    sha256: str
    how: str
    page: str | None
    about: str
    to: str | None
    need_ref: str | None
    given_at: datetime
    until_at: datetime | None
    ended_at: datetime | None
    ended_how: str | None
    may_end: bool
    newest: bool


@dataclass(frozen=True, slots=True)
class ConsentsView:
    """All of it: what stands, what is over, what is to be asked again (codes)."""

    standing: tuple[ConsentView, ...]
    over: tuple[ConsentView, ...]
    ask_again: tuple[str, ...]
    has_mail: bool


@dataclass(frozen=True, slots=True)
class CouncillorView:
    """Somebody who was elected for the member's ward; ``sees``: the ref of the leave that they
    have."""

    ref: str
    name: str
    sees: str | None
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToCouncillorView:
    """A need and who of the ward may see it."""

    need_ref: str
    category: str
    councillors: tuple[CouncillorView, ...]
    days: int


@dataclass(frozen=True, slots=True)
class SharedCaseView:
    """A need as the councillor sees it whom its asker chose: no address, no number."""

    ref: str
    first_name: str
    category: str
    words: str | None
    windows: tuple[Window, ...]
    needed_by: datetime | None
    state: NeedState
    ward: str
    posted_at: datetime
    until_at: datetime
