"""Everything of one member."""

from dataclasses import dataclass

from enabler.services.views.matches import MatchView
from enabler.services.views.needs import NeedView
from enabler.services.views.offers import OfferView
from enabler.services.views.series import SeriesView


@dataclass(frozen=True, slots=True)
class MineView:
    """Everything of one member: what waits for an answer comes first."""

    asks: tuple[MatchView, ...]  # of me, waiting for my answer
    helping: tuple[MatchView, ...]  # I said yes
    needs: tuple[NeedView, ...]
    offers: tuple[OfferView, ...]
    past: tuple[MatchView, ...]
    series: tuple[SeriesView, ...] = ()  # what I ask for every week, as long as it goes on
