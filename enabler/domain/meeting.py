"""Where two people meet for help, and what is so then: words of safety."""

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
