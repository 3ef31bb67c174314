"""Checked facts about helpers, with their expiry."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.checks import covering, held
from enabler.domain.credentials import Credential
from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.domain.vocabulary import CredentialKind, MatchState
from enabler.persistence import old_credentials
from enabler.persistence.chunks import chunked
from enabler.persistence.credential_books import CredentialBooks
from enabler.persistence.refs import Refs
from enabler.persistence.tables.credentials import CredentialNoticeRow, CredentialRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.places import RulesetRow

Holder = tuple[int | None, int | None]
"""A member's id or an organisation's: one of the two."""
_NAMES = tuple(field.name for field in fields(Credential))
_NOT_OVER = (
    MatchState.PROPOSED, MatchState.ASKED, MatchState.ACCEPTED, MatchState.ARRANGED,
)  # fmt: skip
_COLUMNS = tuple(getattr(CredentialRow, name) for name in _NAMES)


class Credentials(CredentialBooks):
    """Checked facts about helpers, and what is asked, waived and shown of them."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._known: dict[Holder, frozenset[str]] = {}
        self._helps: dict[int, int] = {}

    def add(
        self, *, place_id: int, holder: Holder, kind: CredentialKind, seen_on: datetime,
        valid_until: datetime, checked_by: str, **facts: Any,
    ) -> Credential:  # fmt: skip
        """Record a checked fact. ``facts``: note, last_characters, eligible_as, waived, agreed_by,
        carried_from, recorded_at."""
        member_id, organisation_id = holder
        row = CredentialRow(
            place_id=place_id, ref=Refs(self._session).new(place_id, "credential"),
            member_id=member_id, organisation_id=organisation_id, kind=kind, seen_on=seen_on,
            valid_until=valid_until, checked_by=checked_by, **facts,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        self._known.pop(holder, None)
        return self.by_id(row.id)

    def by_id(self, credential_id: int) -> Credential:
        """The fact of this id. Raises NotFound."""
        return self._one(CredentialRow.id == credential_id)

    def by_ref(self, place_id: int | None, ref: str) -> Credential:
        """A fact of this place (of any, for None). Raises NotFound."""
        condition = CredentialRow.ref == written(ref)
        if place_id is not None:
            condition &= CredentialRow.place_id == place_id
        return self._one(condition)

    def of_holder(self, holder: Holder) -> tuple[Credential, ...]:
        """All that was ever recorded of a holder, the newest first."""
        member_id, organisation_id = holder
        theirs = (
            CredentialRow.member_id == member_id if member_id is not None
            else CredentialRow.organisation_id == organisation_id
        )  # fmt: skip
        return self._many(theirs, CredentialRow.id.desc())

    def ending(self, place_id: int, now: datetime, until: datetime) -> tuple[Credential, ...]:
        """What counts now in a place and ends by ``until``, the soonest first."""
        ends = (CredentialRow.place_id == place_id) & (CredentialRow.valid_until <= until)
        return self._many(ends & is_valid(now), CredentialRow.valid_until, CredentialRow.id)

    def to_say(self, place_id: int, days: int, now: datetime, limit: int) -> tuple[Credential, ...]:
        """What counts now in a place, ends in so many days, and of which nothing was said so near
        its end."""
        notice = CredentialNoticeRow
        said = select(notice.credential_id).where(notice.days <= days)
        ends = CredentialRow.valid_until <= now + timedelta(days=days)
        here = (CredentialRow.place_id == place_id) & ends & is_valid(now)
        return self._many(here & CredentialRow.id.not_in(said), CredentialRow.id, limit=limit)

    def ended(self, now: datetime, limit: int) -> tuple[Credential, ...]:
        """What ended by this moment and has not been seen to: by time, or taken back."""
        notice = CredentialNoticeRow
        seen = select(notice.credential_id).where(notice.days == 0)
        over = or_(CredentialRow.valid_until <= now, CredentialRow.revoked_at <= now)
        return self._many(over & CredentialRow.id.not_in(seen), CredentialRow.id, limit=limit)

    def revoke(self, credential_id: int, *, by: str, because: str, now: datetime) -> None:
        """Take a fact back, and what was carried from it (the database does that)."""
        self._session.execute(
            update(CredentialRow)
            .where(CredentialRow.id == credential_id, CredentialRow.revoked_at.is_(None))
            .values(revoked_at=now, revoked_by=by, revoked_because=because)
        )
        self._known.clear()

    def carried(self, credential_id: int) -> tuple[Credential, ...]:
        """What other places took over from a fact."""
        return self._many(CredentialRow.carried_from == credential_id, CredentialRow.id)

    def of_kind(self, holder: Holder, kind: str, now: datetime) -> tuple[Credential, ...]:
        """What a holder has now that is enough for a kind."""
        enough = covering(CredentialKind(kind))
        return tuple(
            each for each in self.of_holder(holder) if each.kind in enough and each.holds(now)
        )

    def valid_of(self, holder: Holder, now: datetime) -> frozenset[str]:
        """The kinds that a member or an organisation has at this moment, with what they cover."""
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
            found = members.get(member_id or 0) if other is None else others.get(other)
            self._known[member_id, other] = found or frozenset()

    def valid_by_member(self, ids: Iterable[int], now: datetime) -> dict[int, frozenset[str]]:
        """The kinds that are valid at this moment, with what they cover, by member."""
        return self._valid(CredentialRow.member_id, ids, now)

    def valid_by_organisation(self, ids: Iterable[int], now: datetime) -> dict[int, frozenset[str]]:
        """The kinds that are valid at this moment, with what they cover, by organisation."""
        return self._valid(CredentialRow.organisation_id, ids, now)

    def forget(self, now: datetime) -> int:
        """Delete what ended a year ago, with what was asked, waived and shown of it; how many."""
        self._known.clear()
        return old_credentials.forget(self._session, now)

    def under_other_rules(self, now: datetime, after: int, limit: int) -> list[int]:
        """The matches, by id and beyond ``after``, that were asked or agreed before rules of the
        need's place began, or ended, that a helper's side may have to be looked at again for."""
        changed = or_(
            RulesetRow.from_at.between(MatchRow.proposed_at, now),
            RulesetRow.until_at.between(MatchRow.proposed_at, now),
        )
        query = (
            select(MatchRow.id).join(NeedRow, NeedRow.id == MatchRow.need_id)
            .where(MatchRow.state.in_(_NOT_OVER), MatchRow.id > after)
            .where(exists().where(RulesetRow.place_id == NeedRow.place_id, changed))
            .order_by(MatchRow.id).limit(limit)
        )  # fmt: skip
        return list(self._session.scalars(query))

    def for_two(self, now: datetime, after: int, limit: int) -> list[int]:
        """The matches, by id and beyond ``after``, that were said yes to, have not begun, and in
        whose need there is room for somebody else."""
        ahead = MatchRow.visit_start.is_(None) | (MatchRow.visit_start > now)
        query = (
            select(MatchRow.id).join(NeedRow, NeedRow.id == MatchRow.need_id)
            .where(MatchRow.state.in_((MatchState.ACCEPTED, MatchState.ARRANGED)), ahead)
            .where(MatchRow.id > after, NeedRow.slots > 1)
            .order_by(MatchRow.id).limit(limit)
        )  # fmt: skip
        return list(self._session.scalars(query))

    def _valid(self, column: Any, ids: Iterable[int], now: datetime) -> dict[int, frozenset[str]]:
        found: dict[int, set[str]] = {}
        for part in chunked(ids):
            query = select(column, CredentialRow.kind).where(column.in_(part), is_valid(now))
            for holder, kind in self._session.execute(query):
                found.setdefault(holder, set()).add(kind.value)
        return {holder: held(kinds) for holder, kinds in found.items()}

    def _one(self, condition: ColumnElement[bool]) -> Credential:
        found = self._many(condition, CredentialRow.id, limit=1)
        if not found:
            raise NotFound("credential_unknown")
        return found[0]

    def _many(
        self, condition: ColumnElement[bool], *order: Any, limit: int | None = None
    ) -> tuple[Credential, ...]:
        query = select(*_COLUMNS).where(condition).order_by(*order).limit(limit)
        return tuple(_read(row) for row in self._session.execute(query))


def _read(row: Sequence[Any]) -> Credential:
    return Credential(*row)


def is_valid(now: datetime) -> ColumnElement[bool]:
    """The condition of a credential that counts at this moment."""
    return (
        (CredentialRow.valid_until > now)
        & (CredentialRow.seen_on <= now)
        & or_(CredentialRow.revoked_at.is_(None), CredentialRow.revoked_at > now)
    )
