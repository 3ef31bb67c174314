"""What services give to doors: frozen values to render, without a row, a word or an exact point.

Codes and numbers, times in UTC; the doors turn them into words by the catalogue. A value that
the reader is not entitled to at this moment is None, and never was in the view.
"""

from enabler.services.views.api_tokens import ApiTokenView
from enabler.services.views.calendars import CalendarView, VisitView
from enabler.services.views.changes import NeedToChange, OfferToChange
from enabler.services.views.conversations import ConversationView, LineView, ProposalView
from enabler.services.views.desk import (
    CaseView,
    ClaimView,
    DeskView,
    EntryView,
    ReportView,
    WardsView,
    WardWaitingView,
)
from enabler.services.views.lists import Part
from enabler.services.views.matches import MatchView
from enabler.services.views.messages import SimulatedMessage
from enabler.services.views.mine import MineView
from enabler.services.views.near import (
    FrontView,
    NearView,
    OutlineView,
    SpotPage,
    SpotView,
    ThingView,
    WardCount,
)
from enabler.services.views.needs import NeedView, TimelineEntry, WhyNobody
from enabler.services.views.offers import OfferView, PassedOver, PublicOffer
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
from enabler.services.views.people import AddedMember, CallerView, MemberView, SignedIn
from enabler.services.views.places import PlaceView, Roughly
from enabler.services.views.privacy import KeptView
from enabler.services.views.series import DayView, EveryWeek, SeriesView
from enabler.services.views.settings import (
    BrowserView,
    ContactChangeView,
    DetailsView,
    LookedDayView,
    LookedView,
    NoticesView,
)

__all__ = [
    "AddedMember",
    "ApiTokenView",
    "AssignView",
    "BoardEntry",
    "BoardView",
    "BrowserView",
    "CalendarView",
    "CallerView",
    "CaseView",
    "ClaimView",
    "ColleagueView",
    "ContactChangeView",
    "ConversationView",
    "DayView",
    "DeskView",
    "DetailsView",
    "EntryView",
    "EveryWeek",
    "FrontView",
    "GivenView",
    "InvitationView",
    "KeptView",
    "LineView",
    "LookedDayView",
    "LookedView",
    "MatchView",
    "MemberView",
    "MineView",
    "NearView",
    "NeedToChange",
    "NeedView",
    "NoticesView",
    "OfferToChange",
    "OfferView",
    "OrganisationView",
    "OutlineView",
    "Part",
    "PassedOver",
    "PeopleView",
    "PlaceView",
    "ProposalView",
    "PublicOffer",
    "ReportView",
    "Roughly",
    "SeriesView",
    "SignedIn",
    "SimulatedMessage",
    "SpotPage",
    "SpotView",
    "ThingView",
    "TimelineEntry",
    "VisitView",
    "WardCount",
    "WardWaitingView",
    "WardsView",
    "WhyNobody",
]
