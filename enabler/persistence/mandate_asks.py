"""Mandates that are asked for and wait for an answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.mandates import Attorney, Basis, Mandate, Scope
from enabler.domain.refs import written
from enabler.persistence.database import changed
from enabler.persistence.tables.mandates import MandateAskRow

_FRESH = {"populate_existing": True}


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
    attorney: Attorney | None
    evidence: str | None
    wording: str | None
    version: int | None
    language: str | None
    wording_hash: str | None
    asked_at: datetime
    expires_at: datetime
    tries: int
    ended_at: datetime | None
    ended_because: str | None = None

    def waits(self, now: datetime) -> bool:
        """Whether it can still be answered."""
        return self.ended_at is None and now < self.expires_at


class MandateAsks:
    """Rows of what is asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, **values: Any) -> MandateAsk:
        """Keep what is asked for."""
        values["scopes"] = [scope.value for scope in values["scopes"]]
        row = MandateAskRow(tries=0, **values)
        self._session.add(row)
        self._session.flush()
        return _ask(row)

    def by_ref(self, place_id: int | None, ref: str, *, lock: bool = False) -> MandateAsk:
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

    def of(self, member_id: int, now: datetime) -> list[MandateAsk]:
        """What a member asked for, as either side, and waits."""
        row = MandateAskRow
        return self._asks(row.by_member_id == member_id, row.asked_by != "desk", *_waits(now))

    def agreed_to(self, member_id: int, now: datetime) -> list[MandateAsk]:
        """What a member has agreed to already and waits for somebody else's yes: their own asks,
        and what staff have seen."""
        row = MandateAskRow
        return self._asks(row.member_id == member_id, row.asked_by != "supporter", *_waits(now))

    def to_go_on(self, mandate: Mandate, now: datetime) -> list[MandateAsk]:
        """What waits for the member of a mandate to say whether it may go on."""
        return self._asks(*_about(mandate), *_waits(now))

    def sent_since(self, mandate: Mandate, since: datetime) -> bool:
        """Whether its member was asked from then on if it may go on, whatever became of it."""
        row = MandateAskRow
        return bool(self._asks(
            *_about(mandate), row.asked_at > since, row.ended_because.is_distinct_from("unsent")
        ))  # fmt: skip

    def sent_to(
        self, place_id: int, contacts: Collection[tuple[str, str]], asked_by: str, now: datetime
    ) -> list[MandateAsk]:
        """What waits for whoever has one of these numbers or addresses ((kind, value))."""
        row, values = MandateAskRow, [value for _, value in contacts]
        return self._asks(
            row.place_id == place_id, row.asked_by == asked_by, row.value.in_(values),
            *_waits(now),
        )  # fmt: skip

    def at_desk(self, place_id: int, now: datetime) -> list[MandateAsk]:
        """What waits for a second person at the desk."""
        row = MandateAskRow
        return self._asks(row.place_id == place_id, row.asked_by == "desk", *_waits(now))

    def count_since(self, member_id: int, since: datetime) -> int:
        """How much somebody asked for from then on."""
        query = select(func.count()).select_from(MandateAskRow).where(
            MandateAskRow.by_member_id == member_id, MandateAskRow.asked_at >= since
        )  # fmt: skip
        return self._session.scalar(query) or 0

    def count_try(self, ask_id: int) -> None:
        """A wrong code was typed."""
        row = MandateAskRow
        self._session.execute(update(row).where(row.id == ask_id).values(tries=row.tries + 1))

    def end(self, ask_id: int, because: str, now: datetime) -> None:
        """It waits no more; to whom it went is forgotten."""
        self._end_asks(MandateAskRow.id == ask_id, because, now)

    def end_old(self, now: datetime) -> int:
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


def _about(mandate: Mandate) -> tuple[ColumnElement[bool], ...]:
    """To the member it is, from the supporter of this mandate."""
    row = MandateAskRow
    return (
        row.asked_by == "supporter", row.member_id == mandate.member_id,
        row.supporter_id.is_not_distinct_from(mandate.supporter_id),
        row.organisation_id.is_not_distinct_from(mandate.organisation_id),
    )  # fmt: skip


def _waits(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return MandateAskRow.ended_at.is_(None), MandateAskRow.expires_at > now


def _ask(row: MandateAskRow) -> MandateAsk:
    return MandateAsk(
        id=row.id, place_id=row.place_id, ref=row.ref, asked_by=row.asked_by,
        by_member_id=row.by_member_id, member_id=row.member_id, supporter_id=row.supporter_id,
        organisation_id=row.organisation_id, kind=row.kind, value=row.value, nonce=row.nonce,
        scopes=tuple(Scope(each) for each in row.scopes), days=row.days, basis=row.basis,
        attorney=row.attorney, evidence=row.evidence, wording=row.wording, version=row.version,
        language=row.language, wording_hash=row.wording_hash, asked_at=row.asked_at,
        expires_at=row.expires_at, tries=row.tries, ended_at=row.ended_at,
        ended_because=row.ended_because,
    )  # fmt: skip
