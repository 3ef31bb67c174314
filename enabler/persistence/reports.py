"""What went wrong, and who is worried about whom."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.domain.reports import KINDS, SETTLED, WORRIED
from enabler.persistence.tables.matches import ReportRow


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody told the council, and how it stands. ``kept_from`` are whose it is and staff
    who are named in it; ``for_leads``: the safeguarding leads alone read it. ``due_at``: a lead is
    to have seen it by then; ``told_times``: how often it was told that nobody has, next at
    ``tell_next_at``."""

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
    about_line: int | None = None
    state: str = "open"
    assigned_to: int | None = None
    for_leads: bool = False
    due_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = None
    told_times: int = 0
    tell_next_at: datetime | None = None
    settled_by: int | None = None
    settled_words: str | None = field(default=None, repr=False)
    outcome: str | None = field(default=None, repr=False)
    outcome_at: datetime | None = None

    @property
    def is_worry(self) -> bool:
        """Whether somebody is worried about someone: it never lapses, and has a clock."""
        return self.kind == WORRIED


class Reports:
    """What went wrong, and who is worried about whom."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, **values: Any) -> Report:
        """Keep a report; a worry is for the leads."""
        row = ReportRow(**{"for_leads": values["kind"] == WORRIED} | values)
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

    def by_id(self, report_id: int) -> Report:
        """A report by its id."""
        return _report(self._session.get_one(ReportRow, report_id))

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

    def all_unsettled(self) -> list[Report]:
        """The reports of all places that wait for somebody."""
        rows = self._session.scalars(select(ReportRow).where(ReportRow.settled_at.is_(None)))
        return [_report(row) for row in rows]

    def nth_newest_of_strangers(
        self, place_id: int, nth: int, *, from_address_hash: str | None = None
    ) -> datetime | None:
        """When the nth newest report of a stranger was made, in the place or from one address."""
        query = select(ReportRow.reported_at).where(
            ReportRow.place_id == place_id, ReportRow.by_member_id.is_(None),
            ReportRow.kind.in_(tuple(KINDS)),
        )  # fmt: skip
        if from_address_hash is not None:
            query = query.where(ReportRow.from_address_hash == from_address_hash)
        ordered = query.order_by(ReportRow.reported_at.desc())
        return self._session.scalar(ordered.offset(nth - 1).limit(1))

    def nth_newest(self, place_id: int, kind: str, nth: int) -> datetime | None:
        """When the nth newest report of a kind was made."""
        query = select(ReportRow.reported_at).filter_by(place_id=place_id, kind=kind)
        ordered = query.order_by(ReportRow.reported_at.desc())
        return self._session.scalar(ordered.offset(nth - 1).limit(1))

    def settle(
        self, report_id: int, *, by_member_id: int | None, words: str | None, now: datetime
    ) -> None:
        """Mark a report as settled."""
        self.change(
            report_id, settled_at=now, settled_by=by_member_id, settled_words=words,
            state=SETTLED, tell_next_at=None,
        )  # fmt: skip

    def change(self, report_id: int, **values: Any) -> None:
        """Write how a report stands."""
        changing = update(ReportRow).where(ReportRow.id == report_id).values(**values)
        self._session.execute(changing)

    def open_about(self, place_id: int, about_ref: str) -> list[Report]:
        """The open reports about the thing of this ref, the first first."""
        query = select(ReportRow).filter_by(place_id=place_id, about_ref=about_ref)
        waiting = query.where(ReportRow.settled_at.is_(None)).order_by(ReportRow.id)
        return [_report(row) for row in self._session.scalars(waiting)]

    def about(self, place_id: int, about_ref: str) -> list[Report]:
        """All reports about the thing of this ref, also those that are settled, the first first."""
        query = select(ReportRow).filter_by(place_id=place_id, about_ref=about_ref)
        return [_report(row) for row in self._session.scalars(query.order_by(ReportRow.id))]

    def of_reporter(self, place_id: int, member_id: int) -> list[Report]:
        """What a member told, the newest first."""
        query = select(ReportRow).filter_by(place_id=place_id, by_member_id=member_id)
        rows = self._session.scalars(query.order_by(ReportRow.reported_at.desc(), ReportRow.id))
        return [_report(row) for row in rows]

    def claim_unseen(self, now: datetime) -> Report | None:
        """A worry that nobody has seen in time, held; others skip it."""
        query = (
            select(ReportRow)
            .where(ReportRow.tell_next_at <= now, ReportRow.settled_at.is_(None))
            .order_by(ReportRow.tell_next_at, ReportRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._session.scalar(query)
        return None if row is None else _report(row)

    def tells(self, place_id: int, words: str) -> bool:
        """Whether a worry was told in the very same words, whatever came of it."""
        same = (ReportRow.place_id == place_id, ReportRow.kind == WORRIED, ReportRow.words == words)
        return self._session.scalar(select(ReportRow.id).where(*same).limit(1)) is not None

    def unseen(self, now: datetime) -> list[Report]:
        """Worries that nobody has seen, and of which others hear only later."""
        query = select(ReportRow).where(ReportRow.tell_next_at > now)
        waiting = query.where(ReportRow.settled_at.is_(None)).order_by(ReportRow.id)
        return [_report(row) for row in self._session.scalars(waiting)]


def _report(row: ReportRow) -> Report:
    return Report(
        id=row.id, place_id=row.place_id, ref=row.ref, by_member_id=row.by_member_id,
        about_kind=row.about_kind, about_ref=row.about_ref, kind=row.kind, words=row.words,
        reported_at=row.reported_at, settled_at=row.settled_at,
        call_back=row.call_back, kept_from=frozenset(row.kept_from or ()), gathered=row.gathered,
        about_line=row.about_line, state=row.state, assigned_to=row.assigned_to,
        for_leads=row.for_leads, due_at=row.due_at, acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by, told_times=row.told_times,
        tell_next_at=row.tell_next_at, settled_by=row.settled_by,
        settled_words=row.settled_words, outcome=row.outcome, outcome_at=row.outcome_at,
    )  # fmt: skip
