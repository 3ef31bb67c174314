"""How soon it is needed, by the words and the time that they name."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sms.reading import Said
from sms.times.again import comes_again
from sms.times.days import days
from sms.times.pieces import Pieces
from sms.times.when import When
from sms.tongues import Tongue

ASAP, TODAY, THIS_WEEK, LATER, NONE = "asap", "today", "this_week", "later", "none"
_A_WEEK = timedelta(days=7)


def urgency_of(said: Said, tongues: Sequence[Tongue], when: When | None, now: datetime) -> str:
    """``asap``, ``today``, ``this_week`` (up to the same day of the next), ``later``, or ``none``
    where no time is said, or it comes again. ``when`` is the time that was found in the text; what
    is danger is another's to tell. ``now`` is in the place's zone."""
    pieces = Pieces(said, [tongue.code for tongue in tongues])
    today = now.date()
    if pieces.met("asap"):
        return ASAP
    soonest = _of_when(when, today) or _of_days(pieces, today)
    if soonest:
        return soonest
    return next((name for kinds, name in _SAID if pieces.met(*kinds)), NONE)


_SAID = (
    (("soon_today",), TODAY), (("later",), LATER), (("soon",), THIS_WEEK),
)  # fmt: skip


def _of_when(when: When | None, today: date) -> str:
    if when is None or not (when.start or when.end):
        return ""
    first = when.start or when.end
    return _of_day(first.date(), today) if first else ""


def _of_days(pieces: Pieces, today: date) -> str:
    """Several days, the first of which counts; none where they come again."""
    if comes_again(pieces):
        return NONE
    found = days(pieces, today)
    return _of_day(min(one.day for one in found), today) if found else ""


def _of_day(day: date, today: date) -> str:
    if day <= today:
        return TODAY
    return THIS_WEEK if day <= today + _A_WEEK else LATER
