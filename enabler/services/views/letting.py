"""What a member lets others see, as both sides read it."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.vocabulary import CredentialKind
from enabler.services.views.credentials import CredentialView


@dataclass(frozen=True, slots=True)
class LetView:
    """Something that others may see. ``kind`` None: what helps the reader. ``to``: the name of an
    organisation or place, or the ref of a person (``to_person``). ``of_check``: it is ended where
    checks are shared."""

    ref: str
    kind: CredentialKind | None
    to: str
    until_at: datetime
    to_person: bool = False
    of_check: bool = False


@dataclass(frozen=True, slots=True)
class SharedView:
    """What others may see of the reader now, and the checks that they could be let see."""

    given: tuple[LetView, ...]
    checks: tuple[CredentialView, ...]


@dataclass(frozen=True, slots=True)
class ShownToMe:
    """What somebody lets the reader see: a check, or what helps them."""

    ref: str
    name: str
    until_at: datetime
    check: CredentialView | None
    needs: tuple[str, ...] = ()
    words: str | None = None
