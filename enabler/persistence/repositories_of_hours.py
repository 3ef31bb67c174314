"""The repositories of hours beside the ledger, over the same session as all others."""

from functools import cached_property

from sqlalchemy.orm import Session

from enabler.persistence.hours_events import HoursEvents
from enabler.persistence.replays import Replays


class RepositoriesOfHours:
    """What the cellar keeps of hours beside the ledger."""

    session: Session

    @cached_property
    def hours_events(self) -> HoursEvents:
        """Time that was given and is written down afterwards."""
        return HoursEvents(self.session)

    @cached_property
    def replays(self) -> Replays:
        """The accounts of another community's history."""
        return Replays(self.session)
