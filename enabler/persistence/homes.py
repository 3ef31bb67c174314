"""Members as matching and meeting know them: where they live, what they are called to others."""

from collections.abc import Iterable

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.members import CellPoint, Member, Where
from enabler.domain.refs import written
from enabler.persistence.among import among_given
from enabler.persistence.chunks import chunked
from enabler.persistence.database import columns_of
from enabler.persistence.tables.members import BlockRow, HomeRow, MemberRow
from enabler.persistence.tables.places import CellRow, WardRow

_CELL, _HOME, _MEMBER = columns_of(CellRow), columns_of(HomeRow), columns_of(MemberRow)
_CELL_OF = (
    select(_CELL.id, _CELL.ward_id, _CELL.easting, _CELL.northing, _CELL.side_metres)
    .join_from(CellRow.__table__, HomeRow.__table__, _HOME.cell_id == _CELL.id)
    .join(MemberRow.__table__, _MEMBER.home_id == _HOME.id)
    .where(_MEMBER.id == bindparam("member"))
)
_WARD = columns_of(WardRow)
_WARD_NAMES = select(_WARD.id, _WARD.name).where(among_given(_WARD.id, "ids"))


class Homes:
    """Reads of members and their homes. Nothing is changed here."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known_wards: dict[int, str] = {}

    def member(self, member_id: int) -> Member:
        """A member by id. Raises NotFound."""
        return self._member(select(MemberRow).where(MemberRow.id == member_id))

    def member_by_ref(self, place_id: int | None, ref: str) -> Member:
        """A member of this place (any, for None) by ref. Raises NotFound."""
        query = select(MemberRow).where(MemberRow.ref == written(ref))
        if place_id is not None:
            query = query.where(MemberRow.place_id == place_id)
        return self._member(query)

    def _member(self, query: Select[MemberRow]) -> Member:
        row = self._session.scalar(query)
        if row is None:
            raise NotFound("member_unknown")
        return Member(
            id=row.id, place_id=row.place_id, ref=row.ref, name=row.name,
            shown_name=row.shown_name, language=row.language, languages=tuple(row.languages),
            home_id=row.home_id, state=row.state, asks_per_week=row.asks_per_week,
            quiet_from=row.quiet_from, quiet_until=row.quiet_until, night_asks=row.night_asks,
            stopped=row.stopped_at is not None, mail_stopped=row.mail_stopped_at is not None,
            caution_until=row.caution_until,
        )  # fmt: skip

    def shown_names(self, member_ids: Iterable[int]) -> dict[int, str]:
        """What others read of each of these, by id."""
        query = select(MemberRow.id, MemberRow.shown_name)
        rows = self._session.execute(query.where(MemberRow.id.in_(list(member_ids))))
        return {row.id: row.shown_name for row in rows}

    def where(self, home_id: int) -> Where:
        """The exact spot of a home: mind who sees it. Raises NotFound."""
        row = self._session.get(HomeRow, home_id)
        if row is None:
            raise NotFound("home_unknown")
        return Where(
            postcode=row.postcode, easting=row.easting, northing=row.northing,
            cell_id=row.cell_id, ward_id=row.ward_id, address=row.address,
        )  # fmt: skip

    def cell(self, cell_id: int) -> CellPoint:
        """What stands for the homes of a cell. Raises NotFound."""
        row = self._session.get(CellRow, cell_id)
        if row is None:
            raise NotFound("cell_unknown")
        return CellPoint(row.id, row.ward_id, row.easting, row.northing, row.side_metres)

    def cell_of(self, member_id: int) -> CellPoint | None:
        """The cell that stands for a member's home, if a home is known."""
        row = self._session.execute(_CELL_OF, {"member": member_id}).first()
        if row is None:
            return None
        return CellPoint(row.id, row.ward_id, row.easting, row.northing, row.side_metres)

    def ward_name(self, ward_id: int) -> str:
        """What a ward is called."""
        if ward_id in self._known_wards:
            return self._known_wards[ward_id]
        name = self._session.scalar(select(WardRow.name).where(WardRow.id == ward_id))
        if name is None:
            raise NotFound("ward_unknown")
        return name

    def know_wards(self, ward_ids: Iterable[int]) -> None:
        """Read many at once, for a list: in this transaction they are not asked for again."""
        ids = set(ward_ids) - self._known_wards.keys()
        rows = self._session.execute(_WARD_NAMES, {"ids": ids}) if ids else ()
        self._known_wards |= {row[0]: row[1] for row in rows}

    def ward_code(self, ward_id: int) -> str:
        """The code of a ward that there is."""
        return self._session.execute(select(WardRow.code).filter_by(id=ward_id)).scalar_one()

    def ward_names(self, place_id: int) -> dict[int, str]:
        """What the wards of a place are called, by id."""
        query = select(WardRow.id, WardRow.name).where(WardRow.place_id == place_id)
        return {row.id: row.name for row in self._session.execute(query)}

    def households(self, member_ids: Iterable[int]) -> dict[int, int]:
        """The home of each member who has one."""
        found: dict[int, int] = {}
        for part in chunked(member_ids):
            query = select(MemberRow.id, MemberRow.home_id).where(MemberRow.id.in_(part))
            found |= {m: home for m, home in self._session.execute(query) if home is not None}
        return found

    def own_caps(self, member_ids: Iterable[int]) -> dict[int, int]:
        """How often a week each of the members wants to be asked at most, where they said so."""
        found: dict[int, int] = {}
        for part in chunked(member_ids):
            query = select(MemberRow.id, MemberRow.asks_per_week).where(MemberRow.id.in_(part))
            found |= {m: cap for m, cap in self._session.execute(query) if cap is not None}
        return found

    def apart(self, member_ids: Iterable[int]) -> dict[int, frozenset[int]]:
        """Whom each of the members is never brought together with, whoever of the two said so."""
        found: dict[int, set[int]] = {}
        for part in chunked(member_ids):
            either = or_(BlockRow.member_id.in_(part), BlockRow.blocked_id.in_(part))
            for row in self._session.scalars(select(BlockRow).where(either)):
                found.setdefault(row.member_id, set()).add(row.blocked_id)
                found.setdefault(row.blocked_id, set()).add(row.member_id)
        return {member: frozenset(others) for member, others in found.items()}

    def lock(self, member_ids: Iterable[int]) -> None:
        """Hold these members' rows, in the order of their ids, until the transaction ends.

        Whoever counts a member's asks before adding one takes turns with others who do so.
        """
        for part in chunked(member_ids):
            query = select(MemberRow.id).where(MemberRow.id.in_(part)).order_by(MemberRow.id)
            self._session.execute(query.with_for_update(key_share=True)).all()
