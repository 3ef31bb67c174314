"""An offer, as the hall works with it."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.vocabulary import OfferState, Terms
from enabler.domain.windows import Weekly, Window

REACH_STEPS = (800, 1_600, 3_200, 8_000, 50_000)
"""How far people choose to go, or to let somebody come, in metres: half a mile to anywhere."""


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer among all that somebody gives: what a card of it says, and no more."""

    ref: str
    state: OfferState
    words: str
    categories: tuple[str, ...]
    organisation: str | None  # whose it is, where it is not the member's own


@dataclass(frozen=True, slots=True)
class Offer:
    """What is given, from the giver's cell point (an organisation: from its door)."""

    id: int
    place_id: int
    ref: str
    member_id: int | None
    organisation_id: int | None
    words: str
    categories: tuple[str, ...]
    terms: Terms
    stated_terms: str | None
    ward_id: int
    cell_id: int | None
    side_metres: int  # of that cell; 0 for an organisation or a whole ward
    easting: int
    northing: int
    reach_metres: int
    any_time: bool
    weekly: tuple[Weekly, ...]
    away: tuple[Window, ...]
    capacity: int  # matches a week
    languages: tuple[str, ...]
    meets: tuple[str, ...]
    state: OfferState
    held_because: str | None
    posted_at: datetime
    version: int = 1
    words_public: bool = False
    paused_until: datetime | None = None
    confirmed_at: datetime | None = None
    nudged_at: datetime | None = None
    capacity_per_day: int | None = None  # matches on one local day; None: as the week has room
