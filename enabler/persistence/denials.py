"""The deny list: keyed digests of who was removed for safety, and accounts that they match."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.tables.signals import DenialMarkRow, DenialMatchRow, DenialRow


@dataclass(frozen=True, slots=True)
class Denial:
    """Somebody who was removed, as a code and two moments; the account that it was."""

    id: int
    place_id: int
    ref: str
    member_ref: str
    reason: str
    at: datetime
    until_at: datetime
    lifted_at: datetime | None


@dataclass(frozen=True, slots=True)
class DenialMatch:
    """An account that may be theirs; ``kinds``: by which marks."""

    member_id: int
    member_ref: str
    denial_ref: str
    reason: str
    kinds: tuple[str, ...]
    at: datetime


class Denials:
    """Rows of one place."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, *, place_id: int, ref: str, member_id: int, reason: str, by_name: str, at: datetime,
        until_at: datetime, marks: Iterable[tuple[str, str]],
    ) -> int:  # fmt: skip
        """Keep one with its marks, (kind, digest); its id."""
        row = DenialRow(
            place_id=place_id, ref=ref, member_id=member_id, reason=reason, by_name=by_name, at=at,
            until_at=until_at,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        for kind, digest in sorted(set(marks)):
            self._session.add(
                DenialMarkRow(place_id=place_id, denial_id=row.id, kind=kind, digest=digest)
            )
        self._session.flush()
        return row.id

    def in_force(self, place_id: int, now: datetime) -> list[Denial]:
        """Those that hold, the newest first."""
        query = (
            select(DenialRow, MemberRow.ref)
            .join(MemberRow, MemberRow.id == DenialRow.member_id)
            .where(DenialRow.place_id == place_id, DenialRow.lifted_at.is_(None))
            .where(DenialRow.until_at > now)
            .order_by(DenialRow.at.desc(), DenialRow.id.desc())
        )
        return [_denial(row, ref) for row, ref in self._session.execute(query)]

    def by_ref(self, place_id: int | None, ref: str) -> Denial:
        """One of this place. Raises NotFound."""
        query = (
            select(DenialRow, MemberRow.ref)
            .join(MemberRow, MemberRow.id == DenialRow.member_id)
            .where(DenialRow.place_id == place_id, DenialRow.ref == written(ref))
        )
        found = self._session.execute(query.with_for_update(of=DenialRow)).first()
        if found is None:
            raise NotFound("denial_unknown")
        return _denial(*found)

    def lift(self, denial_id: int, now: datetime) -> None:
        """It holds no more, and its marks are gone."""
        self._session.execute(
            update(DenialRow).where(DenialRow.id == denial_id).values(lifted_at=now)
        )
        self._session.execute(delete(DenialMarkRow).where(DenialMarkRow.denial_id == denial_id))

    def meeting(
        self, place_id: int, digests: Collection[str], now: datetime
    ) -> Mapping[int, frozenset[str]]:
        """By which kinds of marks these digests meet denials that hold, by the denial's id."""
        query = (
            select(DenialMarkRow.denial_id, DenialMarkRow.kind)
            .join(DenialRow, DenialRow.id == DenialMarkRow.denial_id)
            .where(DenialMarkRow.place_id == place_id, DenialMarkRow.digest.in_(digests))
            .where(DenialRow.lifted_at.is_(None), DenialRow.until_at > now)
        )
        found: dict[int, frozenset[str]] = {}
        for denial_id, kind in self._session.execute(query):
            found[denial_id] = found.get(denial_id, frozenset()) | {kind}
        return found

    def add_match(
        self, place_id: int, member_id: int, denial_id: int, kinds: Iterable[str], now: datetime
    ) -> bool:
        """Keep that an account may be theirs; False where that is known, or was decided. Whoever
        was let in is looked at again once more of them agrees than was known then."""
        query = select(DenialMatchRow).filter_by(member_id=member_id, denial_id=denial_id)
        known = self._session.scalar(query)
        if known is not None:
            if known.decision != "let-in" or set(kinds) <= set(known.kinds):
                return False
            known.kinds = sorted({*kinds, *known.kinds})
            known.at, known.decided_at, known.decision = now, None, None
            self._session.flush()
            return True
        self._session.add(DenialMatchRow(
            place_id=place_id, member_id=member_id, denial_id=denial_id, kinds=sorted(kinds),
            at=now,
        ))  # fmt: skip
        self._session.flush()
        return True

    def waiting(self, place_id: int, member_id: int | None = None) -> list[DenialMatch]:
        """Matches that nobody decided about (of one account), the oldest first."""
        match = DenialMatchRow
        query = (
            select(match, MemberRow.ref, DenialRow.ref, DenialRow.reason)
            .join(MemberRow, MemberRow.id == match.member_id)
            .join(DenialRow, DenialRow.id == match.denial_id)
            .where(match.place_id == place_id, match.decided_at.is_(None))
            .order_by(match.at, match.id)
        )
        if member_id is not None:
            query = query.where(match.member_id == member_id)
        return [
            DenialMatch(row.member_id, ref, denial_ref, reason, tuple(row.kinds), row.at)
            for row, ref, denial_ref, reason in self._session.execute(query)
        ]

    def decide(self, member_id: int, decision: str, now: datetime) -> None:
        """What the lead said of all that wait about an account."""
        self._session.execute(
            update(DenialMatchRow)
            .where(DenialMatchRow.member_id == member_id, DenialMatchRow.decided_at.is_(None))
            .values(decided_at=now, decision=decision)
        )


def _denial(row: DenialRow, member_ref: str) -> Denial:
    return Denial(
        row.id, row.place_id, row.ref, member_ref, row.reason, row.at, row.until_at, row.lifted_at
    )
