"""In the queue of the desk: members to whom somebody is to say what could not be sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, literal, or_, select

from enabler.persistence.desk_columns import row_of
from enabler.persistence.tables.untold import UntoldRow


def untold(place_id: int, now: datetime) -> Select[Any]:
    """Those whose turn it is; the clock runs from when they can be tried (again)."""
    row = UntoldRow
    because = case(
        (row.urgent, literal("untold_urgent")), (row.tries > 0, literal("untold_again")),
        else_=literal("untold"),
    )  # fmt: skip
    return select(*row_of(
        kind="untold", id=row.id, ref=row.ref, since=func.coalesce(row.again_at, row.since),
        because=because, member_id=row.member_id,
    )).where(
        row.place_id == place_id, row.ended_at.is_(None),
        or_(row.again_at.is_(None), row.again_at <= now),
    )  # fmt: skip
