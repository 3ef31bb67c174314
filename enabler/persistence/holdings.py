"""What is held of one person, table by table, as the tags of the columns say."""

from collections.abc import Iterator
from functools import cache

from sqlalchemy.orm import Session

from enabler.persistence.database import Base
from enabler.persistence.tags import Personal
from enabler.persistence.told_looks import unread
from enabler.persistence.whose import Held, Way, held_by, person_of, ways


@cache
def _ways() -> tuple[Way, ...]:
    """They follow from the tables alone, so they are laid out once."""
    return ways(Base.metadata)


class Holdings:
    """Reads only; what is held is changed where it is kept."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, member_id: int) -> Iterator[tuple[str, tuple[tuple[str, Personal], ...], Held]]:
        """Every row that is theirs and that they may read of: its table, its personal columns with
        their tags, and itself."""
        person, hidden = person_of(self._session, member_id), unread(self._session, member_id)
        for way in _ways():
            tags = tuple((column.name, column.info["personal"]) for column in way.columns)
            for row in held_by(self._session, person, way):
                if (way.table.name, row.key[0]) in hidden:
                    continue
                yield way.table.name, tags, row
