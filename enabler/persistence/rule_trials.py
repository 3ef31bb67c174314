"""What was posted and what stands, as rules are tried on it: a few columns of many rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from enabler.domain.judging import ACCOUNT, UNPROVED, OfferFacts
from enabler.domain.rule_trial import Giving, PastNeed, PastOffer
from enabler.domain.vocabulary import MatchState, NeedState, OfferState
from enabler.persistence.credentials import is_valid
from enabler.persistence.database import columns_of
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import OrganisationRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferCategoryRow, OfferRow
from enabler.persistence.tables.places import CellRow
from enabler.persistence.tables.signals import SignalRow

_A, _N, _O = columns_of(AuditRow), columns_of(NeedRow), columns_of(OfferRow)
_STAND = (OfferState.OPEN, OfferState.PAUSED)


class RuleTrials:
    """Needs and offers of a place, for a trial of its rules."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def needs(self, place_id: int, since: datetime, area: BaseGeometry | None) -> list[PastNeed]:
        """What was asked since then, the newest first, and whether it was held when it was."""
        posted = and_(
            _A.subject_kind == "need", _A.subject_id == _N.id, _A.what == "need.posted"
        )  # fmt: skip
        query = (
            select(
                _N.ref,
                _N.category,
                _A.state_after,
                _N.cell_id,
                _A.why,
                _N.id,
                _N.posted_at,
                _N.needed_by,
            )
            .select_from(NeedRow.__table__.outerjoin(AuditRow.__table__, posted))
            .where(_N.place_id == place_id, _N.posted_at >= since)
            .order_by(_N.posted_at.desc(), _N.id.desc())
        )
        rows = self._session.execute(query)
        noticed = self._noticed(place_id, "need", NeedRow)
        covered = None if area is None else self.cells_in(place_id, area)
        return [
            PastNeed(
                ref,
                category,
                after == NeedState.HELD,
                covered is None or cell in covered,
                unproved=why == UNPROVED,
                account_waits=why == ACCOUNT,
                signals=noticed.get(need_id, ()),
                posted_at=posted_at,
                needed_by=needed_by,
            )
            for ref, category, after, cell, why, need_id, posted_at, needed_by in rows
        ]

    def _noticed(self, place_id: int, kind: str, thing: Any) -> dict[int, tuple[str, ...]]:
        """What was noticed in things when they were posted, as codes in order."""
        query = (
            select(SignalRow.about_id, SignalRow.code)
            .join(thing, thing.id == SignalRow.about_id)
            .where(SignalRow.place_id == place_id, SignalRow.kind == kind)
            .where(SignalRow.at == thing.posted_at)
            .distinct()
            .order_by(SignalRow.about_id, SignalRow.code)
        )
        found: dict[int, tuple[str, ...]] = {}
        for about_id, code in self._session.execute(query):
            found[about_id] = (*found.get(about_id, ()), code)
        return found

    def cells_in(self, place_id: int, area: BaseGeometry) -> frozenset[int]:
        """Cells whose point an area covers: where its rules hold."""
        cell = columns_of(CellRow)
        rows = self._session.execute(
            select(cell.id, cell.easting, cell.northing).where(cell.place_id == place_id)
        ).all()
        points = shapely.points([(east, north) for _, east, north in rows])
        shapely.prepare(area)
        inside = shapely.covers(area, points).tolist() if rows else []
        return frozenset(row.id for row, within in zip(rows, inside, strict=True) if within)

    def offers(self, place_id: int, since: datetime) -> list[PastOffer]:
        """What was offered since then, the newest first, as the rules asked about it."""
        opened = self._first_opened(place_id)
        known: dict[int, datetime] = {}
        query = select(_O.id, _O.member_id).where(_O.place_id == place_id)
        for offer_id, member_id in self._session.execute(query):
            first = opened.get(offer_id)
            if member_id is not None and first is not None:
                known[member_id] = min(first, known.get(member_id, first))
        kinds, noticed = self._kinds(place_id), self._noticed(place_id, "offer", OfferRow)
        return [
            PastOffer(
                row.ref,
                OfferFacts(
                    kinds.get(row.id, ()),
                    row.state,
                    _before(known, row),
                    signals=noticed.get(row.id, ()),
                ),
                was_held=opened.get(row.id) != row.posted_at,
            )
            for row in self._session.execute(_posted_offers(place_id, since))
        ]

    def _first_opened(self, place_id: int) -> dict[int, datetime]:
        """When each offer was open for the first time: at once, unless it was held."""
        query = (
            select(_A.subject_id, func.min(_A.at))
            .where(_A.place_id == place_id, _A.subject_kind == "offer", _A.what == "offer.open")
            .group_by(_A.subject_id)
        )
        return dict(self._session.execute(query).all())

    def _kinds(self, place_id: int) -> dict[int, tuple[str, ...]]:
        row = columns_of(OfferCategoryRow)
        query = (
            select(row.offer_id, row.category)
            .join(OfferRow.__table__, _O.id == row.offer_id)
            .where(_O.place_id == place_id)
            .order_by(row.offer_id, row.category)
        )
        found: dict[int, list[str]] = {}
        for offer_id, category in self._session.execute(query):
            found.setdefault(offer_id, []).append(category)
        return {offer_id: tuple(kinds) for offer_id, kinds in found.items()}

    def givings(self, place_id: int, now: datetime) -> list[Giving]:
        """Offers that stand, with the checks of their givers that count now."""
        held = self._credentials(place_id, now)
        kinds, helps = self._kinds(place_id), self._helps(place_id)
        query = (
            select(_O.id, _O.ref, _O.member_id, _O.organisation_id)
            .where(_O.place_id == place_id, _O.state.in_(_STAND))
            .order_by(_O.id)
        )
        return [
            Giving(
                ref,
                kinds.get(id_, ()),
                held.get((member, other), frozenset()),
                helps=None if member is None else helps.get(member, 0),
            )
            for id_, ref, member, other in self._session.execute(query)
        ]

    def _helps(self, place_id: int) -> dict[int, int]:
        """How often members with an offer here have helped."""
        match = columns_of(MatchRow)
        query = (
            select(match.helper_id, func.count())
            .where(match.state == MatchState.CONFIRMED, match.helper_id.in_(
                select(_O.member_id).where(_O.place_id == place_id)
            ))
            .group_by(match.helper_id)
        )  # fmt: skip
        return dict(self._session.execute(query).all())

    def _credentials(
        self, place_id: int, now: datetime
    ) -> Mapping[tuple[int | None, int | None], frozenset[str]]:
        query = select(
            CredentialRow.member_id, CredentialRow.organisation_id, CredentialRow.kind
        ).where(CredentialRow.place_id == place_id, is_valid(now))
        found: dict[tuple[int | None, int | None], set[str]] = {}
        for member, other, kind in self._session.execute(query):
            found.setdefault((member, other), set()).add(kind.value)
        return {holder: frozenset(kinds) for holder, kinds in found.items()}


def _posted_offers(place_id: int, since: datetime) -> Any:
    given = columns_of(OrganisationRow)
    return (
        select(_O.id, _O.ref, _O.member_id, _O.posted_at, given.state)
        .select_from(OfferRow.__table__.outerjoin(
            OrganisationRow.__table__, given.id == _O.organisation_id
        ))
        .where(_O.place_id == place_id, _O.posted_at >= since)
        .order_by(_O.posted_at.desc(), _O.id.desc())
    )  # fmt: skip


def _before(known: Mapping[int, datetime], row: Any) -> bool:
    """Whether an offer of its giver had been let through when it was posted."""
    first = known.get(row.member_id)
    return first is not None and first < row.posted_at
