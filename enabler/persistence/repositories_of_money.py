"""The repositories of what is owed: between places in hours, between people in pence."""

from functools import cached_property

from sqlalchemy.orm import Session

from enabler.persistence.agreements import Agreements
from enabler.persistence.costs import Costs


class RepositoriesOfMoney:
    """Those of :class:`enabler.persistence.repositories.Repositories`."""

    session: Session

    @cached_property
    def agreements(self) -> Agreements:
        """What places agree about the hours between them."""
        return Agreements(self.session)

    @cached_property
    def costs(self) -> Costs:
        """What helpers spent."""
        return Costs(self.session)
