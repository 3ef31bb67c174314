"""The repositories of what places and people owe: hours between places, money beside a match."""

from functools import cached_property

from sqlalchemy.orm import Session

from enabler.persistence.agreements import Agreements
from enabler.persistence.costs import Costs
from enabler.persistence.replays import Replays


class RepositoriesOfHours:
    """A part of :class:`enabler.persistence.repositories.Repositories`."""

    session: Session

    @cached_property
    def agreements(self) -> Agreements:
        """What places agree about the hours between them."""
        return Agreements(self.session)

    @cached_property
    def costs(self) -> Costs:
        """What helpers spent."""
        return Costs(self.session)

    @cached_property
    def replays(self) -> Replays:
        """The accounts of another community's history."""
        return Replays(self.session)
