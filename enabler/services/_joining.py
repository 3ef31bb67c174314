"""How somebody comes to have an account: steps shared by signing up and being added by staff."""

from dataclasses import asdict, dataclass
from datetime import datetime

from enabler.domain.members import Member, NewMember, Where
from enabler.domain.names import LONGEST_ADDRESS, one_line, person_name, same_address, shown_name
from enabler.domain.permissions import Actor
from enabler.domain.places import Place
from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody said of themself, or staff of them; ``postcode`` as it was typed."""

    name: str
    shown_name: str
    language: str
    adult: bool
    postcode: str | None
    address: str | None


def newcomer(
    *, name: str, shown: str | None, language: str, adult: bool, postcode: str | None,
    address: str | None,
) -> Newcomer:  # fmt: skip
    """What was typed, checked as far as it can be without the place.

    Without a postcode the newcomer has no home yet. Raises Invalid at ``name``, ``shown_name``,
    ``address``.
    """
    full = person_name(name)
    if postcode is not None:
        address = one_line(address or "", field="address", longest=LONGEST_ADDRESS)
    return Newcomer(full, shown_name(shown, full), language, adult, postcode, address)


def arguments_of(newcomer: Newcomer) -> dict[str, str | bool | None]:
    """The newcomer as arguments of a keyed call."""
    return asdict(newcomer)


def join(
    uow: UnitOfWork, actor: Actor | None, place: Place, newcomer: Newcomer, now: datetime
) -> Member:
    """A new member, resident of the place; ``actor`` is None where they signed up themselves.

    Raises Invalid at ``postcode``.
    """
    home_id = None
    if newcomer.postcode is not None:
        home_id = home_at(uow, place.id, newcomer.postcode, newcomer.address or "")
    ref = uow.refs.new(place.id, "member")
    member = uow.members.add(
        NewMember(
            place_id=place.id, ref=ref, name=newcomer.name, shown_name=newcomer.shown_name,
            adult=newcomer.adult, language=spoken(place, newcomer.language), home_id=home_id,
        ),
        now=now,
    )  # fmt: skip
    uow.members.add_role(place.id, member.id, Role.RESIDENT, now=now)
    uow.audit.record(
        actor or Actor("member", ref, member_id=member.id, place_id=place.id),
        "member.joined", place_id=place.id, subject=("member", member.id, ref), now=now,
        states=(None, member.state), columns=("home_id", "language", "name", "shown_name"),
    )  # fmt: skip
    return member


def home_at(uow: UnitOfWork, place_id: int, postcode: str, address: str) -> int:
    """The home at this address, shared with whoever gave the same one; without a door it is nobody
    else's. Raises Invalid at ``postcode``."""
    location = uow.places.locate(place_id, postcode)
    where = Where(
        postcode=location.postcode.text, easting=location.point.easting,
        northing=location.point.northing, cell_id=location.cell.id, ward_id=location.ward.id,
        address=address,
    )  # fmt: skip
    for home_id, known in uow.members.homes_at(place_id, where.postcode):
        if address and same_address(known, where.address):
            return home_id
    return uow.members.add_home(place_id, where)


def spoken(place: Place, language: str) -> str:
    """The language, where the place speaks it; else the place's first."""
    if language in place.languages or not place.languages:
        return language
    return place.languages[0]
