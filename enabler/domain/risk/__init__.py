"""The rules by which help asks something of whoever gives it, as data: shipped, a place's, the law.

``shipped.toml`` says what a rule can name. A rule read here means something in every place.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enabler.domain.meeting import Circumstance, Setting
from enabler.domain.vocabulary import CredentialKind, Risk

STEPS = ("pair", "call_first", "receipt", "check_in")
"""What a rule can ask beyond credentials."""
_NAMED: Mapping[str, frozenset[str]] = {
    "settings": frozenset(Setting), "circumstances": frozenset(Circumstance),
    "risks": frozenset(Risk), "credentials": frozenset(CredentialKind),
}  # fmt: skip
MOST_RULES = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where it fits (an empty set: everywhere; all ``circumstances`` must be so), and
    what it asks then. ``code`` names a rule of the law."""

    settings: frozenset[str] = frozenset()
    circumstances: frozenset[str] = frozenset()
    risks: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    credentials: frozenset[str] = frozenset()
    pair: bool = False
    call_first: bool = False
    receipt: bool = False
    check_in: bool = False
    code: str = ""

    def fits(
        self, category: str, risk: str, settings: Collection[str], circumstances: Collection[str]
    ) -> bool:
        """Whether it holds for help of this kind where any of the settings may be meant."""
        return (
            (not self.settings or not self.settings.isdisjoint(settings))
            and self.circumstances <= set(circumstances)
            and (not self.risks or risk in self.risks)
            and (not self.categories or category in self.categories)
        )

    @property
    def steps(self) -> frozenset[str]:
        """What it asks beyond credentials."""
        return frozenset(step for step in STEPS if getattr(self, step))


def read_rule(said: Any) -> Rule | None:
    """The rule that a mapping says; None where it is none: unknown keys, names or values, or it
    asks for nothing."""
    if not isinstance(said, Mapping) or not all(_is_said(key, said[key]) for key in said):
        return None
    told: dict[str, Any] = {
        key: value if isinstance(value, bool | str) else frozenset(value)
        for key, value in said.items()
    }  # fmt: skip
    rule = Rule(**told)
    return rule if rule.credentials or rule.steps else None


def written_rule(rule: Rule) -> dict[str, Any]:
    """The mapping that says the rule, lists in order."""
    lists = ("settings", "circumstances", "risks", "categories", "credentials")
    said: dict[str, Any] = {name: sorted(getattr(rule, name)) for name in lists}
    said |= {step: True for step in STEPS if getattr(rule, step)}
    return {name: value for name, value in said.items() if value}


def _is_said(key: Any, value: Any) -> bool:
    if key in STEPS:
        return isinstance(value, bool)
    if key == "code":
        return isinstance(value, str)
    texts = isinstance(value, list) and all(isinstance(each, str) and each for each in value)
    if key == "categories":
        return texts
    return texts and key in _NAMED and set(value) <= _NAMED[key]


def _load(name: str) -> tuple[Rule, ...]:
    said = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))["rule"]
    rules = [rule for each in said if (rule := read_rule(each)) is not None]
    if len(rules) < len(said):
        raise ValueError(f"{name} has a rule that means nothing")
    return tuple(rules)


SHIPPED = _load("shipped.toml")
"""The rules of a place that has written none."""
LAW = _load("law.toml")
"""The least, whatever a place writes."""
