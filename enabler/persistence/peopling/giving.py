"""Rows of invented offers: what is given, its categories, its week, when somebody is away."""

from enabler.domain.demo import shapes
from enabler.domain.demo.shapes import Invention
from enabler.domain.vocabulary import OfferState
from enabler.persistence.peopling.book import Book, Row
from enabler.persistence.reach import reach_box


def offers(book: Book, invention: Invention) -> list[Row]:
    """Offers from the giver's cell, or from the organisation's door."""
    return [_offer(book, invention, offer) for offer in invention.offers]


def _point(book: Book, invention: Invention, offer: shapes.Offer) -> tuple[int, int, int]:
    """Where it is given, and the number of that spot: the giver's cell, an organisation's door."""
    if offer.organisation is not None:
        spot = invention.organisations[offer.organisation].spot
        return book.spots[spot].easting, book.spots[spot].northing, spot
    spot = invention.homes[invention.members[offer.member or 0].home or 0].spot
    return *book.spots[spot].cell, spot


def _offer(book: Book, invention: Invention, offer: shapes.Offer) -> Row:
    east, north, spot = _point(book, invention, offer)
    cell_id = None if offer.organisation is not None else book.stands[spot].cell_id
    return {
        "place_id": book.place_id, "words": offer.words, "terms": offer.terms,
        "member_id": None if offer.member is None else book.members[offer.member],
        "organisation_id": None if offer.organisation is None
        else book.organisations[offer.organisation],
        "stated_terms": offer.stated_terms, "cell_id": cell_id,
        "ward_id": book.stands[spot].ward_id, "easting": east, "northing": north,
        "reach_metres": offer.reach_metres, "any_time": offer.any_time, "capacity": offer.capacity,
        "languages": list(offer.languages), "meets": [], "state": offer.state,
        "held_because": _why_held(offer), "posted_by": book.members[offer.posted_by],
        "posted_at": offer.posted_at, "ended_at": offer.ended_at,
    }  # fmt: skip


def _why_held(offer: shapes.Offer) -> str | None:
    if offer.state is not OfferState.HELD:
        return None
    return "first_offer" if offer.organisation is None else "organisation"


def offer_categories(book: Book, invention: Invention) -> list[Row]:
    """The kinds of help of each offer, each with its reach."""
    return [
        {
            "offer_id": number, "category": slug,
            "reach_box": reach_box(east, north, offer.reach_metres, slug),
        }
        for offer, number in zip(invention.offers, book.offers, strict=True)
        for east, north, _ in [_point(book, invention, offer)]
        for slug in offer.categories
    ]  # fmt: skip


def offer_weeks(book: Book, invention: Invention) -> list[Row]:
    """When in the week each offer holds."""
    return [
        {
            "offer_id": number, "weekday": block.weekday,
            "start_minute": block.start_minute, "end_minute": block.end_minute,
        }
        for offer, number in zip(invention.offers, book.offers, strict=True)
        for block in offer.weekly
    ]  # fmt: skip


def offer_gaps(book: Book, invention: Invention) -> list[Row]:
    """When somebody is away."""
    return [
        {"offer_id": number, "start_at": gap.start, "end_at": gap.end}
        for offer, number in zip(invention.offers, book.offers, strict=True)
        for gap in offer.away
    ]
