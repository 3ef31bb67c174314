"""A place, and where something in it is, as others may know it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place, as every page of it shows."""

    id: int
    slug: str
    name: str
    timezone: str
    languages: tuple[str, ...]
    phone: str | None
    contact: dict[str, Any]  # council, phone, mail, hours, duty_line, duty_hours
    colour: str | None
    attribution: str | None
    invented: bool


@dataclass(frozen=True, slots=True)
class Roughly:
    """Where something is, as others may know it: ward, and how far from the reader's own cell.

    ``within_metres`` is a band's upper end, no finer than the larger of the two cells, or None
    where there is no reader's home to measure from.
    """

    ward: str
    within_metres: int | None = None
