"""Checked facts about helpers, with their expiry."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from enabler.domain.demands import standing_for
from enabler.domain.vocabulary import CredentialKind, MatchState
from enabler.persistence.chunks import chunked
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import CredentialRow

Holder = tuple[int | None, int | None]
"""A member's id or an organisation's: one of the two."""


class Credentials:
    """Checked facts about helpers."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[Holder, frozenset[str]] = {}
        self._helps: dict[int, int] = {}

    def add(
        self, *, place_id: int, holder: Holder, kind: CredentialKind, seen_on: datetime,
        valid_until: datetime, checked_by: str,
    ) -> int:  # fmt: skip
        """Record a checked fact; its id."""
        member_id, organisation_id = holder
        row = CredentialRow(
            place_id=place_id, member_id=member_id, organisation_id=organisation_id, kind=kind,
            seen_on=seen_on, valid_until=valid_until, checked_by=checked_by,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return row.id

    def valid_of(self, holder: Holder, now: datetime) -> frozenset[str]:
        """The kinds that a member or an organisation holds at this moment."""
        if holder in self._known:
            return self._known[holder]
        member_id, organisation_id = holder
        if organisation_id is not None:
            return self.valid_by_organisation([organisation_id], now).get(
                organisation_id, frozenset()
            )
        if member_id is None:
            return frozenset()
        return self.valid_by_member([member_id], now).get(member_id, frozenset())

    def helps_of(self, member_id: int) -> int:
        """How often a member has helped, as the other side confirmed or let stand."""
        if member_id not in self._helps:
            helped = MatchRow.helper_id == member_id, MatchRow.state == MatchState.CONFIRMED
            query = select(func.count()).select_from(MatchRow).where(*helped)
            self._helps[member_id] = self._session.scalar(query) or 0
        return self._helps[member_id]

    def know(self, holders: Iterable[Holder], now: datetime) -> None:
        """Read many at once, for a list: in this transaction they are not asked for again."""
        holders = set(holders)
        members = self.valid_by_member((one for one, _ in holders if one is not None), now)
        others = self.valid_by_organisation((one for _, one in holders if one is not None), now)
        for member_id, other in holders:
            held = members.get(member_id or 0) if other is None else others.get(other)
            self._known[member_id, other] = held or frozenset()

    def valid_by_member(self, ids: Iterable[int], now: datetime) -> dict[int, frozenset[str]]:
        """The kinds that are valid at this moment, by member."""
        return self._valid(CredentialRow.member_id, ids, now)

    def valid_by_organisation(self, ids: Iterable[int], now: datetime) -> dict[int, frozenset[str]]:
        """The kinds that are valid at this moment, by organisation."""
        return self._valid(CredentialRow.organisation_id, ids, now)

    def _valid(self, column: Any, ids: Iterable[int], now: datetime) -> dict[int, frozenset[str]]:
        found: dict[int, set[str]] = {}
        for part in chunked(ids):
            query = select(column, CredentialRow.kind).where(column.in_(part), is_valid(now))
            for holder, kind in self._session.execute(query):
                found.setdefault(holder, set()).add(kind.value)
        return {holder: standing_for(kinds) for holder, kinds in found.items()}


def is_valid(now: datetime) -> ColumnElement[bool]:
    """The condition of a credential that counts at this moment."""
    return (
        (CredentialRow.valid_until > now)
        & (CredentialRow.seen_on <= now)
        & CredentialRow.revoked_at.is_(None)
    )
