"""Which principals a day's run tries: of those who are alike and of whom a rule says the same, one by
turns. All are tried by all rules together; each by each rule, in ``make prove ARGS=4.1``."""

import os
from collections.abc import Hashable, Iterable
from typing import TypeVar
from zlib import crc32

from tests.authorisation.people import (
    ENDED,
    FROM_ELSEWHERE,
    IN_ORGANISATION,
    NOT_SIGNED_IN,
    NUMBER_ONLY,
)

ALL = "ENABLER_PROVE" in os.environ
WITH_POWERS = ("councillor", "councillor-east", "custodian", "safeguarding-lead", "administrator")
T = TypeVar("T")


def sort_of(principal: str) -> str:
    """In what a principal is like others: whoever has no power and acts for nobody is a resident."""
    if principal in (*NOT_SIGNED_IN, NUMBER_ONLY):
        return "not signed in"
    if principal in IN_ORGANISATION and principal not in ENDED:
        return "organisation"
    if principal in WITH_POWERS:
        return "staff"
    return principal if principal == FROM_ELSEWHERE else "resident"


def by_turns(said: Iterable[tuple[Hashable, T]], turn: str) -> list[T]:
    """One of each sort, or all at full size; whose turn it is follows from ``turn``."""
    sorts: dict[Hashable, list[T]] = {}
    for sort, one in said:
        sorts.setdefault(sort, []).append(one)
    if ALL:
        return [one for alike in sorts.values() for one in alike]
    return [alike[crc32(f"{turn} {sort}".encode()) % len(alike)] for sort, alike in sorts.items()]
