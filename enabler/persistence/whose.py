"""Whose a row is: how the rows of one person are found in every table, by the columns' tags.

The export, the page of what is held, erasure and the record of processing all go by these ways;
a personal column that no way leads to cannot be told of nor deleted, so ``ways`` refuses it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import (
    Column,
    ColumnElement,
    MetaData,
    Select,
    Table,
    and_,
    distinct,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from enabler.persistence.tables.members import ContactRow, MemberRow, RoleRow, SignInCodeRow
from enabler.persistence.tables.signals import SignUpTraceRow
from enabler.persistence.tables.wishes import ContactChangeRow
from enabler.persistence.tags import Personal


class Unwalkable(ValueError):
    """A tag's ``whose`` leads to nobody: the table, the column, and what the tag says."""


@dataclass(frozen=True, slots=True)
class Person:
    """The handles by which rows are a person's, in one place.

    ``contacts``: phone numbers and mail addresses that are theirs. ``browser_hashes``: keyed
    digests of browsers that they alone asked for codes with, or signed up with, of late.
    """

    member_id: int
    ref: str
    contacts: frozenset[str]
    home_id: int | None
    browser_hashes: frozenset[str]
    place_id: int = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Way:
    """Personal columns of a table that are one person's in the rows that ``of`` finds."""

    table: Table
    columns: tuple[Column[object], ...]
    of: Callable[[Person], ColumnElement[bool]]
    whose: str


@dataclass(frozen=True, slots=True)
class Held:
    """One row of a table as far as it is a person's. ``key`` is its primary key."""

    table: str
    key: tuple[object, ...]
    values: Mapping[str, object]


def person_of(session: Session, member_id: int) -> Person:
    """The handles of a member, erased or not. Raises NoResultFound for no member."""
    member = session.execute(
        select(MemberRow.ref, MemberRow.home_id, MemberRow.place_id).where(
            MemberRow.id == member_id
        )
    ).one()
    contacts = _contacts(session, member_id, member.place_id)
    return Person(
        member_id, member.ref, contacts, member.home_id,
        _browsers(session, member_id, member.place_id, contacts), place_id=member.place_id,
    )  # fmt: skip


def _contacts(session: Session, member_id: int, place_id: int) -> frozenset[str]:
    """What reaches them, and what did while a change is kept, unless it now reaches another."""
    contact, change = ContactRow, ContactChangeRow
    had = select(change.old_value).where(
        change.member_id == member_id, change.old_value.is_not(None), change.refused_at.is_(None)
    )
    others = select(contact.value).where(
        contact.place_id == place_id, contact.member_id != member_id
    )
    has = select(contact.value).where(contact.member_id == member_id)
    values = session.scalars(has.union(had.where(change.old_value.not_in(others))))
    return frozenset(value for value in values if value is not None)


def _browsers(
    session: Session, member_id: int, place_id: int, contacts: frozenset[str]
) -> frozenset[str]:
    """A browser that somebody else used too, in a library say, is nobody's."""
    trace, code = SignUpTraceRow, SignInCodeRow
    mine: set[str | None] = set()
    others: set[str | None] = set()
    signed_up = select(trace.browser_hash, trace.member_id == member_id)
    asked = select(code.browser_hash, code.phone.in_(contacts)).where(code.place_id == place_id)
    for query in (signed_up.where(trace.place_id == place_id), asked):
        for digest, own in session.execute(query):
            (mine if own else others).add(digest)
    return frozenset(digest for digest in mine - others if digest is not None)


def ways(metadata: MetaData) -> tuple[Way, ...]:
    """Every way, table by table; each personal column stands in exactly one. Raises Unwalkable."""
    found: list[Way] = []
    for table in metadata.sorted_tables:
        by_whose: dict[str, list[Column[object]]] = {}
        for column in table.columns:
            tag = column.info.get("personal")
            if isinstance(tag, Personal):
                by_whose.setdefault(tag.whose, []).append(column)
        for whose, columns in by_whose.items():
            found.append(Way(table, tuple(columns), _condition(table, whose), whose))
    return tuple(found)


def held(session: Session, person: Person) -> Iterator[Held]:
    """Every row with something personal of theirs, and of each row only what is theirs."""
    for way in ways(MemberRow.metadata):
        yield from held_by(session, person, way)


def held_by(session: Session, person: Person, way: Way) -> Iterator[Held]:
    """The rows of one way, by their key."""
    key = tuple(way.table.primary_key.columns)
    rows = session.execute(select(*key, *way.columns).where(way.of(person)).order_by(*key))
    for row in rows:
        values = dict(zip((c.name for c in way.columns), row[len(key) :], strict=True))
        yield Held(way.table.name, tuple(row[: len(key)]), values)


def _condition(table: Table, whose: str) -> Callable[[Person], ColumnElement[bool]]:
    """``column``, ``column.column`` (of the row that the first points to), or a kind of handle
    and a column: ``contact:phone``, ``browser:browser_hash``; ``alone:id`` is an organisation's
    that has one person, and ``nobody`` is of no member. ``|`` stands between several."""
    if whose == "nobody":
        return lambda _: false()
    found = [_one_condition(table, each) for each in whose.split("|")]
    known = [each for each in found if each is not None]
    if len(known) < len(found):
        raise Unwalkable(f"{table.name}: {whose}")
    return lambda person: or_(*(each(person) for each in known))


def _one_condition(table: Table, whose: str) -> Callable[[Person], ColumnElement[bool]] | None:
    kind, colon, name = whose.rpartition(":")
    return _by_handle(table, kind, name) if colon else _by_key(table, *whose.split("."))


def _by_handle(
    table: Table, kind: str, name: str
) -> Callable[[Person], ColumnElement[bool]] | None:
    column, here = table.columns.get(name), table.columns.get("place_id")
    if column is not None and kind == "alone":
        return lambda person: column.in_(_acts_alone_for(person))
    if kind not in _HANDLES or column is None:
        return None
    handles = _HANDLES[kind]
    if here is None:
        return lambda person: column.in_(handles(person))
    # Two places may know one phone number, each its own member by it.
    return lambda person: and_(here == person.place_id, column.in_(handles(person)))


_HANDLES: dict[str, Callable[[Person], frozenset[str]]] = {
    "contact": lambda person: person.contacts,
    "browser": lambda person: person.browser_hashes,
    "ref": lambda person: frozenset({person.ref}),
}


def _acts_alone_for(person: Person) -> Select[int | None]:
    """Organisations for which nobody else acts: how they are reached is how this person is."""
    role = RoleRow
    return (
        select(role.organisation_id)
        .where(role.organisation_id.is_not(None), role.until_at.is_(None))
        .group_by(role.organisation_id)
        .having(func.count(distinct(role.member_id)) == 1)
        .having(func.max(role.member_id) == person.member_id)
    )


def _by_key(table: Table, first: str, *rest: str) -> Callable[[Person], ColumnElement[bool]] | None:
    """By a column that is a member's or a home's key, here or in the row that it points to."""
    column = table.columns.get(first)
    if column is None:
        return None
    if rest:
        pointed = _pointed_at(column)
        beyond = None if pointed is None else _by_key(pointed.table, *rest)
        if pointed is None or beyond is None:
            return None
        return lambda person: column.in_(select(pointed).where(beyond(person)))
    targets = {column, *(key.column for key in column.foreign_keys)}
    names = {f"{one.table.name}.{one.name}" for one in targets}
    if "member.id" in names:
        return lambda person: column == person.member_id
    if "home.id" in names:
        return lambda person: column == person.home_id
    return None


def _pointed_at(column: Column[object]) -> Column[object] | None:
    """What a column refers to; of several, the first that is no place's."""
    found = sorted((key.column for key in column.foreign_keys), key=str)
    return next((one for one in found if one.table.name != "place"), None)
