"""The tree of kinds of help: what each is, how much can go wrong in it, what it asks of a helper.

The facts lie in ``tree.toml`` beside this module; shown names are in the catalogue of the doors.
A place adds, renames and switches off by its own rows and its ruleset, never here.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from enabler.domain.meeting import Circumstance, Setting
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import CredentialKind, Risk


@dataclass(frozen=True, slots=True)
class Category:
    """A leaf of the tree.

    ``credentials`` are the least that its risk asks of a helper: a place may ask for more, never
    for less. ``minutes`` is how long such help usually takes. ``settings``: where it can happen,
    the usual first. ``never``: what is never so in it, so that nobody has to be asked. ``words``
    are recognition words by language, for understanding what people write.
    """

    slug: str
    parent: str
    icon: str
    risk: Risk
    credentials: frozenset[CredentialKind]
    minutes: int
    settings: tuple[Setting, ...] = tuple(Setting)
    never: frozenset[Circumstance] = frozenset()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _read(slug: str, facts: Mapping[str, Any]) -> Category:
    return Category(
        slug=slug,
        parent=facts["parent"],
        icon=facts["icon"],
        risk=Risk(facts["risk"]),
        credentials=frozenset(CredentialKind(kind) for kind in facts["credentials"]),
        minutes=facts["minutes"],
        settings=tuple(Setting(setting) for setting in facts["settings"]),
        never=frozenset(Circumstance(one) for one in facts.get("never", ())),
        words={language: tuple(words) for language, words in facts["words"].items()},
    )


def _load() -> dict[str, Category]:
    text = (Path(__file__).parent / "tree.toml").read_text(encoding="utf-8")
    return {slug: _read(slug, facts) for slug, facts in tomllib.loads(text).items()}


TREE: Mapping[str, Category] = _load()
"""Every leaf by its slug, in the order of the file."""

HIGHEST = frozenset({CredentialKind.IDENTITY, CredentialKind.DBS_ENHANCED})
"""What is asked for a kind of help of which nothing is known: unknown means highest."""


def category(slug: str) -> Category:
    """The leaf of this slug; one that a place has added counts as of the highest risk."""
    found = TREE.get(slug)
    return found or Category(slug, "other", "other", Risk.HIGH, HIGHEST, 60)


def credentials_for(slug: str, ruleset: Ruleset, extra: Iterable[str] = ()) -> frozenset[str]:
    """What a helper must hold: the least by risk, the place's policy, and what the need adds."""
    asked_here = ruleset.category_credentials.get(slug, ())
    return frozenset({*category(slug).credentials, *asked_here, *extra})


def credentials_by_category(slugs: Iterable[str], ruleset: Ruleset) -> dict[str, frozenset[str]]:
    """The same for many kinds of help at once, as the matching engine is told them."""
    return {slug: credentials_for(slug, ruleset) for slug in slugs}
