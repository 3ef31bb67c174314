"""What was said of visits, with both sides' words."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.persistence.tables.safeguarding import ConductRow


@dataclass(frozen=True, slots=True)
class Conduct:
    """What one side said of the other; it counts or not once ``ended_at`` is set."""

    id: int
    place_id: int
    ref: str
    match_id: int
    by_member_id: int
    about_member_id: int
    kind: str
    words: str | None = field(repr=False)
    said_at: datetime
    answer_by: datetime
    answer: str | None = field(repr=False)
    answered_at: datetime | None
    state: str
    ended_at: datetime | None
    decided_words: str | None = field(repr=False)


class Conducts:
    """Rows of what was said."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, **values: Any) -> None:
        """Keep what somebody said."""
        self._session.execute(insert(ConductRow).values(state="open", **values))

    def said(self, match_id: int, by_member_id: int, kind: str) -> bool:
        """Whether they have said this of the match already."""
        query = select(ConductRow.id).filter_by(
            match_id=match_id, by_member_id=by_member_id, kind=kind
        )
        return self._session.scalar(query) is not None

    def by_ref(self, place_id: int | None, ref: str) -> Conduct:
        """One of them, locked. Raises NotFound."""
        query = select(ConductRow).where(ConductRow.ref == written(ref))
        if place_id is not None:
            query = query.where(ConductRow.place_id == place_id)
        row = self._session.scalar(
            query.with_for_update(), execution_options={"populate_existing": True}
        )
        if row is None:
            raise NotFound("ref_unknown")
        return _conduct(row)

    def change(self, conduct_id: int, **values: Any) -> None:
        """Write how it stands."""
        changing = update(ConductRow).where(ConductRow.id == conduct_id).values(**values)
        self._session.execute(changing)

    def about(self, member_id: int) -> list[Conduct]:
        """What was said of a member, the newest first."""
        return self._all(ConductRow.about_member_id == member_id)

    def by(self, member_id: int) -> list[Conduct]:
        """What a member said, the newest first."""
        return self._all(ConductRow.by_member_id == member_id)

    def disputed(self, place_id: int) -> list[Conduct]:
        """What a custodian has to decide, the oldest last."""
        return self._all(ConductRow.place_id == place_id, ConductRow.state == "disputed")

    def waiting(self, place_id: int, since: datetime, least: int) -> int:
        """Of how many visits a custodian has to decide, and of how many members much counts."""
        here = ConductRow.place_id == place_id
        disputed = select(func.count()).where(here, ConductRow.state == "disputed")
        often = select(func.count()).select_from(self._often(place_id, since, least).subquery())
        both = select(disputed.scalar_subquery() + often.scalar_subquery())
        return self._session.scalar(both) or 0

    def often(self, place_id: int, since: datetime, least: int) -> dict[int, int]:
        """Members of whom so many count since a moment, with how many."""
        found = self._session.execute(self._often(place_id, since, least))
        return {row[0]: row[1] for row in found}

    def claim_unanswered(self, now: datetime) -> Conduct | None:
        """One that nobody answered in time, held; others skip it."""
        query = (
            select(ConductRow)
            .where(ConductRow.state == "open", ConductRow.answer_by <= now)
            .order_by(ConductRow.answer_by, ConductRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._session.scalar(query)
        return None if row is None else _conduct(row)

    @staticmethod
    def _often(place_id: int, since: datetime, least: int) -> Select[int, int]:
        number = func.count()
        return (
            select(ConductRow.about_member_id, number)
            .where(ConductRow.place_id == place_id, ConductRow.state == "counts")
            .where(ConductRow.said_at >= since)
            .group_by(ConductRow.about_member_id)
            .having(number >= least)
        )

    def _all(self, *conditions: Any) -> list[Conduct]:
        query = select(ConductRow).where(*conditions)
        rows = self._session.scalars(query.order_by(ConductRow.said_at.desc(), ConductRow.id))
        return [_conduct(row) for row in rows]


def _conduct(row: ConductRow) -> Conduct:
    return Conduct(
        id=row.id, place_id=row.place_id, ref=row.ref, match_id=row.match_id,
        by_member_id=row.by_member_id, about_member_id=row.about_member_id, kind=row.kind,
        words=row.words, said_at=row.said_at, answer_by=row.answer_by, answer=row.answer,
        answered_at=row.answered_at, state=row.state, ended_at=row.ended_at,
        decided_words=row.decided_words,
    )  # fmt: skip
