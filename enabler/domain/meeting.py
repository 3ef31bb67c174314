"""Where two people meet for help, and what is so then: words of safety."""

from collections.abc import Collection, Iterable
from enum import StrEnum


class Setting(StrEnum):
    """Where help happens, as far as safety depends on it."""

    PUBLIC = "public"
    DOORSTEP = "doorstep"
    HOME = "home"
    CAR = "car"
    ONLINE = "online"


class Circumstance(StrEnum):
    """What is so when help happens, as far as safety depends on it.

    ``alone``: the two are by themselves. ``child``: somebody under 18 is there. ``money``: the
    helper holds the asker's money or pays their bills, because they cannot. ``care``: washing,
    dressing, feeding, medicines. ``appointment``: a way to health or social care. ``weekly``: it
    comes again every week.
    """

    ALONE = "alone"
    CHILD = "child"
    MONEY = "money"
    CARE = "care"
    APPOINTMENT = "appointment"
    WEEKLY = "weekly"


SAID_BY_ASKERS = frozenset(Circumstance) - {Circumstance.WEEKLY}
"""That it comes again every week is known from the series, and nobody has to say it."""
UNSEEN = frozenset({Setting.HOME, Setting.CAR})
"""Where nobody else sees what happens: there each question is asked with yes, no and not sure."""
AT_A_DOOR = frozenset({Setting.DOORSTEP, Setting.HOME, Setting.CAR})
"""Where whoever comes has to know the house."""
_NOT = "not-"
"""What stands before a circumstance that its asker said is not so. Kept beside what is so, so that
what nobody was asked can be told from a no."""
NONE_SO = tuple(sorted(_NOT + one for one in SAID_BY_ASKERS))
"""Said of everything: it is not so."""
SAID = frozenset({*SAID_BY_ASKERS, *NONE_SO})
"""All that an asker can say."""
_POSSIBLE = {
    Setting.PUBLIC: ("alone", "child", "money"),
    Setting.DOORSTEP: ("alone", "child", "money"),
    Setting.HOME: ("alone", "child", "money", "care"),
    Setting.CAR: ("alone", "child", "appointment"),
    Setting.ONLINE: ("child", "money"),
}


def possible(
    settings: Iterable[str], never: Collection[str] = ()
) -> tuple[Circumstance, ...]:  # fmt: skip
    """What may be so where help happens in one of these, but for what this kind of help ``never``
    is; in the order in which it is asked."""
    found = {one for each in settings for one in _POSSIBLE[Setting(each)]} - set(never)
    return tuple(one for one in Circumstance if one in found)


def so_of(said: Iterable[str]) -> tuple[str, ...]:
    """Of what was said that which is so."""
    return tuple(one for one in said if not one.startswith(_NOT))


def unsaid(said: Collection[str], may_be: Iterable[str]) -> tuple[str, ...]:
    """Of what may be so that of which nobody said whether it is."""
    return tuple(one for one in may_be if one not in said and _NOT + one not in said)


def in_full(so: Iterable[str]) -> tuple[str, ...]:
    """What is said by whoever was asked everything and named what is so."""
    named = set(so)
    return tuple(sorted(named | {_NOT + one for one in SAID_BY_ASKERS - named}))


def answered(answers: Iterable[tuple[str, bool | None]]) -> tuple[str, ...]:
    """What is said by answers of yes and no, each a circumstance with its answer; None says
    nothing, which counts as yes."""
    return tuple(
        sorted(one if yes else _NOT + one for one, yes in answers if yes is not None)
    )  # fmt: skip
