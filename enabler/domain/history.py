"""What is remembered of a change, as pages show it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change of one thing; ``what`` is noun.verb, ``why`` a code."""

    at: datetime
    what: str
    actor_kind: str
    actor_name: str
    state_before: str | None
    state_after: str | None
    why: str | None
    on_behalf_of: str | None = None  # the ref of the member, or organisation, for whom


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody saw something of a member's: ``viewer`` is a member's ref or kind:name; ``as_role``
    the role by which staff saw it; ``reason`` why they say they looked a person up."""

    at: datetime
    viewer: str
    what: tuple[str, ...]
    why: str
    subject_ref: str | None
    as_role: str | None = None
    reason: str | None = None
    reason_words: str | None = None
