"""What was written down, as its reader may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from enabler.domain.errors import NotFound
from enabler.domain.hours import Owner
from enabler.domain.members import Organisation
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.persistence.hours_events import EventSide, HoursEvent
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._event_drafts import CheckedEvent, leads, ways_of
from enabler.services._ground import Ground
from enabler.services._hours_desk import parties_of
from enabler.services._hours_policy import policy_of
from enabler.services._hours_views import log_names, pot_side
from enabler.services._noting import counts_at
from enabler.services._purse import purse_of
from enabler.services._subjects import of_organisation
from enabler.services.views.hours import OtherSide
from enabler.services.views.hours_events import (
    EventCheckView,
    EventStart,
    HoursEventView,
    OwnPart,
    PersonView,
    SideView,
)
from enabler.timebank.events import EventWay

_LEFT = OtherSide("left")


def is_party(uow: UnitOfWork, actor: Actor, sides: Iterable[EventSide], here: Ground) -> bool:
    """Whether the actor owns, or acts for, one of the accounts of these sides."""
    numbers = {number for side in sides for number in (side.payer_id, side.earner_id)}
    return actor.member_id in parties_of(uow, numbers, here.now)


def takes_back_as_lead(actor: Actor, event: HoursEvent, organisation: Organisation | None) -> bool:
    """Whether what an organisation gave is the actor's to take back, for they lead it. What others
    gave only the council wrote down, and takes back."""
    return event.way == EventWay.MANY_TO_ONE and leads(actor, organisation)


def is_staff(actor: Actor, place_id: int) -> bool:
    """Whether the actor may write down, and decide, for the whole place."""
    return allowed(actor, Action.RECORD_HOURS, Subject(place_id))


def event_start(
    uow: UnitOfWork, actor: Actor, organisation: Organisation | None, here: Ground
) -> EventStart:
    """What whoever begins to write should know. What an organisation has is for its leads."""
    room = None
    if organisation is not None and leads(actor, organisation):
        room = purse_of(uow, actor, organisation.ref, here).account.room
    return EventStart(
        organisation.name if organisation else None, organisation.ref if organisation else None,
        room, policy_of(here.ruleset).most_per_day, here.ruleset.confirm_days,
        ways_of(actor, here),
    )  # fmt: skip


def event_check(uow: UnitOfWork, actor: Actor, event: CheckedEvent, here: Ground) -> EventCheckView:
    """An afternoon as it would be written down; names where the writer may have them, as sights."""
    everybody = {each.member.id for each in event.people}
    everybody |= {event.one.id} if event.one else set()
    names = _names(uow, actor, everybody, event.organisation, here)
    one = None
    minutes = sum(each.minutes for each in event.people)
    if event.one is not None:
        one = PersonView(event.one.ref, names.get(event.one.id), minutes)
    people = tuple(
        PersonView(each.member.ref, names.get(each.member.id), each.minutes)
        for each in event.people
    )
    return EventCheckView(
        event.way.value, event.words, event.on_day, people, one, minutes,
        event_start(uow, actor, event.organisation, here), here.now + counts_at(here),
    )  # fmt: skip


def _names(
    uow: UnitOfWork, actor: Actor, members: Iterable[int], organisation: Organisation | None,
    here: Ground,
) -> dict[int, str]:  # fmt: skip
    """The names of those whom the actor may know: a custodian all, who leads an organisation its
    own people. Each name is a sight."""
    may = set(members)
    if not is_staff(actor, here.place.id):
        ids = [] if organisation is None else [organisation.id]
        theirs = uow.colleagues.ids_of(ids, here.now)
        may &= {one for each in theirs.values() for one in each}
    named = uow.gifts.names(here.place.id, may)
    log_names(uow, actor, named, here)
    return {member_id: name for member_id, (_, name) in named.items()}


def event_view(uow: UnitOfWork, actor: Actor, event: HoursEvent, here: Ground) -> HoursEventView:
    """An event to one who takes part, may write it down, or is a custodian. Raises NotFound."""
    sides = uow.hours_events.sides(event.id)
    own = uow.purses.of_member(actor.member_id) if actor.member_id is not None else None
    mine = own_part(sides, own.number if own else 0)
    if mine is not None and own is not None:
        mine = replace(mine, unpaid=_owed_to(uow, sides, own.number))
    organisation = None
    if event.organisation_id is not None:
        organisation = uow.organisations.by_id(event.organisation_id)
    staff = is_staff(actor, event.place_id)
    writes = organisation is not None and allowed(
        actor, Action.RECORD_HOURS, of_organisation(organisation)
    )
    if mine is None and not (staff or writes):
        raise NotFound("event_unknown")
    may = {"dispute"} if mine is not None and mine.state == "open" else set()
    if event.ended_at is None:
        may |= _may_end(uow, actor, event, sides, organisation, here)
    if mine is not None:  # not even of others' parts, while there is another custodian
        may.discard("decide")
    return HoursEventView(
        ref=event.ref, way=event.way, words=event.words, on_day=event.on_day,
        category=event.category, organisation=organisation.name if organisation else None,
        organisation_ref=organisation.ref if organisation else None, counts_at=event.counts_at,
        over=event.ended_at is not None, mine=mine, known_by=event.known_by if staff else None,
        sides=_sides(uow, actor, sides, organisation, here) if staff or writes else (),
        may=frozenset(may), timezone=here.place.timezone,
    )  # fmt: skip


def _may_end(
    uow: UnitOfWork, actor: Actor, event: HoursEvent, sides: Iterable[EventSide],
    organisation: Organisation | None, here: Ground,
) -> set[str]:  # fmt: skip
    """What the actor may make of what waits."""
    may = {"take-back"} if takes_back_as_lead(actor, event, organisation) else set()
    waiting = [side for side in sides if side.waits]
    if is_staff(actor, event.place_id) and not is_party(uow, actor, waiting, here):
        may |= {"decide", "take-back"}
    return may


def _owed_to(uow: UnitOfWork, sides: Iterable[EventSide], account: int) -> int:
    """What an organisation or a pot has no hours for, of what an account receives."""
    owed = [side for side in sides if side.earner_id == account and side.unpaid]
    owners = uow.purses.owners({side.payer_id for side in owed})
    return sum(
        side.unpaid for side in owed
        if side.payer_id in owners and owners[side.payer_id].member_id is None
    )  # fmt: skip


def own_part(sides: Iterable[EventSide], account: int) -> OwnPart | None:
    """What all sides of one account come to; the first state of these that one of them has."""
    own = [side for side in sides if account in (side.payer_id, side.earner_id)]
    if not own:
        return None
    states = {side.state for side in own}
    state = next(each for each in ("disputed", "open", "counted", "left-out") if each in states)
    standing = [side for side in own if side.state != "left-out"] or own
    return OwnPart(
        own[0].earner_id == account, sum(side.minutes for side in standing), state
    )  # fmt: skip


def _sides(
    uow: UnitOfWork, actor: Actor, sides: Iterable[EventSide], organisation: Organisation | None,
    here: Ground,
) -> tuple[SideView, ...]:  # fmt: skip
    sides = tuple(sides)
    owners = uow.purses.owners({n for side in sides for n in (side.payer_id, side.earner_id)})
    members = {owner.member_id for owner in owners.values() if owner.member_id is not None}
    refs = {each: ref for each, (ref, _) in uow.gifts.names(here.place.id, members).items()}
    names = _names(uow, actor, members, organisation, here)
    staff = is_staff(actor, here.place.id)

    numbers = {n for side in sides for n in (side.payer_id, side.earner_id)}
    shown = {number: _side(uow, owners.get(number), refs, names) for number in numbers}

    def may_see(payer: int) -> bool:
        owner = owners.get(payer)
        pays = owner is not None and owner.organisation_id is not None
        return staff or (pays and leads(actor, organisation))

    return tuple(
        SideView(
            side.nth, shown[side.payer_id], shown[side.earner_id], side.minutes, side.state,
            by_pot=side.by_pot if staff else None,
            unpaid=side.unpaid if may_see(side.payer_id) else None,
            words=side.words if staff else None,
        )
        for side in sides
    )  # fmt: skip


def _side(
    uow: UnitOfWork, owner: Owner | None, refs: Mapping[int, str], names: Mapping[int, str]
) -> OtherSide:
    if owner is None:
        return _LEFT
    if owner.pot is not None:
        return pot_side(uow, owner.pot)
    if owner.organisation_id is not None:
        found = uow.organisations.by_id(owner.organisation_id)
        return OtherSide("organisation", found.name, found.ref)
    member = owner.member_id or 0
    return OtherSide("member", names.get(member), refs.get(member))
