"""Column types that both databases agree on."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

Reader = Callable[[Any], Any]
"""Makes our value of the driver's. Each type gives its own, in one call: a list of twenty needs
has two hundred such values, and SQLAlchemy's would each be three calls."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides; SQLite forgets the zone, so it is put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: nobody knows when it is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def result_processor(self, dialect: Dialect, coltype: Any) -> Reader:
        """The same moment, in UTC: of SQLite's text, of PostgreSQL's moment."""
        return _read_text if dialect.name == "sqlite" else _read_moment


class EnumText(TypeDecorator[StrEnum]):
    """A member of an enum, stored as the text of its value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Only a value of the enum is stored. Raises ValueError for another."""
        return None if value is None else self.kind(value).value

    def result_processor(self, dialect: Dialect, coltype: Any) -> Reader:
        """The member of the enum. Raises KeyError for what is none, which no table keeps."""
        members: dict[str | None, StrEnum | None] = {one.value: one for one in self.kind}
        return (members | {None: None}).__getitem__


def _read_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


def _read_moment(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


Json = JSON
"""Small structured values: lists of codes, a ruleset's policy, a template's parameters."""
