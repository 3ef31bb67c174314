"""What all that custodians do at the desk of hours stands on: the place, who is a party, sides."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from enabler.domain.errors import NotAllowed, NotFound
from enabler.domain.permissions import Action, Actor
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground, ground
from enabler.services._hours_views import Sides
from enabler.services._limits import proposed_to
from enabler.services.views.hours import OtherSide


def desk_ground(uow: UnitOfWork, actor: Actor, now: datetime) -> Ground:
    """The place of a member of the staff. Raises NotFound (also without a time bank)."""
    if actor.place_id is None:
        raise NotFound("place_unknown")
    here = ground(uow, actor.place_id, now)
    if not here.ruleset.hours:
        raise NotFound("hours_not_here")
    return here


@dataclass(frozen=True, slots=True)
class WaitingHours:
    """How many things of each sort wait about hours, and since when the oldest of all."""

    flags: int
    proposals: int
    disputed: int
    leavers: int
    limits: int
    oldest: datetime | None

    @property
    def total(self) -> int:
        """All of them."""
        return self.flags + self.proposals + self.disputed + self.leavers + self.limits


def waiting_hours(uow: UnitOfWork, actor: Actor, here: Ground) -> WaitingHours:
    """What waits in a place; of what the actor proposed nothing, since another one decides."""
    place_id = here.place.id
    flags, oldest = uow.hours_flags.count(place_id)
    asked = [one.asked_at for one in uow.hours_proposals.waiting(place_id, here.now)
             if one.asked_by != actor.member_id]  # fmt: skip
    disputed = [one.recorded_at for one in uow.hours_events.disputed(place_id)]
    leavers = [one.asked_at for one in uow.purses.leavers(place_id)]
    limits = [one.asked_at for one in proposed_to(uow, place_id)
              if one.asked_by != actor.member_id]  # fmt: skip
    since = [*asked, *disputed, *leavers, *limits, *([oldest] if oldest else [])]
    return WaitingHours(
        flags, len(asked), len(disputed), len(leavers), len(limits), min(since, default=None)
    )


def person(actor: Actor) -> int:
    """The member who decides: a job or the command line is nobody here. Raises NotAllowed."""
    if actor.member_id is None:
        raise NotAllowed(action=Action.KEEP_HOURS.value)
    return actor.member_id


def parties_of(uow: UnitOfWork, numbers: Collection[int], now: datetime) -> frozenset[int]:
    """Members who own, or act for the organisation of, one of these accounts or pots."""
    owners = uow.purses.owners(numbers).values()
    people = {owner.member_id for owner in owners if owner.member_id is not None}
    organisations = {owner.organisation_id for owner in owners}
    organisations |= {owner.pot.organisation_id for owner in owners if owner.pot}
    acting = uow.colleagues.ids_of([one for one in organisations if one is not None], now)
    return frozenset(people | {one for each in acting.values() for one in each})


def refuse_parties(parties: frozenset[int], actor: Actor) -> None:
    """Nobody decides of their own hours, nor of their organisation's. Raises NotAllowed."""
    if person(actor) in parties:
        raise NotAllowed("party_to_it")


def desk_sides(uow: UnitOfWork, numbers: set[int], here: Ground) -> dict[int, OtherSide]:
    """Whose accounts are, for staff: a member by their ref, without a name."""
    owners = uow.purses.owners(numbers)
    kinds = {one.number: one.kind for one in uow.ledger.accounts(numbers - owners.keys()).values()}
    uow.organisations.know(o.organisation_id for o in owners.values() if o.organisation_id)
    uow.homes.know_wards(o.pot.ward_id for o in owners.values() if o.pot and o.pot.ward_id)
    sides = Sides(uow, owners, kinds, {})
    found = {number: sides.of(number) for number in numbers}
    members = {number: owner.member_id for number, owner in owners.items() if owner.member_id}
    known = uow.gifts.names(here.place.id, members.values())
    for number, member_id in members.items():
        if member_id in known:
            found[number] = OtherSide("member", None, known[member_id][0])
    return found
