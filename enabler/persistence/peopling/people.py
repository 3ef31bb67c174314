"""Rows of invented people and organisations: homes, contacts, consents, roles, credentials."""

from typing import Any

from enabler.domain import consents as wordings
from enabler.domain.demo.shapes import Invention
from enabler.domain.vocabulary import MemberState, Role
from enabler.persistence.peopling.book import Book, Row


def homes(book: Book, invention: Invention) -> list[Row]:
    """Households, each at its postcode's point."""
    return [
        {"place_id": book.place_id, "address": home.address, **book.exact(home.spot)}
        for home in invention.homes
    ]


def members(book: Book, invention: Invention) -> list[Row]:
    """Residents and staff."""
    return [
        {
            "place_id": book.place_id, "name": member.name, "shown_name": member.shown_name,
            "language": book.language, "languages": list(member.languages),
            "home_id": None if member.home is None else book.homes[member.home],
            "state": MemberState.ACTIVE, "created_at": member.joined_at,
            "adult_declared_at": None if member.home is None else member.joined_at,
            "asks_per_week": member.asks_per_week, "night_asks": member.night_asks,
        }
        for member in invention.members
    ]  # fmt: skip


def contacts(book: Book, invention: Invention) -> list[Row]:
    """One way to reach each."""
    return [
        {
            "place_id": book.place_id, "member_id": member_id, "kind": member.contact[0],
            "value": member.contact[1], "verified_at": member.joined_at,
        }
        for member, member_id in zip(invention.members, book.members, strict=True)
    ]  # fmt: skip


def consents(book: Book, invention: Invention) -> list[Row]:
    """What residents agreed to when they signed up."""
    wording = wordings.newest(wordings.SIGN_UP)
    return [
        {
            "place_id": book.place_id, "member_id": member_id, "wording": wording.code,
            "version": wording.version, "wording_hash": wording.digest(book.language),
            "language": wording.read_in(book.language), "page": wording.code,
            "given_at": member.joined_at,
        }
        for member, member_id in zip(invention.members, book.members, strict=True)
        if member.staff_role is None
    ]  # fmt: skip


def roles(book: Book, invention: Invention) -> list[Row]:
    """What everybody may be, and who acts for which organisation."""
    found = [
        _role(
            book, row, member.staff_role or Role.RESIDENT, member.joined_at,
            ward_id=book.wards[member.ward_code] if member.ward_code else None,
        )
        for row, member in enumerate(invention.members)
    ]  # fmt: skip
    for organisation, organisation_id in zip(
        invention.organisations, book.organisations, strict=True
    ):
        acting = [(organisation.owner, Role.ORGANISATION_OWNER)]
        if organisation.coordinator is not None:
            acting.append((organisation.coordinator, Role.ORGANISATION_COORDINATOR))
        found += [
            _role(book, row, role, organisation.joined_at, organisation_id=organisation_id)
            for row, role in acting
        ]
    return found


def _role(book: Book, row: int, role: Role, since: Any, **of: int | None) -> Row:
    return {
        "place_id": book.place_id, "member_id": book.members[row], "role": role,
        "ward_id": None, "organisation_id": None, "from_at": since, **of,
    }  # fmt: skip


def organisations(book: Book, invention: Invention) -> list[Row]:
    """Organisations at their doors."""
    found = []
    for made in invention.organisations:
        here = book.exact(made.spot)
        del here["cell_id"]
        found.append(
            {
                "place_id": book.place_id, "kind": made.kind, "name": made.name,
                "about": made.about, "address": made.address, "state": MemberState.ACTIVE,
                "created_at": made.joined_at, **here,
            }
        )  # fmt: skip
    return found


def credentials(book: Book, invention: Invention) -> list[Row]:
    """Checks that a custodian saw."""
    holders = [
        ({"member_id": number, "organisation_id": None}, holder.credentials)
        for holder, number in zip(invention.members, book.members, strict=True)
    ]
    holders += [
        ({"member_id": None, "organisation_id": number}, holder.credentials)
        for holder, number in zip(invention.organisations, book.organisations, strict=True)
    ]
    checker = next(
        book.member_refs[row]
        for row, member in enumerate(invention.members)
        if member.staff_role is Role.CUSTODIAN
    )
    return [
        {
            "place_id": book.place_id,
            **holder,
            "kind": check.kind,
            "seen_on": check.seen_on,
            "valid_until": check.valid_until,
            "checked_by": checker,
        }
        for holder, checks in holders
        for check in checks
    ]
