"""A place as its files say it is: read, checked, on the National Grid, and not yet kept.

Whoever reads the files makes one; the importing service keeps it. Nothing here is a row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shapely import MultiPolygon

from enabler.domain.contact import EmailAddress, PhoneNumber
from enabler.domain.geo import GridPoint, Whole
from enabler.domain.landmarks import LandmarkKind
from enabler.domain.vocabulary import OrganisationKind


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What a place is called and how it is reached. ``None`` where its file says nothing.

    ``contact`` is the council's own: name, phone, mail, hours, duty_line. ``invented`` places
    never send to anybody. ``ruleset`` is a policy that differs from the house's.
    """

    slug: str
    name: str
    timezone: str
    languages: tuple[str, ...] = ("en",)
    authority_code: str | None = None
    phone: PhoneNumber | None = None
    contact: Mapping[str, str] = field(default_factory=dict)
    colour: str | None = None
    attribution: str | None = None
    invented: bool | None = None
    neighbours: tuple[str, ...] = ()
    ruleset: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class WardOutline:
    """A ward with its outline in metres of the grid."""

    code: str
    name: str
    outline: MultiPolygon


@dataclass(frozen=True, slots=True)
class PostcodeColumns:
    """Postcodes as columns of one length; ``ward`` is a row of the pack's wards."""

    code: Sequence[str]
    easting: Whole
    northing: Whole
    ward: Whole
    small_area: Sequence[str | None]
    deprivation_decile: Sequence[int | None]
    households: Sequence[int | None]

    def __len__(self) -> int:
        """How many postcodes there are."""
        return len(self.code)


@dataclass(frozen=True, slots=True)
class SmallArea:
    """A statistical area: how many people live there, by age band; 1 is the most deprived tenth."""

    code: str
    population: int | None
    ages: Mapping[str, int]
    deprivation_decile: int | None


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation that an open register knows; ``source_ref`` is its name there."""

    source_ref: str
    kind: OrganisationKind
    name: str
    about: str | None
    point: GridPoint
    ward: int


@dataclass(frozen=True, slots=True)
class ListedCouncillor:
    """A councillor of a ward, in office from one day until (not on) another, where known."""

    ward: int
    name: str
    email: EmailAddress | None
    phone: PhoneNumber | None
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class ListedLandmark:
    """A street or landmark by its names; what is meant lies within ``precision_metres``."""

    name: str
    other_names: tuple[str, ...]
    point: GridPoint
    precision_metres: int
    kind: LandmarkKind
    ward: int


@dataclass(frozen=True, slots=True)
class PlacePack:
    """Everything that the files of one place say."""

    facts: PlaceFacts
    boundary: MultiPolygon
    wards: Sequence[WardOutline]
    postcodes: PostcodeColumns
    small_areas: Sequence[SmallArea] = ()
    organisations: Sequence[KnownOrganisation] = ()
    councillors: Sequence[ListedCouncillor] = ()
    landmarks: Sequence[ListedLandmark] = ()
