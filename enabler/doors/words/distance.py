"""Distances as words, never finer than what the service said."""

from flask_babel import gettext, ngettext

from enabler.doors.words.marking import N_, shown

METRES_A_MILE = 1609.344
_PARTS = (0.25, 0.5, 1.0)
_WHOLE = (2, 3, 5, 10, 20, 31)
REACHES: dict[str, str] = {
    "800": N_("Half a mile: about 10 minutes on foot"),
    "1600": N_("1 mile: about 20 minutes on foot"),
    "3200": N_("2 miles"),
    "8000": N_("5 miles"),
    "50000": N_("Anywhere in the area"),
}
"""The distances that a giver chooses from, by metres."""


def within_words(metres: int) -> str:
    """The least round number of miles that is no less than this: half a mile, 2 miles."""
    miles = metres / METRES_A_MILE
    if miles <= _PARTS[0]:
        return str(gettext("a quarter of a mile"))
    if miles <= _PARTS[1]:
        return str(gettext("half a mile"))
    if miles <= _PARTS[2]:
        return str(gettext("a mile"))
    round_number = next((number for number in _WHOLE if miles <= number + 0.11), _WHOLE[-1])
    return str(ngettext("%(num)d mile", "%(num)d miles", round_number))


def reach_words(metres: int) -> str:
    """How far somebody goes: in the words they chose, or the least round number of miles."""
    if str(metres) in REACHES:
        return shown(REACHES, str(metres))
    return str(gettext("Up to %(distance)s", distance=within_words(metres)))
