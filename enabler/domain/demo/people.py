"""Who the invented people are: their homes, names, ages, languages, contacts and checks."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from enabler.domain.demo.material import Community, Material, Streets
from enabler.domain.demo.shapes import Checked, Home, Member
from enabler.domain.demo.town import Spot, Town, settle
from enabler.domain.vocabulary import CredentialKind, Role

FIRST_PHONE, LAST_PHONE = 447_700_900_100, 447_700_900_999
"""The part of Ofcom's numbers for drama that members have; places have those below it."""

MAIL_DOMAIN = "example.org"
HISTORY_DAYS = 180
COUPLES = 12  # one household in so many has a second member
STAFF = (
    ("custodian", Role.CUSTODIAN),
    ("custodian.two", Role.CUSTODIAN),
    ("safeguarding", Role.SAFEGUARDING_LEAD),
    ("calls", Role.CALL_HANDLER),
    ("administrator", Role.ADMINISTRATOR),
)
"""The mail names of the council's staff; councillors are ``councillor1`` upwards, by ward."""

_YEARS = {
    CredentialKind.IDENTITY: 5, CredentialKind.DBS_BASIC: 3, CredentialKind.DBS_ENHANCED: 3,
    CredentialKind.DRIVING: 1, CredentialKind.INSURANCE: 1,
}  # fmt: skip
"""How many years a check is good for; others two."""


def invent_homes(town: Town, residents: int, streets: Streets, chance: Random) -> list[Home]:
    """Households in proportion to where people live. The second is in the cell of the first."""
    count = max(1, residents - residents // COUPLES)
    spots = settle(town, count, chance)
    if count > 1:
        spots[1] = _neighbour(town, spots[0], chance)
    numbers: dict[int, set[int]] = {}
    return [
        Home(spot, _address(town.spots[spot], streets, numbers.setdefault(spot, set()), chance))
        for spot in spots
    ]


def _neighbour(town: Town, spot: int, chance: Random) -> int:
    """Another postcode of the same cell, or the same one where it has no other."""
    home = town.spots[spot]
    near = [n for n, other in enumerate(town.spots) if _same_cell(home, other) and n != spot]
    return chance.choice(near) if near else spot


def _same_cell(one: Spot, other: Spot) -> bool:
    return one.cell == other.cell and one.ward_code == other.ward_code


def street_of(spot: Spot, streets: Streets) -> str:
    """The invented street of a postcode: one for each, the same for every seed."""
    fixed = Random(spot.postcode)
    return f"{fixed.choice(streets.first)} {fixed.choice(streets.last)}"


def _address(spot: Spot, streets: Streets, used: set[int], chance: Random) -> str:
    number = chance.randint(1, 140)
    while number in used:
        number += 1
    used.add(number)
    flat = f"Flat {chance.randint(1, 24)}, " if chance.random() < 0.15 else ""
    return f"{flat}{number} {street_of(spot, streets)}"


def invent_residents(
    town: Town, homes: Sequence[Home], count: int, material: Material, now: datetime, chance: Random
) -> list[Member]:
    """One member in each home, and second ones in some, who take its name."""
    contacts = _contacts(town.taken)
    members: list[Member] = []
    for row in range(count):
        home = row if row < len(homes) else chance.randrange(2, len(homes))
        with_name = None if row < len(homes) else members[home].name.split()[-1]
        members.append(_resident(town, homes, home, with_name, contacts, material, now, chance))
    return members


def _resident(
    town: Town,
    homes: Sequence[Home],
    home: int,
    last_name: str | None,
    contacts: Iterator[str],
    material: Material,
    now: datetime,
    chance: Random,
) -> Member:
    community = _community(material.communities, chance)
    retired = chance.random() < town.retired_share(homes[home].spot)
    first, last = _name(community, retired, chance)
    name = f"{first} {last_name or last}"
    languages = ["en"]
    if community.languages and chance.random() < 0.7:
        languages.append(chance.choice(community.languages))
    joined = now - timedelta(days=HISTORY_DAYS + 20, minutes=chance.randrange(180 * 24 * 60))
    return Member(
        name=name,
        shown_name=name.split()[0],
        contact=_contact(next(contacts), name),
        languages=tuple(languages),
        joined_at=joined,
        home=home,
        retired=retired,
        asks_per_week=chance.choice((1, 2, 3)) if chance.random() < 0.15 else None,
        night_asks=chance.random() < 0.05,
    )


def _community(communities: Sequence[Community], chance: Random) -> Community:
    return chance.choices(communities, [each.share for each in communities])[0]


def _name(community: Community, retired: bool, chance: Random) -> tuple[str, str]:
    age = "older" if retired else chance.choice(("middle", "younger"))
    return chance.choice(community.first_names[age]), chance.choice(community.last_names)


def _contacts(taken: frozenset[str]) -> Iterator[str]:
    """The numbers that nobody has yet, and then numbers for mail addresses."""
    for number in range(FIRST_PHONE, LAST_PHONE + 1):
        if f"+{number}" not in taken:
            yield f"+{number}"
    number = 1
    while True:
        yield str(number)
        number += 1


def _contact(given: str, name: str) -> tuple[str, str]:
    if given.startswith("+"):
        return "phone", given
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "mail", f"{'.'.join(re.findall('[a-z]+', plain))}.{given}@{MAIL_DOMAIN}"


def invent_staff(town: Town, material: Material, now: datetime, chance: Random) -> list[Member]:
    """The council's staff, and a councillor for each ward; all by mail."""
    since = now - timedelta(days=HISTORY_DAYS * 2 + 50)
    posts: list[tuple[str, Role, str | None]] = [(mail, role, None) for mail, role in STAFF]
    posts += [
        (f"councillor{number}", Role.COUNCILLOR, code)
        for number, (code, _) in enumerate(town.wards, 1)
    ]
    staff = []
    for mail, role, ward in posts:
        first, last = _name(_community(material.communities, chance), False, chance)
        staff.append(
            Member(
                name=f"{first} {last}", shown_name=first.split()[0],
                contact=("mail", f"{mail}@{MAIL_DOMAIN}"), languages=("en",), joined_at=since,
                staff_role=role, ward_code=ward,
            )
        )  # fmt: skip
    return staff


def with_checks(
    member: Member, kinds: frozenset[CredentialKind], now: datetime, chance: Random
) -> Member:
    """The member with these credentials; now and then one is missing or has run out."""
    held = []
    for kind in sorted(kinds):
        luck = chance.random()
        if luck < 0.06:
            continue
        held.append(checked(kind, member.joined_at, now, expired=luck < 0.09))
    return replace(member, credentials=tuple(held))


def checked(
    kind: CredentialKind, joined: datetime, now: datetime, *, expired: bool = False
) -> Checked:
    """A credential seen soon after joining, and again before it would have run out."""
    years = timedelta(days=365 * _YEARS.get(kind, 2))
    seen = joined + timedelta(hours=20)
    if expired:
        return Checked(kind, seen, max(seen, now - timedelta(days=20)) + timedelta(hours=1))
    until = seen + years
    while until < now + timedelta(days=60):
        until += years
    return Checked(kind, seen, until)


def demanded(
    categories: Sequence[str], requires: Mapping[str, frozenset[str]]
) -> frozenset[CredentialKind]:
    """What the helper in these categories has to hold."""
    return frozenset(CredentialKind(kind) for each in categories for kind in requires[each])
