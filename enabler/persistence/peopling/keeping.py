"""An invented place: its map as the inventor wants it, and its people, kept in bulk."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import DeclarativeBase, Session

from enabler.domain.demo.people import HISTORY_DAYS
from enabler.domain.demo.shapes import Invention, Story
from enabler.domain.demo.town import Area, Spot, Town, retired_share, sorted_spots
from enabler.domain.places import Place
from enabler.domain.vocabulary import Role
from enabler.persistence.bulk import add
from enabler.persistence.peopling import asking, giving, hours, people, showing, weekly
from enabler.persistence.peopling.book import Book, Row, Scored, Stand
from enabler.persistence.peopling.changes import audit_rows
from enabler.persistence.peopling.showing import Shown
from enabler.persistence.refs import Refs
from enabler.persistence.tables import (
    audit,
    consents,
    credentials,
    matches,
    members,
    needs,
    offers,
    series,
)
from enabler.persistence.tables.places import (
    CellRow,
    PlaceRow,
    PostcodeRow,
    RulesetRow,
    SmallAreaRow,
    WardRow,
)

Progress = Callable[[str, int, int], None]
_STEPS = 17


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
            select(
                PostcodeRow.code, PostcodeRow.easting, PostcodeRow.northing, WardRow.code,
                CellRow.easting, CellRow.northing, PostcodeRow.small_area, PostcodeRow.households,
                PostcodeRow.ward_id, PostcodeRow.cell_id,
            )
            .join(CellRow, CellRow.id == PostcodeRow.cell_id)
            .join(WardRow, WardRow.id == PostcodeRow.ward_id)
            .where(PostcodeRow.place_id == place_id)
        )  # fmt: skip
        return [
            (Spot(code, east, north, ward, (cell_east, cell_north), area, homes), Stand(*ids))
            for code, east, north, ward, cell_east, cell_north, area, homes, *ids
            in self._session.execute(query)
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
        made = asking.needs(book, invention, stories)
        book.needs, book.need_refs = self._add_named(book, needs.NeedRow, "need", made)
        self._add(needs.NeedWindowRow, asking.need_windows(book, invention))
        made = weekly.series(book, invention)
        book.series, book.series_refs = self._add_named(book, series.NeedSeriesRow, "series", made)
        self._add(series.SeriesWeeklyRow, weekly.series_weeks(book, invention))
        made = asking.matches(book, invention, stories, scored)
        book.matches, book.match_refs = self._add_named(book, matches.MatchRow, "match", made)
        self._add_named(
            book, credentials.CredentialRow, "credential", people.credentials(book, invention)
        )
        self._add(audit.AuditRow, audit_rows(book, invention, stories, now))
        return book

    def keep_hours(self, book: Book, invention: Invention, past: hours.PastHours, pot: int) -> None:
        """Keep what moved in the past; ``pot``: the account of the community's pot."""
        hours.keep_hours(self._session, book, invention, past, pot)

    def _book(self, place: Place, ruleset_id: int) -> Book:
        found = self._spots(place.id)
        stands = {spot.postcode: stand for spot, stand in found}
        spots = sorted_spots(spot for spot, _ in found)
        query = select(WardRow.code, WardRow.id).where(WardRow.place_id == place.id)
        wards = {row.code: row.id for row in self._session.execute(query)}
        return Book(
            place_id=place.id, ruleset_id=ruleset_id,
            language=place.languages[0] if place.languages else "en", spots=spots,
            stands=[stands[spot.postcode] for spot in spots], wards=wards,
        )  # fmt: skip

    def _keep_people(self, book: Book, invention: Invention) -> None:
        book.homes = self._add_homes(book, people.homes(book, invention))
        book.members, book.member_refs = self._add_named(
            book, members.MemberRow, "member", people.members(book, invention)
        )
        book.organisations, book.organisation_refs = self._add_named(
            book, members.OrganisationRow, "organisation", people.organisations(book, invention)
        )
        self._add(members.ContactRow, people.contacts(book, invention))
        self._add(consents.ConsentRow, people.consents(book, invention))
        self._add(members.RoleRow, people.roles(book, invention))

    def _keep_offers(self, book: Book, invention: Invention) -> None:
        made = giving.offers(book, invention)
        book.offers, book.offer_refs = self._add_named(book, offers.OfferRow, "offer", made)
        self._add(offers.OfferCategoryRow, giving.offer_categories(book, invention))
        self._add(offers.OfferWeeklyRow, giving.offer_weeks(book, invention))
        self._add(offers.OfferAwayRow, giving.offer_gaps(book, invention))

    def _add(self, kind: type[DeclarativeBase], made: Sequence[Row]) -> None:
        add(self._session, kind, made)
        self._done += 1
        self._progress("keeping", self._done, _STEPS)

    def _add_named(
        self, book: Book, kind: type[DeclarativeBase], noun: str, made: Sequence[Row]
    ) -> tuple[list[int], list[str]]:
        """Insert rows of a kind that has refs; their ids and refs, in the order of the rows."""
        refs = Refs(self._session).many(book.place_id, noun, len(made))
        self._add(kind, [{**row, "ref": ref} for row, ref in zip(made, refs, strict=True)])
        columns = kind.__table__.c
        query = select(columns.ref, columns.id).where(columns.place_id == book.place_id)
        ids = {row.ref: row.id for row in self._session.execute(query)}
        return [ids[ref] for ref in refs], refs

    def _add_homes(self, book: Book, made: Sequence[Row]) -> list[int]:
        """Insert homes, no two of which have one address; their ids in the order of the rows."""
        home = members.HomeRow
        self._add(home, made)
        query = select(home.id, home.postcode, home.address).where(home.place_id == book.place_id)
        ids = {(code, address): number for number, code, address in self._session.execute(query)}
        return [ids[row["postcode"], row["address"]] for row in made]
