"""Repositories of personal data as such: what is held of whom, and what has outlived its time."""

from functools import cached_property

from sqlalchemy.orm import Session

from enabler.persistence.holdings import Holdings
from enabler.persistence.keeping import Keeping
from enabler.persistence.repositories_of_texts import RepositoriesOfTexts


class RepositoriesOfPeople(RepositoriesOfTexts):
    """What the tags of the columns say, asked of the rows."""

    session: Session

    @cached_property
    def holdings(self) -> Holdings:
        """What is held of somebody, in every table."""
        return Holdings(self.session)

    @cached_property
    def keeping(self) -> Keeping:
        """What has been kept for as long as it may."""
        return Keeping(self.session)
