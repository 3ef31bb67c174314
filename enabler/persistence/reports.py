"""What went wrong, and who is worried about whom."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.persistence.database import changed
from enabler.persistence.tables.matches import ReportRow


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody told the custodians; ``kept_from`` are staff who are named in it."""

    id: int
    place_id: int
    ref: str
    by_member_id: int | None
    about_kind: str
    about_ref: str | None
    kind: str
    words: str
    reported_at: datetime
    settled_at: datetime | None
    call_back: str | None = field(default=None, repr=False)
    kept_from: frozenset[int] = frozenset()
    gathered: bool = False


class Reports:
    """What went wrong, and who is worried about whom."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, **values: Any) -> Report:
        """Keep a report."""
        row = ReportRow(**values)
        self._session.add(row)
        self._session.flush()
        return _report(row)

    def by_ref(self, place_id: int | None, ref: str) -> Report:
        """A report of this place (any, for None), locked. Raises NotFound."""
        query = select(ReportRow).where(ReportRow.ref == written(ref))
        if place_id is not None:
            query = query.where(ReportRow.place_id == place_id)
        row = self._session.scalar(
            query.with_for_update(), execution_options={"populate_existing": True}
        )
        if row is None:
            raise NotFound("report_unknown")
        return _report(row)

    def unsettled(self, place_id: int) -> list[Report]:
        """The reports that wait for somebody: worries first, then the oldest; floods at the end."""
        query = (
            select(ReportRow)
            .where(ReportRow.place_id == place_id, ReportRow.settled_at.is_(None))
            .order_by(
                ReportRow.gathered,
                case((ReportRow.kind == "worried", 0), else_=1),
                ReportRow.reported_at,
                ReportRow.id,
            )
        )
        return [_report(row) for row in self._session.scalars(query)]

    def nth_newest_of_strangers(
        self, place_id: int, nth: int, *, from_address_hash: str | None = None
    ) -> datetime | None:
        """When the nth newest report of a stranger was made, in the place or from one address."""
        query = select(ReportRow.reported_at).where(
            ReportRow.place_id == place_id, ReportRow.by_member_id.is_(None),
            ReportRow.kind.in_(("went-wrong", "worried")),
        )  # fmt: skip
        if from_address_hash is not None:
            query = query.where(ReportRow.from_address_hash == from_address_hash)
        ordered = query.order_by(ReportRow.reported_at.desc())
        return self._session.scalar(ordered.offset(nth - 1).limit(1))

    def forget_addresses(self, before: datetime) -> int:
        """Forget from where strangers reported; of how many."""
        known = ReportRow.from_address_hash.is_not(None) & (ReportRow.reported_at < before)
        forgetting = update(ReportRow).where(known).values(from_address_hash=None)
        return changed(self._session.execute(forgetting))

    def nth_newest(self, place_id: int, kind: str, nth: int) -> datetime | None:
        """When the nth newest report of a kind was made."""
        query = select(ReportRow.reported_at).filter_by(place_id=place_id, kind=kind)
        ordered = query.order_by(ReportRow.reported_at.desc())
        return self._session.scalar(ordered.offset(nth - 1).limit(1))

    def settle(
        self, report_id: int, *, by_member_id: int | None, words: str | None, now: datetime
    ) -> None:
        """Mark a report as settled."""
        self._session.execute(
            update(ReportRow)
            .where(ReportRow.id == report_id)
            .values(settled_at=now, settled_by=by_member_id, settled_words=words)
        )


def _report(row: ReportRow) -> Report:
    return Report(
        id=row.id, place_id=row.place_id, ref=row.ref, by_member_id=row.by_member_id,
        about_kind=row.about_kind, about_ref=row.about_ref, kind=row.kind, words=row.words,
        reported_at=row.reported_at, settled_at=row.settled_at,
        call_back=row.call_back, kept_from=frozenset(row.kept_from or ()), gathered=row.gathered,
    )  # fmt: skip
