"""Rows of invented offers: what is given, its categories, its week, when somebody is away."""

from shapely import box

from enabler.domain.demo import shapes
from enabler.domain.demo.shapes import Invention
from enabler.domain.vocabulary import OfferState
from enabler.persistence import spatial
from enabler.persistence.peopling.book import Book, Row


def offers(book: Book, invention: Invention) -> list[Row]:
    """Offers from the giver's cell, or from the organisation's door."""
    return [_offer(book, invention, offer) for offer in invention.offers]


def _offer(book: Book, invention: Invention, offer: shapes.Offer) -> Row:
    if offer.organisation is not None:
        spot = invention.organisations[offer.organisation].spot
        east, north = book.spots[spot].easting, book.spots[spot].northing
        cell_id = None
    else:
        home = invention.members[offer.member or 0].home
        spot = invention.homes[home or 0].spot
        (east, north), cell_id = book.spots[spot].cell, book.stands[spot].cell_id
    # One metre more: distances are rounded to the metre, and the box must never leave one out.
    reach = offer.reach_metres + 1
    square = box(east - reach, north - reach, east + reach, north + reach)
    return {
        "place_id": book.place_id, "words": offer.words, "terms": offer.terms,
        "member_id": None if offer.member is None else book.members[offer.member],
        "organisation_id": None if offer.organisation is None
        else book.organisations[offer.organisation],
        "stated_terms": offer.stated_terms, "cell_id": cell_id,
        "ward_id": book.stands[spot].ward_id, "easting": east, "northing": north,
        "reach_metres": offer.reach_metres, "reach_box": spatial.to_column(square),
        "any_time": offer.any_time, "capacity": offer.capacity,
        "languages": list(offer.languages), "meets": [], "state": offer.state,
        "held_because": _why_held(offer), "posted_by": book.members[offer.posted_by],
        "posted_at": offer.posted_at, "ended_at": offer.ended_at,
    }  # fmt: skip


def _why_held(offer: shapes.Offer) -> str | None:
    if offer.state is not OfferState.HELD:
        return None
    return "first_offer" if offer.organisation is None else "organisation"


def offer_categories(book: Book, invention: Invention) -> list[Row]:
    """The kinds of help of each offer."""
    return [
        {"offer_id": number, "category": slug}
        for offer, number in zip(invention.offers, book.offers, strict=True)
        for slug in offer.categories
    ]


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
