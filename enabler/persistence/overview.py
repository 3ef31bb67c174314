"""A place's market at one look: what waits, what is never met, who is never asked, what is sent.

Counts and refs only; the database counts, and no query grows with what is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from enabler.domain.vocabulary import (
    Channel,
    MemberState,
    NeedState,
    OfferState,
    OrganisationState,
    OutboxState,
    Outcome,
)
from enabler.persistence.tables.costs import MatchCostRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import MemberRow, OrganisationRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow

_MONEY = ("agreed", "settled")
_COUNTED = (NeedState.DRAFT, NeedState.REFUSED, NeedState.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Unmet:
    """Needs of one ward and kind: ``asked`` since a moment, ``waiting`` for a first or further yes
    now (the longest ``since``), ``missed``: ended since, with nobody found."""

    ward_id: int
    category: str
    asked: int
    waiting: int
    missed: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Idle:
    """An open offer whose giver was never asked for anything by it."""

    ref: str
    ward_id: int
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """Messages of one channel that ended so: how many, in how many parts."""

    channel: Channel
    state: OutboxState
    failure: str | None
    messages: int
    parts: int


class Overview:
    """Reads over all of a place. Nothing is changed here."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def unmet(self, place_id: int, since: datetime) -> list[Unmet]:
        """What was asked for since then or still waits, by ward and kind of help."""
        row = NeedRow
        waits = and_(row.state == NeedState.OPEN, row.slots_filled < row.slots)
        missed = and_(row.outcome == Outcome.NOBODY_FOUND, row.ended_at >= since)
        asked = and_(row.posted_at >= since, row.state.not_in(_COUNTED))
        counts = [func.sum(case((one, 1), else_=0)) for one in (asked, waits, missed)]
        query = (
            select(row.ward_id, row.category, *counts, func.min(case((waits, row.posted_at))))
            .where(row.place_id == place_id, or_(waits, missed, asked))
            .group_by(row.ward_id, row.category)
        )
        return [Unmet(*found) for found in self._session.execute(query)]

    def never_asked(self, place_id: int, before: datetime, most: int) -> tuple[int, list[Idle]]:
        """How many open offers from before then nobody was ever asked by, and the oldest."""
        row = OfferRow
        asked = exists().where(MatchRow.offer_id == row.id, MatchRow.asked_at.is_not(None))
        stands = or_(
            MemberRow.state == MemberState.ACTIVE,
            OrganisationRow.state == OrganisationState.ACTIVE,
        )
        idle = (
            select(row.ref, row.ward_id, row.posted_at)
            .outerjoin(MemberRow, MemberRow.id == row.member_id)
            .outerjoin(OrganisationRow, OrganisationRow.id == row.organisation_id)
            .where(
                row.place_id == place_id, row.state == OfferState.OPEN, row.posted_at < before,
                stands, ~asked,
            )
        )  # fmt: skip
        count = self._session.scalar(select(func.count()).select_from(idle.subquery())) or 0
        oldest = self._session.execute(idle.order_by(row.posted_at, row.id).limit(most))
        return count, [Idle(*found) for found in oldest]

    def sent(self, place_id: int, since: datetime, until: datetime) -> Sequence[Sent]:
        """What became of the messages that were queued in this time."""
        row = OutboxRow
        kinds = row.channel, row.state, row.failure
        query = (
            select(*kinds, func.count(), func.sum(func.coalesce(row.segments, 0)))
            .where(row.place_id == place_id, row.queued_at >= since, row.queued_at < until)
            .group_by(*kinds)
        )
        return [Sent(*found) for found in self._session.execute(query)]

    def spent_pence(self, place_id: int, since: datetime, until: datetime) -> int:
        """What helpers laid out in this time and askers agreed to."""
        row = MatchCostRow
        query = select(func.sum(row.pence)).where(
            row.place_id == place_id, row.noted_at >= since, row.noted_at < until,
            row.state.in_(_MONEY),
        )  # fmt: skip
        return self._session.scalar(query) or 0
