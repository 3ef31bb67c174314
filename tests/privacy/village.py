"""A village of sixteen cells and two wards in which anybody's home can be moved.

Helpers live in the four cells around Asha's, all equally far from hers by their cells' points and
each at another distance by their doors: whoever looks at doors orders them differently.
"""

from dataclasses import dataclass, replace
from random import Random

from flask import Flask
from sqlalchemy import select, update

from enabler.domain.vocabulary import OfferState, Role
from enabler.persistence.tables.members import HomeRow, RoleRow
from enabler.persistence.tables.places import PostcodeRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from tests.builders import (
    CELL,
    LONG_AGO,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_helper,
    a_member,
    a_place,
    an_offer,
    an_organisation,
)
from tests.web.people import Person
from tests.web.signing import sign_in, sign_in_staff

ASKERS = {
    "asha": (1050, 1080), "nell": (1900, 1200), "otto": (3100, 900), "ida": (2500, 3500),
}  # fmt: skip
HELPERS = {
    "hal": (850, 1100), "hope": (2300, 1700), "hugh": (1600, 150), "hazel": (1200, 2900),
}  # fmt: skip
DRIVER, NEWCOMER, NOBODY = {"hugo": (3500, 1500)}, {"hana": (400, 3300)}, {"ursula": (1700, 1650)}
ACTING = {"olive": (3500, 3500), "omar": (2200, 400)}
"""Who acts for the organisation: its owner (whose home the builders choose), a helper of it."""
STAFF = (
    Role.COUNCILLOR, Role.CUSTODIAN, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR, Role.CALL_HANDLER,
)  # fmt: skip
STRANGER = "stranger"
NOT_LOOKING = ("otto", "ida", "hugh", "hazel", "hana")
"""People of whose kind there is another who looks."""
SEE_PEOPLE = (Role.CUSTODIAN.value, Role.SAFEGUARDING_LEAD.value)
POLICY = {"categories_held": ["childcare"], "waves": [3, 5], "reach_metres": 3000}
REACH = 1500
"""Metres that the four helpers go: from cell to cell all reach Asha, from door to door not."""


@dataclass(frozen=True)
class Village:
    """The people by name, and what their browsers hold."""

    place: BuiltPlace
    people: dict[str, BuiltMember]
    cookies: dict[str, str]
    refs: dict[str, str]
    pantry: str

    @property
    def viewers(self) -> tuple[str, ...]:
        """One of each: a stranger, both sides of matches, others asked, neighbours, roles."""
        return (STRANGER, *(name for name in self.cookies if name not in NOT_LOOKING))

    def name_of(self, member_id: int | None) -> str:
        """Who has this id."""
        return next((name for name, who in self.people.items() if who.id == member_id), "")


@dataclass(frozen=True)
class Move:
    """One home goes somewhere else in its cell."""

    owner: str
    at: tuple[int, int]
    postcode: str
    address: str


def build(app: Flask) -> Village:
    """The village with its offers, everybody signed in, before anybody asks for anything."""
    with app.app_context():
        place = a_place(policy=POLICY)
        people = {name: a_member(place, name.title(), at=at) for name, at in ASKERS.items()}
        for name, at in HELPERS.items():
            people[name] = a_helper(place, name.title(), at=at, reach=REACH, roles=(Role.RESIDENT,))
        people |= {
            name: a_helper(place, name.title(), "transport", at=at) for name, at in DRIVER.items()
        }
        people |= {
            name: a_member(place, name.title(), at=at) for name, at in (NEWCOMER | NOBODY).items()
        }
        pantry = an_organisation(place, at=(1300, 1400))
        an_offer(pantry, "meals", reach=5000)
        _give_door(pantry)
        people["olive"] = pantry.owner
        people["omar"] = a_member(place, "Omar", at=ACTING["omar"])
        an_offer(people["ursula"], "cleaning", state=OfferState.PAUSED)
        _give_role(people["omar"], pantry.id, place)
    cookies = {name: _cookie(app, _signed_in(app, who)) for name, who in people.items()}
    cookies |= {
        role.value: _cookie(app, sign_in_staff(app, Person(app.test_client()), place, role))
        for role in STAFF
    }
    return Village(place, people, cookies, _refs_of_staff(app, people), pantry.ref)


def _give_door(pantry: BuiltOrganisation) -> None:
    with unit_of_work() as uow:
        uow.organisations.change(
            pantry.id, postcode=pantry.place.postcode_at(pantry.east, pantry.north),
            address="1 Market Row",
        )  # fmt: skip
        uow.commit()


def _give_role(member: BuiltMember, organisation_id: int, place: BuiltPlace) -> None:
    with unit_of_work() as uow:
        uow.session.add(RoleRow(
            place_id=place.id, member_id=member.id, role=Role.ORGANISATION_HELPER,
            organisation_id=organisation_id, from_at=LONG_AGO,
        ))  # fmt: skip
        uow.commit()


def _signed_in(app: Flask, who: BuiltMember) -> Person:
    return sign_in(app, Person(app.test_client()), who)


def _cookie(app: Flask, person: Person) -> str:
    assert person.path in ("/me", "/ward", "/desk"), person.words
    kept = person.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert kept is not None
    return str(kept.value)


def _refs_of_staff(app: Flask, people: dict[str, BuiltMember]) -> dict[str, str]:
    with app.app_context(), reading() as uow:
        held = uow.session.execute(
            select(RoleRow.role, RoleRow.member_id).where(RoleRow.role.in_(STAFF))
        ).all()
        staff = {role.value: uow.homes.member(member_id).ref for role, member_id in held}
    return staff | {name: who.ref for name, who in people.items()}


def a_move(app: Flask, village: Village, number: int, owner: str) -> Move:
    """The owner's move of this number; every fifth goes to a corner of the cell."""
    chance = Random(f"{owner} {number}")
    west, south = (metres // CELL * CELL for metres in _home_at(village, owner))
    ends = (0, CELL - 1)
    east, north = (
        (chance.choice(ends), chance.choice(ends))
        if number % 5 == 0
        else (chance.randrange(CELL), chance.randrange(CELL))
    )
    codes = _postcodes(app, village, (west, south))
    address = f"{chance.randrange(1, 200)} Elm Row"
    return Move(owner, (west + east, south + north), chance.choice(codes), address)


def far_move(app: Flask, village: Village, owner: str) -> Move:
    """A move to the corner of the cell that is farthest from the home."""
    east, north = _home_at(village, owner)
    there = tuple(
        metres // CELL * CELL + (0 if metres % CELL > CELL // 2 else CELL - 1)
        for metres in (east, north)
    )
    return replace(a_move(app, village, 0, owner), at=(there[0], there[1]))


def _home_at(village: Village, owner: str) -> tuple[int, int]:
    return ACTING.get(owner) or (village.people[owner].east, village.people[owner].north)


def _postcodes(app: Flask, village: Village, corner: tuple[int, int]) -> list[str]:
    cell = village.place.cell_at(*corner)
    with app.app_context(), reading() as uow:
        found = uow.session.scalars(select(PostcodeRow.code).filter_by(cell_id=cell))
        return sorted(found)


def apply(app: Flask, village: Village, move: Move) -> None:
    """Make the one difference: the home's point, postcode and address; cell and ward stay."""
    place, (east, north) = village.place, move.at
    with app.app_context(), unit_of_work() as uow:
        uow.session.execute(
            update(HomeRow)
            .where(HomeRow.id == village.people[move.owner].home_id)
            .values(easting=place.west + east, northing=place.south + north,
                    postcode=move.postcode, address=move.address)
        )  # fmt: skip
        uow.commit()
