"""All repositories over one session, each made when it is first asked for."""

from functools import cached_property

from sqlalchemy.orm import Session

from enabler.persistence.api_tokens import ApiTokens
from enabler.persistence.audit import Audit, Sights
from enabler.persistence.blocks import Blocks
from enabler.persistence.calendars import Calendars
from enabler.persistence.calls import Calls
from enabler.persistence.clock import Clock
from enabler.persistence.colleagues import Colleagues
from enabler.persistence.considerations import Considerations
from enabler.persistence.contacts import Contacts
from enabler.persistence.conversations import Conversations
from enabler.persistence.credentials import Credentials
from enabler.persistence.denials import Denials
from enabler.persistence.drafts import Drafts
from enabler.persistence.held_messages import HeldMessages
from enabler.persistence.homes import Homes
from enabler.persistence.laws import Laws
from enabler.persistence.laws_of_people import LawsOfPeople
from enabler.persistence.matches import Matches
from enabler.persistence.members import Members
from enabler.persistence.near import Near
from enabler.persistence.needs import Needs
from enabler.persistence.offer_changes import OfferChanges
from enabler.persistence.offers import Offers
from enabler.persistence.organisations import Organisations
from enabler.persistence.outbox import Outbox
from enabler.persistence.overview import Overview
from enabler.persistence.peopling.keeping import Peopling
from enabler.persistence.place_imports import PlaceImports
from enabler.persistence.places import Places
from enabler.persistence.refs import Refs
from enabler.persistence.reminders import Reminders
from enabler.persistence.reports import Reports
from enabler.persistence.repositories_of_desk import RepositoriesOfDesk
from enabler.persistence.repositories_of_hours import RepositoriesOfHours
from enabler.persistence.repositories_of_proofs import RepositoriesOfProofs
from enabler.persistence.repositories_of_rights import RepositoriesOfRights
from enabler.persistence.repositories_of_safety import RepositoriesOfSafety
from enabler.persistence.rounds import Rounds
from enabler.persistence.ruleset_drafts import RulesetDrafts
from enabler.persistence.rulesets import Rulesets
from enabler.persistence.series import SeriesOfNeeds
from enabler.persistence.sessions import Sessions
from enabler.persistence.signals import Signals
from enabler.persistence.simulated import SimulatedMessages
from enabler.persistence.staff import Staff
from enabler.persistence.subjects import Subjects
from enabler.persistence.supply import Supply
from enabler.persistence.telling import Telling
from enabler.persistence.visits import Visits
from enabler.persistence.wishes import MemberWishes


class Repositories(
    RepositoriesOfHours,
    RepositoriesOfDesk,
    RepositoriesOfSafety,
    RepositoriesOfRights,
    RepositoriesOfProofs,
):
    """What the cellar keeps, noun by noun."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def audit(self) -> Audit:
        """Changes, with who, when and why."""
        return Audit(self.session)

    @cached_property
    def sights(self) -> Sights:
        """Views of personal data."""
        return Sights(self.session)

    @cached_property
    def api_tokens(self) -> ApiTokens:
        """Keys of members' programs."""
        return ApiTokens(self.session)

    @cached_property
    def blocks(self) -> Blocks:
        """Who is never brought together with whom."""
        return Blocks(self.session)

    @cached_property
    def calendars(self) -> Calendars:
        """Feeds for members' own calendars."""
        return Calendars(self.session)

    @cached_property
    def calls(self) -> Calls:
        """Keyed calls of services."""
        return Calls(self.session)

    @cached_property
    def clock(self) -> Clock:
        """Leases and runs of jobs."""
        return Clock(self.session)

    @cached_property
    def colleagues(self) -> Colleagues:
        """Who acts for organisations."""
        return Colleagues(self.session)

    @cached_property
    def considerations(self) -> Considerations:
        """Who was looked at for a need, and why not others."""
        return Considerations(self.session)

    @cached_property
    def conversations(self) -> Conversations:
        """What the two sides of matches write to each other."""
        return Conversations(self.session)

    @cached_property
    def contacts(self) -> Contacts:
        """Phones and mail addresses, and how they changed."""
        return Contacts(self.session)

    @cached_property
    def credentials(self) -> Credentials:
        """Checked facts about helpers."""
        return Credentials(self.session)

    @cached_property
    def denials(self) -> Denials:
        """Who was removed for safety."""
        return Denials(self.session)

    @cached_property
    def drafts(self) -> Drafts:
        """Forms that were begun."""
        return Drafts(self.session)

    @cached_property
    def held_messages(self) -> HeldMessages:
        """Messages that wait for a look."""
        return HeldMessages(self.session)

    @cached_property
    def homes(self) -> Homes:
        """Members as matching and meeting know them."""
        return Homes(self.session)

    @cached_property
    def laws(self) -> Laws:
        """Counts of violations."""
        return Laws(self.session)

    @cached_property
    def laws_of_people(self) -> LawsOfPeople:
        """Counts of violations of the laws about people."""
        return LawsOfPeople(self.session)

    @cached_property
    def matches(self) -> Matches:
        """Needs with offers."""
        return Matches(self.session)

    @cached_property
    def members(self) -> Members:
        """People with an account, their homes, contacts and roles."""
        return Members(self.session)

    @cached_property
    def near(self) -> Near:
        """What stands where."""
        return Near(self.session)

    @cached_property
    def needs(self) -> Needs:
        """What is asked."""
        return Needs(self.session)

    @cached_property
    def offers(self) -> Offers:
        """What is given."""
        return Offers(self.session)

    @cached_property
    def offer_changes(self) -> OfferChanges:
        """What changes in what is given."""
        return OfferChanges(self.session)

    @cached_property
    def organisations(self) -> Organisations:
        """Businesses, groups and public services."""
        return Organisations(self.session)

    @cached_property
    def outbox(self) -> Outbox:
        """What is to leave the house."""
        return Outbox(self.session)

    @cached_property
    def peopling(self) -> Peopling:
        """Invented people."""
        return Peopling(self.session)

    @cached_property
    def places(self) -> Places:
        """Places, wards, cells, postcodes."""
        return Places(self.session)

    @cached_property
    def place_imports(self) -> PlaceImports:
        """What a place's files say, kept."""
        return PlaceImports(self.session)

    @cached_property
    def refs(self) -> Refs:
        """Short public ids."""
        return Refs(self.session)

    @cached_property
    def overview(self) -> Overview:
        """A place's market at one look."""
        return Overview(self.session)

    @cached_property
    def reminders(self) -> Reminders:
        """Visits of which both sides are still to be reminded."""
        return Reminders(self.session)

    @cached_property
    def reports(self) -> Reports:
        """What went wrong, who is worried."""
        return Reports(self.session)

    @cached_property
    def rounds(self) -> Rounds:
        """Rounds and their prices."""
        return Rounds(self.session)

    @cached_property
    def rulesets(self) -> Rulesets:
        """The policies of places."""
        return Rulesets(self.session)

    @cached_property
    def ruleset_drafts(self) -> RulesetDrafts:
        """Drafts of places' policies."""
        return RulesetDrafts(self.session)

    @cached_property
    def series(self) -> SeriesOfNeeds:
        """What is asked every week."""
        return SeriesOfNeeds(self.session)

    @cached_property
    def sessions(self) -> Sessions:
        """Signed-in browsers, codes."""
        return Sessions(self.session)

    @cached_property
    def signals(self) -> Signals:
        """Reasons to look at things."""
        return Signals(self.session)

    @cached_property
    def simulated(self) -> SimulatedMessages:
        """The simulator's own record."""
        return SimulatedMessages(self.session)

    @cached_property
    def staff(self) -> Staff:
        """What staff prove themselves by."""
        return Staff(self.session)

    @cached_property
    def supply(self) -> Supply:
        """Open offers, as the matching engine is told of them."""
        return Supply(self.session)

    @cached_property
    def subjects(self) -> Subjects:
        """What messages are about, as it is when they are sent."""
        return Subjects(self.session)

    @cached_property
    def telling(self) -> Telling:
        """What a message may say, and to whom."""
        return Telling(self.session)

    @cached_property
    def wishes(self) -> MemberWishes:
        """How members want to be told and met."""
        return MemberWishes(self.session)

    @cached_property
    def visits(self) -> Visits:
        """The days of visits: the word at the door, who is overdue."""
        return Visits(self.session)
