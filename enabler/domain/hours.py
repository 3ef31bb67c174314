"""Hours as the hall works with them: whose an account is, and what a pot is."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pot:
    """A fund of hours: kind community, ward or fund (a business's).

    ``name`` None: it is named after its place or ward. ``pays``: it steps in for help that its
    asker has no hours for.
    """

    account: int
    place_id: int
    ref: str
    kind: str
    name: str | None
    about: str | None
    ward_id: int | None
    organisation_id: int | None
    pays: bool
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Leaver:
    """A member below zero who waits to leave the time bank, and since when."""

    account: int
    member_id: int
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose an account is: one of these. An account without any owner was somebody's who left,
    or is where a place's hours come from."""

    member_id: int | None = None
    organisation_id: int | None = None
    pot: Pot | None = None
    with_place_id: int | None = None


@dataclass(frozen=True, slots=True)
class HoursProposal:
    """A movement of hours that one custodian asks for and another allows or refuses.

    ``kind``: grant, or reversal (of the transfer with the key ``reverses``). ``state``: waiting
    (until ``answer_by``), allowed, refused, lapsed. Accounts are by number.
    """

    id: int
    place_id: int
    ref: str
    kind: str
    debit_id: int
    credit_id: int
    minutes: int
    reverses: str | None
    words: str
    state: str
    asked_by: int
    asked_at: datetime
    answer_by: datetime
    decided_by: int | None
    decided_at: datetime | None
    decided_words: str | None

    def state_at(self, now: datetime) -> str:
        """Where it stands at a moment: what nobody answered in time has lapsed by itself."""
        late = self.state == "waiting" and self.answer_by <= now
        return "lapsed" if late else self.state
