"""What an invention's things got when they were kept: ids and refs, by their position in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from enabler.domain.demo.town import Spot

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stand:
    """The ward and the cell of a spot, by id."""

    ward_id: int
    cell_id: int


@dataclass(frozen=True, slots=True)
class Scored:
    """What the engine said of a pair."""

    distance_metres: int
    factors: tuple[str, ...]
    points: tuple[int, ...]

    @property
    def score(self) -> int:
        """All points together."""
        return sum(self.points)

    @property
    def reasons(self) -> list[Row]:
        """Each factor with its points, as a match keeps them."""
        pairs = zip(self.factors, self.points, strict=True)
        return [{"factor": factor, "points": points} for factor, points in pairs]


@dataclass(slots=True)
class Book:
    """Which id and ref the things got, by their position in the invention."""

    place_id: int
    ruleset_id: int
    language: str
    spots: Sequence[Spot]
    stands: Sequence[Stand]
    wards: Mapping[str, int]
    homes: list[int] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    member_refs: list[str] = field(default_factory=list)
    organisations: list[int] = field(default_factory=list)
    organisation_refs: list[str] = field(default_factory=list)
    offers: list[int] = field(default_factory=list)
    offer_refs: list[str] = field(default_factory=list)
    needs: list[int] = field(default_factory=list)
    need_refs: list[str] = field(default_factory=list)
    series: list[int] = field(default_factory=list)
    series_refs: list[str] = field(default_factory=list)
    matches: list[int] = field(default_factory=list)
    match_refs: list[str] = field(default_factory=list)

    def exact(self, spot: int) -> Row:
        """Columns of something that stands at a spot."""
        here, stand = self.spots[spot], self.stands[spot]
        return {
            "postcode": here.postcode, "easting": here.easting, "northing": here.northing,
            "cell_id": stand.cell_id, "ward_id": stand.ward_id,
        }  # fmt: skip
