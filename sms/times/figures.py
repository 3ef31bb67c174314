"""What figures can mean of time: hours, days of a month, dates; each by its look alone."""

import re
from collections.abc import Mapping

_PLAIN = re.compile(r"\d{1,2}")
_FOUR = re.compile(r"([01]\d|2[0-3])([0-5]\d)(?:h|hrs|hours)?")
_NTH = re.compile(
    r"(\d{1,2})(st|nd|rd|th|af|il|ail|ydd|ed|fed|eg|ain|tego|go|er|eme|e|ro|do|to|vo|mo)"
)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/((?:20)?\d\d))?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:20)?\d\d)")
_CLOCK = re.compile(r"(\d{1,2})[.:]([0-5]\d)(am|pm|a|p|yb|yp|yh|h|hrs|ish|uhr)?")
_SURE = re.compile(r"(\d{1,2})(am|pm|yb|yp|yh)(?:ish)?")
_HALF = re.compile(r"(\d{1,2})([ap])")
_ISH = re.compile(r"(\d{1,2})ish")
_HOUR_LETTER = re.compile(r"(\d{1,2})(?:h|hs|u|ч)(\d\d)?")
_ENDED = re.compile(r"(\d{1,2})(?:'[a-z]{1,4}|da|dii|ka|tay?|tar|re|kor|tol|ig|baje|bje|vaje)")
_LATE = ("pm", "p", "yp", "yh")
_NO_DATES = ("24/7", "1/2", "1/4", "3/4", "1/3", "2/3")
_ENGLISH = ("st", "nd", "rd", "th")
_ENDINGS = {1: "st", 21: "st", 31: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}
ENDED_HOURS = frozenset(("tr", "hu", "so", "bn", "ur", "hi", "pa"))
"""Languages that put an ending to the hour."""
HOUR_LETTERS = frozenset(("fr", "pt", "es", "it", "ro", "nl", "de", "pl", "ru", "bg"))
"""Languages in which ``10h`` is ten o'clock; in English it is ten hours."""


def senses(word: str) -> Mapping[str, int]:
    """What a word of figures can mean: ``figure`` is a bare number, ``clock`` minutes of a day
    (with ``sure`` where the half of the day is known), ``nth`` a day of a month, ``date`` a day and
    a month (with its ``year``, 0 where none is said). Nothing for other words."""
    if _PLAIN.fullmatch(word):
        return {"figure": int(word)}
    for pattern, read in _READINGS:
        match = pattern.fullmatch(word)
        if match:
            return read(match)
    return {}


def _clock(match: re.Match[str]) -> Mapping[str, int]:
    hour, minute, half = int(match[1]), int(match[2]), match[3] or ""
    if half in ("am", "pm", "a", "p", "yb", "yp", "yh"):
        return _of_half(hour, minute, half)
    if hour > 23:
        return {}
    sure = hour > 12 or hour == 0 or (match[1][0] == "0" and ":" in match[0])
    return {"clock": 60 * hour + minute, **({"sure": 1} if sure else {})}


def _of_half(hour: int, minute: int, half: str) -> Mapping[str, int]:
    if hour > 23:
        return {}
    late = 720 if half in _LATE else 0
    return {"clock": (60 * hour + minute) % 720 + late, "sure": 1}


def _sure(match: re.Match[str]) -> Mapping[str, int]:
    return _of_half(int(match[1]), 0, match[2])


def _half(match: re.Match[str]) -> Mapping[str, int]:
    """``2p`` is a sum, too."""
    found = _of_half(int(match[1]), 0, match[2])
    return {"letter": found["clock"]} if int(match[1]) <= 12 and found else {}


def _ish(match: re.Match[str]) -> Mapping[str, int]:
    return {"clock": 60 * int(match[1])} if int(match[1]) < 24 else {}


def _four(match: re.Match[str]) -> Mapping[str, int]:
    return {"four": 60 * int(match[1]) + int(match[2])}


def _hour_letter(match: re.Match[str]) -> Mapping[str, int]:
    minute = int(match[2] or 0)
    return {"lettered": 60 * int(match[1]) + minute} if int(match[1]) < 24 and minute < 60 else {}


def _ended(match: re.Match[str]) -> Mapping[str, int]:
    """``3'te``: the hour with the ending of its case."""
    return {"lettered": 60 * int(match[1])} if int(match[1]) < 24 else {}


def _date(match: re.Match[str]) -> Mapping[str, int]:
    if match[0] in _NO_DATES or not (1 <= int(match[2]) <= 12):
        return {}
    year = int(match[3] or 0)
    return {"date": 100 * int(match[2]) + int(match[1]), "year": year + 2000 * (0 < year < 100)}


def _nth(match: re.Match[str]) -> Mapping[str, int]:
    """*3nd* and *8th* look alike: where the ending is not that of the number, it is a piece of a
    postcode."""
    number, ending = int(match[1]), match[2]
    if number <= 31 and ending in _ENGLISH and ending != _ENDINGS.get(number, "th"):
        return {}
    return {"nth": number}


_READINGS = (
    (_SLASHED, _date), (_DOTTED, _date), (_CLOCK, _clock), (_SURE, _sure), (_HALF, _half),
    (_ISH, _ish), (_FOUR, _four), (_HOUR_LETTER, _hour_letter), (_NTH, _nth), (_ENDED, _ended),
)  # fmt: skip
