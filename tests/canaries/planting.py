"""Fills every personal column of every table for two people, each value unique: by the tags alone.

A new table or column is planted without anybody's thinking of it, or the planting fails by name.
Where a table has two people in a row, each row has both, so that the one's values lie beside the
other's. ``given.py`` has only what constraints ask of the other columns.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    CursorResult,
    Integer,
    Table,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from enabler.persistence.database import Base
from enabler.persistence.refs import Refs
from enabler.persistence.tables.members import RoleRow
from enabler.persistence.tables.places import RulesetRow
from enabler.persistence.tags import Personal
from enabler.persistence.types import EnumText, Json, UtcDateTime
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.persistence.whose import Way, person_of, ways
from enabler.timebank.transfers import Reason, Transfer
from tests.builders import LONG_AGO, NOW, BuiltMember
from tests.canaries.given import GIVEN, KEPT, VARIANTS, browser_of

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
STANDING = frozenset({"member", "home", "account_owner"})
"""Each of the two has one already: it is filled, not added to."""


@dataclass(frozen=True, slots=True)
class Canary:
    """A value in a column, and whose it is. ``is_unique``: it stands nowhere else."""

    table: str
    column: str
    member_id: int
    value: object
    is_unique: bool

    @property
    def text(self) -> str:
        """How it reads in what is searched for it."""
        if isinstance(self.value, datetime):
            return self.value.isoformat()
        if isinstance(self.value, list):
            return str(self.value[0])
        return str(self.value["canary"] if isinstance(self.value, dict) else self.value)


def plant(uow: UnitOfWork, one: BuiltMember, other: BuiltMember) -> list[Canary]:
    """Fill every personal column for both, who have a home and a phone each; not committed."""
    return Aviary(uow, (one, other)).fill()


@dataclass
class Aviary:
    """Two members of one place, and what has been planted for them."""

    uow: UnitOfWork
    both: tuple[BuiltMember, BuiltMember]
    numbers: Iterator[int] = field(default_factory=lambda: count(710_001))
    canaries: list[Canary] = field(default_factory=list)
    phones: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read once how the tables are walked, and the phones as they were built."""
        self.session: Session = self.uow.session
        self.ways: dict[str, list[Way]] = {}
        for way in ways(Base.metadata):
            self.ways.setdefault(way.table.name, []).append(way)
        self.hints = {
            row.local_table.name: row.class_.__annotations__  # type: ignore[attr-defined]
            for row in Base.registry.mappers
        }
        for one in self.both:
            self.phones[one.id] = next(iter(person_of(self.session, one.id).contacts))

    def fill(self) -> list[Canary]:
        """A row of each table for each, or more where columns exclude each other."""
        one, other = self.both
        for mine, theirs in ((one, other), (other, one)):
            self.purse(mine)
            for name in self.ways:
                if name in STANDING:
                    self._fill_standing(name, mine)
                else:
                    for variant in VARIANTS.get(name, ({},)):
                        self.row(name, mine, theirs, **variant)
        self.session.flush()
        self.session.expire_all()
        return self.canaries

    def row(self, name: str, mine: BuiltMember, theirs: BuiltMember, **fixed: Any) -> Any:
        """Add a row with canaries of both; its key, where that is one column."""
        table = Base.metadata.tables[name]
        values: dict[str, Any] = dict(fixed)
        owners: dict[str, BuiltMember] = {}
        for nth, way in enumerate(self.ways.get(name, [])):
            person, another = (mine, theirs) if nth % 2 == 0 else (theirs, mine)
            owners |= {column.name: person for column in way.columns}
            for column, value in self._handle(way, person, another, fixed).items():
                values.setdefault(column, value)
        unique = {
            column.name
            for column in table.columns
            if column.name not in values and self._add(table, column, values, mine, theirs)
        }
        result = cast(CursorResult[Any], self.session.execute(insert(table).values(values)))
        for column, person in owners.items():
            if values.get(column) is not None:
                is_unique = column in unique or values[column] in self.phones.values()
                self._note(name, column, person, values[column], is_unique)
        key = result.inserted_primary_key or ()
        if name == "organisation":
            self._acts_alone(key[0], mine)
        return key[0] if len(key) == 1 else None

    def purse(self, member: BuiltMember) -> int:
        """The number of a member's account."""
        return self.uow.purses.for_member(member.place.id, member.id, -600).number

    def transfer(self, giver: BuiltMember) -> int:
        """A minute from one to the other; its number in the ledger."""
        other = next(one for one in self.both if one.id != giver.id)
        posted = Transfer(
            f"canary-{next(self.numbers)}", giver.place.id, self.purse(giver), self.purse(other),
            1, Reason.GIVE,
        )  # fmt: skip
        return self.uow.ledger.post(posted, NOW).seq

    def _handle(
        self, way: Way, person: BuiltMember, another: BuiltMember, fixed: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """The values by which a way finds the row."""
        said = next(each for each in way.whose.split("|") if each.rpartition(":")[2] not in fixed)
        kind, colon, name = said.rpartition(":")
        if colon:
            handles = {"contact": self.phones[person.id], "browser": browser_of(person)}
            return {name: handles[kind]} if kind in handles else {}
        first, _, rest = said.partition(".")
        if rest:
            (key,) = way.table.columns[first].foreign_keys
            return {first: self.row(key.column.table.name, person, another)}
        return {} if said == "nobody" else {first: person.id}

    def _add(
        self, table: Table, column: Column[Any], values: dict[str, Any],
        mine: BuiltMember, theirs: BuiltMember,
    ) -> bool:  # fmt: skip
        """Give a column its value, if it needs one; whether that is unique."""
        given = GIVEN.get(table.name, {})
        if column.name in given:
            found = given[column.name]
            values[column.name] = found(self, mine, theirs) if callable(found) else found
            return callable(found) and isinstance(values[column.name], str)
        if isinstance(column.info["personal"], Personal):
            values[column.name], unique = self._canary(table, column)
            return unique
        is_own_number = column.primary_key and not column.foreign_keys
        if not (column.nullable or column.default or column.server_default or is_own_number):
            values[column.name] = self._plain(table, column, mine, theirs)
        return False

    def _canary(self, table: Table, column: Column[Any]) -> tuple[Any, bool]:
        number = next(self.numbers)
        words = f"canary {table.name} {column.name} {number}"
        match column.type:
            case EnumText(kind=kind):
                return next(iter(kind)), False
            case Json():
                return ([words] if self._is_list(table, column) else {"canary": words}), True
            case UtcDateTime():
                return START + timedelta(seconds=number - 710_000), True
            case Boolean():
                return True, False
            case Integer() | BigInteger():
                return number, True
        return words, True

    def _is_list(self, table: Table, column: Column[Any]) -> bool:
        return "list" in str(self.hints[table.name][column.name])

    def _plain(
        self, table: Table, column: Column[Any], mine: BuiltMember, theirs: BuiltMember
    ) -> Any:
        if column.name == "ref":
            return Refs(self.session).new(mine.place.id, table.name)
        for key in column.foreign_keys:
            if key.column.table.name != "account":
                return self._parent(key.column.table.name, mine, theirs)
        if isinstance(column.type, EnumText):
            return next(iter(column.type.kind))
        if isinstance(column.type, Json):
            return [] if self._is_list(table, column) else {}
        plain = {UtcDateTime: NOW, Boolean: False, Integer: 1, BigInteger: 1}
        return plain.get(type(column.type), f"plain {next(self.numbers)}")

    def _parent(self, name: str, mine: BuiltMember, theirs: BuiltMember) -> Any:
        standing = {
            "place": mine.place.id, "member": theirs.id,
            "ward": mine.place.ward_at(mine.east), "cell": mine.place.cell_at(500, 500),
        }  # fmt: skip
        if name == "ruleset":
            here = RulesetRow.place_id == mine.place.id
            return self.session.scalar(select(RulesetRow.id).where(here).limit(1))
        return standing[name] if name in standing else self.row(name, theirs, mine)

    def _fill_standing(self, name: str, mine: BuiltMember) -> None:
        table, (way,) = Base.metadata.tables[name], self.ways[name]
        condition = way.of(person_of(self.session, mine.id))
        for column in way.columns:
            if f"{name}.{column.name}" in KEPT:
                value, unique = self.session.scalar(select(column).where(condition)), False
            else:
                value, unique = self._canary(table, column)
                self.session.execute(update(table).where(condition).values({column: value}))
            self._note(name, column.name, mine, value, unique)

    def _acts_alone(self, organisation_id: int, member: BuiltMember) -> None:
        row = RoleRow(
            place_id=member.place.id, member_id=member.id, role="organisation-owner",
            organisation_id=organisation_id, from_at=LONG_AGO,
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()

    def _note(self, table: str, column: str, person: BuiltMember, value: Any, unique: bool) -> None:
        tag = Base.metadata.tables[table].columns[column].info["personal"]
        owner = 0 if tag.whose == "nobody" else person.id
        self.canaries.append(Canary(table, column, owner, value, unique))
