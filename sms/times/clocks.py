"""Times of day among the pieces of a text, and which of its numbers are none."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sms.times.hours import FROM, STRONG, Clock, hour
from sms.times.lists import HOME
from sms.times.pieces import Pieces, Span

WEAK = frozenset(("about", "from", "between"))
"""Before a bare number these do so where no noun follows that it could count."""
LEADS = STRONG | WEAK
_BOUNDS = ("after", "before", "by", "until", "from", "between")
_JOINTS = frozenset(("until", "and"))
_BEHIND = {"then_after": "after", "then_before": "before", "then_by": "by"}
_COUNTED = frozenset(("counted", "unit_day", "unit_hour", "unit_minute", "unit_week", "unit_month"))
_FOLLOWS = frozenset(("follows", "days", "tomorrow", "today", "tonight", "morning", "afternoon",
    "evening", "oclock", "until", "by", "before", "after", "at", "about", "and", "nth", "date",
    "then_after", "then_before", "then_by", "day_after", "no", "or", "this_morning",
    "this_afternoon", "asap", "nothing"))  # fmt: skip
MOST_BETWEEN = 5
"""Words between what was said and what it is put right to: *no sorry i mean*."""
_WAY_BACK = frozenset(("way_back",))
_CORRECTS = frozenset(("no",))
_NUMBERS = frozenset(("figure", "clock", "hours", "oclock", "am", "pm"))
_NOBODYS_NUMBER = frozenset(("numbered",))


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one time of day to another; one alone where ``last`` is None."""

    first: Clock
    last: Clock | None = None

    @property
    def span(self) -> Span:
        """From its first word to its last."""
        return self.first.span[0], (self.last or self.first).span[1]


def clocks(pieces: Pieces, taken: Collection[int]) -> list[Stretch]:
    """The times of day in the words that name no day. What was taken back (``at 3 no 4``) is not
    among them."""
    found: list[Stretch] = []
    at = 0
    while at < pieces.size:
        told = None if at in taken or at not in pieces.begins else _told(pieces, at, taken)
        if told and not any(one in taken for one in range(*told.span)):
            if found and _corrected(pieces, found[-1].span[1], told.span[0]):
                found.pop()
            found.append(told)
            at = told.span[1]
        else:
            at += 1
    return _without_ways_back(pieces, found)


def _without_ways_back(pieces: Pieces, found: list[Stretch]) -> list[Stretch]:
    """*There for 10.45, and back about 1* is at 10.45."""
    there = [one for one in found if not _is_back(pieces, one.first.span[0])]
    return there or found


def _is_back(pieces: Pieces, begin: int) -> bool:
    while piece := pieces.before(begin, LEADS):
        begin = piece.begin
    return bool(pieces.before(begin, _WAY_BACK))


def _corrected(pieces: Pieces, begin: int, end: int) -> bool:
    return end - begin <= MOST_BETWEEN and any(pieces.kind(at, "no") for at in range(begin, end))


def _told(pieces: Pieces, at: int, taken: Collection[int]) -> Stretch | None:
    first = hour(pieces, at)
    if first is None:
        return None
    return _range(pieces, first, taken) or _single(pieces, first, taken)


def _range(pieces: Pieces, first: Clock, taken: Collection[int]) -> Stretch | None:
    joint = first.span[1]
    dashed = pieces.dash(joint)
    word = pieces.begins.get(joint)
    begin = first.span[0]
    led = bool(pieces.before(begin, FROM))
    if not dashed and not (word and (("until" in word) or ("and" in word and led))):
        return None
    last = None if dashed else hour(pieces, word.end if word else joint)
    last = last or hour(pieces, joint if dashed else _past_leads(pieces, joint))
    if (
        last is None
        or last.span[0] in taken
        or not _holds(pieces, first, last, led or begin - 1 in taken)
    ):
        return None
    return Stretch(_led(pieces, first), last)


def _past_leads(pieces: Pieces, at: int) -> int:
    """``to about 3``, ``do ok 15``: behind up to two words of the kind."""
    for _ in range(3):
        piece = pieces.begins.get(at)
        if piece is None or not piece.any(LEADS | _JOINTS):
            break
        at = piece.end
    return at


def _holds(pieces: Pieces, first: Clock, last: Clock, led: bool) -> bool:
    """Whether both are hours: two bare numbers could count something."""
    if not (first.plain and last.plain):
        return True
    if (
        _counts(pieces, last.span[1])
        or _is_house(pieces, last.span[1])
        or pieces.before(first.span[0], _NOBODYS_NUMBER)
    ):
        return False
    return led or bool(pieces.before(first.span[0], STRONG)) or _is_free(pieces, last.span[1])


def _single(pieces: Pieces, first: Clock, taken: Collection[int]) -> Stretch | None:
    if first.plain and not _is_hour(pieces, first, taken):
        return None
    if _counts(pieces, first.span[1]):
        return None
    return Stretch(_led(pieces, first))


def _is_house(pieces: Pieces, at: int) -> bool:
    return pieces.street(at) and not pieces.stops(at)


def _is_hour(pieces: Pieces, clock: Clock, taken: Collection[int]) -> bool:
    begin, end = clock.span
    if _is_house(pieces, end):
        return False
    piece = pieces.begins[begin]
    behind = pieces.begins.get(end)
    if behind and any(kind in behind for kind in _BEHIND):
        return not _counts(pieces, end)
    if behind and "at" in behind and behind.end in taken and "figure" in piece:
        return not pieces.before(begin, _NOBODYS_NUMBER)  # 'is 12 on wednesday'
    if pieces.before(begin, STRONG):
        return "figure" in piece or "four" in piece or "letter" in piece or _is_free(pieces, end)
    put_right = pieces.before(begin, _CORRECTS)
    if put_right and put_right.begin in pieces.ends:
        return pieces.ends[put_right.begin].any(_NUMBERS)
    if pieces.before(begin, WEAK) or begin - 1 in taken:
        return "four" not in piece and _is_free(pieces, end)
    return False


def _counts(pieces: Pieces, at: int) -> bool:
    """Whether what follows is counted."""
    piece = pieces.begins.get(at)
    if piece is None or pieces.dash(at) or "oclock" in piece:
        return False
    return piece.any(_COUNTED)


def _is_free(pieces: Pieces, at: int) -> bool:
    """Whether no noun follows that a number could count. Of languages other than English only what
    is known to be counted is one."""
    if pieces.stops(at) or pieces.language != HOME:
        return True
    piece = pieces.begins.get(at)
    return piece is not None and piece.any(_FOLLOWS)


def _led(pieces: Pieces, clock: Clock) -> Clock:
    """With what was said of it: ``after``, ``by``. Words between (*about*, *at*) change nothing."""
    behind = pieces.begins.get(clock.span[1])
    for kind, lead in _BEHIND.items():
        if behind and kind in behind:
            return replace(clock, lead=lead, span=(clock.span[0], behind.end))
    begin = clock.span[0]
    while piece := pieces.before(begin, LEADS):
        begin = piece.begin
        for lead in _BOUNDS:
            if lead in piece and not (lead == "until" and "at" in piece):
                return replace(clock, lead=lead)
    return clock
