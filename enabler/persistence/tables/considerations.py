"""What was considered when a need was worked, so that it can be explained as it was then."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Given, Keep, Purpose, personal, plain
from enabler.persistence.types import Json, UtcDateTime


class ConsiderationRow(Model):
    """Who was looked at for a need at one moment, who was asked, and why others were not.

    Never changed, and deleted only when the case is over (triggers). Distances are from cell to
    cell; offers stand by id, nobody by name. ``ranked``: {"factors": [code, …], "rows":
    [[offer id, place from 1, score, metres, verdict, points of each factor …], …], "kept_back":
    {offer id: points by which a round's price moved it down}}, best first,
    and ``beyond`` how many more there were. ``refused``: {"counts": {code: n}, "named":
    {code: [offer id, …]}}.
    """

    __tablename__ = "consideration"
    __table_args__ = (Index("ix_consideration_place_at", "place_id", "at"),)

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    need_id: Mapped[int] = plain(ForeignKey("need.id"), index=True)
    asker_id: Mapped[int] = plain(ForeignKey("member.id"))
    wave: Mapped[int] = plain()
    at: Mapped[datetime] = plain(UtcDateTime)
    ruleset_id: Mapped[int] = plain(ForeignKey("ruleset.id"))
    by_round: Mapped[bool] = plain(default=False)
    considered: Mapped[int] = plain()
    beyond: Mapped[int] = plain()
    ranked: Mapped[dict[str, Any]] = personal(
        Json, purpose=Purpose.ACCOUNTABILITY, keep=Keep.CASE, whose="asker_id", given=Given.OTHERS
    )
    refused: Mapped[dict[str, Any]] = personal(
        Json, purpose=Purpose.ACCOUNTABILITY, keep=Keep.CASE, whose="asker_id", given=Given.OTHERS
    )
