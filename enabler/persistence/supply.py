"""Open offers with all that is known of their givers, as the matching engine is told of them.

The database over-selects (by place, category, state and the indexed box of an offer's reach); the
engine decides. Every point is a cell's or an organisation's own; nothing here is a name, a number
or an address.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select
from sqlalchemy.orm import Session

from enabler.domain.lifecycle import LIVE_MATCHES
from enabler.domain.members import CellPoint
from enabler.domain.vocabulary import MatchState, MemberState, OfferState
from enabler.domain.windows import Window
from enabler.matching import Offer
from enabler.persistence import spatial
from enabler.persistence.chunks import chunked
from enabler.persistence.credentials import Credentials
from enabler.persistence.matches import Matches, organisation_key
from enabler.persistence.offers import Offers
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import MemberRow, OrganisationRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferCategoryRow, OfferRow

RECENT = timedelta(days=28)
REMEMBERED = timedelta(days=180)
PRIOR_YES, PRIOR_ASKS = 3, 10
"""A helper of whom little is known is taken to say yes three times in ten: the mean of a Beta
prior of ten asks, which their own answers outweigh in time."""

_SAID_YES = LIVE_MATCHES | {MatchState.RELEASED}
_ANSWERED = _SAID_YES | {MatchState.DECLINED, MatchState.LAPSED}
_HELPED = (MatchState.DONE, MatchState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Terms:
    """By what offers are told: the moment, the week of capacities, the caps on asks."""

    now: datetime
    week: Window
    asks_per_day: int
    asks_per_week: int


@dataclass(frozen=True, slots=True)
class Load:
    """How often a member was asked and helped of late, and how likely a yes is (0..1)."""

    asked_today: int = 0
    asked_this_week: int = 0
    recent_asks: int = 0
    recent_helps: int = 0
    acceptance: float | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the givers of some offers, by member, organisation or offer."""

    loads: dict[int, Load]
    helped: dict[int, dict[int, int]]
    of_members: dict[int, frozenset[str]]
    of_organisations: dict[int, frozenset[str]]
    taken: dict[int, int]
    waiting: dict[int, int] = field(default_factory=dict)


class Supply:
    """Open offers for the engine."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def near(
        self, cell: CellPoint, category: str, place_ids: Sequence[int], terms: Terms
    ) -> list[Offer]:
        """The open offers of a category whose box of reach holds the cell's point."""
        over = spatial.over_point(OfferRow.reach_box, cell.easting, cell.northing)
        return self._told(_open(place_ids).where(over, _of_category(category)), terms)

    def of_category(self, category: str, place_ids: Sequence[int], terms: Terms) -> list[Offer]:
        """Every open offer of a category: for saying why nobody is found."""
        return self._told(_open(place_ids).where(_of_category(category)), terms)

    def count(self, category: str, place_ids: Sequence[int]) -> int:
        """How many open offers of a category there are."""
        offers = _open(place_ids).where(_of_category(category)).with_only_columns(func.count())
        return self._session.scalar(offers) or 0

    def all(self, place_ids: Sequence[int], terms: Terms) -> list[Offer]:
        """Every open offer, with what waits for an answer taken off its capacity: for a round."""
        return self._told(_open(place_ids), terms, less_waiting=True)

    def loads(self, member_ids: Iterable[int], now: datetime) -> dict[int, Load]:
        """How much each of the members was asked of late; nobody who never was."""
        found: dict[int, Load] = {}
        for part in chunked(member_ids):
            for row in self._session.execute(_loads(part, now)):
                found[row.helper_id] = Load(
                    asked_today=int(row.day), asked_this_week=int(row.week),
                    recent_asks=int(row.recent), recent_helps=int(row.helps),
                    acceptance=(int(row.yes) + PRIOR_YES) / (int(row.answered) + PRIOR_ASKS),
                )  # fmt: skip
        return found

    def _told(self, query: Select[Any], terms: Terms, *, less_waiting: bool = False) -> list[Offer]:
        rows = self._session.execute(query.order_by(OfferRow.id)).all()
        offers, ids = Offers(self._session), [row.id for row in rows]
        categories, hours = offers.categories(ids), offers.hours(ids)
        gaps = offers.absences(ids, terms.now)
        known = self._known(rows, terms, less_waiting=less_waiting)
        return [
            Offer(
                categories=frozenset(categories.get(row.id, ())),
                weekly=None if row.any_time else tuple(
                    (one.weekday, one.start_minute, one.end_minute) for one in hours.get(row.id, ())
                ),
                away=tuple((gap.start, gap.end) for gap in gaps.get(row.id, ())),
                **_giver(row, known, terms),
            )
            for row in rows
        ]  # fmt: skip

    def _known(self, rows: Sequence[Row[Any]], terms: Terms, *, less_waiting: bool) -> _Known:
        members = [row.member_id for row in rows if row.member_id is not None]
        organisations = [row.organisation_id for row in rows if row.organisation_id is not None]
        credentials, matches = Credentials(self._session), Matches(self._session)
        ids = [row.id for row in rows]
        return _Known(
            loads=self.loads(members, terms.now),
            helped=self._helped(members),
            of_members=credentials.valid_by_member(members, terms.now),
            of_organisations=credentials.valid_by_organisation(organisations, terms.now),
            taken=matches.taken(ids, terms.week),
            waiting=matches.waiting(MatchRow.offer_id, ids, terms.now) if less_waiting else {},
        )

    def _helped(self, member_ids: Iterable[int]) -> dict[int, dict[int, int]]:
        found: dict[int, dict[int, int]] = {}
        for part in chunked(member_ids):
            query = (
                select(MatchRow.helper_id, NeedRow.asker_id, func.count())
                .join(NeedRow, NeedRow.id == MatchRow.need_id)
                .where(MatchRow.helper_id.in_(part), MatchRow.state.in_(_HELPED))
                .group_by(MatchRow.helper_id, NeedRow.asker_id)
            )
            for helper, asker, times in self._session.execute(query):
                found.setdefault(int(helper or 0), {})[asker] = times
        return found


def _open(place_ids: Sequence[int]) -> Any:
    """Open offers of these places whose givers' accounts stand (law 6)."""
    stands = or_(MemberRow.state == MemberState.ACTIVE, OrganisationRow.state == MemberState.ACTIVE)
    return (
        select(
            OfferRow.id, OfferRow.place_id, OfferRow.member_id, OfferRow.organisation_id,
            OfferRow.easting, OfferRow.northing, OfferRow.reach_metres, OfferRow.any_time,
            OfferRow.capacity, OfferRow.languages, OfferRow.meets,
            MemberRow.home_id, MemberRow.asks_per_week, MemberRow.languages.label("spoken"),
        )
        .outerjoin(MemberRow, MemberRow.id == OfferRow.member_id)
        .outerjoin(OrganisationRow, OrganisationRow.id == OfferRow.organisation_id)
        .where(OfferRow.place_id.in_(place_ids), OfferRow.state == OfferState.OPEN, stands)
    )  # fmt: skip


def _of_category(category: str) -> ColumnElement[bool]:
    return (
        select(OfferCategoryRow.offer_id)
        .where(OfferCategoryRow.offer_id == OfferRow.id, OfferCategoryRow.category == category)
        .exists()
    )


def _loads(member_ids: Sequence[int], now: datetime) -> Select[Any]:
    def how_many(condition: ColumnElement[bool], label: str) -> Any:
        return func.sum(case((condition, 1), else_=0)).label(label)

    asked = MatchRow.asked_at
    return (
        select(
            MatchRow.helper_id,
            how_many(asked > now - timedelta(days=1), "day"),
            how_many(asked > now - timedelta(days=7), "week"),
            how_many(asked > now - RECENT, "recent"),
            how_many((asked > now - RECENT) & MatchRow.state.in_(_HELPED), "helps"),
            how_many(MatchRow.state.in_(_SAID_YES), "yes"),
            how_many(MatchRow.state.in_(_ANSWERED), "answered"),
        )
        .where(MatchRow.helper_id.in_(member_ids), asked > now - REMEMBERED)
        .group_by(MatchRow.helper_id)
    )


def _giver(row: Row[Any], known: _Known, terms: Terms) -> dict[str, Any]:
    room = row.capacity - known.taken.get(row.id, 0) - known.waiting.get(row.id, 0)
    facts: dict[str, Any] = {
        "id": row.id, "easting": row.easting, "northing": row.northing,
        "reach_metres": row.reach_metres, "capacity": max(0, room), "place": row.place_id,
        "languages": frozenset((*row.languages, *(row.spoken or ()))),
        "meets": frozenset(row.meets),
    }  # fmt: skip
    if row.organisation_id is not None:
        held = known.of_organisations.get(row.organisation_id, frozenset())
        return facts | {"organisation": organisation_key(row.organisation_id), "credentials": held}
    load = known.loads.get(row.member_id, Load())
    return facts | {
        "member": row.member_id, "household": row.home_id,
        "credentials": known.of_members.get(row.member_id, frozenset()),
        "helped": known.helped.get(row.member_id, {}),
        "recent_asks": load.recent_asks, "recent_helps": load.recent_helps,
        "acceptance": load.acceptance, "asks_left": asks_left(load, row.asks_per_week, terms),
    }  # fmt: skip


def asks_left(load: Load, own_cap: int | None, terms: Terms) -> int:
    """How often a member may still be asked: by the day's cap, the week's, and their own."""
    week = terms.asks_per_week if own_cap is None else min(own_cap, terms.asks_per_week)
    return max(0, min(terms.asks_per_day - load.asked_today, week - load.asked_this_week))
