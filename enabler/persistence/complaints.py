"""Complaints about what is done with personal data, and each step of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from enabler.domain.complaints import ANSWERED
from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.persistence.cases import Note
from enabler.persistence.database import changed
from enabler.persistence.tables.complaints import ComplaintNoteRow, ComplaintRow


@dataclass(frozen=True, slots=True)
class Complaint:
    """One of them, as it stands."""

    id: int
    place_id: int
    ref: str
    by_member_id: int | None
    how: str
    kind: str
    meant: Mapping[str, Any] | None = field(repr=False)
    words: str = field(repr=False)
    call_back: str | None = field(repr=False)
    kept_from: frozenset[int]
    made_at: datetime
    answer_by: date
    due_at: datetime
    tell_next_at: datetime | None
    told_times: int
    state: str
    assigned_to: int | None
    outcome: str | None
    answer: str | None = field(repr=False)
    answered_at: datetime | None
    answered_by: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of a place's complaints: made, answered in time, answered late, waiting, overdue,
    and how those that are answered ended."""

    made: int
    in_time: int
    late: int
    waiting: int
    overdue: int
    outcomes: Mapping[str, int]


class Complaints:
    """Rows of complaints. Nothing that was written in them is ever lost."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, **values: Any) -> Complaint:
        """Keep one."""
        row = ComplaintRow(**values)
        self._session.add(row)
        self._session.flush()
        return _complaint(row)

    def by_ref(self, place_id: int | None, ref: str) -> Complaint:
        """One of this place, locked. Raises NotFound."""
        query = select(ComplaintRow).filter_by(place_id=place_id, ref=written(ref))
        row = self._session.scalar(
            query.with_for_update(), execution_options={"populate_existing": True}
        )
        if row is None:
            raise NotFound("complaint_unknown")
        return _complaint(row)

    def change(self, complaint_id: int, **values: Any) -> None:
        """Write how one stands."""
        changing = update(ComplaintRow).where(ComplaintRow.id == complaint_id).values(**values)
        self._session.execute(changing)

    def of_place(self, place_id: int | None) -> list[Complaint]:
        """All of a place: those that wait on top, the most pressing first; then the answered."""
        query = select(ComplaintRow).filter_by(place_id=place_id)
        found = [_complaint(row) for row in self._session.scalars(query)]
        waiting = sorted((one for one in found if one.state != ANSWERED), key=lambda o: o.due_at)
        over = [one for one in found if one.state == ANSWERED]
        return waiting + sorted(over, key=lambda one: one.answered_at or one.made_at, reverse=True)

    def of_member(self, place_id: int | None, member_id: int) -> list[Complaint]:
        """What a member complained of, the newest first."""
        query = select(ComplaintRow).filter_by(place_id=place_id, by_member_id=member_id)
        return [_complaint(row) for row in self._session.scalars(
            query.order_by(ComplaintRow.made_at.desc(), ComplaintRow.id.desc())
        )]  # fmt: skip

    def claim_due(self, now: datetime) -> Complaint | None:
        """One that nobody has answered and of which those who do so are to hear, held."""
        query = (
            select(ComplaintRow)
            .where(ComplaintRow.tell_next_at <= now)
            .order_by(ComplaintRow.tell_next_at, ComplaintRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._session.scalar(query)
        return None if row is None else _complaint(row)

    def nth_newest_of_strangers(self, place_id: int, nth: int) -> datetime | None:
        """When the nth newest of a stranger was made."""
        query = select(ComplaintRow.made_at).filter_by(place_id=place_id, by_member_id=None)
        ordered = query.order_by(ComplaintRow.made_at.desc())
        return self._session.scalar(ordered.offset(nth - 1).limit(1))

    def forget_addresses(self, before: datetime) -> int:
        """Forget from where strangers complained; of how many."""
        row = ComplaintRow
        known = row.from_address_hash.is_not(None) & (row.made_at < before)
        forgetting = update(row).where(known).values(from_address_hash=None)
        return changed(self._session.execute(forgetting))

    def note(
        self, complaint: Complaint, kind: str, *, by_member_id: int | None, at: datetime,
        words: str | None = None, **facts: Any,
    ) -> None:  # fmt: skip
        """Write a step down."""
        self._session.execute(insert(ComplaintNoteRow).values(
            place_id=complaint.place_id, complaint_id=complaint.id, kind=kind,
            by_member_id=by_member_id, at=at, words=words, facts=facts,
        ))  # fmt: skip

    def notes(self, complaint_id: int) -> list[Note]:
        """What was done about one, the first first."""
        query = select(ComplaintNoteRow).filter_by(complaint_id=complaint_id)
        return [
            Note(row.kind, row.by_member_id, row.at, row.words, row.facts)
            for row in self._session.scalars(query.order_by(ComplaintNoteRow.id))
        ]

    def counts(self, place_id: int, kind: str, since: datetime, now: datetime) -> Counts:
        """Of those of a kind that were made since then."""
        row = ComplaintRow
        query = select(row.state, row.outcome, row.due_at, row.answered_at).where(
            row.place_id == place_id, row.kind == kind, row.made_at >= since
        )
        found = self._session.execute(query).all()
        answered = [one for one in found if one.state == ANSWERED]
        waiting = [one for one in found if one.state != ANSWERED]
        in_time = sum(one.answered_at < one.due_at for one in answered)
        return Counts(
            made=len(found), in_time=in_time, late=len(answered) - in_time, waiting=len(waiting),
            overdue=sum(one.due_at <= now for one in waiting),
            outcomes=Counter(one.outcome for one in answered),
        )  # fmt: skip


def _complaint(row: ComplaintRow) -> Complaint:
    return Complaint(
        id=row.id, place_id=row.place_id, ref=row.ref, by_member_id=row.by_member_id, how=row.how,
        kind=row.kind, meant=row.meant, words=row.words, call_back=row.call_back,
        kept_from=frozenset(row.kept_from), made_at=row.made_at, answer_by=row.answer_by,
        due_at=row.due_at,
        tell_next_at=row.tell_next_at, told_times=row.told_times, state=row.state,
        assigned_to=row.assigned_to, outcome=row.outcome, answer=row.answer,
        answered_at=row.answered_at, answered_by=row.answered_by,
    )  # fmt: skip
