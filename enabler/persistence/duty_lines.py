"""The number to ring when nobody is at work: what two people agreed holds before what the place's
file says, on every page and in every letter."""

from typing import Any

from sqlalchemy import select

from enabler.domain.contact import PhoneNumber
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.tables.safeguarding import SafeguardingPlanRow

_PLAN, _PLACE = SafeguardingPlanRow.__table__.c, PlaceRow.__table__.c
AGREED_LINE = (
    select(_PLAN.duty_line)
    .where(_PLAN.place_id == _PLACE.id, _PLAN.state == "agreed")
    .order_by(_PLAN.decided_at.desc(), _PLAN.id.desc())
    .limit(1)
    .correlate(PlaceRow.__table__)
    .scalar_subquery()
    .label("agreed_line")
)
"""A column beside those of a place: None where none was agreed."""


def with_line(contact: dict[str, Any], agreed: str | None) -> dict[str, Any]:
    """How a place is reached, with the duty line that holds."""
    return (
        contact if agreed is None else contact | {"duty_line": PhoneNumber.parse(agreed).national}
    )
