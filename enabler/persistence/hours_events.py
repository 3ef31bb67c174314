"""Time that was given and is written down afterwards: events and the sides of each."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.persistence.chunks import chunked
from enabler.persistence.database import columns_of
from enabler.persistence.tables.hours import AccountOwnerRow
from enabler.persistence.tables.hours_events import HoursEventRow, HoursEventSideRow

_E, _S = columns_of(HoursEventRow), columns_of(HoursEventSideRow)
WAITING = ("open", "disputed")
"""A side in one of these states has not come to its end."""


@dataclass(frozen=True, slots=True)
class HoursEvent:
    """One afternoon, or one help, as somebody wrote it down; ``way`` as in ``EventWay``."""

    id: int
    place_id: int
    ref: str
    way: str
    words: str | None
    known_by: str | None
    on_day: date
    category: str | None
    organisation_id: int | None
    recorded_by: int | None
    recorded_at: datetime
    counts_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class EventSide:
    """One payer and one earner of it, by account, with the minutes between them."""

    event_id: int
    nth: int
    payer_id: int
    earner_id: int
    minutes: int
    by_pot: int
    unpaid: int
    state: str
    words: str | None

    @property
    def waits(self) -> bool:
        """Whether it has not come to its end."""
        return self.state in WAITING


_EVENTS = select(*(_E[name] for name in HoursEvent.__slots__))
_SIDES = select(*(_S[name] for name in EventSide.__slots__))


class HoursEvents:
    """The rows of ``hours_event`` and ``hours_event_side``. Lock an event before its sides change,
    and before any account."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, sides: Iterable[dict[str, Any]], **values: Any) -> HoursEvent:
        """Write one down. ``sides``: nth, payer_id, earner_id, minutes, by_pot, unpaid of each."""
        query = insert(HoursEventRow).values(values).returning(_E.id)
        number = self._session.scalar(query)
        rows = [
            {"event_id": number, "place_id": values["place_id"], "state": "open"} | side
            for side in sides
        ]
        self._session.execute(insert(HoursEventSideRow), rows)
        return self._one(_E.id == number)

    def by_ref(self, place_id: int | None, ref: str) -> HoursEvent:
        """One of this place (any, for None). Raises NotFound."""
        here = () if place_id is None else (_E.place_id == place_id,)
        return self._one(_E.ref == written(ref), *here)

    def lock(self, event_id: int) -> HoursEvent:
        """One, held until the transaction ends."""
        self._session.execute(select(_E.id).where(_E.id == event_id).with_for_update()).all()
        return self._one(_E.id == event_id)

    def _one(self, *conditions: Any) -> HoursEvent:
        row = self._session.execute(_EVENTS.where(*conditions)).one_or_none()
        if row is None:
            raise NotFound("event_unknown")
        return HoursEvent(*row)

    def sides(self, event_id: int) -> tuple[EventSide, ...]:
        """The sides of one, in order."""
        query = _SIDES.where(_S.event_id == event_id).order_by(_S.nth)
        return tuple(EventSide(*row) for row in self._session.execute(query))

    def change(self, event_id: int, nths: Iterable[int], **values: Any) -> None:
        """Write columns of some of its sides."""
        self._session.execute(
            update(HoursEventSideRow)
            .where(_S.event_id == event_id, _S.nth.in_(tuple(nths)))
            .values(**values)
        )

    def end_if_over(self, event_id: int, now: datetime) -> None:
        """Note its end, once no side of it waits."""
        waits = exists().where(_S.event_id == event_id, _S.state.in_(WAITING))
        self._session.execute(
            update(HoursEventRow).where(_E.id == event_id, ~waits).values(ended_at=now)
        )

    def due(self, now: datetime, limit: int) -> list[int]:
        """The ids of those with open sides that count from before this moment, the first first."""
        is_open = exists().where(_S.event_id == _E.id, _S.state == "open")
        query = (
            select(_E.id)
            .where(_E.ended_at.is_(None), _E.counts_at <= now, is_open)
            .order_by(_E.counts_at, _E.id).limit(limit)
        )  # fmt: skip
        return list(self._session.scalars(query))

    def disputed(self, place_id: int) -> tuple[HoursEvent, ...]:
        """Those of a place with a side that somebody says was otherwise, the oldest first."""
        said = exists().where(_S.event_id == _E.id, _S.state == "disputed")
        query = _EVENTS.where(_E.place_id == place_id, said).order_by(_E.id)
        return tuple(HoursEvent(*row) for row in self._session.execute(query))

    def waiting(self, place_id: int, first: Collection[int], most: int) -> tuple[HoursEvent, ...]:
        """Those of a place that have not come to their end: these ``first``, then the oldest."""
        query = (
            _EVENTS.where(_E.place_id == place_id, _E.ended_at.is_(None))
            .order_by(_E.id.in_(first).desc(), _E.id).limit(most)
        )  # fmt: skip
        return tuple(HoursEvent(*row) for row in self._session.execute(query))

    def named(self, place_id: int, refs: Iterable[str]) -> dict[str, HoursEvent]:
        """Those of the place by ref, for the lines of a statement."""
        return {
            row.ref: HoursEvent(*row)
            for some in chunked(refs)
            for row in self._session.execute(
                _EVENTS.where(_E.place_id == place_id, _E.ref.in_(some))
            )
        }

    def written_since(self, place_id: int, organisation_id: int, since: datetime) -> int:
        """How many were written down for an organisation since a moment."""
        query = select(func.count()).select_from(HoursEventRow).where(
            _E.place_id == place_id, _E.organisation_id == organisation_id, _E.recorded_at > since
        )  # fmt: skip
        return int(self._session.scalar(query) or 0)

    def earned_on(self, account: int, day: date) -> int:
        """Minutes that were written down for an account and a day, and were not left out."""
        query = (
            select(func.coalesce(func.sum(_S.minutes), 0))
            .join_from(HoursEventSideRow, HoursEventRow, _E.id == _S.event_id)
            .where(_S.earner_id == account, _E.on_day == day, _S.state != "left-out")
        )
        return int(self._session.scalar(query) or 0)

    def waiting_help(self, payer: int, earner: int, day: date, category: str) -> str | None:
        """The ref of the same help, where somebody wrote it down and it has not counted yet."""
        query = (
            select(_E.ref).join_from(HoursEventRow, HoursEventSideRow, _S.event_id == _E.id)
            .where(_S.payer_id == payer, _S.earner_id == earner, _S.state.in_(WAITING))
            .where(_E.on_day == day, _E.category == category)
        )  # fmt: skip
        return self._session.scalar(query.limit(1))

    def earned_by(
        self, member_ids: Iterable[int], day: date, organisation_id: int | None = None
    ) -> Counter[int]:
        """Minutes that were written down for members and a day, and were not left out, by member;
        where an organisation is said, those of its own afternoons alone."""
        owner = AccountOwnerRow
        query = (
            select(owner.member_id, func.sum(_S.minutes).label("minutes"))
            .join_from(HoursEventSideRow, HoursEventRow, _E.id == _S.event_id)
            .join(owner, owner.account_id == _S.earner_id)
            .where(_E.on_day == day, _S.state != "left-out")
            .group_by(owner.member_id)
        )
        if organisation_id is not None:
            query = query.where(_E.organisation_id == organisation_id)
        return Counter({
            row.member_id: int(row.minutes)
            for some in chunked(member_ids)
            for row in self._session.execute(query.where(owner.member_id.in_(some)))
        })  # fmt: skip

    def has(self, event_id: int, account: int) -> bool:
        """Whether an account takes part in it."""
        query = select(
            exists().where(
                _S.event_id == event_id, or_(_S.payer_id == account, _S.earner_id == account)
            )
        )
        return bool(self._session.scalar(query))
