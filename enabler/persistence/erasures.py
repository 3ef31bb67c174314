"""Who was erased, what stands before it, and what is left to do behind it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.vocabulary import MatchState, MemberState, OutboxState
from enabler.persistence.tables.erasure import ErasureRow
from enabler.persistence.tables.hours import HelpHoursRow
from enabler.persistence.tables.hours_events import HoursEventSideRow
from enabler.persistence.tables.matches import MatchRow, ReportRow
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.tables.messages import OutboxRow, SimulatedMessageRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.told_looks import concerns

_OVER = (OutboxState.QUEUED, OutboxState.SENDING)
LAST = "erased"
"""The template of the last letter."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One account that was erased. ``finished``: nothing is kept by a duty any more."""

    id: int
    place_id: int
    member_id: int
    asked_at: datetime
    finished: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list outside the backups: no name, no number."""

    place: str
    ref: str
    at: datetime


class Erasures:
    """Rows about members who go for good."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, place_id: int, member_id: int, *, by_kind: str, at: datetime, finished: bool,
        kept: dict[str, Any] | None,
    ) -> None:  # fmt: skip
        """Keep that a member was erased; one that a restored backup brought back is so again."""
        row = self._session.scalar(select(ErasureRow).filter_by(member_id=member_id))
        if row is None:
            row = ErasureRow(place_id=place_id, member_id=member_id, by_kind=by_kind, asked_at=at)
            self._session.add(row)
        row.erased_at, row.kept, row.wiped_at = (at if finished else None), kept, None
        self._session.flush()

    def unfinished(self) -> list[Erasure]:
        """Those of whom a duty keeps something, in all places."""
        gone = MemberRow.id == ErasureRow.member_id, MemberRow.state == MemberState.ERASED
        query = (
            select(ErasureRow).join(MemberRow, gone[0])
            .where(gone[1], ErasureRow.erased_at.is_(None)).order_by(ErasureRow.id)
        )  # fmt: skip
        return [_erasure(row) for row in self._session.scalars(query)]

    def finish(self, erasure_id: int, now: datetime) -> None:
        """No duty keeps anything any more."""
        self._session.execute(
            update(ErasureRow).where(ErasureRow.id == erasure_id)
            .values(erased_at=now, kept=None, wiped_at=None)
        )  # fmt: skip

    def kept_of(self, place_id: int) -> list[tuple[int, str, datetime, dict[str, Any]]]:
        """Who they were of whom a duty keeps that: id, ref, since when, name and contacts."""
        query = (
            select(MemberRow.id, MemberRow.ref, ErasureRow.asked_at, ErasureRow.kept)
            .join(MemberRow, MemberRow.id == ErasureRow.member_id)
            .where(ErasureRow.place_id == place_id, ErasureRow.kept.is_not(None))
            .order_by(ErasureRow.id)
        )
        return [(key, ref, at, kept or {}) for key, ref, at, kept in self._session.execute(query)]

    # The list outside the backups, and the files under the database

    def unlisted(self) -> list[tuple[int, Listed]]:
        """What has yet to be written into the list."""
        query = (
            select(ErasureRow.id, PlaceRow.slug, MemberRow.ref, ErasureRow.asked_at)
            .join(PlaceRow, PlaceRow.id == ErasureRow.place_id)
            .join(MemberRow, MemberRow.id == ErasureRow.member_id)
            .where(ErasureRow.listed_at.is_(None)).order_by(ErasureRow.id)
        )  # fmt: skip
        return [(key, Listed(slug, ref, at)) for key, slug, ref, at in self._session.execute(query)]

    def listed(self) -> list[Listed]:
        """What the database takes for written into the list."""
        query = (
            select(PlaceRow.slug, MemberRow.ref, ErasureRow.asked_at)
            .join(PlaceRow, PlaceRow.id == ErasureRow.place_id)
            .join(MemberRow, MemberRow.id == ErasureRow.member_id)
            .where(ErasureRow.listed_at.is_not(None)).order_by(ErasureRow.id)
        )  # fmt: skip
        return [Listed(*row) for row in self._session.execute(query)]

    def note_listed(self, ids: Collection[int], now: datetime) -> None:
        """They stand in the list."""
        self._mark(ids, listed_at=now)

    def unwiped(self) -> list[int]:
        """Those whose rows may still lie in a file beside the database."""
        query = select(ErasureRow.id).where(ErasureRow.wiped_at.is_(None))
        return list(self._session.scalars(query.order_by(ErasureRow.id)))

    def note_wiped(self, ids: Collection[int], now: datetime) -> None:
        """No file holds them."""
        self._mark(ids, wiped_at=now)

    def _mark(self, ids: Collection[int], **values: datetime) -> None:
        chosen = ErasureRow.id.in_(sorted(ids))
        self._session.execute(update(ErasureRow).where(chosen).values(**values))

    def back(self, listed: Collection[Listed]) -> list[int]:
        """Members of the list who are there again, as after a backup of before. Whoever has the
        ref of one of them but joined later is somebody else."""
        found: list[int] = []
        for one in listed:
            query = (
                select(MemberRow.id).join(PlaceRow, PlaceRow.id == MemberRow.place_id)
                .where(PlaceRow.slug == one.place, MemberRow.ref == one.ref)
                .where(MemberRow.state != MemberState.ERASED, MemberRow.created_at <= one.at)
            )  # fmt: skip
            found += self._session.scalars(query)
        return found

    # Letters

    def drop_letters(self, member_id: int) -> None:
        """What waited to be sent to somebody goes nowhere."""
        row = OutboxRow
        waiting = row.member_id == member_id, row.state == OutboxState.QUEUED
        self._session.execute(
            update(row).where(*waiting).values(state=OutboxState.DROPPED, failure="erased")
        )

    def forget_last_letters(self, before: datetime) -> int:
        """Forget to whom last letters went that left, or were given up, before a moment; also what
        the simulator kept of them."""
        row, told = OutboxRow, 0
        gone = select(row.id, row.place_id, row.to_value).where(
            row.template == LAST, row.to_value != "", row.state.not_in(_OVER),
            func.coalesce(row.sent_at, row.due_at) <= before,
        )  # fmt: skip
        for letter in self._session.execute(gone).all():
            self._session.execute(update(row).where(row.id == letter.id).values(to_value=""))
            message = SimulatedMessageRow
            self._session.execute(
                delete(message).where(
                    message.place_id == letter.place_id, message.address == letter.to_value,
                    message.at <= before,
                )
            )  # fmt: skip
            told += 1
        return told

    def open_reports(self, member_id: int) -> tuple[list[int], list[int]]:
        """Ids of reports that nobody has settled, also in a place where they only helped: those
        that concern a member, and those by them."""
        row = ReportRow
        open_ones = select(row.id).where(row.settled_at.is_(None))
        by = self._session.scalars(open_ones.where(row.by_member_id == member_id))
        of = self._session.scalars(open_ones.where(concerns(member_id)))
        return list(of), list(by)

    def disputed(self, member_id: int) -> int:
        """Helps of a member of which the two sides say different things."""
        match, need = MatchRow, NeedRow
        query = (
            select(func.count()).select_from(match).join(need, need.id == match.need_id)
            .where(match.state == MatchState.DISPUTED)
            .where(or_(match.helper_id == member_id, need.asker_id == member_id))
        )  # fmt: skip
        return self._session.scalar(query) or 0

    def hours_looked_at(self, account: int) -> int:
        """Helps and noted hours of an account that a person has yet to look at, or that count in a
        few days."""
        help_row, side = HelpHoursRow, HoursEventSideRow
        looked = select(func.count()).select_from(help_row).where(
            help_row.state == "looked-at",
            or_(help_row.payer_id == account, help_row.helper_id == account),
        )  # fmt: skip
        noted = select(func.count()).select_from(side).where(
            side.state.in_(("open", "disputed")),
            or_(side.payer_id == account, side.earner_id == account),
        )  # fmt: skip
        return (self._session.scalar(looked) or 0) + (self._session.scalar(noted) or 0)


def _erasure(row: ErasureRow) -> Erasure:
    return Erasure(
        row.id, row.place_id, row.member_id, row.asked_at, finished=row.erased_at is not None
    )
