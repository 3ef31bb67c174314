"""Which principals a day's run tries of a rule: of those who are alike and of whom it says the
same, one, by turns. ``make prove ARGS=4.1`` tries all, and so does the hunt for missing checks.
"""

import os
from collections.abc import Hashable, Iterable
from typing import TypeVar
from zlib import crc32

from tests.authorisation.people import (
    ENDED,
    FROM_ELSEWHERE,
    IN_ORGANISATION,
    NO_MORE,
    NOT_SIGNED_IN,
    NUMBER_ONLY,
    SUPPORTERS,
)

HUNTING = {"ENABLER_MUTANT", "ENABLER_CALLS"}
ALL = os.environ.get("ENABLER_PROVE") == "1" or bool(HUNTING & os.environ.keys())
WITH_POWERS = ("councillor", "councillor-east", "custodian", "safeguarding-lead", "administrator")
T = TypeVar("T")


def sort_of(principal: str) -> str:
    """Like whom a principal is: who has no power and acts for nobody is like a resident."""
    if principal in (*NOT_SIGNED_IN, NUMBER_ONLY):
        return "not signed in"
    if principal in IN_ORGANISATION and principal not in ENDED:
        return "organisation"
    if principal in WITH_POWERS:
        return "staff"
    if principal in SUPPORTERS:
        return "supporter no more" if principal in NO_MORE else "supporter"
    return principal if principal == FROM_ELSEWHERE else "resident"


def by_turns(said: Iterable[tuple[Hashable, T]], turn: str) -> list[T]:
    """One of each sort, or all at full size; whose turn it is follows from ``turn``."""
    sorts: dict[Hashable, list[T]] = {}
    for sort, one in said:
        sorts.setdefault(sort, []).append(one)
    if ALL:
        return [one for alike in sorts.values() for one in alike]
    return [alike[crc32(f"{turn} {sort}".encode()) % len(alike)] for sort, alike in sorts.items()]
