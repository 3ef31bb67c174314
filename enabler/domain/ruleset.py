"""A place's policy: what its ruleset says, with a default for all it leaves unsaid."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from enabler.domain.errors import Invalid

SHORTEST_REACH, LONGEST_REACH = 250, 50_000


@dataclass(frozen=True, slots=True)
class Ruleset:
    """One version of a place's policy. Times of day are minutes of the local day."""

    id: int
    version: int
    categories_off: tuple[str, ...] = ()
    categories_held: tuple[str, ...] = ("childcare", "respite", "emergency")
    category_credentials: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hold_first_offers: bool = True
    hold_organisation_offers: bool = True
    reach_metres: int = 3_000
    waves: tuple[int, ...] = (3, 5, 8)
    wave_minutes: int = 120
    urgent_wave_minutes: int = 30
    urgent_hours: int = 24
    any_time_days: int = 14
    broker_hours_before: int = 24
    broker_again_hours: int = 24
    quiet_from: int = 20 * 60
    quiet_until: int = 8 * 60
    asks_per_day: int = 3
    asks_per_week: int = 7
    texts_per_day: int = 8
    similar_days: int = 3
    confirm_days: int = 3
    custodian_hours: int = 24
    address_hours_after: int = 48
    address_text_hours_before: int = 24
    weights: Mapping[str, int] = field(default_factory=dict)
    sharing: bool = True


def read_ruleset(identity: int, version: int, policy: Mapping[str, Any]) -> Ruleset:
    """The ruleset that a policy row says. Raises Invalid naming the first key that is wrong."""
    known = {f.name: f for f in fields(Ruleset)}
    values: dict[str, Any] = {}
    for name, value in policy.items():
        if name not in known or name in ("id", "version"):
            raise Invalid(f"ruleset.{name}", "ruleset_key_unknown", name=name)
        values[name] = _value(name, known[name].type, value)
    return Ruleset(identity, version, **values)


def _value(name: str, kind: Any, value: Any) -> Any:
    if kind in ("int", int):
        return _checked(name, value, isinstance(value, int) and value is not True and value >= 0)
    if kind in ("bool", bool):
        return _checked(name, value, isinstance(value, bool))
    if str(kind).startswith("tuple"):
        return tuple(_checked(name, value, isinstance(value, list)))
    _checked(name, value, isinstance(value, dict))
    if name == "category_credentials":
        return {category: tuple(kinds) for category, kinds in value.items()}
    return value


def _checked(name: str, value: Any, good: bool) -> Any:
    if not good:
        raise Invalid(f"ruleset.{name}", "ruleset_value_wrong", name=name)
    return value
