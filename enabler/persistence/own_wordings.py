"""A place's own phrases for kinds of help, and what members proposed."""

from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.own_wordings import OwnWording, Proposed, most_asked_first
from enabler.domain.refs import written
from enabler.persistence.tables.own_wordings import GivenWordingRow, OwnWordingRow


class OwnWordings:
    """The rows of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, place_id: int) -> tuple[tuple[str, str], ...]:
        """The phrases that count in a place, each with its kind of help."""
        row = OwnWordingRow
        query = select(row.phrase, row.category).where(
            row.place_id == place_id, row.ended_at.is_(None)
        )
        found = self._session.execute(query.order_by(row.id))
        return tuple((phrase, category) for phrase, category in found)

    def listed(self, place_id: int) -> tuple[OwnWording, ...]:
        """All of them that count, by kind and phrase."""
        row = OwnWordingRow
        query = select(row).where(row.place_id == place_id, row.ended_at.is_(None))
        found = self._session.scalars(query.order_by(row.category, row.folded, row.id))
        return tuple(_own(one) for one in found)

    def same(self, place_id: int, folded: str, category: str) -> OwnWording | None:
        """The one of this phrase and kind, also where it was taken back."""
        row = self._session.scalar(
            select(OwnWordingRow)
            .filter_by(place_id=place_id, folded=folded, category=category)
            .with_for_update()
        )
        return None if row is None else _own(row)

    def add(self, **values: Any) -> int:
        """A phrase counts from now on; its id."""
        row = OwnWordingRow(**values)
        self._session.add(row)
        self._session.flush()
        return row.id

    def change(self, wording_id: int, **values: Any) -> None:
        """Write columns of one."""
        row = OwnWordingRow
        self._session.execute(update(row).where(row.id == wording_id).values(**values))

    def by_ref(self, place_id: int | None, ref: str) -> OwnWording:
        """One of this place, locked. Raises NotFound."""
        query = select(OwnWordingRow).filter_by(place_id=place_id, ref=written(ref))
        row = self._session.scalar(query.with_for_update())
        if row is None:
            raise NotFound("wording_unknown")
        return _own(row)

    def propose(self, **values: Any) -> bool:
        """Keep what a member let us learn from, once; whether it is new."""
        known = select(GivenWordingRow.id).filter_by(
            **{name: values[name] for name in ("member_id", "folded", "category")}
        )
        if self._session.scalar(known) is not None:
            return False
        self._session.add(GivenWordingRow(**values))
        self._session.flush()
        return True

    def proposed(self, place_id: int) -> tuple[Proposed, ...]:
        """What members of a place proposed, what most of them did on top."""
        row = GivenWordingRow
        count = func.count().over(partition_by=(row.folded, row.category))
        nth = func.row_number().over(partition_by=(row.folded, row.category), order_by=row.id)
        each = (
            select(row, count.label("people"), nth.label("nth"))
            .where(row.place_id == place_id)
            .subquery()
        )
        found = self._session.execute(select(each).where(each.c.nth == 1))
        return most_asked_first([
            Proposed(
                one.ref, one.phrase, one.folded, one.category, one.language, one.people,
                one.given_at,
            )
            for one in found
        ])  # fmt: skip

    def proposed_by_ref(self, place_id: int | None, ref: str) -> Proposed:
        """One of them, by the ref of any that says the same. Raises NotFound."""
        row = GivenWordingRow
        one = self._session.scalar(select(row).filter_by(place_id=place_id, ref=written(ref)))
        if one is None:
            raise NotFound("wording_unknown")
        like = select(func.count()).select_from(row).filter_by(
            place_id=one.place_id, folded=one.folded, category=one.category
        )  # fmt: skip
        return Proposed(
            one.ref, one.phrase, one.folded, one.category, one.language,
            int(self._session.scalar(like) or 0), one.given_at,
        )  # fmt: skip

    def decided(self, place_id: int, one: Proposed) -> None:
        """It waits no more, and who typed it is kept no longer."""
        row = GivenWordingRow
        self._session.execute(delete(row).where(
            row.place_id == place_id, row.folded == one.folded, row.category == one.category
        ))  # fmt: skip

    def forget(self, member_id: int) -> None:
        """A member takes back what they let us learn from."""
        self._session.execute(delete(GivenWordingRow).filter_by(member_id=member_id))


def _own(row: OwnWordingRow) -> OwnWording:
    return OwnWording(
        row.id, row.place_id, row.ref, row.phrase, row.category, row.language, row.people,
        row.taken_at, row.ended_at,
    )  # fmt: skip
