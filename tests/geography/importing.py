"""How tests import a place, and what it left in the database."""

from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select

from enabler.domain.permissions import Actor
from enabler.doors.place_files.reading import read_place
from enabler.persistence import spatial
from enabler.persistence.tables.members import ContactRow, OrganisationRow, RoleRow
from enabler.persistence.tables.places import (
    CellRow,
    PlaceRow,
    PostcodeRow,
    RulesetRow,
    SharingRow,
    SmallAreaRow,
    WardRow,
)
from enabler.persistence.unit_of_work import reading
from enabler.services import places
from enabler.services.places import ImportedPlace

NOW = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
OPERATOR = Actor.operator("tester")
KINDS = (PlaceRow, WardRow, CellRow, PostcodeRow, SmallAreaRow, RulesetRow, OrganisationRow)
_keys = count(1)


def bring_in(file: Path, now: datetime = NOW, key: str | None = None) -> ImportedPlace:
    """Import a place as the command line does; a new key each time unless one is given."""
    return places.import_place(
        actor=OPERATOR, pack=read_place(file).pack, key=key or f"test:{next(_keys)}", now=now
    )


def left(slug: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of one place, by table, in a fixed order."""
    with reading() as uow:
        place_id = uow.places.by_slug(slug).id
        found = {}
        for kind in (*KINDS, SharingRow, RoleRow, ContactRow):
            columns = kind.__table__.c
            owner = columns.id if kind is PlaceRow else columns.place_id
            rows = uow.session.execute(select(kind.__table__).where(owner == place_id)).mappings()
            found[kind.__tablename__] = sorted(
                ({name: _shown(value) for name, value in row.items()} for row in rows), key=str
            )
        return found


def _shown(value: Any) -> Any:
    return spatial.from_column(value).wkt if spatial.is_shape(value) else value
