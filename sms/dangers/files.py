"""The files of words of danger, read once; a language may have several."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sms.dangers.index import Index, Sought, anchored
from sms.dangers.sayings import Writing
from sms.dangers.wording import words_listed

FOLDER = Path(__file__).parent.parent / "words" / "danger"


@dataclass(frozen=True)
class File:
    """One language: its sayings by the part that they are found by, what makes each of them
    harmless nearby, and what is harmless as a whole."""

    code: str
    sayings: Mapping[int, tuple[Sought, ...]]
    unless: Mapping[Sought, tuple[Sought, ...]]
    harmless: tuple[Sought, ...]


def read_file(facts: Mapping[str, Any], index: Index) -> File:
    """What the files of one language say, their words taken into the index."""
    writing = Writing(
        facts.get("sets", {}), facts.get("spelt", {}), facts.get("endings", ()),
        mutates=facts.get("mutates", False),
    )  # fmt: skip
    index.never(word for each in facts.get("never", ()) for word in words_listed(each))
    unless: dict[Sought, tuple[Sought, ...]] = {}
    for kind in facts["kinds"].values():
        voids = tuple(index.add(map(writing.saying, kind.get("unless", ()))))
        for one in index.add(map(writing.saying, kind["sayings"])):
            unless[one] = voids
    harmless = tuple(index.add(map(writing.saying, facts.get("harmless", ()))))
    return File(facts["code"], anchored(unless), unless, harmless)


@dataclass(frozen=True)
class Sayings:
    """All ``files``, and the ``index`` of their words."""

    files: tuple[File, ...]
    index: Index


@cache
def sayings() -> Sayings:
    """The sayings of all languages, read when they are first asked for: it takes a second, which a
    command that reads no texts does not have to wait."""
    index = Index()
    by_code: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        facts = tomllib.loads(path.read_text("utf-8"))
        _merge(by_code.setdefault(facts["code"], {}), facts)
    return Sayings(tuple(read_file(facts, index) for facts in by_code.values()), index)


def _merge(whole: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Several files of one language say together what one of them could."""
    for name, said in more.items():
        if isinstance(said, list):
            whole[name] = [*whole.get(name, ()), *said]
        elif isinstance(said, dict):
            whole[name] = whole.get(name, {}) | said
        else:
            whole[name] = said
