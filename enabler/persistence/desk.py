"""The desk of a place: what waits, who has it in hand, what was escalated."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, union_all, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from enabler.persistence.database import changed
from enabler.persistence.desk_queue import everything
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.border import ClearingAgreementRow
from enabler.persistence.tables.desk import DeskClaimRow, DeskEscalationRow, DeskQuestionRow
from enabler.persistence.tables.hours import AccountLeavingRow, HoursFlagRow
from enabler.persistence.tables.hours_events import HoursEventRow, HoursEventSideRow
from enabler.persistence.tables.hours_proposals import HoursProposalRow
from enabler.persistence.tables.ledger import AccountRow
from enabler.persistence.tables.members import MemberRow, OrganisationRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.places import WardRow


@dataclass(frozen=True, slots=True)
class Claim:
    """Who has a thing in hand, by id and ref, and since when."""

    by_member_id: int
    by_ref: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits, as the database tells it; what the columns hold of each kind is said
    in :mod:`.desk_queue`."""

    kind: str
    id: int
    ref: str
    since: datetime
    changed_at: datetime | None
    category: str | None
    words: str | None
    because: str | None
    more: str | None
    ward_id: int | None
    member_id: int | None
    organisation_id: int | None
    version: int | None
    needed_by: datetime | None
    timed: int | None
    asked: int | None
    declined: int | None
    setting: str | None
    circumstances: str | None  # as JSON
    noticed: int | None
    ward: str | None
    organisation: str | None
    claim: Claim | None
    question_at: datetime | None
    question_ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that failed, or of which nobody knows."""

    id: int
    template: str
    channel: str
    state: str
    to_ref: str | None
    due_at: datetime


class Desk:
    """What waits in a place. Call :meth:`claim_of` and :meth:`take` inside one writing unit."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def waiting(
        self, place_id: int, now: datetime, *, soon: datetime, urgent: Collection[str]
    ) -> list[Row]:
        """All that waits but for reports, in one statement."""
        q = everything(place_id, now, soon=soon, urgent=urgent).subquery("w")
        claim, asked, any_asked = DeskClaimRow, DeskQuestionRow, aliased(DeskQuestionRow)
        taker = aliased(MemberRow)
        newest = (
            select(func.max(any_asked.id))
            .where(any_asked.subject_kind == q.c.kind, any_asked.subject_id == q.c.id)
            .scalar_subquery()
        )
        query = (
            select(
                q, WardRow.name, OrganisationRow.name, claim.by_member_id, taker.ref, claim.since,
                asked.asked_at, asked.ended_at,
            )
            .outerjoin(WardRow, WardRow.id == q.c.ward_id)
            .outerjoin(OrganisationRow, OrganisationRow.id == q.c.organisation_id)
            .outerjoin(claim, and_(claim.place_id == place_id, claim.kind == q.c.kind,
                                   claim.ref == q.c.ref))
            .outerjoin(taker, taker.id == claim.by_member_id)
            .outerjoin(asked, asked.id == newest)
        )  # fmt: skip
        return [_row(tuple(row)) for row in self._session.execute(query)]

    def hours_waiting(
        self, place_id: int, now: datetime, but_by: int | None
    ) -> tuple[int, datetime | None]:
        """How many things wait at the desk of hours, and since when the oldest; none that this
        member proposed: another one decides."""
        by, flag, event = HoursProposalRow, HoursFlagRow, HoursEventRow
        side, leaving, account = HoursEventSideRow, AccountLeavingRow, AccountRow
        limits = ClearingAgreementRow
        said = select(side.event_id).where(side.event_id == event.id, side.state == "disputed")
        others = by.asked_by.is_distinct_from(but_by)
        mine = (limits.place_id == place_id) | (limits.with_place_id == place_id)
        parts = (
            select(flag.raised_at.label("at")).where(flag.place_id == place_id,
                                                     flag.settled_at.is_(None)),
            select(by.asked_at).where(by.place_id == place_id, by.state == "waiting",
                                      by.answer_by > now, others),
            select(event.recorded_at).where(event.place_id == place_id, said.exists()),
            select(leaving.asked_at).join(account, account.id == leaving.account_id)
            .where(leaving.place_id == place_id, account.posted <= 0),
            select(limits.asked_at).where(mine, limits.state == "waiting",
                                          limits.proposer_id != place_id,
                                          limits.asked_by.is_distinct_from(but_by)),
        )  # fmt: skip
        found = list(self._session.scalars(select(union_all(*parts).subquery().c.at)))
        return len(found), min(found, default=None)

    def claim_of(self, place_id: int, kind: str, ref: str) -> Claim | None:
        """Who has it in hand, however long ago."""
        query = (
            select(DeskClaimRow.by_member_id, MemberRow.ref, DeskClaimRow.since)
            .join(MemberRow, MemberRow.id == DeskClaimRow.by_member_id)
            .where(*_is(place_id, kind, ref))
        )
        row = self._session.execute(query).one_or_none()
        return None if row is None else Claim(*row)

    def take(
        self, place_id: int, kind: str, ref: str, *, by: int, now: datetime, instead: Claim | None
    ) -> bool:
        """Take a thing in hand, in place of this claim where there is one; False where somebody
        was quicker."""
        if instead is not None:
            same = DeskClaimRow.by_member_id == instead.by_member_id
            taking = update(DeskClaimRow).where(*_is(place_id, kind, ref), same)
            taking = taking.where(DeskClaimRow.since == instead.since)
            return bool(changed(self._session.execute(taking.values(by_member_id=by, since=now))))
        row = {"place_id": place_id, "kind": kind, "ref": ref, "by_member_id": by, "since": now}
        try:
            with self._session.begin_nested():
                self._session.execute(insert(DeskClaimRow).values(**row))
        except IntegrityError:
            return False
        return True

    def let_go(self, place_id: int, kind: str, ref: str) -> None:
        """Nobody has it in hand."""
        self._session.execute(delete(DeskClaimRow).where(*_is(place_id, kind, ref)))

    def escalated(
        self, place_id: int, kind: str, ref: str, *, since: datetime, level: int, now: datetime
    ) -> bool:
        """Note that those who keep the market are told of it; False where they were."""
        row = DeskEscalationRow
        key = {"place_id": place_id, "kind": kind, "ref": ref, "since": since, "level": level}
        if self._session.scalar(select(row.id).filter_by(**key)) is not None:
            return False
        try:
            with self._session.begin_nested():
                self._session.execute(insert(row).values(**key, at=now))
        except IntegrityError:
            return False
        return True

    def opened_by_themselves(
        self, place_id: int, since: datetime
    ) -> list[tuple[str, str | None, datetime]]:
        """(kind, ref, when) of held things that nobody looked at in time, the newest first."""
        row = AuditRow
        query = (
            select(row.subject_kind, row.subject_ref, row.at)
            .where(row.place_id == place_id, row.at >= since, row.why == "neglected")
            .order_by(row.id.desc())
        )
        return [(kind, ref, at) for kind, ref, at in self._session.execute(query)]

    def undelivered(
        self, ids: Collection[int], unnamed: Collection[int] = ()
    ) -> Sequence[Undelivered]:
        """Messages by id, the oldest first; without the refs of the members in ``unnamed``."""
        row = OutboxRow
        query = (
            select(row.id, row.template, row.channel, row.state, MemberRow.ref, row.due_at)
            .outerjoin(
                MemberRow, (MemberRow.id == row.member_id) & MemberRow.id.not_in(list(unnamed))
            )
            .where(row.id.in_(ids))
            .order_by(row.due_at, row.id)
        )
        return [Undelivered(*one) for one in self._session.execute(query)]


def _is(place_id: int, kind: str, ref: str) -> tuple[Any, ...]:
    row = DeskClaimRow
    return row.place_id == place_id, row.kind == kind, row.ref == ref


def _row(told: tuple[Any, ...]) -> Row:
    own, (ward, organisation, by, by_ref, since, asked_at, ended_at) = told[:-7], told[-7:]
    claim = None if by is None else Claim(by, by_ref, since)
    return Row(*(*own, ward, organisation, claim, asked_at, ended_at))
