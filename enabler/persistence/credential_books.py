"""What is asked, waived and shown of checks, what was said of their end, what stands without."""

from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enabler.domain.credentials import Gap, Grant, Waiver, Wanted
from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.persistence.refs import Refs
from enabler.persistence.tables.credentials import (
    CredentialGapRow,
    CredentialGrantRow,
    CredentialNoticeRow,
    CredentialWaiverRow,
    CredentialWantedRow,
)

_WAITING = "waiting"
_Kept = TypeVar("_Kept", Wanted, Waiver, Grant)


class CredentialBooks:
    """The tables beside ``credential``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def want(self, **values: Any) -> Wanted | None:
        """Keep that a holder wants a check; None where they want this one already."""
        ref = Refs(self._session).new(values["place_id"], "credential-wanted")
        row = CredentialWantedRow(ref=ref, state=_WAITING, **values)
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            return None
        return _as(Wanted, row)

    def wanted(self, place_id: int) -> tuple[Wanted, ...]:
        """The checks that wait for somebody of the desk, the oldest first."""
        return self._wanted(place_id=place_id, state=_WAITING)

    def wanted_of(
        self, member_id: int | None, organisation_id: int | None = None
    ) -> tuple[Wanted, ...]:
        """What one holder waits for."""
        whose = {"member_id": member_id, "organisation_id": organisation_id}
        return self._wanted(state=_WAITING, **whose)

    def wanted_by_ref(self, place_id: int | None, ref: str) -> Wanted:
        """One of them. Raises NotFound."""
        return _as(Wanted, self._by_ref(CredentialWantedRow, place_id, ref))

    def end_wanted(
        self, wanted_id: int, *, state: str, by: str, now: datetime, words: str | None = None
    ) -> bool:
        """It was seen, withdrawn or refused; False where it did not wait any more."""
        row = CredentialWantedRow
        ended = self._session.execute(
            update(row)
            .where(row.id == wanted_id, row.state == _WAITING)
            .values(state=state, ended_at=now, ended_by=by, ended_words=words)
            .returning(row.id)
        )
        return ended.first() is not None

    def _wanted(self, **which: Any) -> tuple[Wanted, ...]:
        row = CredentialWantedRow
        query = select(row).filter_by(**which).order_by(row.asked_at, row.id)
        return tuple(_as(Wanted, each) for each in self._session.scalars(query))

    def waive(self, **values: Any) -> Waiver:
        """Keep that one of the staff asks another for a waiver."""
        ref = Refs(self._session).new(values["place_id"], "credential-waiver")
        row = CredentialWaiverRow(ref=ref, state=_WAITING, **values)
        self._session.add(row)
        self._session.flush()
        return _as(Waiver, row)

    def waivers(self, place_id: int) -> tuple[Waiver, ...]:
        """Those that wait for a second person, the oldest first."""
        row = CredentialWaiverRow
        query = select(row).filter_by(place_id=place_id, state=_WAITING).order_by(row.id)
        return tuple(_as(Waiver, each) for each in self._session.scalars(query))

    def waiver_by_ref(self, place_id: int | None, ref: str) -> Waiver:
        """One of them, held. Raises NotFound."""
        return _as(Waiver, self._by_ref(CredentialWaiverRow, place_id, ref, lock=True))

    def end_waiver(self, waiver_id: int, *, state: str, by: str, now: datetime) -> None:
        """It is agreed, refused or withdrawn."""
        row = CredentialWaiverRow
        self._session.execute(
            update(row).where(row.id == waiver_id).values(state=state, ended_by=by, ended_at=now)
        )

    def grant(self, **values: Any) -> Grant:
        """Keep that a member lets others see a check of theirs."""
        ref = Refs(self._session).new(values["place_id"], "credential-grant")
        row = CredentialGrantRow(ref=ref, **values)
        self._session.add(row)
        self._session.flush()
        return _as(Grant, row)

    def grants(self, now: datetime | None = None, **which: Any) -> tuple[Grant, ...]:
        """Those of a member, an organisation or a place, as the columns in ``which`` say; with
        ``now`` only those that hold then."""
        row = CredentialGrantRow
        query = select(row).filter_by(**which).order_by(row.id.desc())
        found = tuple(_as(Grant, each) for each in self._session.scalars(query))
        return found if now is None else tuple(each for each in found if each.holds(now))

    def grant_by_ref(self, ref: str) -> Grant:
        """One of any place: whoever calls looks whose it is. Raises NotFound."""
        return _as(Grant, self._by_ref(CredentialGrantRow, None, ref, lock=True))

    def change_grant(self, grant_id: int, **values: Any) -> None:
        """It has ended, or another place has taken the check over."""
        row = CredentialGrantRow
        self._session.execute(update(row).where(row.id == grant_id).values(**values))

    def overdue_grants(self, now: datetime, limit: int) -> tuple[Grant, ...]:
        """Those whose time is over and that another place took a check over by."""
        row = CredentialGrantRow
        query = (
            select(row)
            .where(row.ended_at.is_(None), row.until_at <= now, row.accepted_id.is_not(None))
            .order_by(row.id).limit(limit).with_for_update(skip_locked=True)
        )  # fmt: skip
        return tuple(_as(Grant, each) for each in self._session.scalars(query))

    def note_said(self, credential_id: int, days: int, now: datetime) -> bool:
        """Whether this is the first word of the end so many days before it."""
        row = CredentialNoticeRow
        values = {"credential_id": credential_id, "days": days, "at": now}
        try:
            with self._session.begin_nested():
                self._session.execute(insert(row).values(**values))
        except IntegrityError:
            return False
        return True

    def open_gap(self, gap: Gap) -> bool:
        """Keep that a yes stands without a check; False where it did already."""
        row = CredentialGapRow
        if self._session.get(row, gap.match_id) is not None:
            return False
        values = {"kinds": list(gap.kinds), "since": gap.since, "release_at": gap.release_at}
        self._session.execute(
            insert(row).values(match_id=gap.match_id, place_id=gap.place_id, **values)
        )
        return True

    def close_gap(self, match_id: int) -> None:
        """It has its checks again, or is over."""
        row = CredentialGapRow
        self._session.execute(delete(row).where(row.match_id == match_id))

    def gap(self, match_id: int) -> Gap | None:
        """What a yes lacks, if anything."""
        row = self._session.get(CredentialGapRow, match_id)
        return None if row is None else _gap(row)

    def gaps(self, place_id: int) -> tuple[Gap, ...]:
        """Every yes of a place that stands without a check, the most pressing first."""
        row = CredentialGapRow
        query = select(row).filter_by(place_id=place_id).order_by(row.release_at, row.match_id)
        return tuple(_gap(each) for each in self._session.scalars(query))

    def gaps_due(self, now: datetime, limit: int) -> tuple[Gap, ...]:
        """Those for which others are to be asked now."""
        row = CredentialGapRow
        query = select(row).where(row.release_at <= now).order_by(row.release_at).limit(limit)
        return tuple(_gap(each) for each in self._session.scalars(query))

    def _by_ref(self, kind: Any, place_id: int | None, ref: str, *, lock: bool = False) -> Any:
        query = select(kind).where(kind.ref == written(ref))
        if place_id is not None:
            query = query.where(kind.place_id == place_id)
        found = self._session.scalar(query.with_for_update() if lock else query)
        if found is None:
            raise NotFound("credential_unknown")
        return found


def _as(kind: type[_Kept], row: Any) -> _Kept:
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind)})


def _gap(row: CredentialGapRow) -> Gap:
    return Gap(row.match_id, row.place_id, tuple(row.kinds), row.since, row.release_at)
