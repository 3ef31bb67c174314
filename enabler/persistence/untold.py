"""What could not be sent to members without phone and mail, until somebody has told them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.domain.vocabulary import Priority
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.untold import SafeContactRow, UntoldLetterRow, UntoldRow


@dataclass(frozen=True, slots=True)
class Untold:
    """Somebody who is to be told, as it stands."""

    id: int
    place_id: int
    ref: str
    member_id: int
    since: datetime
    again_at: datetime | None
    urgent: bool
    tries: int
    ended_at: datetime | None
    came_of: str | None


@dataclass(frozen=True, slots=True)
class UntoldLetter:
    """One letter of it."""

    id: int
    place_id: int
    template: str
    parameters: dict[str, Any]
    priority: Priority
    dedupe_key: str
    queued_at: datetime
    due_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class SafeContact:
    """How a member is not to be reached, and what they said of it."""

    no_calls: bool = False
    no_letters: bool = False
    words: str | None = field(default=None, repr=False)


class Untolds:
    """Rows of what waits to be told. Of one member one is open at most (partial unique index)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open_of(self, member_id: int) -> Untold | None:
        """What waits for a member, locked."""
        query = select(UntoldRow).filter_by(member_id=member_id, ended_at=None)
        row = self._session.scalar(query.with_for_update())
        return None if row is None else _untold(row)

    def open(
        self, place_id: int, member_id: int, ref: str, *, now: datetime, again_at: datetime | None
    ) -> Untold:  # fmt: skip
        """Somebody is to be told from now on; what was opened meanwhile, where it was."""
        row = UntoldRow(
            place_id=place_id, member_id=member_id, ref=ref, since=now, again_at=again_at,
            urgent=False, tries=0,
        )  # fmt: skip
        try:
            with self._session.begin_nested():
                self._session.add(row)
                self._session.flush()
        except IntegrityError:
            found = self.open_of(member_id)
            if found is None:
                raise
            return found
        return _untold(row)

    def add(self, one: Untold, **values: Any) -> None:
        """Keep a letter."""
        self._session.add(UntoldLetterRow(place_id=one.place_id, untold_id=one.id, **values))
        self._session.flush()

    def was_kept(self, dedupe_key: str) -> bool:
        """Whether a letter of this key was kept before, told or not."""
        query = select(UntoldLetterRow.id).filter_by(dedupe_key=dedupe_key)
        return self._session.scalar(query) is not None

    def was_sent(self, dedupe_key: str) -> bool:
        """Whether the outbox has it already."""
        query = select(OutboxRow.id).filter_by(dedupe_key=dedupe_key)
        return self._session.scalar(query) is not None

    def by_ref(self, place_id: int | None, ref: str) -> Untold:
        """One of this place, locked. Raises NotFound."""
        query = select(UntoldRow).filter_by(place_id=place_id, ref=written(ref))
        row = self._session.scalar(
            query.with_for_update(), execution_options={"populate_existing": True}
        )
        if row is None:
            raise NotFound("untold_unknown")
        return _untold(row)

    def last_of(self, member_id: int) -> Untold | None:
        """The newest for a member that is over."""
        row = UntoldRow
        query = select(row).where(row.member_id == member_id, row.ended_at.is_not(None))
        found = self._session.scalar(query.order_by(row.ended_at.desc(), row.id.desc()).limit(1))
        return None if found is None else _untold(found)

    def waiting(self, place_id: int | None, now: datetime) -> list[Untold]:
        """Those of a place whose turn it is, urgent ones first, then the oldest."""
        row = UntoldRow
        query = select(row).where(row.place_id == place_id, row.ended_at.is_(None)).where(
            row.again_at.is_(None) | (row.again_at <= now)
        )  # fmt: skip
        found = self._session.scalars(query.order_by(row.urgent.desc(), row.since, row.id))
        return [_untold(one) for one in found]

    def open_ids(self) -> list[int]:
        """Members who are to be told, in every place."""
        query = select(UntoldRow.member_id).where(UntoldRow.ended_at.is_(None))
        return list(self._session.scalars(query.order_by(UntoldRow.id)))

    def letters(self, untold_id: int) -> list[UntoldLetter]:
        """What is still to be said, in the order in which it came."""
        query = select(UntoldLetterRow).filter_by(untold_id=untold_id, ended_at=None)
        return [
            UntoldLetter(row.id, row.place_id, row.template, dict(row.parameters), row.priority,
                         row.dedupe_key, row.queued_at, row.due_at, row.expires_at)
            for row in self._session.scalars(query.order_by(UntoldLetterRow.id))
        ]  # fmt: skip

    def end_letters(self, ids: Collection[int], now: datetime) -> None:
        """These need not be said any more."""
        row = UntoldLetterRow
        self._session.execute(update(row).where(row.id.in_(list(ids))).values(ended_at=now))

    def change(self, untold_id: int, **values: Any) -> None:
        """Write how one stands."""
        self._session.execute(update(UntoldRow).where(UntoldRow.id == untold_id).values(**values))

    def safe_contact(self, member_id: int) -> SafeContact:
        """How a member is not to be reached."""
        row = self._session.get(SafeContactRow, member_id)
        return (
            SafeContact() if row is None else SafeContact(row.no_calls, row.no_letters, row.words)
        )

    def keep_safe_contact(self, member_id: int, **values: Any) -> None:
        """Write down how a member is not to be reached."""
        row = self._session.get(SafeContactRow, member_id)
        if row is None:
            self._session.add(SafeContactRow(member_id=member_id, **values))
        else:
            for name, value in values.items():
                setattr(row, name, value)
        self._session.flush()


def _untold(row: UntoldRow) -> Untold:
    return Untold(
        row.id, row.place_id, row.ref, row.member_id, row.since, row.again_at, row.urgent,
        row.tries, row.ended_at, row.came_of,
    )  # fmt: skip
