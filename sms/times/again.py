"""What comes again and again: ``every tues``, ``mondays``, ``mornings``, ``twice a week``."""

from sms.times.pieces import Piece, Pieces

_OF_TIME = frozenset(("days", "morning", "afternoon", "evening", "unit_day", "unit_week", "nth",
                      "unit_month", "tonight", "holidays"))  # fmt: skip
_REACH = 3


def comes_again(pieces: Pieces) -> bool:
    """Whether it is said of every week, or of every day."""
    if pieces.has.isdisjoint(("again", "every")):
        return False
    return any(not _counted(pieces, one) for one in pieces.met("again")) or any(
        _of_time(pieces, one) for one in pieces.met("every")
    )


def _counted(pieces: Pieces, again: Piece) -> bool:
    """``3 nights`` are some, and over."""
    before = pieces.ends.get(again.begin)
    return before is not None and ("figure" in before or "hours" in before)


def _of_time(pieces: Pieces, every: Piece) -> bool:
    """``every tues``, ``every other week``; not ``£2 each``."""
    for at in range(every.end, min(every.end + _REACH, pieces.size)):
        piece = pieces.begins.get(at)
        if piece is not None:
            return piece.any(_OF_TIME)
        if pieces.stops(at):
            return False
    return False
