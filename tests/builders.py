"""Rows for tests, with defaults: a test states only what it is about.

``a_place`` invents a square of four by four kilometres with two wards, a cell of one kilometre
for each square and a few postcodes in each; members live at so many metres east and north of its
corner. Every builder commits by itself and needs the app's context.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, product
from typing import Any

from shapely import MultiPolygon, box

from enabler.domain.meeting import NONE_SO
from enabler.domain.permissions import Actor, RoleGrant
from enabler.domain.vocabulary import (
    CredentialKind,
    MemberState,
    NeedState,
    NextStep,
    OfferState,
    OrganisationKind,
    Role,
    Terms,
)
from enabler.domain.windows import Weekly, Window
from enabler.persistence import spatial
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.members import (
    ContactRow,
    HomeRow,
    MemberRow,
    OrganisationRow,
    RoleRow,
)
from enabler.persistence.tables.places import (
    CellRow,
    PlaceRow,
    PostcodeRow,
    RulesetRow,
    SharingRow,
    WardRow,
)
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
"""A Tuesday morning in winter: London's clocks show the same, and no quiet hours hold."""

LONG_AGO = NOW - timedelta(days=400)
CHECKED = (CredentialKind.IDENTITY, CredentialKind.DRIVING, CredentialKind.DBS_BASIC)
SIDE, CELL = 4000, 1000
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_numbers = count(1)


@dataclass(frozen=True)
class BuiltPlace:
    """A place of the builders: its ids, and the corner from which its homes are measured."""

    id: int
    slug: str
    west: int
    south: int
    ward_ids: tuple[int, ...]
    cell_ids: dict[tuple[int, int], int] = field(repr=False)
    postcodes: dict[tuple[int, int], str] = field(repr=False)

    def cell_at(self, east: int, north: int) -> int:
        """The cell of a spot so many metres from the corner."""
        return self.cell_ids[east // CELL, north // CELL]

    def ward_at(self, east: int) -> int:
        """The ward of a spot: the western or the eastern half."""
        return self.ward_ids[0 if east < SIDE // 2 else 1]

    def postcode_at(self, east: int, north: int) -> str:
        """A postcode of the spot's square."""
        return self.postcodes[east // CELL, north // CELL]


@dataclass(frozen=True)
class BuiltMember:
    """A member of the builders, ready to act."""

    id: int
    ref: str
    place: BuiltPlace
    home_id: int | None
    actor: Actor
    east: int
    north: int


@dataclass(frozen=True)
class BuiltOrganisation:
    """An organisation of the builders, with its owner."""

    id: int
    ref: str
    place: BuiltPlace
    owner: BuiltMember
    east: int
    north: int


FOR_NEW_HELPERS = {"first_helps": 0}
"""Helpers of the builders have helped nobody yet: what that means is the tests' of it."""


def a_place(
    slug: str = "elmford", *, area: str = "BS", policy: dict[str, Any] | None = None,
    west: int = 350_000, south: int = 170_000,
) -> BuiltPlace:  # fmt: skip
    """A place with two wards, sixteen cells and their postcodes, and a ruleset."""
    with unit_of_work() as uow:
        place = PlaceRow(
            slug=slug, name=slug.title(), timezone="Europe/London", languages=["en"],
            phone=None, contact={"council": slug.title(), "duty_line": "0117 496 0000"},
            invented=True, boundary=_square(west, south, SIDE, SIDE), created_at=LONG_AGO,
        )  # fmt: skip
        _keep(uow, place)
        wards = [_ward(uow, place.id, half, west, south) for half in (0, 1)]
        cells, codes = _cells(uow, place.id, wards, area, west, south)
        _keep(
            uow,
            RulesetRow(
                place_id=place.id,
                version=1,
                policy=FOR_NEW_HELPERS | (policy or {}),
                from_at=LONG_AGO,
            ),
        )
        built = BuiltPlace(place.id, slug, west, south, tuple(wards), cells, codes)
        uow.commit()
    return built


def _ward(uow: UnitOfWork, place_id: int, half: int, west: int, south: int) -> int:
    row = WardRow(
        place_id=place_id, code=f"W{half}", name=("West End", "East End")[half],
        boundary=_square(west + half * SIDE // 2, south, SIDE // 2, SIDE),
    )  # fmt: skip
    _keep(uow, row)
    return row.id


def _cells(
    uow: UnitOfWork, place_id: int, wards: Sequence[int], area: str, west: int, south: int
) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], str]]:
    rows, codes = {}, {}
    inward = (f"{n}{a}{b}" for n, a, b in product(range(1, 10), _LETTERS, _LETTERS))
    for column, line in product(range(SIDE // CELL), repeat=2):
        east, north = west + column * CELL, south + line * CELL
        ward_id = wards[0 if column < 2 else 1]
        rows[column, line] = CellRow(
            place_id=place_id, ward_id=ward_id, side_metres=CELL, west=east, south=north,
            easting=east + 480, northing=north + 510, households=400,
        )  # fmt: skip
    _keep(uow, *rows.values())
    postcodes = []
    for (spot, cell), corner in product(rows.items(), (250, 750)):
        codes[spot] = f"{area}1 {next(inward)}"
        postcodes.append(PostcodeRow(
            place_id=place_id, code=codes[spot], easting=cell.west + corner,
            northing=cell.south + corner, ward_id=cell.ward_id, cell_id=cell.id,
        ))  # fmt: skip
    _keep(uow, *postcodes)
    return {spot: cell.id for spot, cell in rows.items()}, codes


def new_rules(place: BuiltPlace, policy: Mapping[str, Any], from_at: datetime = LONG_AGO) -> None:
    """Other rules for the whole place: a version is never changed, the next one takes its place."""
    with unit_of_work() as uow:
        uow.rulesets.add(place.id, FOR_NEW_HELPERS | dict(policy), from_at, None, None)
        uow.commit()


def share(place: BuiltPlace, other: BuiltPlace) -> None:
    """Let offers of the other place take part in this place's matching."""
    with unit_of_work() as uow:
        _keep(uow, SharingRow(place_id=place.id, with_place_id=other.id))
        uow.commit()


def a_member(
    place: BuiltPlace, name: str = "Sam Green", *, at: tuple[int, int] = (500, 500),
    credentials: Sequence[CredentialKind] = CHECKED, roles: Sequence[Role] = (),
    ward_id: int | None = None, home_id: int | None = None, phone: bool = True, mail: bool = False,
    address: str | None = None, **columns: Any,
) -> BuiltMember:  # fmt: skip
    """A member with a home at so many metres from the place's corner, a phone and checks."""
    with unit_of_work() as uow:
        home_id = home_id or _home(uow, place, at, address)
        row = MemberRow(
            **{
                "place_id": place.id, "ref": uow.refs.new(place.id, "member"), "name": name,
                "shown_name": name.split()[0], "language": "en", "languages": ["en"],
                "home_id": home_id, "state": MemberState.ACTIVE, "adult_declared_at": LONG_AGO,
                "created_at": LONG_AGO,
            } | columns
        )  # fmt: skip
        _keep(uow, row)
        _contacts(uow, row, phone=phone, mail=mail)
        for kind in credentials:
            _keep(uow, _credential(uow, place.id, kind, member_id=row.id))
        for role in roles:
            _keep(uow, RoleRow(
                place_id=place.id, member_id=row.id, role=role, ward_id=ward_id, from_at=LONG_AGO
            ))  # fmt: skip
        grants = tuple(RoleGrant(role, place.id, ward_id) for role in roles)
        actor = Actor("member", row.ref, row.id, place.id, grants, second_factor=bool(roles))
        built = BuiltMember(row.id, row.ref, place, home_id, actor, *at)
        uow.commit()
    return built


def _home(uow: UnitOfWork, place: BuiltPlace, at: tuple[int, int], address: str | None) -> int:
    east, north = at
    home = HomeRow(
        place_id=place.id, postcode=place.postcode_at(east, north),
        address=address or f"{next(_numbers)} Mill Lane", easting=place.west + east,
        northing=place.south + north, cell_id=place.cell_at(east, north),
        ward_id=place.ward_at(east),
    )  # fmt: skip
    _keep(uow, home)
    return home.id


def _contacts(uow: UnitOfWork, row: MemberRow, *, phone: bool, mail: bool) -> None:
    ways = {"phone": f"+447700{900100 + row.id % 900:06d}"} if phone else {}
    ways |= {"mail": f"{row.ref.lower()}@example.org"} if mail else {}
    for kind, value in ways.items():
        _keep(uow, ContactRow(
            place_id=row.place_id, member_id=row.id, kind=kind, value=value, verified_at=LONG_AGO
        ))  # fmt: skip


def _credential(
    uow: UnitOfWork,
    place_id: int,
    kind: CredentialKind,
    *,
    valid_until: datetime | None = None,
    **holder: int,
) -> CredentialRow:
    return CredentialRow(
        place_id=place_id, ref=uow.refs.new(place_id, "credential"), kind=kind, seen_on=LONG_AGO,
        checked_by="a test",
        valid_until=valid_until or NOW + timedelta(days=365), **holder,
    )  # fmt: skip


def check_ends(holder: BuiltMember, at: datetime) -> None:
    """Every check of a member ends at this moment: somebody took them all back."""
    with unit_of_work() as uow:
        for row in uow.session.query(CredentialRow).filter_by(member_id=holder.id):
            row.revoked_at, row.revoked_by = at, "a test"
        uow.commit()


def a_custodian(place: BuiltPlace, name: str = "Carol Desk") -> BuiltMember:
    """A custodian, signed in with both factors."""
    return a_member(place, name, at=(1500, 1500), credentials=(), roles=(Role.CUSTODIAN,))


def an_organisation(
    place: BuiltPlace, name: str = "Elmford Pantry", *, at: tuple[int, int] = (600, 600),
    credentials: Sequence[CredentialKind] = CHECKED,
    kind: OrganisationKind = OrganisationKind.COMMUNITY_GROUP,
) -> BuiltOrganisation:  # fmt: skip
    """An organisation whose owner can answer for it."""
    owner = a_member(place, f"Olive {name}", at=(3500, 3500), credentials=())
    with unit_of_work() as uow:
        row = OrganisationRow(
            place_id=place.id, ref=uow.refs.new(place.id, "organisation"), kind=kind, name=name,
            easting=place.west + at[0], northing=place.south + at[1],
            ward_id=place.ward_at(at[0]), state=MemberState.ACTIVE, created_at=LONG_AGO,
        )  # fmt: skip
        _keep(uow, row)
        _keep(uow, RoleRow(
            place_id=place.id, member_id=owner.id, role=Role.ORGANISATION_OWNER,
            organisation_id=row.id, from_at=LONG_AGO,
        ))  # fmt: skip
        for each in credentials:
            _keep(uow, _credential(uow, place.id, each, organisation_id=row.id))
        grant = RoleGrant(Role.ORGANISATION_OWNER, place.id, organisation_id=row.id)
        actor = Actor("member", owner.ref, owner.id, place.id, (grant,))
        owner = BuiltMember(owner.id, owner.ref, place, owner.home_id, actor, *at)
        built = BuiltOrganisation(row.id, row.ref, place, owner, *at)
        uow.commit()
    return built


def an_offer(
    giver: BuiltMember | BuiltOrganisation, *categories: str, reach: int = 3000,
    weekly: Sequence[Weekly] = (), away: Sequence[Window] = (), capacity: int = 5,
    state: OfferState = OfferState.OPEN, **columns: Any,
) -> str:  # fmt: skip
    """An open offer of shopping (or other kinds of help) at any time; its ref."""
    place, at_home = giver.place, isinstance(giver, BuiltMember)
    with unit_of_work() as uow:
        cell = uow.homes.cell(place.cell_at(giver.east, giver.north)) if at_home else None
        spot = (cell.easting, cell.northing) if cell else (
            place.west + giver.east, place.south + giver.north
        )  # fmt: skip
        offer = uow.offers.add(
            **{
                "categories": categories or ("shopping",), "weekly": weekly, "away": away,
                "easting": spot[0], "northing": spot[1], "reach_metres": reach,
                "place_id": place.id, "ref": uow.refs.new(place.id, "offer"),
                "member_id": giver.id if at_home else None,
                "organisation_id": None if at_home else giver.id, "words": "Glad to help.",
                "terms": Terms.FREE, "cell_id": cell.cell_id if cell else None,
                "ward_id": place.ward_at(giver.east), "any_time": not weekly,
                "capacity": capacity, "state": state,
                "posted_by": giver.id if isinstance(giver, BuiltMember) else giver.owner.id,
                "posted_at": LONG_AGO,
            } | columns
        )  # fmt: skip
        uow.commit()
    return offer.ref


def a_helper(
    place: BuiltPlace, name: str = "Hal Near", *categories: str, at: tuple[int, int] = (700, 700),
    reach: int = 3000, capacity: int = 5, **columns: Any,
) -> BuiltMember:  # fmt: skip
    """A member with an open offer."""
    helper = a_member(place, name, at=at, **columns)
    an_offer(helper, *categories, reach=reach, capacity=capacity)
    return helper


def a_need(
    asker: BuiltMember, category: str = "shopping", *, windows: Sequence[Window] = (),
    state: NeedState = NeedState.OPEN, **columns: Any,
) -> str:  # fmt: skip
    """A need at its asker's home for which nobody has been asked yet; its ref."""
    place = asker.place
    with unit_of_work() as uow:
        need = uow.needs.add(
            windows,
            **{
                "place_id": place.id, "ref": uow.refs.new(place.id, "need"),
                "asker_id": asker.id, "posted_by": asker.id, "category": category,
                "words": "A few things from the shop, please.",
                "postcode": place.postcode_at(asker.east, asker.north), "address": "1 Mill Lane",
                "easting": place.west + asker.east, "northing": place.south + asker.north,
                "cell_id": place.cell_at(asker.east, asker.north),
                "ward_id": place.ward_at(asker.east), "duration_minutes": 30,
                "circumstances": list(NONE_SO),
                "ruleset_id": uow.rulesets.in_force(place.id, NOW).id, "state": state,
                "next_step": NextStep.ASK_FIRST, "next_step_at": NOW, "posted_at": NOW,
                "needed_by": max((one.end for one in windows), default=NOW + timedelta(days=14)),
            } | columns,
        )  # fmt: skip
        uow.commit()
    return need.ref


def _square(west: int, south: int, width: int, height: int) -> Any:
    return spatial.to_column(MultiPolygon([box(west, south, west + width, south + height)]))


def _keep(uow: UnitOfWork, *rows: Any) -> None:
    uow.session.add_all(rows)
    uow.flush()
