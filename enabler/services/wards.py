"""What councillors see of their wards: how many people wait, and never who."""

from datetime import datetime

from enabler.domain.errors import NotAllowed
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.persistence.unit_of_work import reading
from enabler.services._ward_counts import waiting_of_wards
from enabler.services.views import WardsView, WardWaitingView


def waiting(*, actor: Actor, now: datetime) -> WardsView:
    """The actor's own wards by name, and how many people wait in each for help that nobody has said
    yes to, by kind of help. What they ask for is theirs to show (``councillors.cases``).

    Raises NotAllowed for whoever has no ward.
    """
    place_id = actor.place_id
    held = {grant.ward_id for grant in actor.grants if grant.ward_id is not None}
    mine = {one for one in held if allowed(actor, Action.SEE_WARD, Subject(place_id, ward_id=one))}
    if place_id is None or not mine:
        raise NotAllowed(action=Action.SEE_WARD.value)
    with reading() as uow:
        names = uow.homes.ward_names(place_id)
        counts = waiting_of_wards(uow, place_id, mine, now)
        wards = [WardWaitingView(names[one], counts[one]) for one in mine]
    return WardsView(tuple(sorted(wards, key=lambda one: one.name)))
