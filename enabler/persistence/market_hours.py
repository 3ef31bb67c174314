"""A place's hours as figures: what was settled, by whom, where. No name leaves here.

The database adds up; what comes back is as long as there are months, kinds, wards and different
totals, however much was helped. What the sums mean is said by
:func:`enabler.timebank.circulation.sums_of`, which adds up the same from rows.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Text,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from enabler.persistence.tables.hours import AccountOwnerRow, HelpHoursRow
from enabler.persistence.tables.hours_events import HoursEventRow, HoursEventSideRow
from enabler.persistence.tables.ledger import AccountRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import HomeRow, MemberRow, OrganisationRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.places import CellRow
from enabler.timebank.accounts import AccountKind
from enabler.timebank.circulation import Share, Sums

_OWNED = (AccountKind.MEMBER.value, AccountKind.ORGANISATION.value, AccountKind.POT.value)
_HELP, _SIDE, _OWNER = HelpHoursRow, HoursEventSideRow, AccountOwnerRow


class MarketHours:
    """Reads over all of a place's hours. Nothing is changed here."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def sums(self, place_id: int, starts: Sequence[datetime]) -> Sums:
        """Help that counted from the first of these moments until before the last. ``by_month``
        has the stretches between them, by number. Wards are by id, written as text: the need's,
        and that of the cell of the helper's home. Whoever gave or had a gift, in which no account
        has a part, is known by the account that they have all the same, so that nobody counts as
        two."""
        rows = union_all(
            _with_accounts(place_id, starts), _gifts(place_id, starts), _events(place_id, starts)
        ).cte("helped")
        gave, had = _people(rows, "helper"), _people(rows, "asker")
        pieces = (
            select(literal("amount"), null(), gave.c.minutes, func.count())
            .where(gave.c.minutes > 0).group_by(gave.c.minutes),
            _one("askers", select(func.count()).select_from(had).where(had.c.minutes > 0)),
            _one("both", select(func.count()).select_from(gave).join(had, had.c.who == gave.c.who)
                 .where(gave.c.minutes > 0, had.c.minutes > 0)),
            _shares("category", rows.c.category, rows, "helper"),
            _shares("received", rows.c.ward, rows, "asker"),
            _shares("month", rows.c.month, rows, "helper"),
            _given(gave),
        )  # fmt: skip
        return _sums(self._session.execute(union_all(*pieces)))

    def lying(self, place_id: int) -> tuple[int, int]:
        """Minutes above zero that lie in the place's accounts, and how many members have one."""
        row = AccountRow
        mine = (row.place_id == place_id, row.kind.in_(_OWNED))
        lying = select(func.coalesce(func.sum(row.posted), 0)).where(*mine, row.posted > 0)
        members = select(func.count()).where(
            row.place_id == place_id, row.kind == AccountKind.MEMBER.value, ~row.closed
        )
        return int(self._session.scalar(lying) or 0), int(self._session.scalar(members) or 0)


def _stretch(at: Any, starts: Sequence[datetime]) -> ColumnElement[int]:
    """The number of the stretch in which a moment lies."""
    return case(*((at < end, nth) for nth, end in enumerate(starts[1:])), else_=len(starts))


def _settled(place_id: int, starts: Sequence[datetime]) -> tuple[Any, ...]:
    row = _HELP
    return (
        row.place_id == place_id, row.state == "settled", row.minutes.is_not(None),
        row.settled_at >= starts[0], row.settled_at < starts[-1],
    )  # fmt: skip


def _with_accounts(place_id: int, starts: Sequence[datetime]) -> Select[Any]:
    """Help that went from account to account."""
    row: Any = _HELP
    return select(
        _stretch(row.settled_at, starts).label("month"), row.minutes.label("minutes"),
        row.helper_id.label("helper"), row.payer_id.label("asker"),
        row.category.label("category"), row.ward_id.label("ward"),
    ).where(
        *_settled(place_id, starts), row.helper_id.is_not(None), row.payer_id.is_not(None)
    )  # fmt: skip


def _gifts(place_id: int, starts: Sequence[datetime]) -> Select[Any]:
    """Help in which an account has no part; a person without any is their number below zero."""
    row: Any = _HELP
    match, need = MatchRow, NeedRow
    helps, asks = aliased(_OWNER), aliased(_OWNER)
    return (
        select(_stretch(row.settled_at, starts), row.minutes,
               func.coalesce(row.helper_id, helps.account_id, -match.helper_id, 0),
               func.coalesce(row.payer_id, asks.account_id, -need.asker_id, 0),
               row.category, row.ward_id)
        .join(match, match.id == row.match_id)
        .join(need, need.id == match.need_id)
        .join(helps, helps.member_id == match.helper_id, isouter=True)
        .join(asks, asks.member_id == need.asker_id, isouter=True)
        .where(*_settled(place_id, starts), or_(row.helper_id.is_(None), row.payer_id.is_(None)))
    )  # fmt: skip


def _events(place_id: int, starts: Sequence[datetime]) -> Select[Any]:
    """What was written down afterwards: where its payer lives, or the organisation is."""
    owner, home = aliased(_OWNER), aliased(HomeRow)
    side: Any = _SIDE
    return (
        select(_stretch(side.ended_at, starts), side.minutes, side.earner_id, side.payer_id,
               HoursEventRow.category, func.coalesce(CellRow.ward_id, OrganisationRow.ward_id))
        .join(HoursEventRow, HoursEventRow.id == side.event_id)
        .join(OrganisationRow, OrganisationRow.id == HoursEventRow.organisation_id, isouter=True)
        .join(owner, owner.account_id == side.payer_id, isouter=True)
        .join(MemberRow, MemberRow.id == owner.member_id, isouter=True)
        .join(home, home.id == MemberRow.home_id, isouter=True)
        .join(CellRow, CellRow.id == home.cell_id, isouter=True)
        .where(side.place_id == place_id, side.state == "counted")
        .where(side.ended_at >= starts[0], side.ended_at < starts[-1])
    )  # fmt: skip


def _people(rows: CTE, side: str) -> CTE:
    """What each person of one side gave, or had, altogether."""
    who = rows.c[side].label("who")
    return select(who, func.sum(rows.c.minutes).label("minutes")).group_by(who).cte(f"by_{side}")


def _one(kind: str, count: Select[Any]) -> Select[Any]:
    return select(literal(kind), null(), literal(0), count.scalar_subquery())


def _shares(kind: str, name: ColumnElement[Any], rows: CTE, side: str) -> Select[Any]:
    """The minutes of each name, and how many different people of one side they are of."""
    each = (
        select(name.label("name"), func.sum(rows.c.minutes).label("minutes"))
        .group_by(name, rows.c[side]).subquery()
    )  # fmt: skip
    return _named(kind, each.c.name, each.c.minutes)


def _given(gave: CTE) -> Select[Any]:
    """What was given by the ward in which whoever gave it lives."""
    who, owner = gave.c.who, aliased(_OWNER)
    each = (
        select(CellRow.ward_id.label("name"), gave.c.minutes)
        .select_from(gave)
        .join(owner, owner.account_id == who, isouter=True)
        .join(MemberRow, MemberRow.id == case((who < 0, -who), else_=owner.member_id),
              isouter=True)
        .join(HomeRow, HomeRow.id == MemberRow.home_id, isouter=True)
        .join(CellRow, CellRow.id == HomeRow.cell_id, isouter=True)
        .subquery()
    )  # fmt: skip
    return _named("given", each.c.name, each.c.minutes)


def _named(kind: str, name: Any, minutes: Any) -> Select[Any]:
    people = func.sum(case((minutes > 0, 1), else_=0))
    return select(literal(kind), cast(name, Text), func.sum(minutes), people).group_by(name)


def _sums(rows: Iterable[Any]) -> Sums:
    found: dict[str, list[tuple[str | None, Share]]] = {}
    for kind, name, minutes, people in rows:
        found.setdefault(kind, []).append((name, Share(int(minutes), int(people))))

    def shares(kind: str) -> dict[str | None, Share]:
        return dict(sorted(found.get(kind, ()), key=lambda one: (one[0] is None, one[0] or "")))

    amounts = tuple(sorted((one.minutes, one.people) for _, one in found.get("amount", ())))
    ((_, askers),), ((_, both),) = found["askers"], found["both"]
    return Sums(
        amounts, askers.people, both.people, shares("category"), shares("given"),
        shares("received"), {int(name or 0): one for name, one in found.get("month", ())},
    )  # fmt: skip
