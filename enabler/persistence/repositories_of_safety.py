"""Repositories about reports, worries, people who are hidden and visits that went wrong."""

from functools import cached_property

from sqlalchemy.orm import Session

from enabler.persistence.cases import Cases
from enabler.persistence.conduct import Conducts
from enabler.persistence.erasing import Erasing
from enabler.persistence.erasure_desk import ErasureDesk
from enabler.persistence.erasures import Erasures
from enabler.persistence.hidden import HiddenMembers
from enabler.persistence.mandate_asks import MandateAsks
from enabler.persistence.mandate_looks import MandateLooks
from enabler.persistence.mandates import Mandates
from enabler.persistence.pauses import Pauses
from enabler.persistence.repositories_of_people import RepositoriesOfPeople
from enabler.persistence.safeguarding import Safeguarding
from enabler.persistence.safety_subjects import SafetySubjects


class RepositoriesOfSafety(RepositoriesOfPeople):
    """What is kept of safety, noun by noun."""

    session: Session

    @cached_property
    def cases(self) -> Cases:
        """What was done about reports."""
        return Cases(self.session)

    @cached_property
    def safeguarding(self) -> Safeguarding:
        """Who hears of a worry in which order."""
        return Safeguarding(self.session)

    @cached_property
    def hidden(self) -> HiddenMembers:
        """Members who appear to nobody."""
        return HiddenMembers(self.session)

    @cached_property
    def mandates(self) -> Mandates:
        """Who may act for whom."""
        return Mandates(self.session)

    @cached_property
    def mandate_asks(self) -> MandateAsks:
        """Mandates that are asked for."""
        return MandateAsks(self.session)

    @cached_property
    def mandate_looks(self) -> MandateLooks:
        """Why leads should look at mandates."""
        return MandateLooks(self.session)

    @cached_property
    def conducts(self) -> Conducts:
        """What was said of visits."""
        return Conducts(self.session)

    @cached_property
    def safety_subjects(self) -> SafetySubjects:
        """What messages about reports and visits that went wrong are about."""
        return SafetySubjects(self.session)

    @cached_property
    def pauses(self) -> Pauses:
        """Members who rest."""
        return Pauses(self.session)

    @cached_property
    def erasing(self) -> Erasing:
        """What erasure does to every row of a person."""
        return Erasing(self.session)

    @cached_property
    def erasures(self) -> Erasures:
        """Members who went for good."""
        return Erasures(self.session)

    @cached_property
    def erasure_desk(self) -> ErasureDesk:
        """What a duty keeps, and who asked at the desk to be erased."""
        return ErasureDesk(self.session)
