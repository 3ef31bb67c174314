"""Proofs that an organisation counts on for the visits of its own, with their owner's consent."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.vocabulary import CredentialKind

DECLINED, TAKEN_BACK, VOID, OVER, LEFT, STOPPED = (
    "declined", "taken-back", "void", "over", "left", "stopped",
)  # fmt: skip
ENDED = (DECLINED, TAKEN_BACK, VOID, OVER, LEFT, STOPPED)
"""Why it ended: the member said no, or took their yes back; nobody vouches for the proof any more,
or its time is over; the member acts for the organisation no more; the organisation is stopped."""


@dataclass(frozen=True, slots=True)
class Relied:
    """One proof that an organisation counts on, or has asked to. Times are UTC."""

    id: int
    place_id: int
    ref: str
    organisation_id: int
    member_id: int
    proof_id: int | None
    kind: CredentialKind
    until_at: datetime
    asked_by: str
    asked_at: datetime
    agreed_at: datetime | None
    ended_at: datetime | None
    ended_because: str | None

    @property
    def waits(self) -> bool:
        """Whether the member has not answered."""
        return self.agreed_at is None and self.ended_at is None

    def state(self, now: datetime) -> str:
        """``waits``, ``agreed``, or why it has ended."""
        if self.ended_because is not None:
            return self.ended_because
        if self.until_at <= now:
            return OVER
        return "waits" if self.agreed_at is None else "agreed"
