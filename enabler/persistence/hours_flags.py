"""What custodians should look at about hours: what waits for them, and what they made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Text, cast, func, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.persistence.chunks import chunked
from enabler.persistence.database import columns_of
from enabler.persistence.tables.hours import HelpHoursRow, HoursFlagRow
from enabler.persistence.tables.hours_events import HoursEventRow, HoursEventSideRow
from enabler.persistence.tables.matches import MatchRow

_FLAG, _HELP, _MATCH, _E, _SIDE = (
    columns_of(row)
    for row in (HoursFlagRow, HelpHoursRow, MatchRow, HoursEventRow, HoursEventSideRow)
)
UNPAID = "unpaid"


def event_key(event_ref: Any, nth: Any) -> Any:
    """By which a side of an event that nobody had hours for is flagged once: of texts a text, of
    columns of text an expression."""
    return f"{UNPAID}:event:" + event_ref + ":" + nth


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag with how it was settled, where it was; by whom: None, the system."""

    id: int
    place_id: int
    ref: str
    kind: str
    match_id: int | None
    facts: dict[str, Any]
    raised_at: datetime
    settled_at: datetime | None
    settled_by: int | None
    settled_as: str | None


@dataclass(frozen=True, slots=True)
class FlaggedHelp:
    """The help that a flag is about, for a list: what, how long, when, and what nobody paid."""

    match_id: int
    match_ref: str
    category: str
    state: str
    minutes: int | None
    expected: int
    unpaid: int
    settled_at: datetime | None
    opened_at: datetime
    on_day: date | None


@dataclass(frozen=True, slots=True)
class Owed:
    """Minutes that an account should have, that nobody had, and of which a custodian has not
    decided yet: for the help of a match, or for parts in an event, each by ref."""

    minutes: int
    raised_at: datetime
    match_ref: str | None = None
    category: str | None = None
    done_at: datetime | None = None
    event_ref: str | None = None
    event_words: str | None = None
    on_day: date | None = None


_ROW = select(*(_FLAG[name] for name in Flag.__slots__))


class HoursFlags:
    """The rows of ``hours_flag`` as the desk reads and settles them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def waiting(self, place_id: int) -> tuple[Flag, ...]:
        """All that wait in a place, the oldest first."""
        query = _ROW.where(_FLAG.place_id == place_id, _FLAG.settled_at.is_(None))
        return self._all(query.order_by(_FLAG.id))

    def settled(self, place_id: int, *, newest: int) -> tuple[Flag, ...]:
        """The newest so many that were settled in a place."""
        query = _ROW.where(_FLAG.place_id == place_id, _FLAG.settled_at.is_not(None))
        return self._all(query.order_by(_FLAG.settled_at.desc(), _FLAG.id.desc()).limit(newest))

    def count(self, place_id: int) -> tuple[int, datetime | None]:
        """How many wait in a place, and since when the oldest."""
        query = select(func.count(), func.min(_FLAG.raised_at)).where(
            _FLAG.place_id == place_id, _FLAG.settled_at.is_(None)
        )
        count, oldest = self._session.execute(query).one()
        return int(count), oldest

    def by_ref(self, place_id: int, ref: str, *, lock: bool = False) -> Flag:
        """One of a place by ref, held until the transaction ends where that is asked.

        Raises NotFound.
        """
        query = _ROW.where(_FLAG.place_id == place_id, _FLAG.ref == written(ref))
        row = self._session.execute(query.with_for_update() if lock else query).one_or_none()
        if row is None:
            raise NotFound("hours_flag_unknown")
        return Flag(*row)

    def settle(self, flag_id: int, *, by: int, settled_as: str, now: datetime) -> None:
        """Take a flag off the desk."""
        self._session.execute(
            update(HoursFlagRow)
            .where(_FLAG.id == flag_id)
            .values(settled_at=now, settled_by=by, settled_as=settled_as)
        )

    def help_of(self, match_ids: Iterable[int]) -> dict[int, FlaggedHelp]:
        """The help of these matches, by the match's id."""
        query: Any = select(
            _HELP.match_id, _MATCH.ref, _HELP.category, _HELP.state, _HELP.minutes, _HELP.expected,
            _HELP.unpaid, _HELP.settled_at, _HELP.opened_at, _MATCH.on_day,
        ).join_from(HelpHoursRow, MatchRow, _MATCH.id == _HELP.match_id)  # fmt: skip
        return {
            row.match_id: FlaggedHelp(*row)
            for some in chunked(match_ids)
            for row in self._session.execute(query.where(_HELP.match_id.in_(some)))
        }

    def owed_to(self, account: int) -> tuple[Owed, ...]:
        """What an account should have and waits for, the longest first."""
        waits = (_FLAG.kind == UNPAID) & _FLAG.settled_at.is_(None)
        helps = (
            select(_HELP.unpaid, _FLAG.raised_at, _MATCH.ref, _HELP.category, _MATCH.visit_start,
                   _MATCH.done_at)
            .join_from(HelpHoursRow, MatchRow, _MATCH.id == _HELP.match_id)
            .join(HoursFlagRow, _FLAG.match_id == _HELP.match_id)
            .where(_HELP.helper_id == account, _HELP.unpaid > 0, waits)
        )  # fmt: skip
        parts = (
            select(func.sum(_SIDE.unpaid), func.min(_FLAG.raised_at),
                   _E.ref, _E.category, _E.words, _E.on_day)
            .join_from(HoursEventSideRow, HoursEventRow, _E.id == _SIDE.event_id)
            .join(HoursFlagRow, _FLAG.dedupe_key == event_key(_E.ref, cast(_SIDE.nth, Text)))
            .where(_SIDE.earner_id == account, _SIDE.unpaid > 0, waits)
            .group_by(_E.ref, _E.category, _E.words, _E.on_day)
        )  # fmt: skip
        found = [
            Owed(*row[:4], min((at for at in row[4:] if at is not None), default=None))
            for row in self._session.execute(helps)
        ]
        for minutes, raised_at, ref, category, words, day in self._session.execute(parts):
            found.append(Owed(int(minutes), raised_at, None, category, None, ref, words, day))
        return tuple(sorted(found, key=lambda one: (one.raised_at, one.match_ref or "")))

    def _all(self, query: Any) -> tuple[Flag, ...]:
        return tuple(Flag(*row) for row in self._session.execute(query))
