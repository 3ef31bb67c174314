"""What an answer tells of somebody else: words that only one person's name, number or things have.

Whoever finds one in a page must be named for it in the file of rules.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select

from enabler.persistence.tables.members import ContactRow, HomeRow, MemberRow
from enabler.persistence.unit_of_work import UnitOfWork, reading
from tests.authorisation.people import FROM_ELSEWHERE, SUPPORTERS, Principal
from tests.authorisation.rules import Reading
from tests.authorisation.things import HELPED, OTHERS, WHOSE, WORDS, Owner


@dataclass(frozen=True)
class Canary:
    """Letters that stand nowhere but in one field of what is ``whose``."""

    whose: str
    field: str
    letters: str


def canaries(principals: Iterable[Principal], neighbours: Iterable[Owner]) -> tuple[Canary, ...]:
    """All of them, read from what is kept."""
    found: list[Canary] = []
    with reading() as uow:
        for one in principals:
            if one.name in SUPPORTERS:
                found += _of_two(uow, one)
            elif one.member is not None:
                found += _of_person(uow, one.name, one.member.id)
                found += _of_things(one.name)
        for owner in neighbours:
            for side in (owner.asker, owner.helper):
                found += _of_person(uow, owner.name, side.id)
            found += _of_things(owner.name)
            code = owner.asker.place.postcode_at(owner.asker.east, owner.asker.north)
            found.append(Canary(owner.name, "postcode", code))
    return tuple(found)


def _of_two(uow: UnitOfWork, one: Principal) -> Iterator[Canary]:
    """Of whom a supporter acts for: their first name and what they ask for is the supporter's to
    read as if it were their own; who they are beside that, and where they live, is not."""
    if one.member is None or one.actor.by is None:
        return
    yield from _of_person(uow, f"{one.name}-who-sits", one.actor.by.member_id)
    for each in (*_of_person(uow, one.name, one.member.id), *_of_things(one.name)):
        kept = each.field in ("surname", "home", "phone", "mail", "address")
        yield replace(each, whose=f"{HELPED}-{one.name}") if kept else each


def _of_person(uow: UnitOfWork, whose: str, member_id: int) -> Iterator[Canary]:
    member = uow.session.get_one(MemberRow, member_id)
    first, surname = member.name.split()
    yield Canary(whose, "first name", first)
    yield Canary(whose, "surname", surname)
    yield Canary(whose, "home", uow.session.get_one(HomeRow, member.home_id).address)
    ways = select(ContactRow.kind, ContactRow.value).filter_by(member_id=member_id)
    for kind, value in uow.session.execute(ways):
        yield Canary(whose, kind, value)
        if kind == "phone":
            yield Canary(whose, kind, f"0{value[3:7]} {value[7:]}")
            yield Canary(whose, kind, value[3:])


def _of_things(whose: str) -> Iterator[Canary]:
    return (Canary(whose, field, words.format(whose)) for field, words in WORDS.items())


def told(principal: str, body: str, all_canaries: Iterable[Canary]) -> set[tuple[str, str]]:
    """Whose and which fields of somebody else stand in a page that the principal was given."""
    return {
        (_whose(principal, one.whose), one.field)
        for one in all_canaries
        if one.whose not in (principal, f"{principal}-who-sits") and one.letters in body
    }  # fmt: skip


def _whose(principal: str, whose: str) -> str:
    """Who somebody is to the reader; of whom lives elsewhere, home is there."""
    if principal == FROM_ELSEWHERE:
        return "ward" if whose == "elsewhere" else "elsewhere"
    if whose == f"{HELPED}-{principal}":
        return HELPED
    return whose if whose in WHOSE else OTHERS


def too_much(
    principal: str, found: Iterable[tuple[str, str]], readings: Iterable[Reading],
    route: str | None = None,
) -> list[str]:  # fmt: skip
    """What of it the principal may not read on this route."""
    may = {
        (whose, field)
        for one in readings if principal in one.who and one.on in (None, route)
        for whose in one.of for field in one.fields
    }  # fmt: skip
    return [f"{field} of {whose}" for whose, field in sorted(set(found) - may)]
