"""Who may act for whom, and what is asked for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.mandates import Basis, Ended, Hears, Mandate, Scope
from enabler.domain.refs import written
from enabler.persistence.among import among
from enabler.persistence.database import changed
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.mandates import MandateAskRow, MandateRow
from enabler.persistence.tables.members import MemberRow, WebSessionRow
from enabler.persistence.tables.needs import NeedRow

_FRESH = {"populate_existing": True}


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done for a member by another, as the audit has it."""

    at: datetime
    what: str
    by_ref: str
    subject_kind: str
    subject_ref: str | None


@dataclass(frozen=True, slots=True)
class MandateAsk:
    """A mandate that waits: see :class:`MandateAskRow`."""

    id: int
    place_id: int
    ref: str
    asked_by: str
    by_member_id: int
    member_id: int | None
    supporter_id: int | None
    organisation_id: int | None
    kind: str | None
    value: str | None
    nonce: str
    scopes: tuple[Scope, ...]
    days: int
    basis: Basis
    evidence: str | None
    wording: str | None
    version: int | None
    language: str | None
    wording_hash: str | None
    asked_at: datetime
    expires_at: datetime
    tries: int
    ended_at: datetime | None

    def waits(self, now: datetime) -> bool:
        """Whether it can still be answered."""
        return self.ended_at is None and now < self.expires_at


class Mandates:
    """Rows of mandates and of those that are asked for. Hold the member's row
    (``contacts.hold``) before one begins or ends."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, **values: Any) -> Mandate:
        """A mandate begins. Raises IntegrityError where a rule of the database forbids it."""
        values["scopes"] = [scope.value for scope in values["scopes"]]
        row = MandateRow(**values)
        self._session.add(row)
        self._session.flush()
        return _mandate(row)

    def by_id(self, mandate_id: int) -> Mandate | None:
        """The mandate of this id."""
        row = self._session.get(MandateRow, mandate_id)
        return None if row is None else _mandate(row)

    def by_ref(self, place_id: int | None, ref: str) -> Mandate:
        """A mandate of this place (any, for None) by ref. Raises NotFound."""
        query = select(MandateRow).where(MandateRow.ref == written(ref))
        if place_id is not None:
            query = query.where(MandateRow.place_id == place_id)
        row = self._session.scalar(query, execution_options=_FRESH)
        if row is None:
            raise NotFound("mandate_unknown")
        return _mandate(row)

    def of_member(self, member_id: int) -> list[Mandate]:
        """All that a member ever gave, the newest first."""
        return self._found(MandateRow.member_id == member_id)

    def open_of(self, member_id: int, now: datetime) -> list[Mandate]:
        """Those that a member gave and that can be used now."""
        return self._found(MandateRow.member_id == member_id, *_open(now))

    def of_supporter(
        self, member_id: int, organisation_ids: Collection[int], now: datetime
    ) -> list[Mandate]:
        """Those that somebody can use now: their own, and those of what they lead."""
        theirs = or_(
            MandateRow.supporter_id == member_id,
            among(MandateRow.organisation_id, list(organisation_ids)),
        )
        return self._found(theirs, *_open(now))

    def between(self, one_id: int, other_id: int) -> list[Mandate]:
        """Those of either of the two for the other that nobody has ended."""
        pair = (one_id, other_id)
        both = MandateRow.member_id.in_(pair) & MandateRow.supporter_id.in_(pair)
        return self._found(both, MandateRow.ended_at.is_(None))

    def not_ended(self, condition_ids: Collection[int]) -> list[Mandate]:
        """Those in which one of these members stands on either side and nobody has ended."""
        ids = list(condition_ids)
        side = or_(among(MandateRow.member_id, ids), among(MandateRow.supporter_id, ids))
        return self._found(side, MandateRow.ended_at.is_(None))

    def people_of(self, supporter_id: int, now: datetime, *, but: int) -> int:
        """For how many others than ``but`` somebody may act now."""
        query = select(func.count(MandateRow.member_id.distinct())).where(
            MandateRow.supporter_id == supporter_id, MandateRow.member_id != but, *_open(now)
        )
        return self._session.scalar(query) or 0

    def over(self, now: datetime) -> list[Mandate]:
        """Those whose time is over and which nobody has ended."""
        return self._found(MandateRow.ended_at.is_(None), MandateRow.until_at <= now)

    def ending(self, start: datetime, end: datetime) -> list[Mandate]:
        """Those that end from one moment to another, if nobody ends them before."""
        return self._found(
            MandateRow.ended_at.is_(None), MandateRow.until_at > start, MandateRow.until_at <= end
        )

    def end(self, mandate_id: int, because: Ended, by: int | None, now: datetime) -> int:
        """A mandate is over from this moment, unless it was; how many were ended. No browser acts
        under it any more, and which did is not told."""
        row = MandateRow
        ending = update(row).where(row.id == mandate_id, row.ended_at.is_(None))
        return changed(
            self._session.execute(
                ending.values(ended_at=now, ended_because=because, ended_by=by)
            )
        )  # fmt: skip

    def hear(self, mandate_id: int, hears: Hears) -> None:
        """How much its member wants to hear."""
        self._session.execute(
            update(MandateRow).where(MandateRow.id == mandate_id).values(hears=hears)
        )

    def act(self, session_id: int, mandate_id: int | None) -> None:
        """A browser acts under this mandate from now on; None: under none."""
        self._session.execute(
            update(WebSessionRow).where(WebSessionRow.id == session_id)
            .values(acting_id=mandate_id)
        )  # fmt: skip

    def deeds(self, member_ref: str, limit: int) -> list[Deed]:
        """What was done for a member by others, the newest first."""
        query = (
            select(AuditRow)
            .where(AuditRow.on_behalf_of == member_ref)
            .order_by(AuditRow.at.desc(), AuditRow.id.desc())
            .limit(limit)
        )
        return [
            Deed(row.at, row.what, row.actor_name, row.subject_kind, row.subject_ref)
            for row in self._session.scalars(query)
        ]

    def writer_of(self, need_id: int) -> int | None:
        """Who asked for it in the asker's name, by id; None where the asker did, or where it is an
        organisation's."""
        query = select(NeedRow.posted_by).where(
            NeedRow.id == need_id, NeedRow.posted_by != NeedRow.asker_id,
            NeedRow.organisation_id.is_(None),
        )  # fmt: skip
        return self._session.scalar(query)

    def ask(self, **values: Any) -> MandateAsk:
        """Keep what is asked for."""
        values["scopes"] = [scope.value for scope in values["scopes"]]
        row = MandateAskRow(tries=0, **values)
        self._session.add(row)
        self._session.flush()
        return _ask(row)

    def ask_by_ref(self, place_id: int | None, ref: str, *, lock: bool = False) -> MandateAsk:
        """What is asked for, by ref. Raises NotFound."""
        query = select(MandateAskRow).where(MandateAskRow.ref == written(ref))
        if place_id is not None:
            query = query.where(MandateAskRow.place_id == place_id)
        row = self._session.scalar(
            query.with_for_update() if lock else query, execution_options=_FRESH
        )
        if row is None:
            raise NotFound("mandate_unknown")
        return _ask(row)

    def asks_of(self, member_id: int, now: datetime) -> list[MandateAsk]:
        """What a member asked for, as either side, and waits."""
        row = MandateAskRow
        return self._asks(row.by_member_id == member_id, row.asked_by != "desk", *_waits(now))

    def asked_at(
        self, place_id: int, contacts: Collection[tuple[str, str]], asked_by: str, now: datetime
    ) -> list[MandateAsk]:
        """What waits for whoever has one of these numbers or addresses ((kind, value))."""
        row, values = MandateAskRow, [value for _, value in contacts]
        return self._asks(
            row.place_id == place_id, row.asked_by == asked_by, row.value.in_(values),
            *_waits(now),
        )  # fmt: skip

    def waiting_at_desk(self, place_id: int, now: datetime) -> list[MandateAsk]:
        """What waits for a second person at the desk."""
        row = MandateAskRow
        return self._asks(row.place_id == place_id, row.asked_by == "desk", *_waits(now))

    def asks_since(self, member_id: int, since: datetime) -> int:
        """How much somebody asked for from then on."""
        query = select(func.count()).select_from(MandateAskRow).where(
            MandateAskRow.by_member_id == member_id, MandateAskRow.asked_at >= since
        )  # fmt: skip
        return self._session.scalar(query) or 0

    def count_try(self, ask_id: int) -> None:
        """A wrong code was typed."""
        row = MandateAskRow
        self._session.execute(update(row).where(row.id == ask_id).values(tries=row.tries + 1))

    def end_ask(self, ask_id: int, because: str, now: datetime) -> None:
        """It waits no more; to whom it went is forgotten."""
        self._end_asks(MandateAskRow.id == ask_id, because, now)

    def end_old_asks(self, now: datetime) -> int:
        """End what nobody answered in time; how many."""
        return self._end_asks(MandateAskRow.expires_at <= now, "expired", now)

    def _end_asks(self, condition: ColumnElement[bool], because: str, now: datetime) -> int:
        row = MandateAskRow
        ending = update(row).where(condition, row.ended_at.is_(None))
        return changed(
            self._session.execute(ending.values(ended_at=now, ended_because=because, value=None))
        )

    def _asks(self, *conditions: Any) -> list[MandateAsk]:
        query = select(MandateAskRow).where(*conditions).order_by(MandateAskRow.id)
        return [_ask(row) for row in self._session.scalars(query, execution_options=_FRESH)]

    def _found(self, *conditions: Any) -> list[Mandate]:
        query = select(MandateRow).where(*conditions).order_by(MandateRow.id.desc())
        return [_mandate(row) for row in self._session.scalars(query, execution_options=_FRESH)]

    def hold_supporter(self, member_id: int) -> None:
        """Hold a supporter's row: those who would give them one more person take turns."""
        query = select(MemberRow.id).where(MemberRow.id == member_id)
        self._session.execute(query.with_for_update(key_share=True)).all()


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return MandateRow.ended_at.is_(None), MandateRow.from_at <= now, MandateRow.until_at > now


def _waits(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return MandateAskRow.ended_at.is_(None), MandateAskRow.expires_at > now


def _mandate(row: MandateRow) -> Mandate:
    return Mandate(
        id=row.id, place_id=row.place_id, ref=row.ref, member_id=row.member_id,
        supporter_id=row.supporter_id, organisation_id=row.organisation_id,
        scopes=tuple(Scope(each) for each in row.scopes), from_at=row.from_at,
        until_at=row.until_at, basis=row.basis, hears=row.hears, channel=row.channel,
        recorded_by=row.recorded_by, ended_at=row.ended_at, ended_because=row.ended_because,
        wording=row.wording, version=row.version, language=row.language,
        wording_hash=row.wording_hash,
    )  # fmt: skip


def _ask(row: MandateAskRow) -> MandateAsk:
    return MandateAsk(
        id=row.id, place_id=row.place_id, ref=row.ref, asked_by=row.asked_by,
        by_member_id=row.by_member_id, member_id=row.member_id, supporter_id=row.supporter_id,
        organisation_id=row.organisation_id, kind=row.kind, value=row.value, nonce=row.nonce,
        scopes=tuple(Scope(each) for each in row.scopes), days=row.days, basis=row.basis,
        evidence=row.evidence, wording=row.wording, version=row.version, language=row.language,
        wording_hash=row.wording_hash, asked_at=row.asked_at, expires_at=row.expires_at,
        tries=row.tries, ended_at=row.ended_at,
    )  # fmt: skip
