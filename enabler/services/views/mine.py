"""Everything of one member."""

from dataclasses import dataclass

from enabler.domain.offers import OfferCard
from enabler.services.views.matches import MatchView
from enabler.services.views.needs import NeedView
from enabler.services.views.series import SeriesView

_AT_DESK = frozenset({"held", "suspended"})


@dataclass(frozen=True, slots=True)
class MineView:
    """Everything of one member: what waits for an answer comes first."""

    asks: tuple[MatchView, ...]  # of me, waiting for my answer
    helping: tuple[MatchView, ...]  # I said yes
    needs: tuple[NeedView, ...]
    offers: tuple[OfferCard, ...]
    past: tuple[MatchView, ...]
    next_visit: MatchView | None = None  # the soonest that is agreed and not over
    unread: tuple[MatchView, ...] = ()  # whose conversation holds lines I have not read
    series: tuple[SeriesView, ...] = ()  # what I ask for every week, as long as it goes on

    @property
    def lines_unread(self) -> int:
        """How many lines, over all conversations."""
        return sum(match.unread for match in self.unread)

    @property
    def at_desk(self) -> bool:
        """Whether something of theirs is held or stopped, so that they may be asked about it."""
        needs = {one.state.value for one in self.needs}
        return bool((needs | {one.state.value for one in self.offers}) & _AT_DESK)
