"""Signals that somebody may be controlled by whoever acts for them (pure). They go to the
safeguarding leads alone, never to either of the two: each is a reason to look, and no more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

MANY_AT_ONE_HOME = 3
MANY_WITHDRAWN = 3
MANY_DEEDS = 5
WITHIN = timedelta(days=60)
"""So far back it is counted what was done."""
NEW_WITHIN = timedelta(days=30)
YEAR = timedelta(days=365)
GOES_ON_WITHIN = timedelta(days=30)
"""A mandate that begins so soon after one between the same two has ended goes on with it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a mandate and of its two.

    ``same_number``: one phone or mail is or was both's. ``same_device``: they came from one
    browser. ``number_changed``: the member's, since the mandate began; ``number_new``: it was
    changed, or first confirmed, within :data:`NEW_WITHIN` before. ``kept_apart``: the member set
    the supporter apart. ``withdrawn``, ``deeds``: how often the supporter took a need back, and
    did anything, and ``own_deeds`` how often the member did by themself, within :data:`WITHIN`.
    ``at_one_home``: for how many who live at one address the supporter acts. ``by_others_eyes``:
    the consent was not the member's own reply. ``lasting``: for how long, with those before it.
    """

    organisation: bool = False
    same_number: bool = False
    same_device: bool = False
    number_changed: bool = False
    number_new: bool = False
    kept_apart: bool = False
    withdrawn: int = 0
    deeds: int = 0
    own_deeds: int = 0
    at_one_home: int = 0
    by_others_eyes: bool = False
    lasting: timedelta = timedelta()


_SIGNS: dict[str, Callable[[Facts], bool]] = {
    "same_number": lambda facts: facts.same_number,
    # A library's computer is everybody's.
    "same_device": lambda facts: facts.same_device and not facts.organisation,
    "number_changed": lambda facts: facts.number_changed,
    # At a library or charity many get their first account on that day.
    "number_new": lambda facts: facts.number_new and not facts.organisation,
    "kept_apart": lambda facts: facts.kept_apart,
    "withdrawn": lambda facts: facts.withdrawn >= MANY_WITHDRAWN,
    "never_alone": lambda facts: (
        facts.deeds >= MANY_DEEDS and facts.own_deeds == 0 and not facts.organisation
    ),
    "one_home": lambda facts: facts.at_one_home >= MANY_AT_ONE_HOME and not facts.organisation,
    "yearly": lambda facts: (
        facts.lasting >= YEAR and (facts.by_others_eyes or facts.own_deeds == 0)
    ),
}
CODES = tuple(_SIGNS)


def reasons(facts: Facts) -> tuple[str, ...]:
    """Why a lead should look, as codes, in one order."""
    return tuple(code for code, shows in _SIGNS.items() if shows(facts))
