"""What has been kept for as long as it may: found and ended by the rules of retention.

A row goes, or its personal values of that length go and the row stays for what refers to it. The
rules are data (``enabler/domain/privacy/retention.toml``); nothing here knows a table by name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Integer,
    Table,
    Text,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.orm import Session

from enabler.domain.privacy import Rule
from enabler.persistence.database import Base, changed
from enabler.persistence.tables.matches import ReportRow
from enabler.persistence.tags import Personal
from enabler.persistence.types import Json

_EMPTY_JSON = ("{}", "[]", "null", "")


@dataclass(frozen=True, slots=True)
class Before:
    """Until when what began has been kept for long enough: as a rule, and of places that keep it
    for less long."""

    usual: datetime
    sooner: Mapping[datetime, tuple[int, ...]] = field(default_factory=dict)


class Keeping:
    """Ends what a rule says, and counts what has outlived it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def end(self, rule: Rule, before: Before, most: int) -> int:
        """End what a rule's clock says began before these moments, at most so many rows; how many.

        A row that another refers to stays until that one is gone.
        """
        table = Base.metadata.tables[rule.table]
        key = tuple(table.primary_key.columns)
        found = select(*key).where(_over(table, rule, before)).order_by(*key).limit(most)
        if rule.how == "delete":
            found = found.where(*(~each for each in _referred_to(table)))
            gone = self._session.execute(select(*key).where(tuple_(*key).in_(found)))
            keys = [tuple(row) for row in gone]
            if not keys:
                return 0
            return changed(self._session.execute(delete(table).where(tuple_(*key).in_(keys))))
        columns = _columns(table, rule.keep)
        blanked = update(table).where(tuple_(*key).in_(found)).values(
            {column: _blank(column) for column in columns}
        )  # fmt: skip
        return changed(self._session.execute(blanked))

    def outlived(self, rule: Rule, before: Before) -> int:
        """How many rows still have values whose time ended before these moments."""
        table = Base.metadata.tables[rule.table]
        counted = select(func.count()).select_from(table).where(_over(table, rule, before))
        return self._session.scalar(counted) or 0


def _over(table: Table, rule: Rule, before: Before) -> ColumnElement[bool]:
    """Its clock began before its moment, and there is something left to end."""
    conditions = [_began(table, rule.clock.split("."), before)]
    if rule.over:
        conditions.append(table.columns[rule.over].is_not(None))
    if rule.how != "delete":
        conditions.append(or_(*(_is_filled(one) for one in _columns(table, rule.keep))))
    return and_(*conditions)


def _began(table: Table, path: list[str], before: Before) -> ColumnElement[bool]:
    column, free = table.columns[path[0]], _no_open_report_about(table)
    if len(path) == 1:
        return and_(_earlier(table, column, before), free)
    target = next(key.column for key in column.foreign_keys if key.column.table.name != "place")
    return and_(column.in_(select(target).where(_began(target.table, path[1:], before))), free)


def _earlier(table: Table, column: Column[Any], before: Before) -> ColumnElement[bool]:
    """What is of no place (a form that somebody began) has the usual time alone."""
    place = table.columns.get("place_id")
    if place is None:
        return column < before.usual
    sooner = (and_(column < moment, place.in_(places)) for moment, places in before.sooner.items())
    return or_(column < before.usual, *sooner)


def _no_open_report_about(table: Table) -> ColumnElement[bool]:
    """What somebody has reported stays as it was until the report is settled."""
    ref = table.columns.get("ref")
    if ref is None:
        return true()
    report = ReportRow
    unsettled = select(report.about_ref).where(
        report.settled_at.is_(None), report.about_ref.is_not(None)
    )
    return ref.not_in(unsettled)


def _columns(table: Table, keep: str) -> list[Column[Any]]:
    return [
        column
        for column in table.columns
        if isinstance(tag := column.info["personal"], Personal) and tag.keep == keep
    ]


def _blank(column: Column[Any]) -> Any:
    """What stands where a value was: nothing, in the form that the column's constraints take."""
    if isinstance(column.type, Text):
        return case((column.is_not(None), ""), else_=None) if _is_needed(column) else None
    if isinstance(column.type, Json):
        return _empty(column)
    return None if column.nullable else 0


def _is_needed(column: Column[Any]) -> bool:
    """Whether there has to be something, always or in some state of the row."""
    checks = [
        str(one.sqltext) for one in column.table.constraints if isinstance(one, CheckConstraint)
    ]
    return not column.nullable or any(re.search(rf"\b{column.name}\b", one) for one in checks)


def _empty(column: Column[Any]) -> Any:
    default = column.default
    return [] if default is not None and default.is_callable else {}


def _is_filled(column: Column[Any]) -> ColumnElement[bool]:
    if isinstance(column.type, Text):
        return column != ""
    if isinstance(column.type, Json):
        return cast(column, Text).not_in(_EMPTY_JSON)
    if isinstance(column.type, Integer) and not column.nullable:
        return column != 0
    return column.is_not(None)


def _referred_to(table: Table) -> list[ColumnElement[bool]]:
    """Conditions, each that some other table has a row that refers to this one."""
    inbound: list[ColumnElement[bool]] = []
    for other in Base.metadata.tables.values():
        if other is table:
            continue
        for column in other.columns:
            for key in column.foreign_keys:
                if key.column.table is table:
                    inbound.append(exists().where(column == key.column))
    return inbound
