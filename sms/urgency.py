"""How soon it is needed, by the words and the time that they name."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sms.reading import Said
from sms.times.again import comes_again
from sms.times.days import Named, days
from sms.times.pieces import Piece, Pieces
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
    if pieces.met("asap") or any(_means_at_once(pieces, one) for one in pieces.met("soon_now")):
        return ASAP
    soonest = _of_when(when, today) or _of_days(pieces, now)
    if soonest:
        return soonest
    if _in_a_month(pieces):
        return LATER
    return next((name for kinds, name in _SAID if pieces.met(*kinds)), NONE)


def _in_a_month(pieces: Pieces) -> bool:
    """``from January``, ``in march``."""
    return any(pieces.before(one.begin, _TO_A_MONTH) for one in pieces.met("months"))


_TO_A_MONTH = frozenset(("in", "from", "after", "until", "by", "before"))
_FULL_STOPS = (".", "!", "?")
_PLEASE = ("please", "pls", "plz", "if", "asap")
_NOON = 12
_MOST_DAYS = 2
"""Who names more days than these names them for every week."""
_SAID = (
    (("soon_today",), TODAY), (("later",), LATER), (("soon",), THIS_WEEK),
)  # fmt: skip


def _means_at_once(pieces: Pieces, now: Piece) -> bool:
    """*Now* at the end of what is said, not *she's on her own now, her husband died*."""
    if now.end == pieces.size or pieces.between(now.end)[:1] in _FULL_STOPS:
        return True
    return pieces.said.words[now.end] in _PLEASE


def _of_when(when: When | None, today: date) -> str:
    if when is None or not (when.start or when.end):
        return ""
    first = when.start or when.end
    return _of_day(first.date(), today) if first else ""


def _is_over(pieces: Pieces, one: Named, now: datetime) -> bool:
    """*This morning*, said in the afternoon, tells what has happened."""
    return now.hour >= _NOON and pieces.kind(one.span[0], "this_morning") is not None


def _of_days(pieces: Pieces, now: datetime) -> str:
    """Several days, the first of which counts; none where they come again."""
    if comes_again(pieces):
        return NONE
    found = {one.day for one in days(pieces, now.date()) or () if not _is_over(pieces, one, now)}
    if len(found) > _MOST_DAYS:
        return NONE
    return _of_day(min(found), now.date()) if found else ""


def _of_day(day: date, today: date) -> str:
    if day <= today:
        return TODAY
    return THIS_WEEK if day <= today + _A_WEEK else LATER
