"""One time of day, as far as its own words tell: ``half past 2``, ``10 Uhr``, ``3pm``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sms.times.pieces import Piece, Pieces, Span

NOON, MIDNIGHT = 720, 1439
STRONG = frozenset(("at", "after", "before", "by", "until"))
"""Before a bare number these make it an hour."""
_SHIFTS = {"half_past": 30, "half_to": -30, "quarter_past": 15, "quarter_to": -15}
_ADDED = {"and_half": 30, "and_quarter": 15, "less_quarter": -15}
FROM = frozenset(("from", "between"))
_MINUTES = (5, 10, 20, 25)
_HALVES = frozenset(("am", "pm"))


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes. ``sure``: whether its half of the day was said; ``plain``: whether
    it is a bare number, which could be anything; ``lead``: ``after``, ``by`` and so on, as it was
    said of it."""

    minute: int
    sure: bool
    plain: bool
    span: Span
    lead: str = ""


def hour(pieces: Pieces, at: int) -> Clock | None:
    """The time of day that begins there, as far as its own words tell."""
    piece = pieces.begins.get(at)
    if piece is None:
        return None
    for kind, reading in _HOURS.items():
        if kind in piece:
            found = reading(pieces, piece)
            if found:
                return found
    return _plainly(pieces, piece)


def _fixed(minute: int) -> Callable[[Pieces, Piece], Clock | None]:
    return lambda _, piece: Clock(minute, True, False, piece.span)


def _shifted(pieces: Pieces, piece: Piece) -> Clock | None:
    """``half past 2``, ``half 2``, ``quarter to nine``."""
    shift = next(value for kind, value in _SHIFTS.items() if kind in piece)
    found = _number(pieces, piece.end)
    if found is None or found.minute % 60 or not 1 <= found.minute // 60 <= 12:
        return None
    return _halved(pieces, replace(
        found, minute=(found.minute + shift) % 1440, plain=False, span=(piece.begin, found.span[1])
    ))  # fmt: skip


def _counted_minutes(pieces: Pieces, piece: Piece) -> Clock | None:
    """``ten past two``, ``20 to 3``. *10 to 2* is from ten to two, unless *at* stands before."""
    minutes = piece.senses.get("minutes") or piece.senses.get("figure") or (
        piece.senses.get("hours", -1) + 1
    )  # fmt: skip
    after = pieces.begins.get(piece.end)
    if after and "unit_minute" in after:
        after = pieces.begins.get(after.end)
    if minutes not in _MINUTES or after is None or not ("past" in after or "to" in after):
        return None
    is_range = "figure" in piece and "to" in after and not pieces.before(piece.begin, STRONG)
    if is_range or pieces.before(piece.begin, FROM):
        return None
    found = _number(pieces, after.end)
    if found is None or found.minute % 60:
        return None
    shift = minutes if "past" in after else -minutes
    span = (piece.begin, found.span[1])
    return _halved(
        pieces, replace(found, minute=(found.minute + shift) % 1440, plain=False, span=span)
    )


def _number(pieces: Pieces, at: int) -> Clock | None:
    """A number of hours that stands there."""
    piece = pieces.begins.get(at)
    if piece is None:
        return None
    if "clock" in piece:
        return Clock(piece.senses["clock"], "sure" in piece, False, piece.span)
    if "figure" in piece:
        known = piece.senses["figure"] <= 23
        sure = piece.senses["figure"] > 12
        return Clock(60 * piece.senses["figure"], sure, True, piece.span) if known else None
    if "hours" in piece:
        return Clock(60 * (piece.senses["hours"] + 1), False, True, piece.span)
    for kind in ("four", "letter"):
        if kind in piece:
            return Clock(piece.senses[kind], True, True, piece.span)
    return None


def _plainly(pieces: Pieces, piece: Piece) -> Clock | None:
    found = _number(pieces, piece.end if "oclock" in piece else piece.begin)
    if found is None or ("oclock" in piece and found.minute % 60 and found.plain):
        return None
    if "oclock" in piece:  # 'saat 3', 'ora 10', 'kell 5'
        found = replace(found, plain=False, span=(piece.begin, found.span[1]))
    return _halved(pieces, _added(pieces, found))


def _added(pieces: Pieces, clock: Clock) -> Clock:
    """``10 Uhr``, ``2 y media``, ``3点半``."""
    for _ in range(2):
        piece = pieces.begins.get(clock.span[1])
        if piece is None or pieces.dash(piece.begin):
            break
        span = (clock.span[0], piece.end)
        shift = next((value for kind, value in _ADDED.items() if kind in piece), None)
        if "oclock" in piece or (shift is not None and clock.minute % 60 == 0):
            clock = replace(
                clock, minute=(clock.minute + (shift or 0)) % 1440, plain=False, span=span
            )
    return clock


def _halved(pieces: Pieces, clock: Clock) -> Clock:
    """With *am* or *pm* behind it."""
    piece = pieces.begins.get(clock.span[1])
    if piece is None or not piece.any(_HALVES) or clock.minute >= 780 or pieces.dash(piece.begin):
        return clock
    late = 720 if "pm" in piece else 0
    return Clock(clock.minute % 720 + late, True, False, (clock.span[0], piece.end))


_HOURS: Mapping[str, Callable[[Pieces, Piece], Clock | None]] = {
    "noon": _fixed(NOON), "midnight": _fixed(MIDNIGHT),
    **dict.fromkeys(_SHIFTS, _shifted),
    "minutes": _counted_minutes, "figure": _counted_minutes, "hours": _counted_minutes,
}  # fmt: skip
