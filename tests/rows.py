"""Rows that many tests start from: a small place with people, needs, offers and matches in it.

Each function writes rows as they would be after the services had run, and gives their ids. They
are for tests of what happens afterwards; what the services themselves do is tested with them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zlib import crc32

from shapely.geometry import MultiPolygon, box
from sqlalchemy.orm import Session

from enabler.domain.meeting import NONE_SO
from enabler.domain.vocabulary import (
    CredentialKind,
    MatchState,
    MemberState,
    NeedState,
    NextStep,
    OfferState,
    OrganisationKind,
    Outcome,
    Role,
    Terms,
)
from enabler.persistence.reach import reach_box
from enabler.persistence.refs import Refs
from enabler.persistence.spatial import to_column
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import (
    ContactRow,
    HomeRow,
    MemberRow,
    OrganisationRow,
    RoleRow,
)
from enabler.persistence.tables.needs import NeedRow, NeedWindowRow
from enabler.persistence.tables.offers import OfferCategoryRow, OfferRow
from enabler.persistence.tables.places import CellRow, PlaceRow, PostcodeRow, RulesetRow, WardRow

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
"""A Tuesday in November: local time is UTC, and nothing is quiet."""
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_numbers = count(100)
_TAKES_SLOT = {"accepted", "arranged", "done", "confirmed", "disputed"}


@dataclass(frozen=True)
class Town:
    """A place of one ward and one cell of 250 m with 120 households."""

    id: int
    slug: str
    ward_id: int
    cell_id: int
    ruleset_id: int
    postcode: str


def _phone_of(slug: str) -> str:
    """The number of the place of this slug: each has its own."""
    last = 1 if slug == "testton" else 4 + crc32(slug.encode()) % 96
    return f"+4477009000{last:02}"


def town(session: Session, *, slug: str = "testton", invented: bool = False, **policy: Any) -> Town:
    """A place with its ward, cell, postcode and ruleset."""
    square = to_column(MultiPolygon([box(350_000, 170_000, 360_000, 180_000)]))
    place = PlaceRow(
        slug=slug, name=slug.title(), timezone="Europe/London", languages=["en"],
        phone=_phone_of(slug), contact={"council": "Testton Council", "duty_line": "0117 496 0000"},
        invented=invented, boundary=square, created_at=NOON,
    )  # fmt: skip
    session.add(place)
    session.flush()
    ward = WardRow(place_id=place.id, code=f"W{place.id}", name="Southmead", boundary=square)
    rules = RulesetRow(
        place_id=place.id, version=1, policy={"first_helps": 0} | policy, from_at=LONG_AGO
    )
    session.add_all([ward, rules])
    session.flush()
    cell = CellRow(
        place_id=place.id, ward_id=ward.id, side_metres=250, west=355_000, south=175_000,
        easting=355_100, northing=175_100, households=120,
    )  # fmt: skip
    session.add(cell)
    session.flush()
    code = f"BS{place.id} 1AA"
    session.add(
        PostcodeRow(place_id=place.id, code=code, easting=355_110, northing=175_120,
                    ward_id=ward.id, cell_id=cell.id)
    )  # fmt: skip
    session.flush()
    return Town(place.id, slug, ward.id, cell.id, rules.id, code)


def member(
    session: Session, at: Town, name: str = "Ada Lovelace", *, phone: str | None = "next",
    mail: str | None = None, **columns: Any,
) -> int:  # fmt: skip
    """A member with a home of their own and a phone number (or a mail address, or both)."""
    home = HomeRow(
        place_id=at.id, postcode=at.postcode, address="1 High Street", easting=355_112,
        northing=175_121, cell_id=at.cell_id, ward_id=at.ward_id,
    )  # fmt: skip
    session.add(home)
    session.flush()
    row = MemberRow(
        place_id=at.id, ref=Refs(session).new(at.id, "member"), name=name,
        shown_name=name.split()[0], home_id=home.id, state=MemberState.ACTIVE, created_at=NOON,
        **columns,
    )  # fmt: skip
    session.add(row)
    session.flush()
    if phone == "next":
        phone = f"+447700900{next(_numbers) % 900 + 100}"
    for kind, value in (("phone", phone), ("mail", mail)):
        if value is not None:
            session.add(
                ContactRow(place_id=at.id, member_id=row.id, kind=kind, value=value,
                           verified_at=NOON)
            )  # fmt: skip
    session.flush()
    return row.id


def organisation(session: Session, at: Town, name: str = "Corner Shop") -> int:
    """A business."""
    row = OrganisationRow(
        place_id=at.id, ref=Refs(session).new(at.id, "organisation"), name=name,
        kind=OrganisationKind.BUSINESS, easting=355_000, northing=175_000, ward_id=at.ward_id,
        state=MemberState.ACTIVE, created_at=NOON,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


def role(session: Session, at: Town, member_id: int, what: Role, **columns: Any) -> None:
    """A role from long ago on."""
    session.add(
        RoleRow(place_id=at.id, member_id=member_id, role=what,
                from_at=LONG_AGO, **columns)
    )  # fmt: skip
    session.flush()


def need(
    session: Session, at: Town, asker_id: int, *, state: NeedState = NeedState.OPEN,
    window: tuple[datetime, datetime] | None = None, **columns: Any,
) -> NeedRow:  # fmt: skip
    """A need for shopping, tomorrow from two to four unless said otherwise."""
    start, end = window or (NOON + timedelta(hours=26), NOON + timedelta(hours=28))
    values: dict[str, Any] = {
        "category": "shopping", "words": "Milk and bread, please",
        "next_step": NextStep.ASK_MORE, "next_step_at": NOON + timedelta(hours=2),
        "outcome": Outcome.HELPED if state is NeedState.CLOSED else None,
        "posted_at": NOON, "needed_by": end, "circumstances": list(NONE_SO),
    }  # fmt: skip
    row = NeedRow(
        place_id=at.id, ref=Refs(session).new(at.id, "need"), asker_id=asker_id,
        posted_by=asker_id, postcode=at.postcode, address="1 High Street", easting=355_112,
        northing=175_121, cell_id=at.cell_id, ward_id=at.ward_id, duration_minutes=30,
        ruleset_id=at.ruleset_id, state=state, **(values | columns),
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(NeedWindowRow(need_id=row.id, start_at=start, end_at=end))
    session.flush()
    return row


def offer(
    session: Session, at: Town, member_id: int, *, organisation_id: int | None = None,
    **columns: Any,
) -> OfferRow:  # fmt: skip
    """An offer to do shopping at any time, by a member or, through them, by an organisation."""
    east, north = (355_000, 175_000) if organisation_id else (355_100, 175_100)
    values: dict[str, Any] = {"state": OfferState.OPEN, "words": "I have a car", "capacity": 2}
    row = OfferRow(
        place_id=at.id, ref=Refs(session).new(at.id, "offer"), terms=Terms.FREE,
        member_id=None if organisation_id else member_id, organisation_id=organisation_id,
        cell_id=None if organisation_id else at.cell_id, ward_id=at.ward_id, easting=east,
        northing=north, reach_metres=3000, any_time=True, posted_by=member_id, posted_at=NOON,
        **(values | columns),
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(OfferCategoryRow(
        offer_id=row.id, category="shopping", reach_box=reach_box(east, north, 3000, "shopping")
    ))  # fmt: skip
    session.flush()
    return row


def match(
    session: Session, of: NeedRow, by: OfferRow, *, state: MatchState = MatchState.ASKED,
    **columns: Any,
) -> MatchRow:  # fmt: skip
    """A match of the two; a live one holds slot 1 of its need."""
    taken = state.value in _TAKES_SLOT
    values: dict[str, Any] = {
        "helper_id": by.member_id, "slot": 1 if taken else None, "score": 700,
        "reasons": [{"factor": "nearness", "points": 400}, {"factor": "time_fit", "points": 300}],
        "distance_metres": 120, "proposed_at": NOON, "asked_at": NOON,
        "answer_by": NOON + timedelta(hours=2),
    }  # fmt: skip
    row = MatchRow(
        place_id=of.place_id, ref=Refs(session).new(of.place_id, "match"), need_id=of.id,
        offer_id=by.id, state=state, **(values | columns),
    )  # fmt: skip
    if taken:
        of.slots_filled += 1
    session.add(row)
    session.flush()
    return row


def credential(session: Session, at: Town, member_id: int, kind: CredentialKind) -> None:
    """A credential that holds for a year yet."""
    session.add(
        CredentialRow(place_id=at.id, ref=f"{member_id}-{kind.value}", member_id=member_id,
                      kind=kind, seen_on=NOON,
                      valid_until=NOON + timedelta(days=365), checked_by="operator:test")
    )  # fmt: skip
    session.flush()
