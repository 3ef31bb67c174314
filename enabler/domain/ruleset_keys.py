"""What a ruleset's keys are to people: in which part each stands, in which unit it is said, and in
what two rulesets differ (pure).

The keys, their bounds and their defaults are those of :mod:`enabler.domain.ruleset`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from enabler.domain.risk import Rule, read_rule, written_rule
from enabler.domain.ruleset import Ruleset
from enabler.domain.ruleset_parts import PARTS_OF_KEYS, Unit


@dataclass(frozen=True, slots=True)
class Key:
    """One key: the part of the rules in which it stands, and its unit."""

    name: str
    part: str
    unit: Unit


_FIELDS = [each.name for each in fields(Ruleset) if each.name not in ("id", "version")]


def _keys() -> dict[str, Key]:
    """Every key of a ruleset that has a part, in the order of its fields. One without could not be
    drafted, and no comparison would tell of it: a test names it."""
    found = {
        name: Key(name, part, unit)
        for part, by_unit in PARTS_OF_KEYS.items()
        for unit, names in by_unit.items()
        for name in names.split()
    }  # fmt: skip
    return {name: found[name] for name in _FIELDS if name in found}


KEYS: Mapping[str, Key] = _keys()
PARTS: Mapping[str, tuple[Key, ...]] = {
    part: tuple(key for key in KEYS.values() if key.part == part) for part in PARTS_OF_KEYS
}
"""The parts of the rules, each with its keys."""


@dataclass(frozen=True, slots=True)
class Difference:
    """In what two rulesets differ: a key, the kind of help or the factor that it is about (``of``)
    where the key has many, and its value in each. Of what is in neither, None; of a set of kinds
    of help, whether the kind is in it."""

    key: Key
    of: str | None
    before: Any
    after: Any

    @property
    def path(self) -> str:
        """The key, and what it is about: ``waves``, ``categories_held.gardening``."""
        return self.key.name if self.of is None else f"{self.key.name}.{self.of}"


SETS = frozenset({Unit.KINDS, Unit.RULES})
"""Units of keys that are sets: of what is in one, it is asked whether it is."""
MANY = SETS | {Unit.BY_KIND, Unit.BY_FACTOR, Unit.BY_THING}
"""Units of keys that have a value for each kind of help, factor, thing or rule."""


def path_of_rule(rule: Rule) -> str:
    """The path of a rule of what help asks: all that it says, so that the same rule has the same
    path in every ruleset."""
    return f"risk_rules.{json.dumps(written_rule(rule), sort_keys=True)}"


def rule_at(of: str) -> Rule | None:
    """The rule that stands in such a path, after the key. None where it is none."""
    try:
        return read_rule(json.loads(of))
    except ValueError:
        return None


def values_of(rules: Ruleset) -> dict[str, Any]:
    """Everything that a ruleset says, by path. What a key of many leaves unsaid has none."""
    found: dict[str, Any] = {}
    for name, key in KEYS.items():
        value = _plain(getattr(rules, name))
        if key.unit is Unit.RULES:
            found |= {path_of_rule(rule): True for rule in getattr(rules, name)}
        elif key.unit is Unit.KINDS:
            found |= {f"{name}.{slug}": True for slug in value}
        elif key.unit is Unit.BY_THING:
            found |= {f"{name}.{of}": one for of, one in value.items()}
        elif key.unit in MANY:
            found |= {f"{name}.{of}": one for of, one in value.items() if one not in ([], {})}
        else:
            found[name] = value
    return found


def differences(old: Ruleset, new: Ruleset) -> tuple[Difference, ...]:
    """Every difference of the two, in the order of the keys; none of a ruleset with itself."""
    return differing(values_of(old), values_of(new))


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """The same of values by path."""
    found = []
    for path in sorted({*before, *after}, key=_in_order):
        name, _, of = path.partition(".")
        nothing = False if KEYS[name].unit in SETS else None
        one, other = before.get(path, nothing), after.get(path, nothing)
        if one != other:
            found.append(Difference(KEYS[name], of or None, one, other))
    return tuple(found)


_AT = {name: position for position, name in enumerate(KEYS)}


def _in_order(path: str) -> tuple[int, str]:
    name, _, of = path.partition(".")
    return _AT[name], of


def with_values(
    policy: Mapping[str, Any], rules: Ruleset, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The policy (which ``rules`` is read from) with these values by path; None or False takes away
    what a key of many has. Keys that say the same stay as they are: what was unsaid stays so."""
    changed: dict[str, Any] = {}
    for path, value in values.items():
        name, _, of = path.partition(".")
        if not of:
            changed[name] = value
            continue
        now = changed.get(name, _plain(getattr(rules, name)))
        changed[name] = _with(KEYS[name].unit, now, of, value)
    as_it_is = {name: _plain(getattr(rules, name)) for name in changed}
    said = {name: _plain(value) for name, value in changed.items()}
    return {**policy, **{name: each for name, each in said.items() if each != as_it_is[name]}}


def _with(unit: Unit, now: Any, of: str, value: Any) -> Any:
    if unit is Unit.KINDS:
        return sorted({*now, of} if value else set(now) - {of})
    if unit is Unit.RULES:
        rule = json.loads(of)
        if not value:
            return [one for one in now if one != rule]
        return now if rule in now else [*now, rule]
    if unit is Unit.BY_THING:  # what is unsaid of a thing is as it is shipped
        return {**now, of: value or []}
    rest = {name: each for name, each in now.items() if name != of}
    return rest if value in (None, [], {}) else {**rest, of: value}


def _plain(value: Any) -> Any:
    """A value as a policy row keeps it: lists for tuples, what is a set in order."""
    if isinstance(value, tuple | list | set | frozenset):
        is_set = all(isinstance(one, str) for one in value)
        said = [written_rule(one) if isinstance(one, Rule) else one for one in value]
        return sorted(said) if is_set else said
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return value


def carried_over(
    base: Ruleset, draft: Ruleset, onto: Mapping[str, Any], rules: Ruleset
) -> dict[str, Any]:
    """The policy ``onto`` (which ``rules`` is read from) with what ``draft`` changed in ``base``:
    a draft moved to other rules keeps its own changes, and takes over everything else."""
    return with_values(onto, rules, {one.path: one.after for one in differences(base, draft)})


@dataclass(frozen=True, slots=True)
class Merged:
    """What two people made of the same values: what the second one's edit comes to, and the paths
    at which both said something else."""

    values: Mapping[str, Any]
    clashes: tuple[str, ...]


def merge(then: Mapping[str, Any], now: Mapping[str, Any], typed: Mapping[str, Any]) -> Merged:
    """``typed`` was made from ``then``, and meanwhile it is ``now``. Whatever the second one left
    as it was stays as the first one made it."""
    mine = {path: value for path, value in typed.items() if (value or None) != _said(then, path)}
    clashes = tuple(
        path for path, value in mine.items()
        if _said(now, path) not in (_said(then, path), value or None)
    )  # fmt: skip
    return Merged(mine, clashes)


def _said(values: Mapping[str, Any], path: str) -> Any:
    return values.get(path) or None
