"""What is asked and offered near here, as anybody may know it: cells, counts, kinds, days."""

from dataclasses import dataclass
from datetime import date

from enabler.domain.geo import LatLon


@dataclass(frozen=True, slots=True)
class SpotView:
    """A cell or an organisation's door, with how much is asked and offered there.

    ``number`` tells the cells of a ward apart; it is 0 for an organisation, which has a name.
    ``asked`` and ``offered`` are kinds of help with how many of each, the most first.
    """

    code: str
    ward: str
    number: int
    organisation: str | None
    point: LatLon
    within_metres: int | None  # from the reader's cell, in bands no finer than the larger cell
    asks: int
    offers: int
    asked: tuple[tuple[str, int], ...] = ()
    offered: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class WardCount:
    """A ward, with how much is asked and offered in it, whatever the kind."""

    code: str
    name: str
    asks: int
    offers: int


@dataclass(frozen=True, slots=True)
class NearView:
    """A page of the map's list; the map shows these spots and no others."""

    spots: tuple[SpotView, ...]
    found: int  # spots on all pages
    page: int
    pages: int
    wards: tuple[WardCount, ...]
    nearest_first: bool  # from the typed postcode's cell, or from the member's own
    unshown: bool  # asks of the chosen kind are counted by ward only


@dataclass(frozen=True, slots=True)
class ThingView:
    """A need or an offer of a spot. ``words``, and ``ref`` of what to open, only for whom they
    are: an offer's words where its giver lets anybody read them, a need's for its asker and for
    who is asked.
    """

    kind: str  # need, offer
    categories: tuple[str, ...]
    posted_on: date
    words: str | None = None
    ref: str | None = None  # of one's own need or offer
    match_ref: str | None = None  # of the ask that one may answer


@dataclass(frozen=True, slots=True)
class SpotPage:
    """A page of what is asked and offered at one spot: needs first, the newest on top."""

    spot: SpotView
    things: tuple[ThingView, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class OutlineView:
    """A ward's outline, in degrees: rings of (longitude, latitude)."""

    code: str
    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class FrontView:
    """A place's front page: some spots near the reader, and what was done this month.

    A number that is small enough to single people out is None: a few. 0 is nothing at all.
    ``counts_hours``: the place has a time bank.
    """

    spots: tuple[SpotView, ...]
    found: int
    nearest_first: bool
    visits: int | None
    hours: int | None
    helpers: int | None
    counts_hours: bool = False
