"""The files of words of danger, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sms.dangers.index import Index, Sought, anchored
from sms.dangers.sayings import Writing
from sms.dangers.wording import words_of

FOLDER = Path(__file__).parent.parent / "words" / "danger"
INDEX = Index()


@dataclass(frozen=True)
class File:
    """One language: its sayings by the part that they are found by, what makes each of them
    harmless nearby, and what is harmless as a whole."""

    code: str
    sayings: Mapping[int, tuple[Sought, ...]]
    unless: Mapping[Sought, tuple[Sought, ...]]
    harmless: tuple[Sought, ...]


def read_file(facts: Mapping[str, Any], index: Index) -> File:
    """What a file says, its words taken into the index."""
    writing = Writing(
        facts.get("sets", {}), facts.get("spelt", {}), facts.get("endings", ()),
        mutates=facts.get("mutates", False),
    )  # fmt: skip
    index.never(word for each in facts.get("never", ()) for word in words_of(each).words)
    unless: dict[Sought, tuple[Sought, ...]] = {}
    for kind in facts["kinds"].values():
        voids = tuple(index.add(map(writing.saying, kind.get("unless", ()))))
        for one in index.add(map(writing.saying, kind["sayings"])):
            unless[one] = voids
    harmless = tuple(index.add(map(writing.saying, facts.get("harmless", ()))))
    return File(facts["code"], anchored(unless), unless, harmless)


def _read_all() -> tuple[File, ...]:
    return tuple(
        read_file(tomllib.loads(path.read_text("utf-8")), INDEX)
        for path in sorted(FOLDER.glob("*.toml"))
    )


FILES = _read_all()
