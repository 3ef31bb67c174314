"""What is given: kept, found, and its reach as a box that the database can search."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, select, true, union, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.members import CellPoint
from enabler.domain.offers import Offer, OfferCard
from enabler.domain.refs import written
from enabler.domain.vocabulary import OfferState
from enabler.domain.windows import Weekly, Window
from enabler.persistence.among import among, among_given
from enabler.persistence.chunks import chunked
from enabler.persistence.database import changed, columns_of
from enabler.persistence.reach import reach_box
from enabler.persistence.tables.members import OrganisationRow
from enabler.persistence.tables.offers import (
    OfferAwayRow,
    OfferCategoryRow,
    OfferRow,
    OfferWeeklyRow,
)
from enabler.persistence.tables.places import CellRow

_WITH_SIDE = select(OfferRow, CellRow.side_metres).outerjoin(
    CellRow, CellRow.id == OfferRow.cell_id
)
_AMONG_WITH_SIDE = _WITH_SIDE.where(among_given(OfferRow.id, "ids"))
_OFFER = columns_of(OfferRow)
_CARDS = (
    select(_OFFER.id, _OFFER.ref, _OFFER.state, _OFFER.words, OrganisationRow.name)
    .outerjoin(OrganisationRow, OrganisationRow.id == _OFFER.organisation_id)
    .where(
        _OFFER.place_id == bindparam("place"),
        (_OFFER.member_id == bindparam("member"))
        | _OFFER.organisation_id.in_(bindparam("organisations", expanding=True)),
    )
    .order_by(_OFFER.posted_at.desc(), _OFFER.id.desc())
)
_FRESH = {"populate_existing": True}
_MAY_OPEN = (OfferState.OPEN, OfferState.HELD, OfferState.PAUSED)
_ONCE_OPEN = (OfferState.OPEN, OfferState.PAUSED, OfferState.ENDED)


class Offers:
    """The rows of offers."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[int, Offer] = {}

    def add(
        self, *, categories: Iterable[str], weekly: Sequence[Weekly], away: Sequence[Window],
        easting: int, northing: int, reach_metres: int, **values: Any,
    ) -> Offer:  # fmt: skip
        """Keep a new offer with its kinds of help, its hours and its absences."""
        row = OfferRow(
            easting=easting, northing=northing, reach_metres=reach_metres, **values
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        self._session.add_all(
            [
                OfferCategoryRow(
                    offer_id=row.id,
                    category=slug,
                    reach_box=reach_box(easting, northing, reach_metres, slug),
                )
                for slug in sorted(set(categories))
            ]
        )
        self._session.add_all([_weekly_row(row.id, stretch) for stretch in weekly])
        self._session.add_all(
            [OfferAwayRow(offer_id=row.id, start_at=gap.start, end_at=gap.end) for gap in away]
        )
        self._session.flush()
        return self.by_id(row.id)

    def by_id(self, offer_id: int) -> Offer:
        """An offer by id. Raises NotFound."""
        return self._known.get(offer_id) or self._one(OfferRow.id == offer_id)

    def know_of_matches(self, offer_ids: Iterable[int]) -> None:
        """Read many at once for a list of matches: in this transaction they are not asked for
        again. Kinds of help, hours and absences are not in them, since no match shows them."""
        ids = set(offer_ids) - self._known.keys()
        rows = self._session.execute(_AMONG_WITH_SIDE, {"ids": ids}) if ids else ()
        for row, side in rows:
            self._known[row.id] = _offer(row, side or 0, (), (), ())

    def part_of_giver(
        self, place_id: int, member_id: int, organisation_ids: Iterable[int], *,
        before: int | None, limit: int,
    ) -> list[Offer]:  # fmt: skip
        """So many of what a member and the organisations they act for give, the newest first."""
        here = OfferRow.place_id == place_id
        mine = [select(OfferRow.id).where(here, OfferRow.member_id == member_id)]
        mine += [select(OfferRow.id).where(here, OfferRow.organisation_id == each)
                 for each in sorted(organisation_ids)]  # fmt: skip
        ids = union(*mine).subquery()
        query = select(ids.c.id).order_by(ids.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(ids.c.id < before)
        return self._all(OfferRow.id.in_(query))[::-1]

    def by_ref(self, place_id: int | None, ref: str) -> Offer:
        """An offer of this place (any, for None) by ref. Raises NotFound."""
        here = true() if place_id is None else OfferRow.place_id == place_id
        return self._one(here, OfferRow.ref == written(ref))

    def lock(self, offer_id: int) -> Offer:
        """The offer as it is now, held until the transaction ends. Lock its needs first."""
        query = select(OfferRow.id).where(OfferRow.id == offer_id)
        self._session.execute(query.with_for_update(key_share=True)).all()
        return self.by_id(offer_id)

    def lock_many(self, offer_ids: Iterable[int]) -> dict[int, Offer]:
        """Several offers as they are now, held in the order of their ids; lock needs first."""
        ids = sorted(set(offer_ids))
        query = select(OfferRow.id).where(among(OfferRow.id, ids)).order_by(OfferRow.id)
        self._session.execute(query.with_for_update(key_share=True)).all()
        return self.by_ids(ids)

    def change(self, offer_id: int, **values: Any) -> Offer:
        """Write columns of an offer; the offer as it is then."""
        self._session.execute(update(OfferRow).where(OfferRow.id == offer_id).values(**values))
        return self.by_id(offer_id)

    def move(self, offer_ids: Iterable[int], cell: CellPoint) -> None:
        """Let offers be given from this cell from now on."""
        for offer in self.by_ids(offer_ids).values():
            self.change(
                offer.id, cell_id=cell.cell_id, ward_id=cell.ward_id, easting=cell.easting,
                northing=cell.northing,
            )  # fmt: skip
            for slug in offer.categories:
                box = reach_box(cell.easting, cell.northing, offer.reach_metres, slug)
                self._session.execute(
                    update(OfferCategoryRow)
                    .where(OfferCategoryRow.offer_id == offer.id)
                    .where(OfferCategoryRow.category == slug)
                    .values(reach_box=box)
                )

    def add_absence(self, offer_ids: Iterable[int], gap: Window) -> None:
        """Let offers not hold for a while."""
        self._session.add_all(
            [OfferAwayRow(offer_id=one, start_at=gap.start, end_at=gap.end) for one in offer_ids]
        )
        self._session.flush()

    def drop_absences(self, offer_ids: Iterable[int], after: datetime) -> int:
        """Let offers hold again from now on: what is not over by then goes; how much."""
        ids = list(offer_ids)
        own = ~OfferAwayRow.by_exception
        query = delete(OfferAwayRow).where(OfferAwayRow.offer_id.in_(ids), own)
        return changed(self._session.execute(query.where(OfferAwayRow.end_at > after)))

    def by_ids(self, offer_ids: Iterable[int]) -> dict[int, Offer]:
        """Several offers by id."""
        found: dict[int, Offer] = {}
        for part in chunked(offer_ids):
            found |= {offer.id: offer for offer in self._all(OfferRow.id.in_(part))}
        return found

    def of_giver(
        self, place_id: int, member_id: int, organisation_ids: Iterable[int]
    ) -> list[OfferCard]:
        """What a member gives, and the organisations they act for; the newest first."""
        whose = {"place": place_id, "member": member_id, "organisations": sorted(organisation_ids)}
        rows = self._session.execute(_CARDS, whose).all()
        kinds = self.categories(row.id for row in rows)
        return [OfferCard(row.ref, row.state, row.words, kinds[row.id], row.name) for row in rows]

    def open_of(self, holder: tuple[int | None, int | None]) -> list[Offer]:
        """The open offers of a member or of an organisation (one of the two ids)."""
        return self._of(holder, (OfferState.OPEN,))

    def all_of(self, holder: tuple[int | None, int | None]) -> list[Offer]:
        """Likewise, whatever state they are in."""
        return self._of(holder, tuple(OfferState))

    def standing_of(self, holder: tuple[int | None, int | None]) -> list[Offer]:
        """Likewise, with those that are held or paused and may open yet."""
        return self._of(holder, _MAY_OPEN)

    def _of(
        self, holder: tuple[int | None, int | None], states: Sequence[OfferState]
    ) -> list[Offer]:
        member_id, organisation_id = holder
        whose = (
            OfferRow.organisation_id == organisation_id
            if organisation_id is not None
            else OfferRow.member_id == member_id
        )
        return self._all(whose, OfferRow.state.in_(states))

    def has_been_open(self, member_id: int) -> bool:
        """Whether any offer of the member has been let through before.

        One that its giver ended while it was held still says what it was held for.
        """
        query = select(func.count()).where(
            OfferRow.member_id == member_id, OfferRow.state.in_(_ONCE_OPEN),
            OfferRow.held_because.is_(None),
        )  # fmt: skip
        return bool(self._session.scalar(query))

    def _one(self, *conditions: ColumnElement[bool]) -> Offer:
        found = self._all(*conditions)
        if not found:
            raise NotFound("offer_unknown")
        return found[0]

    def _all(self, *conditions: ColumnElement[bool]) -> list[Offer]:
        rows = self._session.execute(
            _WITH_SIDE.where(*conditions).order_by(OfferRow.id), execution_options=_FRESH
        ).all()
        ids = [row.id for row, _ in rows]
        categories, hours, gaps = self.categories(ids), self.hours(ids), self.absences(ids)
        return [
            _offer(row, side or 0, categories.get(row.id, ()), hours.get(row.id, ()),
                   gaps.get(row.id, ()))
            for row, side in rows
        ]  # fmt: skip

    def categories(self, offer_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """The kinds of help of each offer, in alphabetical order."""
        found: dict[int, tuple[str, ...]] = {}
        for part in chunked(offer_ids):
            query = select(OfferCategoryRow.offer_id, OfferCategoryRow.category)
            ordered = query.where(OfferCategoryRow.offer_id.in_(part))
            for offer_id, slug in self._session.execute(
                ordered.order_by(OfferCategoryRow.offer_id, OfferCategoryRow.category)
            ):
                found[offer_id] = (*found.get(offer_id, ()), slug)
        return found

    def hours(self, offer_ids: Iterable[int]) -> dict[int, tuple[Weekly, ...]]:
        """When in the week each offer holds, in order."""
        found: dict[int, tuple[Weekly, ...]] = {}
        for part in chunked(offer_ids):
            query = select(OfferWeeklyRow).where(OfferWeeklyRow.offer_id.in_(part))
            ordered = query.order_by(OfferWeeklyRow.weekday, OfferWeeklyRow.start_minute)
            for row in self._session.scalars(ordered):
                stretch = Weekly(row.weekday, row.start_minute, row.end_minute)
                found[row.offer_id] = (*found.get(row.offer_id, ()), stretch)
        return found

    def absences(
        self, offer_ids: Iterable[int], until_after: datetime | None = None
    ) -> dict[int, tuple[Window, ...]]:
        """When each offer's giver is away, in order; without what was over by a moment, if given.

        What its exceptions make is not here: it is told in the words of the exceptions.
        """
        found: dict[int, tuple[Window, ...]] = {}
        for part in chunked(offer_ids):
            own = ~OfferAwayRow.by_exception
            query = select(OfferAwayRow).where(OfferAwayRow.offer_id.in_(part), own)
            if until_after is not None:
                query = query.where(OfferAwayRow.end_at > until_after)
            for row in self._session.scalars(query.order_by(OfferAwayRow.start_at)):
                gap = Window(row.start_at, row.end_at)
                found[row.offer_id] = (*found.get(row.offer_id, ()), gap)
        return found


def _weekly_row(offer_id: int, stretch: Weekly) -> OfferWeeklyRow:
    return OfferWeeklyRow(
        offer_id=offer_id, weekday=stretch.weekday, start_minute=stretch.start_minute,
        end_minute=stretch.end_minute,
    )  # fmt: skip


def _offer(
    row: OfferRow, side_metres: int, categories: tuple[str, ...], weekly: tuple[Weekly, ...],
    away: tuple[Window, ...],
) -> Offer:  # fmt: skip
    return Offer(
        id=row.id, place_id=row.place_id, ref=row.ref, member_id=row.member_id,
        organisation_id=row.organisation_id, words=row.words, categories=categories,
        terms=row.terms, stated_terms=row.stated_terms, ward_id=row.ward_id, cell_id=row.cell_id,
        side_metres=side_metres, easting=row.easting, northing=row.northing,
        reach_metres=row.reach_metres, any_time=row.any_time, weekly=weekly, away=away,
        capacity=row.capacity, languages=tuple(row.languages), meets=tuple(row.meets),
        state=row.state, held_because=row.held_because, posted_at=row.posted_at,
        version=row.version, words_public=row.words_public, paused_until=row.paused_until,
        confirmed_at=row.confirmed_at, nudged_at=row.nudged_at,
        capacity_per_day=row.capacity_per_day,
    )  # fmt: skip
