"""Repositories about what members carry elsewhere."""

from functools import cached_property

from sqlalchemy.orm import Session

from enabler.persistence.proofs import Proofs
from enabler.persistence.relied import ReliedProofs
from enabler.persistence.sight_grants import SightGrants
from enabler.persistence.signing_keys import SigningKeys


class RepositoriesOfProofs:
    """What is kept of proofs, noun by noun."""

    session: Session

    @cached_property
    def proofs(self) -> Proofs:
        """What members carry elsewhere, signed."""
        return Proofs(self.session)

    @cached_property
    def relied(self) -> ReliedProofs:
        """Proofs that organisations count on for their own visits."""
        return ReliedProofs(self.session)

    @cached_property
    def signing_keys(self) -> SigningKeys:
        """What places sign with, and whom they believe."""
        return SigningKeys(self.session)

    @cached_property
    def sight_grants(self) -> SightGrants:
        """What members let others see."""
        return SightGrants(self.session)
