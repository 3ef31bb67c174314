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
    LEARNING = "learning"


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


class Given(StrEnum):
    """What its person gets of a value when they ask for all that is kept about them."""

    WHOLE = "whole"
    PROOF = "proof"  # it proves who they are: whoever had the copy could sign in as them
    OTHERS = "others"  # it tells of others more than of them
    WORK = "work"  # they wrote it at work, about the people of a case
    SAFETY = "safety"  # telling would help somebody to come back who was removed for safety
    UNTOLD = "untold"  # that it is there at all would warn whoever it protects somebody from


@dataclass(frozen=True, slots=True)
class Personal:
    """The tag of a personal column. ``whose`` is read by :mod:`enabler.persistence.whose`."""

    purpose: Purpose
    keep: Keep
    whose: str
    given: Given = Given.WHOLE


def plain(*args: Any, **kw: Any) -> MappedColumn[Any]:
    """A column that says nothing about a person by itself."""
    return mapped_column(*args, info={"personal": None}, **kw)


def personal(
    *args: Any,
    purpose: Purpose,
    keep: Keep,
    whose: str = "member_id",
    given: Given = Given.WHOLE,
    **kw: Any,
) -> MappedColumn[Any]:
    """A column about a person. ``whose`` says how its rows are found: a column that is their key
    (``asker_id``), of the row pointed to (``need_id.asker_id``), or a mark of theirs
    (``contact:phone``, ``browser:browser_hash``, ``ref:viewer``, ``alone:id``, ``nobody``)."""
    return mapped_column(*args, info={"personal": Personal(purpose, keep, whose, given)}, **kw)
