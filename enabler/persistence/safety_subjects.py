"""What messages about reports, visits that went wrong and hidden members are about, read when they
are sent."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from enabler.domain.letters import About
from enabler.domain.reports import readers
from enabler.domain.vocabulary import Role
from enabler.persistence.members import in_force
from enabler.persistence.tables.matches import ReportRow
from enabler.persistence.tables.members import RoleRow
from enabler.persistence.tables.safeguarding import ConductRow, ReportReleaseRow


class SafetySubjects:
    """Reads of what a message about safety is about. Nothing is changed here."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def report(self, ref: str, now: datetime) -> About | None:
        """A report; its ``helpers`` are the staff who may read it now, none who is named in it."""
        row = self._session.scalar(select(ReportRow).filter_by(ref=ref))
        if row is None:
            return None
        hands = self._at_desk(row.place_id, now)
        return _about(row, helpers=_readers(row, hands))

    def unread(self, ref: str, now: datetime) -> About | None:
        """A report that nobody at the desk may read, for the administrators."""
        row = self._session.scalar(select(ReportRow).filter_by(ref=ref))
        hands = [] if row is None else self._at_desk(row.place_id, now)
        if row is None or _readers(row, hands):
            return None
        chiefs = frozenset(each for each, role in hands if role is Role.ADMINISTRATOR)
        return replace(_about(row, helpers=frozenset()), answerers=chiefs)

    def _at_desk(self, place_id: int, now: datetime) -> list[tuple[int, Role]]:
        found = self._session.execute(
            select(RoleRow.member_id, RoleRow.role).where(
                RoleRow.place_id == place_id,
                *in_force(now),
                RoleRow.role.in_((Role.CUSTODIAN, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)),
            )
        )
        return [(member_id, role) for member_id, role in found]

    def outcome(self, ref: str, now: datetime) -> About | None:
        """A report, for whoever made it: what came of it, or that it came to an end."""
        row = self._session.scalar(select(ReportRow).filter_by(ref=ref))
        if row is None or row.by_member_id is None:
            return None
        return About(
            kind="outcome", ref=row.ref,
            state="told" if row.outcome_at or row.settled_at else "open",
            helpers=frozenset({row.by_member_id}),
        )  # fmt: skip

    def release(self, ref: str, now: datetime) -> About | None:
        """What a member is told about a report that concerns them."""
        row = self._session.scalar(select(ReportReleaseRow).filter_by(ref=ref))
        if row is None:
            return None
        return About(
            kind="release", ref=row.ref, state="told", helpers=frozenset({row.member_id})
        )  # fmt: skip

    def conduct(self, ref: str, now: datetime) -> About | None:
        """What was said of somebody's visit; ``helpers`` is whom it is about, ``askers`` who said
        it."""
        row = self._session.scalar(select(ConductRow).filter_by(ref=ref))
        if row is None:
            return None
        return About(
            kind="conduct", ref=row.ref, state=row.state, needed_by=row.answer_by,
            helpers=frozenset({row.about_member_id}), askers=frozenset({row.by_member_id}),
        )  # fmt: skip


def _readers(row: ReportRow, hands: list[tuple[int, Role]]) -> frozenset[int]:
    return readers(hands, row.kept_from or (), for_leads=row.for_leads, told=row.told_times)


def _about(row: ReportRow, helpers: frozenset[int]) -> About:
    seen = "open" if row.acknowledged_at is None else "seen"
    return About(
        kind="report", ref=row.ref, state=seen if row.settled_at is None else "settled",
        helpers=helpers, needed_by=row.due_at,
    )  # fmt: skip
