"""How staff are called to each other: whoever waits for a colleague's word must know whose."""

from collections.abc import Collection
from datetime import datetime

from enabler.persistence.unit_of_work import UnitOfWork


def called(
    uow: UnitOfWork, place_id: int, member_ids: Collection[int], now: datetime
) -> dict[int, str]:
    """Colleagues' names by their ids; of who is at the desk of the place no more, the ref."""
    if not member_ids:
        return {}
    names = {hand.member_id: hand.name for hand in uow.staff.at_desk(place_id, now)}
    return uow.members.refs_of(member_ids) | {one: names[one] for one in member_ids if one in names}
