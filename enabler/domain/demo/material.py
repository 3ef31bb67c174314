"""What invented people are called and say, read from the TOML files beside this module."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from enabler.domain.vocabulary import CredentialKind, OrganisationKind, Terms
from enabler.domain.windows import Weekly

_KINDS = {
    "business": OrganisationKind.BUSINESS,
    "group": OrganisationKind.COMMUNITY_GROUP,
    "service": OrganisationKind.PUBLIC_SERVICE,
}


@dataclass(frozen=True, slots=True)
class Asking:
    """How one category is asked for."""

    words: tuple[str, ...]
    weight: int
    part: str  # day, evening or any
    minutes: int
    slots: tuple[int, ...]
    language: bool  # the helper must speak the asker's other language


@dataclass(frozen=True, slots=True)
class Giving:
    """How one category is offered."""

    words: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Community:
    """Names of one part of a city, by generation, and its languages beside English."""

    share: int
    languages: tuple[str, ...]
    first_names: Mapping[str, tuple[str, ...]]  # by older, middle, younger
    last_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """An organisation to be given a name and a door."""

    kind: OrganisationKind
    name: str
    about: str
    categories: tuple[str, ...]
    words: str
    terms: Terms
    stated_terms: str | None
    opening: tuple[Weekly, ...]
    credentials: tuple[CredentialKind, ...]
    languages: tuple[str, ...]
    capacity: int


@dataclass(frozen=True, slots=True)
class Streets:
    """Parts of the names of streets."""

    first: tuple[str, ...]
    last: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """All of it."""

    asking: Mapping[str, Asking]
    giving: Mapping[str, Giving]
    communities: tuple[Community, ...]
    streets: Streets
    templates: tuple[Template, ...]


@cache
def read_material() -> Material:
    """Everything in the files, read once."""
    streets = _read("streets")
    return Material(
        asking={slug: _asking(said) for slug, said in _read("needs").items()},
        giving={slug: _giving(said) for slug, said in _read("offers").items()},
        communities=tuple(_community(said) for said in _read("names").values()),
        streets=Streets(tuple(streets["first"]), tuple(streets["last"])),
        templates=tuple(
            _template(_KINDS[kind], said)
            for kind, all_said in _read("organisations").items()
            for said in all_said
        ),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / f"{name}.toml").read_text("utf-8"))


def _asking(said: Mapping[str, Any]) -> Asking:
    return Asking(
        words=tuple(said["words"]), weight=said["weight"], part=said["part"],
        minutes=said["minutes"], slots=tuple(said.get("slots", (1,))),
        language=said.get("language", False),
    )  # fmt: skip


def _giving(said: Mapping[str, Any]) -> Giving:
    return Giving(tuple(said["words"]), said["weight"])


def _community(said: Mapping[str, Any]) -> Community:
    return Community(
        share=said["share"],
        languages=tuple(said["languages"]),
        first_names={age: tuple(said[age]) for age in ("older", "middle", "younger")},
        last_names=tuple(said["last"]),
    )


def _template(kind: OrganisationKind, said: Mapping[str, Any]) -> Template:
    return Template(
        kind=kind, name=said["name"], about=said["about"], categories=tuple(said["categories"]),
        words=said["words"], terms=Terms(said["terms"]), stated_terms=said.get("stated_terms"),
        opening=tuple(block for text in said["open"] for block in _opening(text)),
        credentials=tuple(CredentialKind(text) for text in said["credentials"]),
        languages=tuple(said.get("languages", ("en",))), capacity=said["capacity"],
    )  # fmt: skip


def _opening(text: str) -> list[Weekly]:
    """``0-4 09:00-17:00`` as five stretches of the week."""
    days, hours = text.split(" ")
    first, last = (int(day) for day in days.split("-"))
    start, end = (_minute(clock) for clock in hours.split("-"))
    return [Weekly(day, start, end) for day in range(first, last + 1)]


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)
