"""What services give to doors: frozen values to render, without a row, a word or an exact point.

Codes and numbers, times in UTC; the doors turn them into words by the catalogue. A value that
the reader is not entitled to at this moment is None, and never was in the view.
"""

from enabler.services.views.desk import DeskView, HeldView, ReportView, WaitingView
from enabler.services.views.matches import MatchView
from enabler.services.views.messages import SimulatedMessage
from enabler.services.views.mine import MineView
from enabler.services.views.needs import NeedView, TimelineEntry, WhyNobody
from enabler.services.views.offers import OfferView, PassedOver
from enabler.services.views.organisations import (
    AssignView,
    BoardEntry,
    BoardView,
    ColleagueView,
    GivenView,
    InvitationView,
    OrganisationView,
    PeopleView,
)
from enabler.services.views.people import AddedMember, MemberView, SignedIn
from enabler.services.views.places import PlaceView, Roughly

__all__ = [
    "AddedMember",
    "AssignView",
    "BoardEntry",
    "BoardView",
    "ColleagueView",
    "DeskView",
    "GivenView",
    "HeldView",
    "InvitationView",
    "MatchView",
    "MemberView",
    "MineView",
    "NeedView",
    "OfferView",
    "OrganisationView",
    "PassedOver",
    "PeopleView",
    "PlaceView",
    "ReportView",
    "Roughly",
    "SignedIn",
    "SimulatedMessage",
    "TimelineEntry",
    "WaitingView",
    "WhyNobody",
]
