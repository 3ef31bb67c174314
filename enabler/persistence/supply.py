"""Open offers with all that is known of their givers, as the matching engine is told of them.

The database over-selects (by place, category, state and the indexed box of an offer's reach); the
engine decides. Every point is a cell's or an organisation's own; nothing here is a name, a number
or an address.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from enabler.domain.demands import FIRST_HELPS
from enabler.domain.members import CellPoint
from enabler.domain.vocabulary import CredentialKind, MemberState, OfferState
from enabler.domain.windows import Window
from enabler.matching import Offer
from enabler.persistence import columns, givers
from enabler.persistence.among import among
from enabler.persistence.columns import Columns, Read
from enabler.persistence.givers import Load, Which, as_text, words_in
from enabler.persistence.matches import organisation_key
from enabler.persistence.reach import within_reach
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.members import MemberRow, OrganisationRow
from enabler.persistence.tables.offers import OfferCategoryRow, OfferRow

_NO_CAP = -1


@dataclass(frozen=True, slots=True)
class Terms:
    """By what offers are told: the moment, the week of capacities, the caps on asks, and how often
    somebody helps among others first."""

    now: datetime
    week: Window
    asks_per_day: int
    asks_per_week: int
    first_helps: int = 0


class Supply:
    """Open offers for the engine."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def near(
        self, cell: CellPoint, category: str, place_ids: Sequence[int], terms: Terms
    ) -> list[Offer]:
        """The open offers of a category whose box of reach holds the cell's point."""
        near = within_reach(cell.easting, cell.northing, category)
        reaching = OfferRow.id.in_(select(OfferCategoryRow.offer_id).where(near))
        return self._these(_open(place_ids).where(reaching), terms)

    def of_ids(
        self, offer_ids: Iterable[int], place_ids: Sequence[int], terms: Terms
    ) -> list[Offer]:
        """Those of these offers that are open at this moment."""
        return self._these(_open(place_ids).where(among(OfferRow.id, offer_ids)), terms)

    def of_category(self, category: str, place_ids: Sequence[int], terms: Terms) -> list[Offer]:
        """Every open offer of a category: for saying why nobody is found."""
        return self._these(_open(place_ids).where(_of_category(category)), terms)

    def count(self, category: str, place_ids: Sequence[int]) -> int:
        """How many open offers of a category there are."""
        found = _open(place_ids).where(_of_category(category))
        offers = found.with_only_columns(func.count()).order_by(None)
        return self._session.scalar(offers) or 0

    def all(
        self, place_ids: Sequence[int], terms: Terms, *, less_waiting: bool = True
    ) -> list[Offer]:
        """Every open offer, for a round: with what waits for an answer taken off its
        capacity (``less_waiting``)."""
        whose = OfferRow.place_id.in_(place_ids), OfferRow.state == OfferState.OPEN
        how_many = self._session.scalar(select(func.count()).where(*whose)) or 0
        which = _Which(
            *(
                select(column).where(*whose, column.is_not(None))
                for column in (OfferRow.id, OfferRow.member_id, OfferRow.organisation_id)
            )
        )
        with columns.reader(self._session.connection(), rows=how_many) as read:
            offers = read(_open(place_ids))
            return list(_told(offers, _known(read, which, terms, less_waiting=less_waiting), terms))

    def loads(self, member_ids: Iterable[int], now: datetime) -> dict[int, Load]:
        """How much each of the members was asked of late; nobody who never was."""
        with columns.reader(self._session.connection(), rows=0) as read:
            return givers.loads(read, list(member_ids), now)

    def _these(self, query: Select[Any], terms: Terms) -> list[Offer]:
        """The offers that a query finds: few of the place's, so the rest is asked by their ids."""
        with columns.reader(self._session.connection(), rows=0) as read:
            offers = read(query)
            which = _Which(
                *(
                    [number for number in offers[name].tolist() if number]
                    for name in ("id", "member_id", "organisation_id")
                )
            )
            return list(_told(offers, _known(read, which, terms, less_waiting=False), terms))


@dataclass(frozen=True, slots=True)
class _Which:
    """Which offers a question is about, and whose they are."""

    offers: Which
    members: Which
    organisations: Which


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of some offers and their givers, by offer, member or organisation."""

    categories: dict[int, frozenset[str]]
    hours: dict[int, tuple[tuple[int, int, int], ...]]
    absences: dict[int, tuple[tuple[datetime, datetime], ...]]
    loads: dict[int, Load]
    helped: dict[int, dict[int, int]]
    owing: dict[int, int]
    of_members: dict[int, frozenset[str]]
    of_organisations: dict[int, frozenset[str]]
    seasoned: frozenset[int]
    taken: dict[int, int]
    waiting: dict[int, int]


def _known(read: Read, which: _Which, terms: Terms, *, less_waiting: bool) -> _Known:
    now, week = terms.now, terms.week
    checks = CredentialRow.member_id, CredentialRow.organisation_id
    return _Known(
        categories=givers.categories(read, which.offers),
        hours=givers.hours(read, which.offers),
        absences=givers.absences(read, which.offers, now),
        loads=givers.loads(read, which.members, now),
        helped=givers.helped(read, which.members),
        owing=givers.owing(read, which.members),
        of_members=givers.credentials(read, checks[0], which.members, now),
        of_organisations=givers.credentials(read, checks[1], which.organisations, now),
        seasoned=givers.seasoned(read, which.members, terms.first_helps)
        if terms.first_helps
        else frozenset(),
        taken=givers.taken(read, which.offers, week.start, week.end),
        waiting=givers.waiting(read, which.offers, now) if less_waiting else {},
    )


def _open(place_ids: Sequence[int]) -> Any:
    """Open offers of these places whose givers' accounts stand (law 6)."""
    stands = or_(MemberRow.state == MemberState.ACTIVE, OrganisationRow.state == MemberState.ACTIVE)
    return (
        select(
            OfferRow.id, OfferRow.place_id,
            func.coalesce(OfferRow.member_id, 0).label("member_id"),
            func.coalesce(OfferRow.organisation_id, 0).label("organisation_id"),
            OfferRow.easting, OfferRow.northing, OfferRow.reach_metres, OfferRow.any_time,
            OfferRow.capacity, as_text(OfferRow.languages).label("languages"),
            as_text(OfferRow.meets).label("meets"),
            func.coalesce(MemberRow.home_id, 0).label("home_id"),
            func.coalesce(MemberRow.asks_per_week, _NO_CAP).label("asks_per_week"),
            as_text(MemberRow.languages).label("spoken"),
        )
        .outerjoin(MemberRow, MemberRow.id == OfferRow.member_id)
        .outerjoin(OrganisationRow, OrganisationRow.id == OfferRow.organisation_id)
        .where(OfferRow.place_id.in_(place_ids), OfferRow.state == OfferState.OPEN, stands)
        .order_by(OfferRow.id)
    )  # fmt: skip


def _of_category(category: str) -> ColumnElement[bool]:
    return (
        select(OfferCategoryRow.offer_id)
        .where(OfferCategoryRow.offer_id == OfferRow.id, OfferCategoryRow.category == category)
        .exists()
    )


def _told(offers: Columns, known: _Known, terms: Terms) -> Iterator[Offer]:
    """The offers as the engine is told of them, in their order."""
    names = list(offers)
    for values in zip(*(column.tolist() for column in offers.values()), strict=True):
        row = dict(zip(names, values, strict=True))
        offer_id = row["id"]
        room = row["capacity"] - known.taken.get(offer_id, 0) - known.waiting.get(offer_id, 0)
        yield Offer(
            id=offer_id, place=row["place_id"], easting=row["easting"], northing=row["northing"],
            reach_metres=row["reach_metres"], capacity=max(0, room),
            categories=known.categories.get(offer_id, frozenset()),
            weekly=None if row["any_time"] else known.hours.get(offer_id, ()),
            away=known.absences.get(offer_id, ()),
            languages=words_in(row["languages"], row["spoken"]), meets=words_in(row["meets"]),
            **(_organisation(row, known) if row["organisation_id"] else _member(row, known, terms)),
        )  # fmt: skip


def _organisation(row: dict[str, Any], known: _Known) -> dict[str, Any]:
    who = row["organisation_id"]
    held = known.of_organisations.get(who, frozenset())
    return {"organisation": organisation_key(who), "credentials": held | {FIRST_HELPS}}


def _member(row: dict[str, Any], known: _Known, terms: Terms) -> dict[str, Any]:
    who = row["member_id"]
    load = known.loads.get(who, Load())
    held = known.of_members.get(who, frozenset())
    is_known = who in known.seasoned or CredentialKind.REFERENCE in held
    own_cap = None if row["asks_per_week"] == _NO_CAP else row["asks_per_week"]
    return {
        "member": who, "household": row["home_id"] or None,
        "credentials": held | {FIRST_HELPS} if is_known else held,
        "helped": known.helped.get(who, {}), "balance_minutes": known.owing.get(who),
        "recent_asks": load.recent_asks, "recent_helps": load.recent_helps,
        "acceptance": load.acceptance, "asks_left": asks_left(load, own_cap, terms),
    }  # fmt: skip


def asks_left(load: Load, own_cap: int | None, terms: Terms) -> int:
    """How often a member may still be asked: by the day's cap, the week's, and their own."""
    week = terms.asks_per_week if own_cap is None else min(own_cap, terms.asks_per_week)
    return max(0, min(terms.asks_per_day - load.asked_today, week - load.asked_this_week))
