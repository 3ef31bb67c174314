"""Who may act for whom, and what was done for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.mandates import THEIR_DEEDS, Ended, Hears, Mandate, Scope
from enabler.domain.refs import written
from enabler.persistence.among import among
from enabler.persistence.database import changed
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.mandates import MandateRow
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


class Mandates:
    """Rows of mandates. Hold the member's row
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

    def acting_in(self, session_id: int) -> int | None:
        """Under which mandate a browser acts, by id."""
        query = select(WebSessionRow.acting_id).where(WebSessionRow.id == session_id)
        return self._session.scalar(query)

    def deeds(self, member_ref: str, limit: int) -> list[Deed]:
        """What was done for a member by others, the newest first."""
        query = (
            select(AuditRow)
            .where(AuditRow.on_behalf_of == member_ref, AuditRow.what.in_(sorted(THEIR_DEEDS)))
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

    def _found(self, *conditions: Any) -> list[Mandate]:
        query = select(MandateRow).where(*conditions).order_by(MandateRow.id.desc())
        return [_mandate(row) for row in self._session.scalars(query, execution_options=_FRESH)]

    def hold_supporter(self, member_id: int) -> None:
        """Hold a supporter's row: those who would give them one more person take turns."""
        query = select(MemberRow.id).where(MemberRow.id == member_id)
        self._session.execute(query.with_for_update(key_share=True)).all()


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return MandateRow.ended_at.is_(None), MandateRow.from_at <= now, MandateRow.until_at > now


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
