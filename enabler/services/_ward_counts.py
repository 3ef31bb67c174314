"""How many people of a ward wait: for its councillors' page, and for what they are written."""

from collections.abc import Collection
from datetime import datetime

from enabler.domain.letters import About
from enabler.domain.messages import Outgoing
from enabler.domain.waiting import Waiting, counted
from enabler.persistence.unit_of_work import UnitOfWork


def waiting_of_wards(
    uow: UnitOfWork, place_id: int, ward_ids: Collection[int], now: datetime
) -> dict[int, Waiting]:
    """By the ward's id."""
    needs = uow.needs.waiting_in(place_id, now)
    return {
        ward_id: counted((one for one in needs if one.cell.ward_id == ward_id), now)
        for ward_id in ward_ids
    }


def ward_subject(uow: UnitOfWork, row: Outgoing, ref: str, now: datetime) -> About | None:
    """A ward, by its code, and who waits there; None while that is nobody. It names no need."""
    ward = uow.subjects.ward(row.place_id, ref)
    if ward is None:
        return None
    ward_id, name = ward
    found = waiting_of_wards(uow, row.place_id, {ward_id}, now)[ward_id]
    if not found.people:
        return None
    return About(
        kind="ward", ref="", state="waiting", ward=name, ward_id=ward_id, people=found.people,
        kinds=tuple(kind for kind, _ in found.kinds),
    )  # fmt: skip
