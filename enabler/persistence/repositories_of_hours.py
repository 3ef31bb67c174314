"""The repositories of the time bank, a part of all repositories: that page would be too long."""

from functools import cached_property

from sqlalchemy.orm import Session

from enabler.persistence.agreements import Agreements
from enabler.persistence.costs import Costs
from enabler.persistence.gifts import Gifts
from enabler.persistence.help_hours import HelpHoursOfMatches
from enabler.persistence.hours_events import HoursEvents
from enabler.persistence.hours_flags import HoursFlags
from enabler.persistence.hours_proposals import HoursProposals
from enabler.persistence.laws_of_hours import LawsOfHours
from enabler.persistence.ledger import LedgerOfHours
from enabler.persistence.market_hours import MarketHours
from enabler.persistence.pots import Pots
from enabler.persistence.purses import Purses
from enabler.persistence.replays import Replays
from enabler.persistence.seals import Seals


class RepositoriesOfHours:
    """What the cellar keeps of hours, noun by noun."""

    session: Session

    @cached_property
    def gifts(self) -> Gifts:
        """Hours that people give each other."""
        return Gifts(self.session)

    @cached_property
    def help_hours(self) -> HelpHoursOfMatches:
        """What accepted help is to the time bank."""
        return HelpHoursOfMatches(self.session)

    @cached_property
    def hours_flags(self) -> HoursFlags:
        """What custodians should look at."""
        return HoursFlags(self.session)

    @cached_property
    def hours_proposals(self) -> HoursProposals:
        """What one custodian proposes and another decides."""
        return HoursProposals(self.session)

    @cached_property
    def ledger(self) -> LedgerOfHours:
        """Accounts of hours, and the transfers between them."""
        return LedgerOfHours(self.session)

    @cached_property
    def purses(self) -> Purses:
        """Whose accounts of hours are."""
        return Purses(self.session, self.ledger)

    @cached_property
    def pots(self) -> Pots:
        """Pots of hours, for their keepers."""
        return Pots(self.session)

    @cached_property
    def market_hours(self) -> MarketHours:
        """A place's hours as figures."""
        return MarketHours(self.session)

    @cached_property
    def replays(self) -> Replays:
        """The accounts of another community's history."""
        return Replays(self.session)

    @cached_property
    def seals(self) -> Seals:
        """The seals over the hours."""
        return Seals(self.session)

    @cached_property
    def laws_of_hours(self) -> LawsOfHours:
        """Counts of help and hours that disagree."""
        return LawsOfHours(self.session)

    @cached_property
    def agreements(self) -> Agreements:
        """What places agree about the hours between them."""
        return Agreements(self.session)

    @cached_property
    def costs(self) -> Costs:
        """What helpers spent."""
        return Costs(self.session)

    @cached_property
    def hours_events(self) -> HoursEvents:
        """Hours that were written down afterwards."""
        return HoursEvents(self.session)
