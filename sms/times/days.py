"""Which days a text names, and what is said of them: *by*, *not*, *just gone*, *a week on*."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest

from sms.times.clocks import MOST_BETWEEN
from sms.times.dates import Dated, dated, holiday, on_weekday
from sms.times.pieces import Piece, Pieces, Span

_TODAY = frozenset(("today", "tonight", "this_morning", "this_afternoon"))
_NAMED = _TODAY | {"tomorrow", "day_after", "days", "next_days", "holidays"}
_PAST_BEFORE = frozenset(("gone_before",))
_PAST_BEHIND = frozenset(("gone_behind",))
_LEADS = frozenset(("before", "by", "until", "from", "after", "between"))
_NOT = frozenset(("not",))
_PASSED = frozenset(
    ("article", "at", "about", "next", "this", "morning", "afternoon", "evening", "from")
)
_PARTS = frozenset(("morning", "afternoon", "evening"))
_BEHIND = {"then_before": "before", "then_by": "by", "then_after": "after"}
_WEEK = timedelta(days=7)
_WORKDAYS = (0, 4)
_JOINTS, _FIGURES = frozenset(("until", "and")), frozenset(("nth", "figure"))
_STOPS = frozenset(",.;:!?")
_NEVER, _REACH = frozenset(("never", "not")), 7
_DATES = frozenset(("nth", "figure", "date", "months", "date_mark"))
_HOURS = frozenset(("figure", "clock", "oclock", "am", "pm"))
"""They may stand before the day: *since 9 this morning*."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """A day, or days up to ``last``. ``weekday``: it was named by it alone. ``lead``: ``by`` and so
    on, as it was said of the day."""

    day: date
    span: Span
    weekday: int | None = None
    last: date | None = None
    lead: str = ""


def days(pieces: Pieces, today: date) -> list[Named] | None:
    """Every day that is named and still stands, in order; None where two things that are said of
    one day can't both be true, or what comes is a working week."""
    found = _joined(_all(pieces, today), pieces, today)
    if found is None:
        return None
    left = [replace(one, lead=_lead(pieces, one)) for one in found if not _was(pieces, one)]
    left = [one for one in left if not _nothing_until(pieces, one)]
    left = _left_standing(left, pieces)
    return _ranged(left, pieces)


def _all(pieces: Pieces, today: date) -> list[Named | Dated]:
    found: list[Named | Dated] = []
    at = 0
    while at < pieces.size:
        one = _one(pieces, at, today) if at in pieces.begins else None
        if one:
            first = _first_of(pieces, one) if isinstance(one, Dated) else None
            if first and found and found[-1].span == first.span:
                found.pop()
            found += [first, one] if first else [one]
        at = one.span[1] if one else at + 1
    return found


def _first_of(pieces: Pieces, last: Dated) -> Dated | None:
    """The 5th in ``5-7 dec``, ``5 to 7 dec`` and ``the 5th and 6th of december``."""
    joint = pieces.before(last.span[0], _JOINTS)
    begin = joint.begin if joint else last.span[0]
    figure = pieces.before(begin, _FIGURES)
    if figure is None or last.day is None or last.nth or not (joint or pieces.dash(begin)):
        return None
    number = figure.senses.get("nth") or figure.senses.get("figure", 0)
    if not 1 <= number < last.day.day:
        return None
    return Dated(last.day.replace(day=number), figure.span)


def _one(pieces: Pieces, at: int, today: date) -> Named | Dated | None:
    piece = pieces.begins[at]
    return _weeks_on(pieces, piece, today) or _in_days(pieces, piece, today) or (
        dated(pieces, at, today) or _named(pieces, piece, today)
    )  # fmt: skip


def _named(pieces: Pieces, piece: Piece, today: date) -> Named | Dated | None:
    if piece.any(_TODAY):
        return _week_behind(pieces, Named(today, piece.span))
    if "tomorrow" in piece and not ("morning" in piece and _after_weekday(pieces, piece)):
        return _week_behind(pieces, Named(today + timedelta(days=1), piece.span))
    if "day_after" in piece:
        return Named(today + timedelta(days=2), piece.span)
    if "holidays" in piece:
        return Dated(holiday(piece.senses["holidays"], today), piece.span)
    if "next_days" in piece:
        return Named(_next_monday(today) + timedelta(days=piece.senses["next_days"]), piece.span)
    if "days" in piece:
        weekday = piece.senses["days"]
        return _week_behind(pieces, Named(_next(weekday, today), piece.span, weekday), today)
    return None


def _after_weekday(pieces: Pieces, piece: Piece) -> bool:
    """``Dienstag morgen``: where one word is tomorrow and morning."""
    before = pieces.ends.get(piece.begin)
    return before is not None and ("days" in before or before.any(_TODAY))


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)


def _next_monday(today: date) -> date:
    return today - timedelta(days=today.weekday()) + _WEEK


def _week_behind(pieces: Pieces, named: Named, today: date | None = None) -> Named:
    """``tues week``, ``tomorrow fortnight``; ``friday next week`` is the one of the next week."""
    piece = pieces.begins.get(named.span[1])
    if piece is None:
        return named
    span = (named.span[0], piece.end)
    if "week_behind" in piece and not pieces.dash(piece.begin):
        return replace(named, day=named.day + _WEEK, span=span, weekday=None)
    if "fortnight_behind" in piece:
        return replace(named, day=named.day + 2 * _WEEK, span=span, weekday=None)
    if "next_week" in piece and today is not None and named.weekday is not None:
        day = _next_monday(today) + timedelta(days=named.weekday)
        return replace(named, day=day, span=span, weekday=None)
    return named


def _weeks_on(pieces: Pieces, piece: Piece, today: date) -> Named | None:
    """``a week on tuesday``, ``a week today``, ``a fortnight on sat``; ``next week tuesday``."""
    weeks = {"week_on": 1, "fortnight_on": 2, "next_week": 0}
    kind = next((kind for kind in weeks if kind in piece), None)
    follows = pieces.begins.get(piece.end)
    if follows is not None and "at" in follows and kind == "next_week":
        follows = pieces.begins.get(follows.end)
    if kind is None or follows is None or not follows.any(_NAMED):
        return None
    named = _named(pieces, follows, today)
    if not isinstance(named, Named):
        return None
    day = named.day + weeks[kind] * _WEEK
    if kind == "next_week":
        if named.weekday is None:
            return None
        day = _next_monday(today) + timedelta(days=named.weekday)
    return Named(day, (piece.begin, named.span[1]))


def _in_days(pieces: Pieces, piece: Piece, today: date) -> Named | None:
    """``in 3 days``."""
    if "in" not in piece:
        return None
    number = pieces.begins.get(piece.end)
    if number is None or not ("figure" in number or "hours" in number):
        return None
    unit = pieces.kind(number.end, "unit_day")
    if unit is None:
        return None
    count = number.senses.get("figure") or number.senses.get("hours", 0) + 1
    return Named(today + timedelta(days=count), (piece.begin, unit.end))


def _joined(found: list[Named | Dated], pieces: Pieces, today: date) -> list[Named] | None:
    """A weekday with its date beside it is one day; so is *today, friday*."""
    joined: list[Named] = []
    for one in found:
        before = joined[-1] if joined and _beside(pieces, joined[-1].span, one.span) else None
        if isinstance(one, Dated):
            if before and before.weekday is not None:
                agreed = on_weekday(one, before.weekday, today)
                if agreed is None:
                    return None
                one = agreed
                joined.pop()
            if one.day is not None:
                joined.append(Named(one.day, one.span))
        elif before and one.weekday == before.day.weekday() and before.weekday is None:
            joined[-1] = replace(before, span=(before.span[0], one.span[1]))
        elif before and before.weekday == one.day.weekday() and one.weekday is None:
            joined[-1] = replace(one, span=(before.span[0], one.span[1]))
        else:
            joined.append(one)
    return joined


def _beside(pieces: Pieces, first: Span, last: Span) -> bool:
    """Whether nothing but *the* or *on* stands between."""
    between = range(first[1], last[0])
    return len(between) <= 2 and not pieces.dash(last[0]) and all(
        pieces.kind(at, "article") or pieces.kind(at, "at") for at in between
    )  # fmt: skip


def _was(pieces: Pieces, one: Named) -> bool:
    """``last tuesday``, ``since the 5th``, ``sat just gone``, and ``not tuesday``."""
    begin = _back(pieces, one.span[0], _HOURS)
    return bool(
        _comes_of_past(pieces, one.span[0]) or _comes_of_past(pieces, begin)
        or pieces.before(_back(pieces, one.span[0], _LEADS), _NOT)
        or (one.span[1] in pieces.begins and pieces.begins[one.span[1]].any(_PAST_BEHIND))
    )  # fmt: skip


def _comes_of_past(pieces: Pieces, at: int) -> bool:
    """*The mower packed in tuesday*; not *the mower has packed in, tuesday 2pm*."""
    return bool(pieces.before(at, _PAST_BEFORE)) and pieces.between(at)[:1] not in _STOPS


def _nothing_until(pieces: Pieces, one: Named) -> bool:
    """``nothing in till monday``, ``won't get paid until friday``: help is wanted now."""
    begin = one.span[0]
    return one.lead == "until" and any(
        piece.any(_NEVER) for at, piece in pieces.begins.items() if begin - _REACH <= at < begin
    )


def _back(pieces: Pieces, at: int, more: frozenset[str] = frozenset()) -> int:
    while piece := pieces.before(at, _PASSED | more):
        at = piece.begin
    return at


def _lead(pieces: Pieces, one: Named) -> str:
    behind = pieces.begins.get(one.span[1])
    if behind is not None and behind.any(_PARTS):
        behind = pieces.begins.get(behind.end)
    for kind, lead in _BEHIND.items():
        if behind is not None and kind in behind:
            return lead
    begin = one.span[0]
    while piece := pieces.before(begin, _LEADS | _PASSED):
        begin = piece.begin
        for lead in ("before", "by", "until", "after", "from", "between"):
            if lead in piece:
                return lead
    return ""


def _left_standing(found: list[Named], pieces: Pieces) -> list[Named]:
    """What was put right (``tues no weds``) does not count."""
    return [
        one for one, later in zip_longest(found, found[1:])
        if later is None or not _put_right(pieces, one.span[1], later.span[0])
    ]  # fmt: skip


def _are_joined(pieces: Pieces, found: list[Named]) -> bool:
    """*Between sat and mon*, *the 5th and 6th*: days on end. *Mon and tues* may be two visits."""
    first, last = found
    if first.lead == "between":
        return True
    dates = all(pieces.begins[one.span[0]].any(_DATES) for one in found)
    return dates and last.day - first.day == _ONE_DAY


def _put_right(pieces: Pieces, begin: int, end: int) -> bool:
    return end - begin <= MOST_BETWEEN and any(pieces.kind(at, "no") for at in range(begin, end))


def _ranged(found: list[Named], pieces: Pieces) -> list[Named] | None:
    """Two days with *to* or a dash between are from the one to the other."""
    if len(found) != 2:
        return found
    first, last = found
    dash = last.span[0] == first.span[1] and pieces.dash(last.span[0])
    joint = pieces.begins.get(first.span[1])
    words = joint is not None and _back(pieces, last.span[0]) <= joint.end and (
        "until" in joint or ("and" in joint and _are_joined(pieces, found))
    )  # fmt: skip
    if not (dash or words):
        return found
    if (first.weekday, last.weekday) == _WORKDAYS:
        return None
    until = last.day
    if last.weekday is not None and until <= first.day:
        until += _WEEK
    if until <= first.day:
        return found
    return [Named(first.day, (first.span[0], last.span[1]), None, until, "")]
