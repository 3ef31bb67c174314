"""A place's front page: what is asked and offered near the reader, and what was done this month."""

from datetime import datetime
from zoneinfo import ZoneInfo

from enabler.domain.permissions import Action, Actor, require
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services._ground import Ground, ground
from enabler.services._spots import SHOWN, counted, reader_of, with_kinds
from enabler.services.views.near import FrontView

ON_FRONT_PAGE = 4
FEW = 5
"""A number below this may single people out, and is not told."""


def front(*, actor: Actor, place_id: int, postcode: str = "", now: datetime) -> FrontView:
    """Spots near the reader where one is known, else where most happens; what was done this month.

    Raises ``Invalid("postcode", code)`` as ``places.locate``.
    """
    require(actor, Action.SEE_PUBLIC)
    with reading() as uow:
        here = ground(uow, place_id, now)
        reader = reader_of(uow, actor, place_id, postcode)
        found = counted(uow, here, SHOWN, None, True, reader)
        spots = with_kinds(uow, here, found[:ON_FRONT_PAGE], SHOWN, None)
        return FrontView(
            spots, len(found), reader is not None, *_done_this_month(uow, here),
            counts_hours=bool(here.ruleset.hours),
        )  # fmt: skip


def _done_this_month(uow: UnitOfWork, here: Ground) -> tuple[int | None, int | None, int | None]:
    """Visits, hours and people who helped since the month began in the place's own time."""
    local = here.now.astimezone(ZoneInfo(here.place.timezone))
    start = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    visits, minutes, helpers = uow.near.helped_between(here.place.id, start, here.now)
    if visits < FEW or helpers < FEW:  # one busy helper's hours are that helper's own
        few = None if visits else 0
        return few, few, few
    return visits, _told(minutes // 60), helpers


def _told(number: int) -> int | None:
    return number if number == 0 or number >= FEW else None
