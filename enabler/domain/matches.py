"""A match, as the hall works with it."""

from dataclasses import dataclass
from datetime import date, datetime

from enabler.domain.vocabulary import MatchState


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score: a factor's code and its points."""

    factor: str
    points: int


@dataclass(frozen=True, slots=True)
class Match:
    """One need with one offer; distances are from cell to cell."""

    id: int
    place_id: int
    ref: str
    need_id: int
    offer_id: int
    helper_id: int | None
    organisation_id: int | None
    state: MatchState
    slot: int | None
    score: int
    reasons: tuple[Reason, ...]
    distance_metres: int
    wave: int
    proposed_at: datetime
    asked_at: datetime | None
    answer_by: datetime | None
    answered_at: datetime | None
    visit_start: datetime | None
    visit_end: datetime | None
    done_at: datetime | None
    minutes: int | None
    confirmed_at: datetime | None
    visit_words: str | None = None
    done_by: int | None = None
    ended_because: str | None = None
    assigned_at: datetime | None = None  # an organisation chose the helper
    on_day: date | None = None  # the local day on which it uses the offer's room

    @property
    def is_reserve(self) -> bool:
        """Whether the helper said yes after the last slot had gone."""
        return self.state is MatchState.LAPSED and self.answered_at is not None
