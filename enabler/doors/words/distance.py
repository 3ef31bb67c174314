"""Distances as words, never finer than what the service said."""

from flask_babel import gettext, ngettext

METRES_A_MILE = 1609.344
_PARTS = (0.25, 0.5, 1.0)
_WHOLE = (2, 3, 5, 10, 20, 31)


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
