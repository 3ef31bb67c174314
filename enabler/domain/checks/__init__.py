"""The kinds of checks: what a higher one covers, how long each is good, what may be written of it.

The facts lie in ``kinds.toml`` beside this module; every reader of checks, of one helper or of
all of them at once, asks ``held`` what somebody has.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from enabler.domain.vocabulary import CredentialKind


@dataclass(frozen=True, slots=True)
class Check:
    """A kind of check.

    ``covers`` are all kinds that whoever has this has as well, itself among them. ``months`` is
    how long it is usually taken as good. ``note``: what is written beside it (name, rating) or
    None. ``eligible``: why a role may be asked for it, as codes; empty where anybody may.
    ``waivable``: whether two people may let somebody help for a while before it is seen. ``local``:
    it says something of the place that saw it, so no other place takes it over.
    """

    kind: CredentialKind
    covers: frozenset[CredentialKind]
    months: int
    note: str | None
    eligible: tuple[str, ...]
    waivable: bool
    local: bool = False


def _load() -> dict[CredentialKind, Check]:
    text = (Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8")
    facts = {CredentialKind(kind): said for kind, said in tomllib.loads(text).items()}
    return {kind: _read(kind, facts) for kind in CredentialKind}


def _read(kind: CredentialKind, facts: Mapping[CredentialKind, Mapping[str, Any]]) -> Check:
    said = facts[kind]
    return Check(
        kind=kind, covers=_below(kind, facts), months=said["months"], note=said.get("note"),
        eligible=tuple(said.get("eligible", ())), waivable=said.get("waivable", False),
        local=said.get("local", False),
    )  # fmt: skip


def _below(
    kind: CredentialKind, facts: Mapping[CredentialKind, Mapping[str, Any]]
) -> frozenset[CredentialKind]:
    next_ones = (CredentialKind(each) for each in facts[kind].get("covers", ()))
    return frozenset({kind}).union(*(_below(each, facts) for each in next_ones))


CHECKS: Mapping[CredentialKind, Check] = _load()
"""Every kind, in the order of the vocabulary."""

REASONS: tuple[str, ...] = tuple(
    dict.fromkeys(why for check in CHECKS.values() for why in check.eligible)
)
"""Why a role may be asked for a check above the basic one."""


def held(kinds: Iterable[str]) -> frozenset[str]:
    """What somebody has who has shown these: they themselves and all that they cover. A word that
    is no kind of check (*first-helps*) stands for itself."""
    return _held(frozenset(kinds))


@lru_cache(maxsize=4096)
def _held(kinds: frozenset[str]) -> frozenset[str]:
    known = (CHECKS[CredentialKind(kind)] for kind in kinds if kind in set(CredentialKind))
    return kinds.union(*({each.value for each in check.covers} for check in known))


def covering(kind: CredentialKind) -> frozenset[CredentialKind]:
    """The kinds of which one is enough where this one is asked for."""
    return frozenset(each for each, check in CHECKS.items() if kind in check.covers)
