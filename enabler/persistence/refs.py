"""Refs: given out and found again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from enabler.domain import refs
from enabler.persistence.bulk import numbered
from enabler.persistence.tables.members import RefRow


class Refs:
    """Short public ids, one number row for each thing that has one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def new(self, place_id: int, kind: str) -> str:
        """A ref that nothing has had yet. ``kind``: member, organisation, need, offer, match…"""
        row = RefRow(place_id=place_id, kind=kind)
        self._session.add(row)
        self._session.flush()
        return refs.ref_of(row.id)

    def many(self, place_id: int, kind: str, count: int) -> list[str]:
        """So many refs that nothing has had yet, at once."""
        rows = [{"place_id": place_id, "kind": kind}] * count
        return [refs.ref_of(number) for number in numbered(self._session, RefRow, rows)]

    def kind_of(self, place_id: int, text: str) -> tuple[str, str] | None:
        """The kind and the canonical ref of what somebody typed, if this place gave it out."""
        number = refs.number_of(text)
        if number is None:
            return None
        query = select(RefRow.kind).where(RefRow.id == number, RefRow.place_id == place_id)
        kind = self._session.scalar(query)
        return None if kind is None else (kind, refs.ref_of(number))

    def place_of(self, text: str) -> int | None:
        """Which place gave out this ref (for the command line, which is asked without a place)."""
        number = refs.number_of(text)
        if number is None:
            return None
        return self._session.scalar(select(RefRow.place_id).where(RefRow.id == number))
