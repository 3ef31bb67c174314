"""Whose hours are looked at: the actor's own, or of an organisation that they lead."""

from dataclasses import dataclass

from enabler.domain.errors import NotFound
from enabler.domain.members import Organisation
from enabler.domain.permissions import Action, Actor, allowed
from enabler.domain.vocabulary import OrganisationState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._accounts import due_floor
from enabler.services._ground import Ground
from enabler.services._hours_policy import policy_of
from enabler.services._subjects import of_organisation
from enabler.timebank.accounts import Account, AccountKind, new_account
from enabler.timebank.limits import floor_for


@dataclass(frozen=True, slots=True)
class Purse:
    """An account with whose it is. Number 0: nothing has moved yet, and it is not opened."""

    account: Account
    member_id: int
    organisation: Organisation | None = None

    @property
    def organisation_ref(self) -> str | None:
        """The organisation's ref, where it is one's."""
        return None if self.organisation is None else self.organisation.ref


def member_purse(uow: UnitOfWork, member_id: int, here: Ground) -> Purse:
    """A member's account as it stands; nothing is opened or changed by looking."""
    found = uow.purses.of_member(member_id)
    if found is None:
        floor = due_floor(uow, member_id, here.ruleset)
        found = new_account(0, here.place.id, AccountKind.MEMBER, floor)
    return Purse(found, member_id)


def purse_of(uow: UnitOfWork, actor: Actor, organisation_ref: str | None, here: Ground) -> Purse:
    """The account as it stands; nothing is opened or changed by looking.

    Raises NotFound for an organisation that is unknown, not open, or not the actor's to lead.
    """
    place_id, member_id = here.place.id, actor.member_id or 0
    if organisation_ref is None:
        return member_purse(uow, member_id, here)
    organisation = uow.organisations.by_ref(place_id, organisation_ref)
    if not allowed(actor, Action.CHANGE_ORGANISATION, of_organisation(organisation)):
        raise NotFound("organisation_unknown")
    if organisation.state is not OrganisationState.ACTIVE:
        raise NotFound("organisation_unknown")
    account = uow.purses.of_organisation(organisation.id)
    if account is None:
        floor = floor_for(AccountKind.ORGANISATION, policy_of(here.ruleset))
        account = new_account(0, place_id, AccountKind.ORGANISATION, floor)
    return Purse(account, member_id, organisation)
