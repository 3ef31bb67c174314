"""``tests/authorisation.toml`` as it is read: who may do what, by route and method, by service."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from werkzeug.routing import Map
from werkzeug.routing import Rule as Route

from tests.authorisation.people import FROM_ELSEWHERE, PRINCIPALS
from tests.authorisation.things import FIELDS, KINDS, WHOSE
from tests.authorisation.whose import NO_THING

FILE = Path(__file__).parents[1] / "authorisation.toml"
RELATIONS = ("own", "ward", "beyond", "elsewhere")
WITHOUT_DOOR = ("operator", "system")
"""Who calls services and comes to no door: the command line, a job."""
_KEYS = frozenset(
    {
        "route",
        "methods",
        "of",
        "ref_in",
        "with",
        "answers",
        "draft",
        "nothing",
        "may",
        *RELATIONS,
    }
)


class RuleWrong(ValueError):
    """The file says something that means nothing."""


@dataclass(frozen=True)
class Rule:
    """Who may reach a route by a method: ``may`` are principals by relation.

    ``of`` is the kind of thing that its ref is of; ``ref_in`` the field that the ref is typed in,
    where it is not in the address. ``answers`` fill in its form, ``draft`` (need or offer) brings
    answers of earlier pages, ``given`` are other parts of the address. In both, ``$member`` is the
    ref of the same owner's thing of that kind. With ``nothing``, a ref that
    is of no such thing here is answered by a page that says so.
    """

    route: str
    method: str
    may: Mapping[str, frozenset[str]]
    of: str | None = None
    ref_in: str | None = None
    draft: str | None = None
    nothing: bool = False
    given: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How a failure tells of it."""
        return f"{self.method} {self.route}" + (f" of {self.of}" if self.of else "")

    @property
    def is_api(self) -> bool:
        """Whether it speaks JSON."""
        return self.route.startswith("/api/")

    @property
    def relations(self) -> tuple[str, ...]:
        """What a thing can be to whoever asks for it."""
        return RELATIONS if self.of else (NO_THING,)

    def is_in(self, principal: str, relation: str) -> bool:
        """Whether the principal may, of a thing that stands so to them."""
        return principal in self.may.get(relation, frozenset())

    def lets_in(self, principal: str) -> bool:
        """Whether there is anything of which the principal may."""
        return any(principal in those for those in self.may.values())


@dataclass(frozen=True)
class Reading:
    """What these principals may read of somebody who stands so to them; ``on`` one page alone,
    where it is named."""

    who: frozenset[str]
    of: frozenset[str]
    fields: frozenset[str]
    on: str | None = None


@dataclass(frozen=True)
class Book:
    """The whole file: rules of routes, principals by service, and what is read of whom."""

    rules: tuple[Rule, ...]
    services: Mapping[str, Mapping[str, frozenset[str]]]
    readings: tuple[Reading, ...]


def read_book(text: str | None = None) -> Book:
    """The file's rules. Raises RuleWrong for a name that nothing has."""
    said = tomllib.loads(FILE.read_text(encoding="utf-8") if text is None else text)
    groups: dict[str, frozenset[str]] = {
        name: frozenset({name}) for name in (*PRINCIPALS, *WITHOUT_DOOR)
    }
    for name, members in said.get("groups", {}).items():
        groups[name] = _these(members, groups)
    return Book(
        tuple(rule for each in said.get("rule", ()) for rule in _rules(each, groups)),
        {
            each["name"]: {
                place: _these(each.get(place, ()), groups) for place in ("here", "elsewhere")
            }
            for each in said.get("service", ())
        },
        tuple(_reading(each, groups) for each in said.get("reads", ())),
    )


def _reading(said: Mapping[str, Any], groups: Mapping[str, frozenset[str]]) -> Reading:
    unknown = (set(said["of"]) - set(WHOSE)) | (set(said["fields"]) - set(FIELDS))
    if unknown:
        raise RuleWrong(f"nobody and nothing that can be read: {', '.join(sorted(unknown))}")
    return Reading(
        _these(said["who"], groups),
        frozenset(said["of"]),
        frozenset(said["fields"]),
        said.get("on"),
    )


def _these(names: Iterable[str], groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    unknown = [name for name in names if name not in groups]
    if unknown:
        raise RuleWrong(f"no such principal or group: {', '.join(unknown)}")
    return frozenset().union(*(groups[name] for name in names))


def _rules(said: Mapping[str, Any], groups: Mapping[str, frozenset[str]]) -> Iterator[Rule]:
    routes = said.get("route", "a rule without a route")
    routes = [routes] if isinstance(routes, str) else routes
    where = ", ".join(routes)
    if set(said) - _KEYS or not {"route", "methods"} <= set(said):
        raise RuleWrong(f"{where}: {', '.join(sorted(set(said) - _KEYS)) or 'say its methods'}")
    kinds = said.get("of", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if set(kinds) - set(KINDS):
        raise RuleWrong(f"{where}: no such thing as {', '.join(set(kinds) - set(KINDS))}")
    if (kinds and "may" in said) or (not kinds and set(said) & set(RELATIONS)):
        raise RuleWrong(f"{where}: of a thing say own, ward and beyond; of none say may")
    may = {
        relation: _these(said[key], groups)
        for relation, key in ((NO_THING, "may"), *((each, each) for each in RELATIONS))
        if key in said
    }
    for route, method, kind in product(routes, said["methods"].split(), kinds or [None]):
        yield Rule(
            route, method, may, kind, said.get("ref_in"), said.get("draft"),
            said.get("nothing", False), said.get("with", {}), said.get("answers", {}),
        )  # fmt: skip


def verbs(route: Route) -> set[str]:
    """The methods of a route that its view answers itself."""
    return set(route.methods or ()) - {"HEAD", "OPTIONS"}


def disagreements(rules: Iterable[Rule], routes: Map) -> list[str]:
    """Routes that no rule names, and rules that name no route."""
    named = {(rule.route, rule.method) for rule in rules}
    there = {(route.rule, verb) for route in routes.iter_rules() for verb in verbs(route)}
    unnamed = [f"no rule for {verb} {route}" for route, verb in sorted(there - named)]
    return unnamed + [f"no route for {verb} {route}" for route, verb in sorted(named - there)]


def is_about(principal: str, relation: str) -> bool:
    """Whether somebody can meet a thing that stands so to them: who lives elsewhere has nothing
    here, and what is elsewhere is at their home."""
    return principal != FROM_ELSEWHERE or relation not in ("own", "elsewhere")
