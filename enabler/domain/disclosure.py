"""Who may see where a match happens, and how near two homes may be said to be.

Before acceptance a home *is* its cell: every distance here is between cells, and its words are
no finer than the larger of the two. From acceptance until a while after the visit the address is
for the accepted helper alone, as long as their side stands: every check that it needs counts at
the moment of reading, and whoever goes in pairs has a mate. Whoever shows it writes a sight; that
is not done here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import MatchState

FINEST_BAND_METRES = 500
"""Between an organisation's door and a small cell, whose distance could be said more finely."""

_ENTITLED = frozenset(
    {MatchState.ACCEPTED, MatchState.ARRANGED, MatchState.DONE, MatchState.CONFIRMED}
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the helper's side stands at the moment of reading.

    ``missing``: checks that the help needs and that do not count now. ``alone``: it is done in
    pairs, and a second helper has not said yes yet, or is to come at another time. ``stopped``:
    the account of whoever gives or goes is suspended, or is looked at first.
    """

    missing: tuple[str, ...] = ()
    alone: bool = False
    stopped: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing and not self.alone and not self.stopped


def address_until(match: Match, need: Need, ruleset: Ruleset) -> datetime:
    """The last moment at which the accepted helper may read the address.

    The visit's end is the arranged one, or, where none was arranged, the end of the time for
    which the help was asked; where it is said to be done earlier, that moment.
    """
    ends = match.visit_end or need.needed_by
    if match.done_at is not None:
        ends = min(ends, match.done_at)
    return ends + timedelta(hours=ruleset.address_hours_after)


def may_read_address(
    match: Match, need: Need, ruleset: Ruleset, standing: Standing, *, member_id: int | None,
    caution_until: datetime | None, now: datetime,
) -> bool:  # fmt: skip
    """Whether this member, at this moment, is the accepted helper in the window, and their side
    stands.

    Not while caution holds after a change of their phone or mail address: whoever has the account
    then may not be its owner.
    """
    return not must_wait(caution_until, now) and may_know_how_to_meet(
        match, need, ruleset, standing, member_id=member_id, now=now
    )


def must_wait(caution_until: datetime | None, now: datetime) -> bool:
    """Whether a member sees nobody's address yet, because their phone or mail changed lately."""
    return caution_until is not None and now < caution_until


def may_know_how_to_meet(
    match: Match, need: Need, ruleset: Ruleset, standing: Standing, *, member_id: int | None,
    now: datetime,
) -> bool:  # fmt: skip
    """Whether this member, at this moment, is the accepted helper in the window, and their side
    stands."""
    return (
        standing.whole
        and member_id is not None
        and match.helper_id == member_id
        and match.state in _ENTITLED
        and now <= address_until(match, need, ruleset)
    )


def knows_other_side(match: Match) -> bool:
    """Whether the two have been brought together, so that each may read the other's name."""
    return match.state in _ENTITLED or match.state is MatchState.DISPUTED


def distance_band(metres: int, *cell_sides: int) -> int:
    """The upper end of the band in which a distance from cell to cell lies, in metres.

    Bands are as wide as the larger cell's side (an organisation's, which is exact, is 0), and
    never finer than half a kilometre: "within 1 km".
    """
    width = max(FINEST_BAND_METRES, *cell_sides)
    return width * max(1, -(-metres // width))
