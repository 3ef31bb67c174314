"""Where the invented help happens, what is so then, and what it asks of the invented helpers."""

from collections.abc import Mapping

from enabler.domain.categories import TREE
from enabler.domain.demands import FIRST_HELPS, demands, settings_of
from enabler.domain.meeting import Circumstance, Setting, in_full
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import CredentialKind

_ALONE = frozenset({"befriending", "cleaning"})
"""For which the invented askers are by themselves with whoever comes."""


def usual_setting(slug: str) -> Setting:
    """Where the invented askers want help of this kind."""
    return settings_of(slug)[0]


def usual_circumstances(slug: str) -> tuple[str, ...]:
    """What they say is so then, and is not so."""
    return in_full({Circumstance.ALONE} if slug in _ALONE else ())


def required(ruleset: Ruleset) -> Mapping[str, frozenset[str]]:
    """What an invented helper must hold, by kind of help. Whoever goes into homes has references:
    the invented past begins with nobody who has helped before."""
    found = {}
    for slug in TREE:
        asked = demands(slug, usual_setting(slug), usual_circumstances(slug), ruleset).credentials
        known = {CredentialKind.REFERENCE} if FIRST_HELPS in asked else set()
        found[slug] = (asked - {FIRST_HELPS}) | known
    return found
