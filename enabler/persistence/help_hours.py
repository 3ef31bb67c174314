"""What each accepted help is to the time bank, and what custodians should look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import Select, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from enabler.domain.errors import NotFound
from enabler.persistence.chunks import chunked
from enabler.persistence.database import columns_of
from enabler.persistence.tables.hours import HelpHoursRow, HoursFlagRow
from enabler.persistence.tables.ledger import AccountRow, TransferRow
from enabler.persistence.tables.matches import MatchRow
from enabler.timebank.accounts import AccountKind
from enabler.timebank.borders import OUT, twin_of
from enabler.timebank.gaming import Deed, GameKind

_HELP, _FLAG, _MATCH, _T = (
    columns_of(row) for row in (HelpHoursRow, HoursFlagRow, MatchRow, TransferRow)
)


@dataclass(frozen=True, slots=True)
class HelpHours:
    """One row: what an accepted help is to the time bank, from the yes to its end."""

    match_id: int
    place_id: int
    earns: str
    category: str
    ward_id: int
    payer_id: int | None
    helper_id: int | None
    expected: int
    hold: str | None
    state: str
    minutes: int | None
    by_pot: int
    unpaid: int


@dataclass(frozen=True, slots=True)
class HelpDone:
    """Which help some hours were for; ``at``: the visit, or when somebody said that it was done,
    whichever was first. ``by_pot``: minutes that a pot paid, where the reader's account was to."""

    match_ref: str
    category: str
    at: datetime | None
    by_pot: int


@dataclass(frozen=True, slots=True)
class HoursFlag:
    """Something about hours that waits for a custodian; ``facts`` are numbers and codes."""

    id: int
    place_id: int
    ref: str
    kind: str
    match_id: int | None
    facts: dict[str, Any]
    raised_at: datetime


_ROW = tuple(_HELP[name] for name in HelpHours.__slots__)
_FLAGS = select(*(_FLAG[name] for name in HoursFlag.__slots__))
_INSERTS = {
    name: dialect.insert(HoursFlagRow).on_conflict_do_nothing(index_elements=["dedupe_key"])
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


class HelpHoursOfMatches:
    """The rows of ``help_hours`` and ``hours_flag``. Lock the need of a match before its row."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_match(self, match_id: int) -> HelpHours | None:
        """What a match is to the time bank; None: nothing."""
        row = self._session.execute(select(*_ROW).where(_HELP.match_id == match_id)).one_or_none()
        return None if row is None else HelpHours(*row)

    def open(self, *, now: datetime, **values: Any) -> HelpHours:
        """Begin the row of a match."""
        kept = {"state": "open", "by_pot": 0, "unpaid": 0, "opened_at": now} | values
        self._session.execute(insert(HelpHoursRow).values(kept))
        return self._known(values["match_id"])

    def change(self, match_id: int, **values: Any) -> HelpHours:
        """Write columns of a row; the row as it is then."""
        self._session.execute(
            update(HelpHoursRow).where(_HELP.match_id == match_id).values(**values)
        )
        return self._known(match_id)

    def _known(self, match_id: int) -> HelpHours:
        found = self.of_match(match_id)
        if found is None:
            raise NotFound("match_unknown")
        return found

    def unsettled(self, account: int) -> int:
        """How much help is agreed, and not settled, for which an account pays or is credited."""
        query = select(func.count()).select_from(HelpHoursRow).where(
            _HELP.state.in_(("open", "looked-at")),
            or_(_HELP.payer_id == account, _HELP.helper_id == account),
        )  # fmt: skip
        return self._session.scalar(query) or 0

    def accounts_beside(self, payer_id: int) -> frozenset[int]:
        """The accounts of everybody whose help for this payer is not settled, with the payer's and
        those that it crosses a border over: what has to be locked together where several of their
        needs end at once."""
        query = select(_HELP.helper_id, _HELP.hold).where(
            _HELP.payer_id == payer_id, _HELP.state.in_(("open", "looked-at"))
        )
        rows = self._session.execute(query).all()
        holds = [row.hold for row in rows if row.hold and row.hold.endswith(OUT)]
        beside = select(_T.debit_id, _T.credit_id).where(_T.key.in_([*holds, *map(twin_of, holds)]))
        over = {each for pair in (self._session.execute(beside) if holds else ()) for each in pair}
        return frozenset({payer_id, *over, *(row.helper_id for row in rows if row.helper_id)})

    def credited_on(self, helper_id: int, day: date, besides: int) -> int:
        """Minutes that a member's other help of one local day was credited with."""
        query = (
            select(func.coalesce(func.sum(_HELP.minutes), 0))
            .join_from(HelpHoursRow, MatchRow, _MATCH.id == _HELP.match_id)
            .where(_MATCH.helper_id == helper_id, _MATCH.on_day == day, _MATCH.id != besides)
            .where(_HELP.state == "settled", _HELP.earns == "hours")
        )
        return int(self._session.scalar(query) or 0)

    def helps(self, account: int, match_refs: Iterable[str]) -> dict[str, HelpDone]:
        """Those of the matches that this account helped or was helped in, by ref."""
        query = (
            select(_MATCH.ref, _HELP.category, _MATCH.visit_start, _MATCH.done_at,
                   _HELP.payer_id, _HELP.by_pot)
            .join_from(MatchRow, HelpHoursRow, _HELP.match_id == _MATCH.id)
            .where(or_(_HELP.payer_id == account, _HELP.helper_id == account))
        )  # fmt: skip
        found = {}
        for some in chunked(match_refs):
            for row in self._session.execute(query.where(_MATCH.ref.in_(some))):
                moments = [each for each in (row.visit_start, row.done_at) if each is not None]
                found[row.ref] = HelpDone(
                    row.ref, row.category, min(moments, default=None),
                    row.by_pot if row.payer_id == account else 0,
                )  # fmt: skip
        return found

    def deeds(
        self, place_id: int, since: datetime, zone: tzinfo, accounts: Iterable[int] | None = None
    ) -> list[Deed]:
        """The place's help between members that was settled since, with whole minutes; of these
        accounts alone, where they are said. ``zone``: of the place's days."""
        query = _deeds().where(_HELP.place_id == place_id, _HELP.settled_at >= since)
        if accounts is not None:
            some = sorted(set(accounts))
            query = query.where(or_(_HELP.helper_id.in_(some), _HELP.payer_id.in_(some)))
        return [
            Deed(
                row.match_id, row.helper_id, row.payer_id, row.minutes,
                (row.on_day or row.settled_at.astimezone(zone).date()).toordinal(),
                row.visit_start, row.visit_end,
            )
            for row in self._session.execute(query)
        ]  # fmt: skip

    def from_pots(self, payer_id: int, helper_id: int, since: datetime) -> dict[int, int]:
        """What pots paid of help that one account gave another since, by match."""
        query = select(_HELP.match_id, _HELP.by_pot).where(
            _HELP.payer_id == payer_id, _HELP.helper_id == helper_id, _HELP.by_pot > 0,
            _HELP.state == "settled", _HELP.settled_at >= since,
        )  # fmt: skip
        return {row.match_id: row.by_pot for row in self._session.execute(query)}

    # What custodians should look at

    def flag(self, *, dedupe_key: str, **values: Any) -> bool:
        """Raise a flag; whether it is new: the same key is raised once."""
        dialect = self._session.get_bind().dialect.name
        made = self._session.execute(
            _INSERTS[dialect].values(values | {"dedupe_key": dedupe_key}).returning(_FLAG.id)
        ).first()
        return made is not None

    def flags_waiting(
        self, place_id: int, kinds: Iterable[str], *, match_id: int | None = None
    ) -> tuple[HoursFlag, ...]:
        """The flags of these kinds that wait for somebody, the oldest first."""
        query = _FLAGS.where(
            _FLAG.place_id == place_id, _FLAG.settled_at.is_(None), _FLAG.kind.in_(tuple(kinds))
        ).order_by(_FLAG.id)
        query = query if match_id is None else query.where(_FLAG.match_id == match_id)
        return tuple(HoursFlag(*row) for row in self._session.execute(query))

    def is_flag_waiting(self, place_id: int, ref: str) -> bool:
        """Whether nobody has settled the flag of this ref yet."""
        query = select(_FLAG.id).where(
            _FLAG.place_id == place_id, _FLAG.ref == ref, _FLAG.settled_at.is_(None)
        )
        return self._session.scalar(query) is not None

    def games_known(
        self, place_id: int, since: datetime, *, settled_as: str | None = None
    ) -> frozenset[tuple[str, tuple[int, ...]]]:
        """What was looked at as a game: its kind and accounts, of flags that were raised since;
        or of those that were settled so since."""
        query = select(_FLAG.kind, _FLAG.facts).where(
            _FLAG.place_id == place_id, _FLAG.kind.in_([kind.value for kind in GameKind])
        )
        if settled_as is None:
            query = query.where(or_(_FLAG.raised_at >= since, _FLAG.settled_at.is_(None)))
        else:
            query = query.where(_FLAG.settled_at >= since, _FLAG.settled_as == settled_as)
        return frozenset(
            (row.kind, tuple(row.facts.get("accounts", ())))
            for row in self._session.execute(query)
        )  # fmt: skip

    def settle_flags(
        self, flag_ids: Iterable[int], *, settled_as: str, by: int | None, now: datetime
    ) -> None:
        """Say what a custodian decided: counts, does-not-count, seen."""
        values = {"settled_at": now, "settled_by": by, "settled_as": settled_as}
        for some in chunked(flag_ids):
            statement = update(HoursFlagRow).where(_FLAG.id.in_(some), _FLAG.settled_at.is_(None))
            self._session.execute(statement.values(values))


def _deeds() -> Select[Any]:
    """Help that moved hours from one member of a place to another of it."""
    helper, asker = aliased(AccountRow), aliased(AccountRow)
    query = select(
        _HELP.match_id, _HELP.helper_id, _HELP.payer_id, _HELP.minutes, _HELP.settled_at,
        _MATCH.on_day, _MATCH.visit_start, _MATCH.visit_end,
    ).join_from(HelpHoursRow, MatchRow, _MATCH.id == _HELP.match_id)  # fmt: skip
    for side, column in ((helper, _HELP.helper_id), (asker, _HELP.payer_id)):
        query = query.join(side, (side.id == column) & (side.place_id == _HELP.place_id))
        query = query.where(side.kind == AccountKind.MEMBER.value)
    return query.where(_HELP.earns == "hours", _HELP.state == "settled", _HELP.minutes > 0)
