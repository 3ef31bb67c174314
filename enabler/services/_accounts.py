"""Accounts of hours as the services need them: found or opened, with the floor that is due."""

from enabler.domain.hours import Pot
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import MemberState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._hours_policy import policy_of
from enabler.timebank.accounts import Account, AccountKind
from enabler.timebank.limits import floor_for, nearest_floor

_STANDING = (MemberState.ACTIVE, MemberState.PAUSED)


def member_account(uow: UnitOfWork, place_id: int, member_id: int, ruleset: Ruleset) -> Account:
    """A member's account, opened when it is first needed, with the floor that is due to them:
    whoever is verified may begin by asking, and the more they gave the further."""
    account = uow.purses.for_member(place_id, member_id, 0)
    given = uow.ledger.given(account.number)
    return _with_floor(uow, account, due_floor(uow, member_id, ruleset, given=given))


def due_floor(uow: UnitOfWork, member_id: int, ruleset: Ruleset, *, given: int = 0) -> int | None:
    """The lowest balance that is due to a member who gave so many minutes of help. Whoever left
    and joined again gives before they may go below zero."""
    verified = uow.homes.member(member_id).state in _STANDING and _is_verified(uow, member_id)
    again = verified and uow.purses.came_back(member_id)
    return floor_for(
        AccountKind.MEMBER, policy_of(ruleset), given=given, verified=verified, again=again
    )


def organisation_account(
    uow: UnitOfWork, place_id: int, organisation_id: int, ruleset: Ruleset
) -> Account:
    """An organisation's account, opened when it is first needed."""
    account = uow.purses.for_organisation(place_id, organisation_id, 0)
    wanted = floor_for(AccountKind.ORGANISATION, policy_of(ruleset))
    return _with_floor(uow, account, wanted)


def side_account(
    uow: UnitOfWork, place_id: int, member_id: int, organisation_id: int | None, ruleset: Ruleset
) -> Account:
    """Of whoever asks or helps: the organisation's where it is for one, else the member's own."""
    if organisation_id is not None:
        return organisation_account(uow, place_id, organisation_id, ruleset)
    return member_account(uow, place_id, member_id, ruleset)


def paying_pot(
    uow: UnitOfWork, place_id: int, ward_id: int, ruleset: Ruleset, minutes: int = 1
) -> Pot | None:
    """The pot that steps in for help in a ward that its asker has no hours for: the ward's own,
    else the community's, whichever pays more of so many minutes (the community's where neither
    pays anything); None where the ruleset gives none."""
    if not ruleset.hours_pot_pays:
        return None
    pots = [pot for pot in uow.purses.pots(place_id) if pot.pays]  # a closed one does not
    accounts = uow.ledger.accounts(pot.account for pot in pots)
    pays = {pot.account: accounts[pot.account].pays_of(minutes) for pot in pots}
    own = [pot for pot in pots if pot.ward_id == ward_id and pays[pot.account]]
    near = own + [pot for pot in pots if pot.kind == "community"]
    return max(near, key=lambda pot: pays[pot.account], default=None)


def _is_verified(uow: UnitOfWork, member_id: int) -> bool:
    """Whether they have shown that a phone or a mail address is theirs."""
    return any(contact.verified_at for contact in uow.contacts.of(member_id).values())


def _with_floor(uow: UnitOfWork, account: Account, wanted: int | None) -> Account:
    """With the floor that it should have, as near as what was used of it allows."""
    if account.closed or account.floor == wanted:
        return account
    account = uow.ledger.lock(account.number)[account.number]
    nearest = nearest_floor(account, wanted)
    return account if nearest == account.floor else uow.ledger.set_floor(account.number, nearest)
