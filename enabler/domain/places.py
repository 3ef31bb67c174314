"""Places, wards, cells, and where in them something is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from enabler.domain.geo import GridPoint
from enabler.domain.postcodes import Postcode

JUST_OUTSIDE_METRES = 250
"""A point no farther than this from a ward belongs to it: piers, docks, generalised shores."""

REPLAY = "replay"
"""The slug of the invented place in which another community's history is replayed. Nobody lives
there, and nobody is shown it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A council area: the tenant."""

    id: int
    slug: str
    name: str
    timezone: str
    languages: tuple[str, ...]
    authority_code: str | None
    phone: str | None
    contact: Mapping[str, str]
    colour: str | None
    attribution: str | None
    invented: bool


@dataclass(frozen=True, slots=True)
class Ward:
    """A division of a place."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands for a home until its owner accepts somebody; ``point`` is all that it shows."""

    id: int
    ward_id: int
    side_metres: int
    point: GridPoint


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is: its exact point, and the ward and the cell that stand for it."""

    place_id: int
    point: GridPoint
    postcode: Postcode
    ward: Ward
    cell: Cell


class Found(StrEnum):
    """How well a postcode that somebody typed was found."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FoundPostcode:
    """What was made of a typed postcode; everything but ``found`` may be unknown.

    An outward code or a sector has the mean point of its postcodes, and a place and a ward only if
    all of them lie in the same one.
    """

    found: Found
    code: str | None = None
    point: GridPoint | None = None
    place_slug: str | None = None
    ward_code: str | None = None


UNKNOWN = FoundPostcode(Found.UNKNOWN)
