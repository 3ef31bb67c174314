"""Personal data as the place answers for it: bases, conditions and times, shipped as data.

``purposes.toml`` says on which basis each purpose rests, ``retention.toml`` how long what is kept,
``kinds.toml`` what each table is to the person whose it is. Codes only: words are the doors'.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from enabler.domain.ruleset import Ruleset

BASES = frozenset({"public-task", "legal-obligation"})
CONDITIONS = frozenset({"none", "explicit-consent", "safeguarding", "legal-claims"})
WAYS_TO_END = frozenset({"delete", "blank", "own", "lives"})
GRACE = timedelta(days=2)
"""What outlives its time by more than this breaks a law: the job runs each night."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The basis (Article 6) and the condition (Article 9) on which a purpose rests: codes."""

    basis: str
    condition: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When the values of a table that are kept for one length of time go, and how.

    ``clock``: the path to the column that ``days`` are counted from; ``over``: a column of the row
    that must be filled. ``how``: delete, blank, own or lives.
    """

    table: str
    keep: str
    how: str
    days: int
    clock: str = ""
    over: str = ""

    @property
    def name(self) -> str:
        """By which the rule is called."""
        return f"{self.table}:{self.keep}"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a table is to its person: the part of their page, and where it is put right."""

    table: str
    part: str
    correct: str


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))


@cache
def grounds() -> Mapping[str, Ground]:
    """The ground of each purpose. Raises ValueError for an unknown basis or condition."""
    found = {purpose: Ground(**said) for purpose, said in _read("purposes").items()}
    for purpose, ground in found.items():
        if ground.basis not in BASES or ground.condition not in CONDITIONS:
            raise ValueError(f"purposes.toml: {purpose}")
    return found


@cache
def days() -> Mapping[str, int]:
    """How many days each length of time is; what lives as long as an account has none."""
    return dict(_read("retention")["days"])


SHORTER: Mapping[str, str] = {
    "thirty-days": "keep_traces_days",
    "ninety-days": "keep_messages_days",
    "twelve-months-after-the-end": "keep_ended_days",
    "two-years": "keep_looks_days",
    "two-years-or-erasure": "keep_changes_days",
}
"""The key of a place's rules by which it keeps something for less long. It has none for codes (a
day), nor for checks: the database itself keeps those for a year, so that it can be shown who was
let into a home, and what was known then."""


def days_in(place_rules: Ruleset) -> Mapping[str, int]:
    """How many days each length of time is by a place's rules: never more than is shipped, and what
    is over never less than somebody may still appeal about it."""
    found = dict(days())
    for keep, key in SHORTER.items():
        least = place_rules.appeal_days if key == "keep_ended_days" else 0
        found[keep] = min(found[keep], max(getattr(place_rules, key), least))
    return found


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of retention, in the order in which they are worked: what leans on a row goes
    before it. Raises ValueError for one that says nothing."""
    found = tuple(Rule(days=days()[said["keep"]], **said) for said in _read("retention")["rule"])
    for rule in found:
        if rule.how not in WAYS_TO_END or bool(rule.clock) == (rule.how == "lives"):
            raise ValueError(f"retention.toml: {rule.name}")
    return found


@cache
def kinds() -> tuple[Kind, ...]:
    """Every table that tells of people, in the order of a person's page."""
    return tuple(
        Kind(table, part, correct)
        for part, tables in _read("kinds").items()
        for table, correct in tables.items()
    )
