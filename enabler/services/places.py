"""Places: importing one, finding a postcode, where something lies."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from enabler.domain.cells import make_cells
from enabler.domain.errors import Invalid
from enabler.domain.geo import GridPoint
from enabler.domain.permissions import Action, Actor, Subject, require
from enabler.domain.place_pack import PlacePack
from enabler.domain.places import FoundPostcode, Location, Place, Ward
from enabler.persistence.place_imports import KeptPlace
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work

Progress = Callable[[str, int, int], None]
"""Told which step is on (a code), how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class ImportedPlace:
    """What an import came to: totals of the place, and rows that changed, by kind.

    ``absent_neighbours`` are places that the file names and that are not here (yet).
    """

    slug: str
    wards: int
    postcodes: int
    cells: int
    changes: dict[str, int]
    absent_neighbours: tuple[str, ...]


def import_place(
    *,
    actor: Actor,
    pack: PlacePack,
    key: str,
    now: datetime,
    progress: Progress = lambda *_: None,
) -> ImportedPlace:
    """Keep a place as its files say, with its cells; the same files again change nothing.

    Raises NotAllowed, KeyReused, ``Invalid("phone", "toml_phone_taken")``: another place's number.
    """
    require(actor, Action.KEEP_PLACE, Subject())
    codes = pack.postcodes
    cells = make_cells(codes.easting, codes.northing, codes.ward, _households(pack))
    arguments = {"slug": pack.facts.slug, "files": _digest(pack)}
    with unit_of_work() as uow:
        stored = uow.calls.claim(
            key, actor=actor.name, service="places.import_place", arguments=arguments, now=now
        )
        if stored is not None:
            return _recalled(stored)
        _require_own_phone(uow, pack)
        kept = uow.place_imports.keep(pack, cells, now, progress)
        result = ImportedPlace(
            slug=pack.facts.slug,
            wards=len(pack.wards),
            postcodes=len(codes),
            cells=len(cells),
            changes=kept.changes,
            absent_neighbours=kept.absent_neighbours,
        )
        _record(uow, actor, kept, result, now)
        uow.calls.keep(key, asdict(result))
        uow.commit()
        return result


def all_places() -> list[Place]:
    """Every place, by slug."""
    with reading() as uow:
        return uow.places.all()


def by_slug(*, slug: str) -> Place:
    """The place of this slug. Raises NotFound."""
    with reading() as uow:
        return uow.places.by_slug(slug)


def by_id(*, place_id: int) -> Place:
    """The place of this id. Raises NotFound."""
    with reading() as uow:
        return uow.places.by_id(place_id)


def wards(*, place_id: int) -> list[Ward]:
    """The wards of a place, by name."""
    with reading() as uow:
        return uow.places.wards(place_id)


def locate(*, place_id: int, postcode_text: str) -> Location:
    """Where a postcode that somebody typed lies in this place.

    Raises ``Invalid("postcode", code)``: ``postcode_missing``, ``postcode_malformed``,
    ``postcode_partial``, ``postcode_unknown``, ``postcode_outside_place``.
    """
    with reading() as uow:
        return uow.places.locate(place_id, postcode_text)


def at_point(*, place_id: int, point: GridPoint) -> Location:
    """Where a point lies in this place. Raises ``Invalid("point", "point_outside_place")``."""
    with reading() as uow:
        return uow.places.at_point(place_id, point)


def find_postcodes(*, typed: Sequence[str]) -> list[FoundPostcode]:
    """What each typed postcode is, over all places; one answer for each, in order."""
    with reading() as uow:
        return uow.places.find(typed)


def _require_own_phone(uow: UnitOfWork, pack: PlacePack) -> None:
    """A text belongs to the place whose number it was sent to: no two places have the same."""
    number = pack.facts.phone
    other = uow.places.by_phone(number.e164) if number else None
    if number and other and other.slug != pack.facts.slug:
        raise Invalid(
            "phone", "toml_phone_taken", written=number.national, place=other.name, slug=other.slug
        )


def _households(pack: PlacePack) -> list[int]:
    return [-1 if count is None else count for count in pack.postcodes.households]


def _record(
    uow: UnitOfWork, actor: Actor, kept: KeptPlace, result: ImportedPlace, now: datetime
) -> None:
    if kept.changes:
        uow.audit.record(
            actor,
            "place.imported",
            place_id=kept.place_id,
            subject=("place", kept.place_id, result.slug),
            columns=tuple(kept.changes),
            now=now,
        )
    for member_id, ref in kept.councillors:
        uow.audit.record(
            actor,
            "role.granted",
            place_id=kept.place_id,
            subject=("member", member_id, ref),
            columns=("role",),
            why="councillors-file",
            now=now,
        )


def _recalled(stored: dict[str, Any]) -> ImportedPlace:
    return ImportedPlace(
        **{**stored, "absent_neighbours": tuple(stored["absent_neighbours"])},
    )


def _digest(pack: PlacePack) -> str:
    """One number for all that a pack says, so that a key stands for one import."""
    codes = pack.postcodes
    digest = hashlib.sha256(repr(pack.facts).encode())
    for outline in (pack.boundary, *(ward.outline for ward in pack.wards)):
        digest.update(outline.wkb)
    for column in (codes.easting, codes.northing, codes.ward):
        digest.update(column.tobytes())
    texts = (codes.code, codes.small_area, codes.deprivation_decile, codes.households)
    names = [(ward.code, ward.name) for ward in pack.wards]
    digest.update(
        repr(
            (texts, names, pack.small_areas, pack.organisations, pack.councillors, pack.landmarks)
        ).encode()
    )
    return digest.hexdigest()
