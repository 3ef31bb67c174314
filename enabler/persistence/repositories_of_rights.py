"""Repositories about what members agree to, who looks at them, and what they complain of."""

from functools import cached_property

from sqlalchemy.orm import Session

from enabler.persistence.case_shares import CaseShares
from enabler.persistence.complaints import Complaints
from enabler.persistence.consents import Consents
from enabler.persistence.looks import Looks
from enabler.persistence.rights_subjects import RightsSubjects
from enabler.persistence.untold import Untolds


class RepositoriesOfRights:
    """What is kept of members' rights over their own data."""

    session: Session

    @cached_property
    def consents(self) -> Consents:
        """What members agreed to."""
        return Consents(self.session)

    @cached_property
    def case_shares(self) -> CaseShares:
        """What councillors may see because of it."""
        return CaseShares(self.session)

    @cached_property
    def complaints(self) -> Complaints:
        """What members and others complain of."""
        return Complaints(self.session)

    @cached_property
    def looks(self) -> Looks:
        """Why staff looked, what was asked about it, and what was odd."""
        return Looks(self.session)

    @cached_property
    def rights_subjects(self) -> RightsSubjects:
        """What messages about these are about."""
        return RightsSubjects(self.session)

    @cached_property
    def untold(self) -> Untolds:
        """What could not be sent, and people tell."""
        return Untolds(self.session)
