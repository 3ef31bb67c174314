"""How often the laws about people are broken in the rows: where they live, who saw, when texted."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from enabler.domain.cells import HOUSEHOLDS_IN_A_CELL
from enabler.domain.messages import FREE_OF_HOURS_AND_CAPS, OF_DEEDS, House, Receiver, may_go_at
from enabler.domain.quiet import local_day
from enabler.domain.vocabulary import Channel, MemberState, OutboxState
from enabler.persistence.tables.audit import AuditValueRow, SightRow
from enabler.persistence.tables.calendars import CalendarFeedRow
from enabler.persistence.tables.considerations import ConsiderationRow
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import (
    ContactRow,
    HomeRow,
    MemberRow,
    OrganisationRow,
    RoleRow,
    WebSessionRow,
)
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.tables.places import CellRow, PostcodeRow, RulesetRow, SharingRow, WardRow
from enabler.persistence.tables.proofs import ProofReliedRow, ProofRow, ProofTakenRow
from enabler.persistence.tables.series import NeedSeriesRow
from enabler.persistence.tables.sight_grants import SightGrantRow
from enabler.persistence.telling import Telling

_SENT = (OutboxState.SENDING, OutboxState.ACCEPTED, OutboxState.DELIVERED)
_SHOW_THE_ASKER = ("accepted_helper", "address")
"""Templates that always show the helper something of the asker."""
Id = InstrumentedAttribute[Any]
Crossing = tuple[Any, Id, Any]
"""A kind of row, the key by which others belong to it, and that other kind."""


class LawsOfPeople:
    """Counts of violations. Nothing is changed here."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def _count(self, query: Select[Any]) -> int:
        counted = select(func.count()).select_from(query.subquery())
        return self._session.scalar(counted) or 0

    def small_cells(self) -> int:
        """Law 7: cells of fewer than 100 households that are not all of their ward."""
        other = aliased(CellRow)
        beside = exists().where(other.ward_id == CellRow.ward_id, other.id != CellRow.id)
        small = CellRow.households < HOUSEHOLDS_IN_A_CELL
        return self._count(select(CellRow.id).where(small, beside))

    def homes_elsewhere(self) -> int:
        """Law 7: homes and needs that are not in the cell and ward of their postcode."""
        return sum(self._elsewhere(row) for row in (HomeRow, NeedRow))

    def _elsewhere(self, row: type[HomeRow | NeedRow]) -> int:
        """Not in a cell of their ward, or not in their postcode's, where it is still issued."""
        code = and_(PostcodeRow.place_id == row.place_id, PostcodeRow.code == row.postcode)
        query = (
            select(row.id)
            .join(CellRow, CellRow.id == row.cell_id)
            .outerjoin(PostcodeRow, code)
            .where(or_(CellRow.ward_id != row.ward_id, PostcodeRow.cell_id != row.cell_id))
        )
        return self._count(query)

    def offers_off_their_cell(self) -> int:
        """Law 7: members' offers measured from anything but their cell's own point."""
        exact = or_(CellRow.easting != OfferRow.easting, CellRow.northing != OfferRow.northing)
        nowhere = CellRow.id.is_(None)
        query = (
            select(OfferRow.id)
            .outerjoin(CellRow, CellRow.id == OfferRow.cell_id)
            .where(OfferRow.member_id.is_not(None), or_(nowhere, exact))
        )
        return self._count(query)

    def sights_missing(self) -> int:
        """Law 7: messages that showed a person something of another, with no sight of it. Sights of
        whoever was erased went with them."""
        query = (
            select(OutboxRow.sent_at, MemberRow.ref, OutboxRow.parameters)
            .join(MemberRow, MemberRow.id == OutboxRow.member_id)
            .where(OutboxRow.template.in_(_SHOW_THE_ASKER), OutboxRow.state.in_(_SENT))
            .where(OutboxRow.sent_at.is_not(None))
        )
        seen = self._session.execute(select(SightRow.viewer, SightRow.minute))
        sights = {(row.viewer, row.minute) for row in seen}
        missing = [
            parameters.get("match")
            for sent, ref, parameters in self._session.execute(query)
            if sent is not None and (ref, _minute(sent)) not in sights
        ]
        return sum(match not in self._of_erased(missing) for match in missing) if missing else 0

    def _of_erased(self, refs: Iterable[str | None]) -> frozenset[str]:
        """Which of these matches are of an asker who was erased."""
        asker = aliased(MemberRow)
        query = (
            select(MatchRow.ref)
            .join(NeedRow, NeedRow.id == MatchRow.need_id)
            .join(asker, asker.id == NeedRow.asker_id)
            .where(asker.state == MemberState.ERASED)
        )
        wanted = set(refs)
        return frozenset(ref for ref in self._session.scalars(query) if ref in wanted)

    def erased_not_gone(self) -> int:
        """Law 8: people who were erased, and their name, a number, a home or a check is there."""
        left = [
            exists().where(row.member_id == MemberRow.id)
            for row in (ContactRow, CredentialRow, AuditValueRow, WebSessionRow, RoleRow)
        ]
        erased = MemberRow.state == MemberState.ERASED
        known = or_(MemberRow.name != "", MemberRow.home_id.is_not(None), *left)
        return self._count(select(MemberRow.id).where(erased, known))

    def across_places(self) -> int:
        """Law 9: rows whose place is not that of what they belong to, unless the two share."""
        return sum(self._count(query) for query in self._crossings())

    def _crossings(self) -> Iterator[Select[Any]]:
        belongs: tuple[Crossing, ...] = (
            (WardRow, CellRow.ward_id, CellRow), (WardRow, HomeRow.ward_id, HomeRow),
            (CellRow, HomeRow.cell_id, HomeRow), (HomeRow, MemberRow.home_id, MemberRow),
            (MemberRow, ContactRow.member_id, ContactRow), (MemberRow, NeedRow.asker_id, NeedRow),
            (CellRow, NeedRow.cell_id, NeedRow), (MemberRow, OfferRow.member_id, OfferRow),
            (OrganisationRow, OfferRow.organisation_id, OfferRow),
            (OrganisationRow, NeedRow.organisation_id, NeedRow),
            (CellRow, OfferRow.cell_id, OfferRow), (NeedRow, MatchRow.need_id, MatchRow),
            (NeedRow, ConsiderationRow.need_id, ConsiderationRow),
            (MemberRow, NeedSeriesRow.asker_id, NeedSeriesRow),
            (OrganisationRow, NeedSeriesRow.organisation_id, NeedSeriesRow),
            (MemberRow, CalendarFeedRow.member_id, CalendarFeedRow),
            (MemberRow, ProofRow.member_id, ProofRow),
            (CredentialRow, ProofTakenRow.credential_id, ProofTakenRow),
            (MemberRow, ProofReliedRow.member_id, ProofReliedRow),
            (OrganisationRow, ProofReliedRow.organisation_id, ProofReliedRow),
            (MemberRow, SightGrantRow.member_id, SightGrantRow),
            (MemberRow, SightGrantRow.to_member_id, SightGrantRow),
            (OrganisationRow, SightGrantRow.to_organisation_id, SightGrantRow),
        )  # fmt: skip
        for inner, key, outer in belongs:
            yield _joined(inner, key, outer).where(inner.place_id != outer.place_id)
        shared: tuple[Crossing, ...] = (
            (OfferRow, MatchRow.offer_id, MatchRow), (MemberRow, OutboxRow.member_id, OutboxRow),
        )  # fmt: skip
        for inner, key, outer in shared:
            apart = inner.place_id != outer.place_id
            yield _joined(inner, key, outer).where(apart, ~_share(outer.place_id, inner.place_id))

    def texts_in_quiet_hours(self) -> int:
        """Law 12: texts handed over while the place's quiet hours held."""
        count = 0
        for row, house in self._texts():
            receiver = Receiver(None, None, "en", "", None, night_asks=bool(row.night_asks))
            count += row.sent_at < may_go_at(
                row.sent_at, channel=Channel.TEXT, template=row.template, priority=row.priority,
                queued_at=row.queued_at, receiver=receiver, house=house,
            )  # fmt: skip
        return count

    def texts_over_the_cap(self) -> int:
        """Law 12: people who were sent more texts in a local day than their place allows."""
        days: Counter[tuple[int, int, datetime, bool]] = Counter()
        for row, house in self._texts():
            if row.member_id is not None and row.priority not in FREE_OF_HOURS_AND_CAPS:
                day, _ = local_day(row.sent_at, house.timezone)
                of_deeds = row.template in OF_DEEDS
                days[row.member_id, house.rules.texts_per_day, day, of_deeds] += 1
        return len({member for (member, most, *_), count in days.items() if count > most})

    def texts_after_stop(self) -> int:
        """Law 12: texts handed over to somebody who had said STOP."""
        return sum(
            row.stopped_at is not None and row.stopped_at < row.sent_at for row, _ in self._texts()
        )

    def _texts(self) -> Iterator[tuple[Any, House]]:
        """Every text that was handed over, with its place and the policy of that moment."""
        telling, houses = Telling(self._session), dict[tuple[int, date, int], House]()
        turns = self._turns()
        query = (
            select(
                OutboxRow.place_id, OutboxRow.member_id, OutboxRow.template, OutboxRow.priority,
                OutboxRow.queued_at, OutboxRow.sent_at, MemberRow.night_asks,
                MemberRow.stopped_at,
            )
            .outerjoin(MemberRow, MemberRow.id == OutboxRow.member_id)
            .where(OutboxRow.channel == Channel.TEXT, OutboxRow.state.in_(_SENT))
            .where(OutboxRow.sent_at.is_not(None))
        )  # fmt: skip
        for row in self._session.execute(query):
            passed = bisect_right(turns.get(row.place_id, []), row.sent_at)
            key = (row.place_id, row.sent_at.date(), passed)
            if key not in houses:
                houses[key] = telling.house(row.place_id, row.sent_at)
            yield row, houses[key]

    def _turns(self) -> dict[int, list[datetime]]:
        """The moments at which rules of the whole place began or ended, by place, in order."""
        query = select(RulesetRow.place_id, RulesetRow.from_at, RulesetRow.until_at)
        found: dict[int, list[datetime]] = {}
        for place_id, *ends in self._session.execute(query.where(RulesetRow.area.is_(None))):
            found.setdefault(place_id, []).extend(at for at in ends if at is not None)
        return {place_id: sorted(turns) for place_id, turns in found.items()}


def _joined(inner: Any, key: Id, outer: Any) -> Select[Any]:
    return select(key).select_from(outer).join(inner, inner.id == key)


def _share(place_id: Id, other_id: Id) -> ColumnElement[bool]:
    return exists().where(SharingRow.place_id == place_id, SharingRow.with_place_id == other_id)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
