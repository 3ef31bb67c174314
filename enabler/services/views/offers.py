"""An offer as its giver or staff see it."""

from dataclasses import dataclass
from datetime import datetime

from enabler.domain.offer_exceptions import OfferException
from enabler.domain.signals import Signal
from enabler.domain.vocabulary import OfferState, Terms
from enabler.domain.windows import Weekly, Window
from enabler.services.views.places import Roughly


@dataclass(frozen=True, slots=True)
class PassedOver:
    """How many needs near a giver they were not asked about last week, and why, by code."""

    needs: int
    because: dict[str, int]


@dataclass(frozen=True, slots=True)
class PublicOffer:
    """An open offer as anybody may see it: nothing of a person but the words that they chose to
    show. An organisation's name, words, ward and hours are public."""

    ref: str
    categories: tuple[str, ...]
    words: str | None
    organisation: str | None
    ward: str | None
    any_time: bool
    weekly: tuple[Weekly, ...]
    exceptions: tuple[OfferException, ...]


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer as its giver (or staff) sees it."""

    ref: str
    state: OfferState
    words: str
    categories: tuple[str, ...]
    terms: Terms
    stated_terms: str | None
    giver_name: str | None
    organisation: str | None
    organisation_ref: str | None
    where: Roughly
    reach_metres: int
    any_time: bool
    weekly: tuple[Weekly, ...]
    away: tuple[Window, ...]  # those that are not over
    capacity: int
    held_because: str | None
    posted_at: datetime
    times_asked: int
    times_helped: int
    missing_credentials: tuple[str, ...]
    meets: tuple[str, ...]
    may: frozenset[
        str
    ]  # change, share, poster, still-right, pause, resume, end, away, back, approve, refuse
    refused_words: str | None = None  # why a custodian refused it, in their words
    exceptions: tuple[OfferException, ...] = ()
    paused_until: datetime | None = None
    words_public: bool = False
    capacity_per_day: int | None = None
    held_for: tuple[Signal, ...] = ()  # what its giver can take out, while it holds the offer
    passed_over: PassedOver | None = None  # for its giver, where enough people asked
    helps_left: int = 0  # for a new giver: so often where others are about, before homes and cars
