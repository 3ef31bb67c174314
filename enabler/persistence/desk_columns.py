"""The columns of what waits at the desk, and what was noticed about it."""

from typing import Any

from sqlalchemy import ColumnElement, Label, Text, cast, func, null, select, type_coerce

from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.signals import SignalRow
from enabler.persistence.types import UtcDateTime

COLUMNS = (
    "kind", "id", "ref", "since", "changed_at", "category", "words", "because", "more", "ward_id",
    "member_id", "organisation_id", "version", "needed_by", "timed", "asked", "declined", "setting",
    "circumstances", "noticed",
)  # fmt: skip
_TEXT = frozenset({
    "kind", "ref", "category", "words", "because", "more", "setting", "circumstances",
})  # fmt: skip
_MOMENT = frozenset({"since", "changed_at", "needed_by"})


def row_of(**given: Any) -> list[Label[Any]]:
    """The columns of one part, in their order, each of the same type in all parts."""
    made = []
    for name in COLUMNS:
        value = given.get(name, null())
        if name in _TEXT:
            column: ColumnElement[Any] = cast(value, Text)
        elif name in _MOMENT:
            column = type_coerce(value if name in given else cast(value, UtcDateTime), UtcDateTime)
        else:
            column = cast(value, MatchRow.id.type)
        made.append(column.label(name))
    return made


def noticed(kind: str, subject_id: Any) -> Any:
    """How much stands that was noticed about a thing."""
    return (
        select(func.count())
        .select_from(SignalRow)
        .where(SignalRow.kind == kind, SignalRow.about_id == subject_id)
        .where(SignalRow.ended_at.is_(None))
        .scalar_subquery()
    )
