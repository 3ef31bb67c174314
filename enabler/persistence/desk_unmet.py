"""Needs that wait at the desk: nobody was found, nobody says whether it is still needed, or help
that was agreed stands still."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, cast, func, literal, select

from enabler.domain.chasing import AGREED, STALE
from enabler.domain.vocabulary import MatchState, NeedState, NextStep
from enabler.persistence.desk_columns import row_of
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.needs import NeedRow, NeedWindowRow


def unmet(place_id: int, soon: datetime, urgent: Collection[str]) -> Select[Any]:
    """Open needs that were handed over, or that are looked at before that."""
    handed_over = NeedRow.next_step.in_((NextStep.BROKER, NextStep.CHASE))
    wanted = (NeedRow.needed_by <= soon) | NeedRow.category.in_(urgent)
    stale = and_(NeedRow.next_step == NextStep.CHASE, NeedRow.chased > STALE)
    because = case((stale, literal("stale")), else_=literal("nobody_found"))
    return _needs(because, since=NeedRow.posted_at, needed_by=NeedRow.needed_by).where(
        NeedRow.place_id == place_id, NeedRow.state == NeedState.OPEN, handed_over | wanted
    )


def standing_still(place_id: int) -> Select[Any]:
    """Needs that are filled or arranged, and neither side said how it stands though both were
    asked. Its clock runs from when it was given to the desk."""
    handed_over = (
        select(func.max(AuditRow.at))
        .where(AuditRow.subject_kind == "need", AuditRow.subject_id == NeedRow.id)
        .where(AuditRow.what == "need.handed_over")
        .scalar_subquery()
    )
    filled = NeedRow.state == NeedState.FILLED
    because = case((filled, literal("no_time_agreed")), else_=literal("not_said_done"))
    return _needs(because, since=NeedRow.posted_at, changed_at=handed_over).where(
        NeedRow.place_id == place_id, NeedRow.state.in_(AGREED),
        NeedRow.next_step == NextStep.BROKER,
    )  # fmt: skip


def _needs(because: Any, **more: Any) -> Select[Any]:
    windows = select(NeedWindowRow.id).where(NeedWindowRow.need_id == NeedRow.id).exists()
    of_it = select(func.count()).where(MatchRow.need_id == NeedRow.id)
    said_no = of_it.where(MatchRow.state == MatchState.DECLINED)
    return select(*row_of(
        kind="unmet", id=NeedRow.id, ref=NeedRow.ref, category=NeedRow.category,
        words=NeedRow.words, ward_id=NeedRow.ward_id, because=because,
        member_id=NeedRow.asker_id, organisation_id=NeedRow.organisation_id,
        timed=func.coalesce(cast(windows, MatchRow.id.type), 0),
        asked=of_it.scalar_subquery(), declined=said_no.scalar_subquery(), **more,
    ))  # fmt: skip
