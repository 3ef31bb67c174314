"""What a database says, without what differs between two that came to be in another order: rows
without surrogate keys, refs and times, sorted."""

import json
import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, DateTime, Table, select
from sqlalchemy.orm import Session

from enabler.persistence.database import Model
from enabler.persistence.types import UtcDateTime

_BESIDE = {"job_run", "lease", "alembic_version"}
"""Tables of who ran what when."""
_SURROGATE = {"id", "text", "line"}
_DRAWN = {"ref", "worked_by", "word", "arguments_hash"}
"""Drawn anew each time, or made of refs and surrogate keys."""
_KEYS_OF_OTHERS = {"account.applied", "member_pause.offers"}
"""Columns that hold surrogate keys of other tables: of the last transfer, of offers."""
_WORD = re.compile(r"[0-9A-Z]{4,6}")
_LINE = re.compile(r"\bline-\d+")
"""A line of a conversation, by its surrogate key."""


def canonical(session: Session) -> dict[str, list[str]]:
    """Every table's rows as sorted lines."""
    refs = set(_refs(session))

    def plain(value: Any) -> Any:
        if isinstance(value, bytes | memoryview):
            return bytes(value).hex()
        if isinstance(value, dict):
            return {
                name: plain(one) for name, one in sorted(value.items()) if name not in _SURROGATE
            }
        if isinstance(value, list | tuple):
            return [plain(one) for one in value]
        if isinstance(value, str):
            told = _LINE.sub("line", value)
            return _WORD.sub(lambda found: "REF" if found[0] in refs else found[0], told)
        return value if value is None or isinstance(value, bool | int | float) else str(value)

    tables = [each for each in Model.metadata.sorted_tables if each.name not in _BESIDE]
    return {
        table.name: sorted(
            json.dumps({name: plain(one) for name, one in row.items()}, sort_keys=True)
            for row in session.execute(select(*shown)).mappings()
        )
        for table in tables if (shown := [each for each in table.columns if _says(each)])
    }  # fmt: skip


def _refs(session: Session) -> Iterator[str]:
    for table in Model.metadata.sorted_tables:
        if "ref" in table.columns:
            yield from filter(None, session.scalars(select(table.columns["ref"])))


def _says(column: Column[Any]) -> bool:
    """Whether its values say something of their own."""
    table: Table = column.table
    if column.primary_key and isinstance(column.type.python_type, type) and len(
        table.primary_key.columns
    ) == 1 and column.type.python_type is int:  # fmt: skip
        return False
    if isinstance(column.type, DateTime | UtcDateTime) or column.name in _DRAWN:
        return False
    if f"{table.name}.{column.name}" in _KEYS_OF_OTHERS:
        return False
    return not (column.foreign_keys or column.name.endswith(("_id", "_ref")))
