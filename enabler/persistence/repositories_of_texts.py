"""Repositories of the telephone door."""

from functools import cached_property

from sqlalchemy.orm import Session

from enabler.persistence.inbound import InboundTexts
from enabler.persistence.landmarks import Landmarks
from enabler.persistence.own_wordings import OwnWordings
from enabler.persistence.phones import Phones
from enabler.persistence.prompts import Prompts
from enabler.persistence.text_costs import TextCosts
from enabler.persistence.unheard import UnheardWords


class RepositoriesOfTexts:
    """What is kept of phones, what they wrote and what they were asked."""

    session: Session

    @cached_property
    def phones(self) -> Phones:
        """Phones that text a place."""
        return Phones(self.session)

    @cached_property
    def inbound(self) -> InboundTexts:
        """What they wrote."""
        return InboundTexts(self.session)

    @cached_property
    def landmarks(self) -> Landmarks:
        """Streets and landmarks by the names that they write."""
        return Landmarks(self.session)

    @cached_property
    def own_wordings(self) -> OwnWordings:
        """Their place's own phrases for kinds of help, and what they propose."""
        return OwnWordings(self.session)

    @cached_property
    def prompts(self) -> Prompts:
        """What they were asked."""
        return Prompts(self.session)

    @cached_property
    def text_costs(self) -> TextCosts:
        """What texts cost."""
        return TextCosts(self.session)

    @cached_property
    def unheard(self) -> UnheardWords:
        """What was written on any page and waits to be listened to."""
        return UnheardWords(self.session)
