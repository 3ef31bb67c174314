"""What councillors see of their wards: needs that nobody has taken, without who asks."""

from datetime import datetime

from enabler.domain.errors import NotAllowed
from enabler.domain.next_steps import is_with_people
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.persistence.unit_of_work import reading
from enabler.services._desk import waiting_views
from enabler.services._ground import ground
from enabler.services.views import WardsView


def waiting(*, actor: Actor, now: datetime) -> WardsView:
    """The actor's own wards, and their needs that were handed to people, the most pressing on
    top.

    Raises NotAllowed for whoever has no ward.
    """
    place_id = actor.place_id
    held = {grant.ward_id for grant in actor.grants if grant.ward_id is not None}
    mine = {one for one in held if allowed(actor, Action.SEE_WARD, Subject(place_id, ward_id=one))}
    if place_id is None or not mine:
        raise NotAllowed(action=Action.SEE_WARD.value)
    with reading() as uow:
        here = ground(uow, place_id, now)
        needs = [
            need for need in uow.needs.waiting_in(place_id, now)
            if need.cell.ward_id in mine and is_with_people(need)
        ]  # fmt: skip
        wards = uow.homes.ward_names(here.place.id)
        names = sorted(name for ward_id, name in wards.items() if ward_id in mine)
        return WardsView(names=tuple(names), waiting=waiting_views(uow, needs, wards, here))
