"""What was done about reports, and what those whom they concern were told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.persistence.tables.matches import ReportRow
from enabler.persistence.tables.safeguarding import ReportNoteRow, ReportReleaseRow


@dataclass(frozen=True, slots=True)
class Note:
    """One step of a case: never changed once it is written."""

    kind: str
    by_member_id: int | None
    at: datetime
    words: str | None = field(default=None, repr=False)
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Release:
    """What a member was told about a report that concerns them, with their answer."""

    id: int
    place_id: int
    ref: str
    report_id: int
    member_id: int
    words: str = field(repr=False)
    at: datetime
    answer: str | None = field(repr=False)
    answered_at: datetime | None


class Cases:
    """Notes and releases of reports."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(
        self, place_id: int, report_id: int, kind: str, *, by_member_id: int | None, at: datetime,
        words: str | None = None, **facts: Any,
    ) -> None:  # fmt: skip
        """Write one step down."""
        self._session.execute(insert(ReportNoteRow).values(
            place_id=place_id, report_id=report_id, kind=kind, by_member_id=by_member_id, at=at,
            words=words, facts=facts,
        ))  # fmt: skip

    def notes(self, report_id: int) -> list[Note]:
        """The steps of a case, in their order."""
        query = select(ReportNoteRow).filter_by(report_id=report_id).order_by(ReportNoteRow.id)
        return [
            Note(row.kind, row.by_member_id, row.at, row.words, row.facts)
            for row in self._session.scalars(query)
        ]

    def release(self, **values: Any) -> None:
        """Keep what a member is told."""
        self._session.execute(insert(ReportReleaseRow).values(**values))

    def releases(self, report_id: int) -> list[Release]:
        """Who was told what about a report."""
        query = select(ReportReleaseRow).filter_by(report_id=report_id)
        rows = self._session.scalars(query.order_by(ReportReleaseRow.id))
        return [_release(row) for row in rows]

    def released_to(self, member_id: int) -> list[Release]:
        """What a member was told, the newest first."""
        query = select(ReportReleaseRow).filter_by(member_id=member_id)
        rows = self._session.scalars(query.order_by(ReportReleaseRow.at.desc()))
        return [_release(row) for row in rows]

    def release_by_ref(self, place_id: int | None, ref: str) -> Release:
        """One of them, locked. Raises NotFound."""
        query = select(ReportReleaseRow).where(ReportReleaseRow.ref == written(ref))
        if place_id is not None:
            query = query.where(ReportReleaseRow.place_id == place_id)
        row = self._session.scalar(
            query.with_for_update(), execution_options={"populate_existing": True}
        )
        if row is None:
            raise NotFound("ref_unknown")
        return _release(row)

    def answer(self, release_id: int, words: str, now: datetime) -> None:
        """Keep what the member answered."""
        changing = update(ReportReleaseRow).where(ReportReleaseRow.id == release_id)
        self._session.execute(changing.values(answer=words, answered_at=now))

    def not_released(self, member_id: int, refs: Iterable[str]) -> frozenset[str]:
        """Of these reports those of which the member has been told nothing."""
        wanted = frozenset(refs)
        told = (
            select(ReportRow.ref)
            .join(ReportReleaseRow, ReportReleaseRow.report_id == ReportRow.id)
            .where(ReportReleaseRow.member_id == member_id, ReportRow.ref.in_(wanted))
        )
        return wanted - frozenset(self._session.scalars(told))


def _release(row: ReportReleaseRow) -> Release:
    return Release(
        id=row.id, place_id=row.place_id, ref=row.ref, report_id=row.report_id,
        member_id=row.member_id, words=row.words, at=row.at, answer=row.answer,
        answered_at=row.answered_at,
    )  # fmt: skip
