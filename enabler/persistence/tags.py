"""Columns with their tag: personal or not, for what purpose, kept how long.

The record of processing, the export, the retention schedule and erasure read these tags from
the table's metadata; a column without a tag fails a test.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import MappedColumn, mapped_column


class Purpose(StrEnum):
    """Why we keep a personal value."""

    ACCOUNT = "account"
    MATCHING = "matching"
    MEETING = "meeting"
    MESSAGING = "messaging"
    SAFETY = "safety"
    ACCOUNTABILITY = "accountability"
    SECURITY = "security"


class Keep(StrEnum):
    """How long; the days stand in the place's retention rules."""

    ACCOUNT = "while-the-account-lives"
    CASE = "twelve-months-after-the-end"
    CREDENTIAL = "until-it-expires-and-a-year"
    MESSAGE = "ninety-days"
    CODE = "one-day"
    SESSION = "thirty-days"
    SIGHT = "two-years"
    AUDIT = "two-years-or-erasure"
    DENIED = "until-the-denial-ends"


@dataclass(frozen=True, slots=True)
class Personal:
    """The tag of a personal column."""

    purpose: Purpose
    keep: Keep
    whose: str


def plain(*args: Any, **kw: Any) -> MappedColumn[Any]:
    """A column that says nothing about a person by itself."""
    return mapped_column(*args, info={"personal": None}, **kw)


def personal(
    *args: Any, purpose: Purpose, keep: Keep, whose: str = "member_id", **kw: Any
) -> MappedColumn[Any]:
    """A column about a person; ``whose`` names the column of the same row that says whose."""
    return mapped_column(*args, info={"personal": Personal(purpose, keep, whose)}, **kw)
