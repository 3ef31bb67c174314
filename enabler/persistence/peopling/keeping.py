"""An invented place: its map as the inventor wants it, and its people, kept in bulk."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import DeclarativeBase, Session

from enabler.domain.demo.people import HISTORY_DAYS
from enabler.domain.demo.shapes import Invention, Story
from enabler.domain.demo.town import Area, Spot, Town, retired_share, sorted_spots
from enabler.domain.places import Place
from enabler.domain.vocabulary import Role
from enabler.persistence.bulk import add, added
from enabler.persistence.peopling import asking, giving, people, showing
from enabler.persistence.peopling.book import Book, Scored, Stand
from enabler.persistence.peopling.changes import audit_rows
from enabler.persistence.peopling.showing import Shown
from enabler.persistence.refs import Refs
from enabler.persistence.tables import audit, matches, members, needs, offers
from enabler.persistence.tables.places import (
    CellRow,
    PlaceRow,
    PostcodeRow,
    RulesetRow,
    SmallAreaRow,
    WardRow,
)

Progress = Callable[[str, int, int], None]
_STEPS = 14


class Peopling:
    """Reads the map of a place for an inventor, and keeps what was invented."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def has_people(self, place_id: int) -> bool:
        """Whether anybody lives in the place or has asked or offered anything there."""
        kinds = (members.HomeRow, needs.NeedRow, offers.OfferRow)
        return any(
            self._session.scalar(select(kind.id).where(kind.place_id == place_id).limit(1))
            is not None
            for kind in kinds
        )

    def town(self, place: Place) -> Town:
        """The place's map. Spots and wards are in an order that is the same on every database."""
        wards = self._session.execute(
            select(WardRow.code, WardRow.name).where(WardRow.place_id == place.id)
        ).all()
        taken = self._session.scalars(
            select(members.ContactRow.value).where(members.ContactRow.place_id == place.id)
        )
        return Town(
            timezone=place.timezone,
            languages=place.languages,
            wards=tuple(sorted((code, name) for code, name in wards)),
            spots=sorted_spots(spot for spot, _ in self._spots(place.id)),
            areas=self._areas(place.id),
            taken=frozenset(taken),
        )

    def _spots(self, place_id: int) -> list[tuple[Spot, Stand]]:
        query = (
            select(PostcodeRow, CellRow, WardRow.code)
            .join(CellRow, CellRow.id == PostcodeRow.cell_id)
            .join(WardRow, WardRow.id == PostcodeRow.ward_id)
            .where(PostcodeRow.place_id == place_id)
        )
        return [
            (
                Spot(
                    postcode=row.code, easting=row.easting, northing=row.northing,
                    ward_code=ward, cell=(cell.easting, cell.northing), area=row.small_area,
                    households=row.households,
                ),
                Stand(row.ward_id, row.cell_id),
            )
            for row, cell, ward in self._session.execute(query)
        ]  # fmt: skip

    def _areas(self, place_id: int) -> dict[str, Area]:
        rows = self._session.scalars(select(SmallAreaRow).where(SmallAreaRow.place_id == place_id))
        return {row.code: Area(row.population, retired_share(row.ages)) for row in rows}

    def first_residents(self, place_id: int, count: int) -> list[Shown]:
        """The first members of a place who have a home: whom an inventor shows round."""
        return showing.first_residents(self._session, place_id, count)

    def staff_with(self, place_id: int, role: Role) -> list[Shown]:
        """Who holds a role and signs in by password, the first first."""
        return showing.staff_with(self._session, place_id, role)

    def free_phone(self, first: int, last: int) -> str | None:
        """The first number (E.164, of these) that no place has."""
        taken = set(self._session.scalars(select(PlaceRow.phone)))
        numbers = (f"+{number}" for number in range(first, last + 1))
        return next((number for number in numbers if number not in taken), None)

    def mark_invented(self, place: Place, phone: str, now: datetime) -> None:
        """From now on its people are invented; its policy holds since their history began."""
        began = now - timedelta(days=3 * HISTORY_DAYS)
        self._session.execute(
            update(PlaceRow).where(PlaceRow.id == place.id)
            .values(invented=True, phone=phone)
        )  # fmt: skip
        self._session.execute(
            update(RulesetRow)
            .where(RulesetRow.place_id == place.id, RulesetRow.version == 1)
            .where(RulesetRow.from_at > began)
            .values(from_at=began)
        )

    def keep(
        self, place: Place, invention: Invention, stories: Sequence[Story],
        scored: Callable[[int, int], Scored], *, ruleset_id: int, now: datetime,
        progress: Progress,
    ) -> Book:  # fmt: skip
        """Keep everybody and everything; the ids and refs that they got, by position."""
        book = self._book(place, ruleset_id)
        self._done, self._progress = 0, progress
        self._keep_people(book, invention)
        self._keep_offers(book, invention)
        self._keep_needs(book, invention, stories)
        made = asking.matches(book, invention, stories, scored)
        book.match_refs = Refs(self._session).many(place.id, "match", len(made))
        book.matches = self._add(matches.MatchRow, made, book.match_refs)
        self._add(audit.AuditRow, audit_rows(book, invention, stories, now))
        return book

    def _book(self, place: Place, ruleset_id: int) -> Book:
        stands = {spot.postcode: stand for spot, stand in self._spots(place.id)}
        spots = sorted_spots(spot for spot, _ in self._spots(place.id))
        query = select(WardRow.code, WardRow.id).where(WardRow.place_id == place.id)
        wards = dict(self._session.execute(query).tuples().all())
        return Book(
            place_id=place.id, ruleset_id=ruleset_id,
            language=place.languages[0] if place.languages else "en", spots=spots,
            stands=[stands[spot.postcode] for spot in spots], wards=wards,
        )  # fmt: skip

    def _keep_people(self, book: Book, invention: Invention) -> None:
        refs = Refs(self._session)
        book.homes = self._add(members.HomeRow, people.homes(book, invention))
        book.member_refs = refs.many(book.place_id, "member", len(invention.members))
        book.members = self._add(
            members.MemberRow, people.members(book, invention), book.member_refs
        )
        count = len(invention.organisations)
        book.organisation_refs = refs.many(book.place_id, "organisation", count)
        book.organisations = self._add(
            members.OrganisationRow, people.organisations(book, invention), book.organisation_refs
        )
        self._add(members.ContactRow, people.contacts(book, invention))
        self._add(members.ConsentRow, people.consents(book, invention))
        self._add(members.RoleRow, people.roles(book, invention))
        self._add(members.CredentialRow, people.credentials(book, invention))

    def _keep_offers(self, book: Book, invention: Invention) -> None:
        count = len(invention.offers)
        book.offer_refs = Refs(self._session).many(book.place_id, "offer", count)
        made = giving.offers(book, invention)
        book.offers = self._add(offers.OfferRow, made, book.offer_refs)
        add(self._session, offers.OfferCategoryRow, giving.offer_categories(book, invention))
        add(self._session, offers.OfferWeeklyRow, giving.offer_weeks(book, invention))
        add(self._session, offers.OfferAwayRow, giving.offer_gaps(book, invention))
        self._step()

    def _keep_needs(self, book: Book, invention: Invention, stories: Sequence[Story]) -> None:
        book.need_refs = Refs(self._session).many(book.place_id, "need", len(invention.needs))
        made = asking.needs(book, invention, stories)
        book.needs = self._add(needs.NeedRow, made, book.need_refs)
        add(self._session, needs.NeedWindowRow, asking.need_windows(book, invention))
        self._step()

    def _add(
        self, kind: type[DeclarativeBase], made: list[dict[str, Any]],
        refs: Sequence[str] | None = None,
    ) -> list[int]:  # fmt: skip
        """Insert rows, each with its ref where the kind has one; their ids."""
        if refs is not None:
            made = [{**row, "ref": ref} for row, ref in zip(made, refs, strict=True)]
        ids = added(self._session, kind, made)
        self._step()
        return ids

    def _step(self) -> None:
        self._done += 1
        self._progress("keeping", self._done, _STEPS)
