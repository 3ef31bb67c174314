"""What is asked: kept, found, claimed, and its slots counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.members import CellPoint
from enabler.domain.needs import Need
from enabler.domain.refs import written
from enabler.domain.vocabulary import NeedState, NextStep
from enabler.domain.windows import Window
from enabler.persistence.among import among, among_given
from enabler.persistence.chunks import chunked
from enabler.persistence.database import changed, columns_of
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.tables.needs import NeedRow, NeedWindowRow
from enabler.persistence.tables.places import CellRow

_UNREAD = frozenset({"postcode", "address", "easting", "northing", "outcome_reason"})
"""Columns that no ``Need`` has: the exact spot is read by ``exact`` alone."""
_NEED, _CELL, _WINDOW = columns_of(NeedRow), columns_of(CellRow), columns_of(NeedWindowRow)
_WITH_CELL = (
    select(
        *(one for one in _NEED if one.name not in _UNREAD),
        _CELL.ward_id.label("cell_ward_id"), _CELL.easting.label("cell_easting"),
        _CELL.northing.label("cell_northing"), _CELL.side_metres,
    )
    .select_from(NeedRow.__table__)
    .join(CellRow.__table__, _CELL.id == _NEED.cell_id)
)  # fmt: skip
_AMONG = _WITH_CELL.where(among_given(_NEED.id, "ids")).order_by(_NEED.id)
_OWN = _NEED.organisation_id.is_(None)
"""What members ask for themselves: what somebody wrote down for an organisation is not theirs."""
_OF_ASKER = _WITH_CELL.where(
    _OWN, _NEED.place_id == bindparam("place"), _NEED.asker_id == bindparam("asker")
)
_LAST_ID = 2**31 - 1
_PART = (
    _OF_ASKER.where(_NEED.id < bindparam("before"))
    .order_by(_NEED.id.desc())
    .limit(bindparam("at_most"))
)
_WINDOWS = (
    select(_WINDOW.need_id, _WINDOW.start_at, _WINDOW.end_at)
    .where(among_given(_WINDOW.need_id, "ids"))
    .order_by(_WINDOW.start_at)
)
_NEVER_STOOD = (NeedState.DRAFT, NeedState.WITHDRAWN, NeedState.REFUSED)
_NOT_OVER = (NeedState.HELD, NeedState.OPEN, NeedState.FILLED, NeedState.ARRANGED)


class Needs:
    """The rows of needs. ``lock`` before deciding anything about one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[int, Need] = {}

    def add(self, windows: Sequence[Window], **values: Any) -> Need:
        """Keep a new need with its windows."""
        row = NeedRow(**values)
        self._session.add(row)
        self._session.flush()
        for window in windows:
            self._session.add(
                NeedWindowRow(need_id=row.id, start_at=window.start, end_at=window.end)
            )
        self._session.flush()
        return self.by_id(row.id)

    def by_id(self, need_id: int) -> Need:
        """A need by id. Raises NotFound."""
        return self._known.get(need_id) or self._one(NeedRow.id == need_id)

    def know(self, need_ids: Iterable[int]) -> None:
        """Read many at once, for a list: in this transaction they are not asked for again."""
        ids = set(need_ids) - self._known.keys()
        self._known |= self.by_ids(ids) if ids else {}

    def by_ids(self, need_ids: Iterable[int]) -> dict[int, Need]:
        """Several needs by id, in the order of their ids."""
        return {need.id: need for need in self._read(_AMONG, {"ids": list(need_ids)})}

    def by_ref(self, place_id: int | None, ref: str) -> Need:
        """A need of this place (any, for None) by ref. Raises NotFound."""
        return self._one(_in_place(place_id), NeedRow.ref == written(ref))

    def lock(self, need_id: int) -> Need:
        """The need as it is now, held until the transaction ends: others wait their turn."""
        query = select(NeedRow.id).where(NeedRow.id == need_id)
        self._session.execute(query.with_for_update(key_share=True)).all()
        return self.by_id(need_id)

    def lock_many(self, need_ids: Iterable[int]) -> dict[int, Need]:
        """Several needs, held in the order of their ids."""
        ids = sorted(set(need_ids))
        query = select(NeedRow.id).where(among(NeedRow.id, ids)).order_by(NeedRow.id)
        self._session.execute(query.with_for_update(key_share=True)).all()
        return self.by_ids(ids)

    def change(self, need_id: int, **values: Any) -> Need:
        """Write columns of a need; the need as it is then."""
        self._session.execute(update(NeedRow).where(NeedRow.id == need_id).values(**values))
        return self.by_id(need_id)

    def change_many(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write columns of many needs, each row with its ``id`` and the same columns."""
        if rows:
            self._session.execute(update(NeedRow), rows)

    def take_slot(self, need_id: int) -> bool:
        """Count one more filled slot, if the need is open and has one: never one too many."""
        statement = (
            update(NeedRow)
            .where(NeedRow.id == need_id, NeedRow.state == NeedState.OPEN)
            .where(NeedRow.slots_filled < NeedRow.slots)
            .values(slots_filled=NeedRow.slots_filled + 1)
        )
        return bool(changed(self._session.execute(statement)))

    def free_slot(self, need_id: int) -> None:
        """Count one filled slot less."""
        self._session.execute(
            update(NeedRow)
            .where(NeedRow.id == need_id, NeedRow.slots_filled > 0)
            .values(slots_filled=NeedRow.slots_filled - 1)
        )

    def replace_windows(self, need_id: int, windows: Sequence[Window]) -> None:
        """Let the help happen in these stretches and in no others."""
        self._session.execute(delete(NeedWindowRow).where(NeedWindowRow.need_id == need_id))
        self._session.add_all(
            [NeedWindowRow(need_id=need_id, start_at=one.start, end_at=one.end) for one in windows]
        )
        self._session.flush()

    def exact(self, need_id: int) -> tuple[str, str]:
        """Postcode and address of where the help is wanted: mind who sees them."""
        query = select(NeedRow.postcode, NeedRow.address).where(NeedRow.id == need_id)
        row = self._session.execute(query).one()
        return row.postcode, row.address

    def first_alike(
        self, *, place_id: int, category: str, home_id: int | None, spot: tuple[str, str],
        since: datetime,
    ) -> Need | None:  # fmt: skip
        """The first need of this category since then from the same home or for the same spot."""
        postcode, address = spot
        nobodys = MemberRow.id.is_(None)
        same_home = nobodys if home_id is None else and_(MemberRow.home_id == home_id, _OWN)
        same_spot = (NeedRow.postcode == postcode) & (
            func.lower(NeedRow.address) == address.lower()
        )
        found = self._session.scalar(
            select(NeedRow.id)
            .join(MemberRow, MemberRow.id == NeedRow.asker_id)
            .where(NeedRow.place_id == place_id, NeedRow.category == category)
            .where(NeedRow.posted_at >= since, NeedRow.state.not_in(_NEVER_STOOD))
            .where(or_(same_home, same_spot), NeedRow.repeats_id.is_(None))
            .order_by(NeedRow.posted_at, NeedRow.id)
            .limit(1)
        )
        return None if found is None else self.by_id(found)

    def of_asker(self, place_id: int, member_id: int) -> list[Need]:
        """What a member asked for, the newest first."""
        mine = self._read(_OF_ASKER, {"place": place_id, "asker": member_id})
        return sorted(mine, key=lambda need: (need.posted_at, need.id), reverse=True)

    def of_organisation(self, organisation_id: int, most: int) -> list[Need]:
        """So many of what an organisation asked for, the newest first."""
        query = _WITH_CELL.where(NeedRow.organisation_id == organisation_id)
        return self._read(query.order_by(NeedRow.id.desc()).limit(most))

    def live_at(self, member_id: int, postcode: str) -> int:
        """How many needs of a member that are not over were asked for at this postcode."""
        query = select(func.count()).where(
            NeedRow.asker_id == member_id, NeedRow.postcode == postcode,
            NeedRow.state.in_(_NOT_OVER), _OWN,
        )  # fmt: skip
        return self._session.scalar(query) or 0

    def part_of_asker(
        self, place_id: int, member_id: int, *, before: int | None, limit: int
    ) -> list[Need]:
        """So many of what a member asked for, the newest first; those ``before`` an id."""
        whose = {"place": place_id, "asker": member_id}
        ends = {"before": _LAST_ID if before is None else before, "at_most": limit}
        return self._read(_PART, whose | ends)

    def open_in(self, place_id: int) -> list[Need]:
        """The open needs of a place, by id."""
        return self._all(NeedRow.place_id == place_id, NeedRow.state == NeedState.OPEN)

    def waiting_in(
        self, place_id: int, needed_before: datetime, urgent: Collection[str] = ()
    ) -> list[Need]:
        """Open needs to be looked at: handed over, wanted before then, of an ``urgent`` kind."""
        handed_over = NeedRow.next_step.in_((NextStep.BROKER, NextStep.CHASE))
        wanted = (NeedRow.needed_by <= needed_before) | NeedRow.category.in_(urgent)
        here = (NeedRow.place_id == place_id, NeedRow.state == NeedState.OPEN)
        return self._all(*here, handed_over | wanted)

    def claim_due(
        self, now: datetime, *, without: Collection[int] = (),
        states: Collection[NeedState] = (NeedState.OPEN,),
    ) -> Need | None:  # fmt: skip
        """The need in one of these states that has waited longest for its next step, held; others
        skip it. ``without`` are the ids of needs to leave alone."""
        query = (
            select(NeedRow.id)
            .where(NeedRow.state.in_(states), NeedRow.next_step_at <= now)
            .where(NeedRow.id.not_in(without))
            .order_by(NeedRow.next_step_at, NeedRow.id)
            .limit(1)
            .with_for_update(skip_locked=True, key_share=True)
        )
        found = self._session.scalar(query)
        return None if found is None else self.by_id(found)

    def wake(self, place_ids: Sequence[int], categories: Sequence[str], now: datetime) -> int:
        """Let handed-over needs of these categories be looked at again now: a new offer is there.

        How many. Needs that somebody works on at this moment are left alone.
        """
        query = (
            select(NeedRow.id)
            .where(NeedRow.place_id.in_(place_ids), NeedRow.category.in_(categories))
            .where(NeedRow.state == NeedState.OPEN, NeedRow.next_step == NextStep.BROKER)
            .order_by(NeedRow.id)
            .with_for_update(skip_locked=True, key_share=True)
        )
        ids = list(self._session.scalars(query))
        for part in chunked(ids):
            self._session.execute(
                update(NeedRow).where(NeedRow.id.in_(part)).values(next_step_at=now)
            )
        return len(ids)

    def _one(self, *conditions: ColumnElement[bool]) -> Need:
        found = self._all(*conditions)
        if not found:
            raise NotFound("need_unknown")
        return found[0]

    def _all(self, *conditions: Any) -> list[Need]:
        return self._read(_WITH_CELL.where(*conditions).order_by(NeedRow.id))

    def _read(self, query: Select[Any], values: Mapping[str, Any] | None = None) -> list[Need]:
        rows = self._session.execute(query, values or {}).all()
        windows = self._windows([row.id for row in rows]) if rows else {}
        return [_need(row, windows.get(row.id, ())) for row in rows]

    def _windows(self, need_ids: Sequence[int]) -> dict[int, tuple[Window, ...]]:
        found: dict[int, tuple[Window, ...]] = {}
        for need_id, start, end in self._session.execute(_WINDOWS, {"ids": need_ids}):
            found[need_id] = (*found.get(need_id, ()), Window(start, end))
        return found


def _in_place(place_id: int | None) -> ColumnElement[bool]:
    return true() if place_id is None else NeedRow.place_id == place_id


def _need(row: Any, windows: tuple[Window, ...]) -> Need:
    return Need(
        id=row.id, place_id=row.place_id, ref=row.ref, asker_id=row.asker_id,
        category=row.category, words=row.words,
        cell=CellPoint(
            row.cell_id, row.cell_ward_id, row.cell_easting, row.cell_northing, row.side_metres
        ),
        duration_minutes=row.duration_minutes, slots=row.slots, slots_filled=row.slots_filled,
        priority=row.priority, circumstance=row.circumstance, requires=tuple(row.requires),
        languages_required=tuple(row.languages_required), preferences=tuple(row.preferences),
        reach_metres=row.reach_metres, windows=windows, state=row.state,
        held_because=row.held_because, ruleset_id=row.ruleset_id, wave=row.wave,
        next_step=row.next_step, next_step_at=row.next_step_at, repeats_id=row.repeats_id,
        outcome=row.outcome, posted_at=row.posted_at, needed_by=row.needed_by,
        ended_at=row.ended_at, version=row.version, organisation_id=row.organisation_id,
        setting=row.setting, circumstances=tuple(row.circumstances), chased=row.chased,
    )  # fmt: skip
