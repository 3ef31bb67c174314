"""Somebody whom the reader keeps away."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ApartView:
    """By which help the two met, and when; ``since`` when they are kept apart. ``name`` as the
    reader knew them; None of somebody hidden."""

    match_ref: str
    category: str
    met_at: datetime | None
    since: datetime
    name: str | None = field(repr=False)
