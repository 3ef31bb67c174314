"""Dates of figures and names of months: ``5th``, ``4 dec``, ``dec 5th``, ``25/12``, ``12月5日``."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sms.times.pieces import Piece, Pieces, Span

_NO_DAY_OF = frozenset(("nth_of", "street", "counted"))
_LATEST_YEAR = 2100
_SOON = timedelta(days=70)
_OUTWARD = re.compile(r"[a-z]{1,2}\d[a-z\d]?")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that is named; ``day`` is None where it was, or never is. ``nth``: it was named as a
    day of whichever month."""

    day: date | None
    span: Span
    nth: int = 0


def dated(pieces: Pieces, at: int, today: date) -> Dated | None:
    """The date that begins there."""
    piece = pieces.begins[at]
    if "date" in piece:
        return _slashed(piece, today)
    if "months" in piece:
        return _month_first(pieces, piece, today)
    if "date_mark" in piece:
        figure = pieces.kind(piece.end, "figure") or pieces.kind(piece.end, "nth")
        if figure:
            one = _day_first(pieces, figure, today) or _alone(_day(figure), figure.span, today)
            return Dated(one.day, (piece.begin, one.span[1]), one.nth)
    if "nth" in piece or "figure" in piece:
        found = _month_sign(pieces, piece, today) or _day_first(pieces, piece, today)
        return found or (_nth(pieces, piece, today) if "nth" in piece else None)
    return None


def _day(piece: Piece) -> int:
    return piece.senses["nth"] if "nth" in piece else piece.senses["figure"]


def _slashed(piece: Piece, today: date) -> Dated:
    month, day = divmod(piece.senses["date"], 100)
    return Dated(_coming(day, month, piece.senses["year"], today), piece.span)


def _month_first(pieces: Pieces, piece: Piece, today: date) -> Dated | None:
    """``dec 5th``, and ``dec 5`` where nothing follows that it could count."""
    at = piece.end + ("of_date" in pieces.begins.get(piece.end, ()))
    figure = pieces.kind(at, "nth") or pieces.kind(at, "figure")
    if figure is None or ("figure" in figure and not pieces.stops(figure.end)
                          and figure.end not in pieces.begins):  # fmt: skip
        return None
    if "figure" in figure and pieces.begins.get(figure.end, piece).any(_TO_AN_HOUR):
        return None
    year, end = _year(pieces, figure.end)
    day = _coming(_day(figure), piece.senses["months"] + 1, year, today)
    return Dated(day, (piece.begin, end))


_TO_AN_HOUR = frozenset(("oclock", "am", "pm", "past", "to", "counted", "unit_hour"))


def _month_sign(pieces: Pieces, piece: Piece, today: date) -> Dated | None:
    sign = pieces.kind(piece.end, "month_sign")
    figure = sign and pieces.kind(sign.end, "figure")
    if not figure or not 1 <= _day(piece) <= 12:
        return None
    mark = pieces.kind(figure.end, "day_sign")
    end = mark.end if mark else figure.end
    return Dated(_coming(_day(figure), _day(piece), 0, today), (piece.begin, end))


def _day_first(pieces: Pieces, piece: Piece, today: date) -> Dated | None:
    at = piece.end
    of = pieces.kind(at, "of_date")
    month = pieces.kind(of.end if of else at, "months")
    if month is None:
        return None
    year, end = _year(pieces, month.end)
    day = _coming(_day(piece), month.senses["months"] + 1, year, today)
    return Dated(day, (piece.begin, end))


def _year(pieces: Pieces, at: int) -> tuple[int, int]:
    words = pieces.said.words
    if at < len(words) and len(words[at]) == 4 and words[at].isdigit():
        year = int(words[at])
        if 1900 <= year < _LATEST_YEAR:
            return year, at + 1
    return 0, at


def _nth(pieces: Pieces, piece: Piece, today: date) -> Dated | None:
    after = pieces.begins.get(piece.end)
    if after is not None and after.any(_NO_DAY_OF):
        return None
    if piece.begin and _OUTWARD.fullmatch(pieces.said.words[piece.begin - 1]):
        return None  # 'ls20 8th'
    return _alone(_day(piece), piece.span, today)


def _alone(day: int, span: Span, today: date) -> Dated:
    """The next such day of any month."""
    year, month = today.year, today.month
    for _ in range(3):
        found = _date(year, month, day)
        if found and found >= today:
            return Dated(found, span, day)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return Dated(None, span)


def on_weekday(found: Dated, weekday: int, today: date) -> Dated | None:
    """The date of which it was said, too, which day of the week it is; None where it isn't."""
    if found.day is None or found.day.weekday() == weekday:
        return found
    if found.nth:
        day = today
        while day <= today + _SOON:
            if day.day == found.nth and day.weekday() == weekday:
                return Dated(day, found.span)
            day += timedelta(days=1)
    return None


def _coming(day: int, month: int, year: int, today: date) -> date | None:
    """The next one that comes, or the one of that year, if it still does."""
    for one in (year,) if year else (today.year, today.year + 1):
        found = _date(one, month, day)
        if found and found >= today:
            return found
    return None


def holiday(number: int, today: date) -> date | None:
    """``1225``: the next such day."""
    return _coming(number % 100, number // 100, 0, today)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
