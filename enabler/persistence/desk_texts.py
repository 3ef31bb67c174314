"""In the queue of the desk: what somebody texted, and people are to look at."""

from typing import Any

from sqlalchemy import Select, case, literal, select

from enabler.domain.prompts import MOST_FAILURES
from enabler.persistence.desk_columns import row_of
from enabler.persistence.tables.texts import InboundTextRow


def texts(place_id: int) -> Select[Any]:
    """Texts that are set aside and at which nobody has looked."""
    row = InboundTextRow
    because = case(
        (row.failures >= MOST_FAILURES, literal("text_failed")), else_=literal("text_unclear")
    )  # fmt: skip
    return select(*row_of(
        kind="text", id=row.id, ref=row.ref, since=row.set_aside_at, because=because,
        member_id=row.member_id,
    )).where(
        row.place_id == place_id, row.set_aside_at.is_not(None), row.looked_at.is_(None)
    )  # fmt: skip
