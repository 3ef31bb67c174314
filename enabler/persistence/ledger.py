"""The ledger of hours in the database: judged by the same page as in memory, held by its rules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CursorResult,
    Integer,
    Select,
    bindparam,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from enabler.domain.errors import EnablerError, Invalid, KeyReused, NotFound
from enabler.persistence.chunks import chunked
from enabler.persistence.database import columns_of
from enabler.persistence.tables.ledger import AccountRow, TransferRow
from enabler.timebank.accounts import Account, AccountKind, new_account
from enabler.timebank.judging import Moment, after, closed, refloored
from enabler.timebank.transfers import Entry, Phase, Reason, Transfer, entry_of

AT_ONCE = 2_000
"""Rows that are read at a time where all of a ledger is."""
_A, _T = columns_of(AccountRow), columns_of(TransferRow)
_ACCOUNT = (_A.id, _A.place_id, _A.kind, _A.floor, _A.posted, _A.held, _A.applied, _A.closed)
_ENTRY = (
    _T.seq, _T.at, _T.key, _T.place_id, _T.debit_id, _T.credit_id, _T.minutes, _T.reason, _T.phase,
    _T.hold, _T.reverses, _T.group_key,
)  # fmt: skip
_OF_HELP = (Reason.HELP.value, Reason.BORDER.value, Reason.EVENT.value)
"""What a helper is credited with: over a border, too."""
_NUMBERS: Any = bindparam("numbers", expanding=True)
_KEYS: Any = bindparam("keys", expanding=True)
_LOCKED = select(*_ACCOUNT).where(_A.id.in_(_NUMBERS)).order_by(_A.id).with_for_update(
    key_share=True
)  # fmt: skip
_PAIR = select(*_ACCOUNT).where(
    _A.id.in_((bindparam("one", type_=Integer()), bindparam("other", type_=Integer())))
).order_by(_A.id).with_for_update(key_share=True)  # fmt: skip
_BY_KEYS: Any = select(*_ENTRY).where(_T.key.in_(_KEYS))
_ENDS = select(func.coalesce(_T.hold, _T.reverses)).where(
    or_(_T.hold.in_(_KEYS), _T.reverses.in_(_KEYS))
)
_VALUES = ("at", "key", "place_id", "debit_id", "credit_id", "minutes", "reason", "phase", "hold",
           "reverses", "group_key")  # fmt: skip
_INSERTS = {
    name: dialect.insert(TransferRow.__table__)
    .values({each: bindparam(each) for each in _VALUES})
    .on_conflict_do_nothing(index_elements=["key"])
    .returning(_T.seq)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


class LedgerOfHours:
    """Accounts and the transfers between them. What is written is what :mod:`.judging` allows."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # Accounts

    def open(self, place_id: int, kind: AccountKind, *, floor: int | None = 0) -> Account:
        """A new account, at zero. Raises Invalid for a floor above zero, or one of issue."""
        new_account(0, place_id, kind, floor)
        row = {"place_id": place_id, "kind": kind.value, "floor": floor}
        number = self._session.scalar(insert(AccountRow).values(row).returning(_A.id))
        return new_account(number or 0, place_id, kind, floor)

    def account(self, number: int) -> Account:
        """One account as it stands. Raises NotFound."""
        found = self.accounts((number,))
        if not found:
            raise NotFound("account_unknown", account=number)
        return found[number]

    def one_of(self, which: Select[Any]) -> Account | None:
        """The account whose number a query finds, if it finds one."""
        row = self._session.execute(select(*_ACCOUNT).where(_A.id.in_(which))).one_or_none()
        return None if row is None else _account(row)

    def accounts(self, numbers: Iterable[int]) -> dict[int, Account]:
        """Those of the accounts that there are, as they stand, by number."""
        query = select(*_ACCOUNT).where(_A.id.in_(_NUMBERS))
        return {
            row.id: _account(row)
            for some in chunked(numbers)
            for row in self._session.execute(query, {"numbers": some})
        }

    def lock(self, *numbers: int) -> dict[int, Account]:
        """The accounts, held until the transaction ends: in the order of their numbers, so that
        nobody waits in a ring. What is posted together is locked together, and before it is read.
        """
        rows = self._session.execute(_LOCKED, {"numbers": sorted(set(numbers))})
        return {row.id: _account(row) for row in rows}

    def set_floor(self, number: int, floor: int | None) -> Account:
        """Another floor, never above what is available. Raises NotFound, WrongMoment, Invalid."""
        account = self._held(number)
        if account.kind is AccountKind.ISSUE and floor is not None:
            raise Invalid("floor", "issue_has_no_floor")
        account = refloored(account, floor)
        self._session.execute(update(AccountRow).where(_A.id == number).values(floor=floor))
        return account

    def close(self, number: int) -> Account:
        """The end of an account that is empty. Raises NotFound, WrongMoment."""
        account = closed(self._held(number))
        self._session.execute(update(AccountRow).where(_A.id == number).values(closed=True))
        return account

    def _held(self, number: int) -> Account:
        found = self.lock(number)
        if not found:
            raise NotFound("account_unknown", account=number)
        return found[number]

    # Transfers

    def post(self, transfer: Transfer, at: datetime) -> Entry:
        """The row of a transfer: a new one, or the one that its key already made.

        Raises KeyReused where that key said something else, and what
        :func:`enabler.timebank.judging.after` raises.
        """
        ends = transfer.hold or transfer.reverses
        if ends or not self._tells_of_a_known_key:
            return self.post_all((transfer,), at)[0]
        pair = {"one": transfer.debit, "other": transfer.credit}
        accounts = {row.id: _account(row) for row in self._plainly(_PAIR, pair)}
        try:
            entry = self._kept(transfer, at, accounts, {}, set())
        except EnablerError:
            known = self.by_key(transfer.key)  # it may be refused now because it passed before
            if known is None:
                raise
            entry = known
        return _same(entry, transfer)

    def _plainly(self, statement: Any, values: Mapping[str, Any]) -> CursorResult[Any]:
        """Past the session, which has no object of a row and would look for some each time."""
        return self._session.connection().execute(statement, values)

    @property
    def _tells_of_a_known_key(self) -> bool:
        """Whether an insert answers that its key is known, so that nobody need ask before. On
        SQLite the guard stops it sooner, and asking costs no journey."""
        return self._session.get_bind().dialect.name == "postgresql"

    def post_all(self, transfers: Sequence[Transfer], at: datetime) -> tuple[Entry, ...]:
        """The rows of transfers that belong together. Raises as ``post`` does: the caller's
        transaction then keeps none of them."""
        numbers = {number for each in transfers for number in (each.debit, each.credit)}
        accounts = self.lock(*numbers)
        known = self.by_keys(_keys_in(transfers))  # under the lock: what was posted is seen
        earlier = {each for one in transfers if (each := one.hold or one.reverses)}
        ended = set(self._session.scalars(_ENDS, {"keys": sorted(earlier)})) if earlier else set()
        entries = []
        for transfer in transfers:
            if transfer.key not in known:
                known[transfer.key] = self._kept(transfer, at, accounts, known, ended)
            entries.append(_same(known[transfer.key], transfer))
        return tuple(entries)

    def _kept(
        self, transfer: Transfer, at: datetime, accounts: dict[int, Account],
        known: Mapping[str, Entry], ended: set[str],
    ) -> Entry:  # fmt: skip
        """A new row, judged before it is written; the accounts are as they are after it."""
        name = transfer.hold or transfer.reverses
        moment = Moment(
            accounts.get(transfer.debit), accounts.get(transfer.credit),
            known.get(name) if name else None, name in ended,
        )  # fmt: skip
        judged = after(transfer, moment, 0)
        entry = self._written(transfer, at)
        accounts |= {account.number: account for account in judged}
        if name:
            ended.add(name)
        return entry

    def _written(self, transfer: Transfer, at: datetime) -> Entry:
        entry = entry_of(0, at, transfer)
        row = {name: getattr(entry, _NAMES.get(name, name)) for name in _VALUES}
        row |= {"reason": transfer.reason.value, "phase": transfer.phase.value}
        seq = self._plainly(_INSERTS[self._session.get_bind().dialect.name], row).scalar()
        if seq is None:  # between other accounts, at the same moment, under the same key
            return self.by_keys((transfer.key,))[transfer.key]
        return replace(entry, seq=seq)

    def by_key(self, key: str) -> Entry | None:
        """The row that this key made, if it made one."""
        return self.by_keys((key,)).get(key)

    def by_keys(self, keys: Iterable[str]) -> dict[str, Entry]:
        """The rows that these keys made, by key."""
        found = self._session.execute(_BY_KEYS, {"keys": sorted(set(keys))})
        return {row.key: Entry(*row) for row in found}

    def of_group(self, group: str) -> tuple[Entry, ...]:
        """The rows of one event, in order."""
        query: Any = select(*_ENTRY).where(_T.group_key == group).order_by(_T.seq)
        return tuple(Entry(*row) for row in self._session.execute(query))

    def ended(self, keys: Iterable[str]) -> frozenset[str]:
        """Which of these holds were posted or let go, and which of these transfers undone."""
        found = self._session.scalars(_ENDS, {"keys": sorted(set(keys))})
        return frozenset(found)

    def of_account(
        self, number: int, *, since: datetime | None = None, until: datetime | None = None,
        newest: int | None = None,
    ) -> tuple[Entry, ...]:  # fmt: skip
        """The rows of an account in order: from one moment until before another, or the newest."""
        sides = []
        for side in (_T.debit_id, _T.credit_id):  # each by its own index: an OR would use neither
            query: Any = select(*_ENTRY).where(side == number)
            query = query.where(_T.at >= since) if since else query
            query = query.where(_T.at < until) if until else query
            query = query.order_by(_T.seq.desc()).limit(newest) if newest else query
            sides.append(select(query.subquery()))
        rows = self._session.execute(union_all(*sides))
        ordered = sorted((Entry(*row) for row in rows), key=lambda entry: entry.seq)
        return tuple(ordered[-newest:] if newest else ordered)

    def given(self, number: int) -> int:
        """Minutes of help, alone or with others, that its owner gave and that were not undone."""
        undone = aliased(TransferRow)
        query = (
            select(func.coalesce(func.sum(_T.minutes), 0))
            .where(_T.credit_id == number, _T.reason.in_(_OF_HELP))
            .where(_T.phase.in_((Phase.SINGLE.value, Phase.POST.value)))
            .where(~exists().where(undone.reverses == _T.key))
        )
        return int(self._session.scalar(query) or 0)

    # All of it

    def all_accounts(self, place_id: int | None = None) -> Iterator[Account]:
        """Every account (of a place), by number."""
        query = select(*_ACCOUNT).order_by(_A.id)
        query = query if place_id is None else query.where(_A.place_id == place_id)
        yield from map(_account, self._piecewise(query))

    def all_entries(
        self, *, after_seq: int = 0, place_id: int | None = None, at_most: int | None = None
    ) -> Iterator[Entry]:
        """Every row (of a place) whose number is above the given one, in order; or the first."""
        query = select(*_ENTRY).where(_T.seq > literal(after_seq, BigInteger())).order_by(_T.seq)
        query = query if place_id is None else query.where(_T.place_id == place_id)
        query = query.limit(at_most)
        yield from (Entry(*row) for row in self._piecewise(query))

    def _piecewise(self, query: Any) -> Iterator[Any]:
        """Rows a piece at a time; closed even where the reader stops before the last."""
        with self._session.execute(query, execution_options={"yield_per": AT_ONCE}) as found:
            yield from found

    def between(self, place_id: int, since: datetime, until: datetime) -> tuple[Entry, ...]:
        """A place's rows from one moment until before another, in order."""
        at = _T.at
        query: Any = select(*_ENTRY).where(_T.place_id == place_id, at >= since, at < until)
        return tuple(Entry(*row) for row in self._session.execute(query.order_by(_T.seq)))


_NAMES = {"place_id": "place", "debit_id": "debit", "credit_id": "credit", "group_key": "group"}


def _same(entry: Entry, transfer: Transfer) -> Entry:
    """The row of a key, if it says what is asked. Raises KeyReused."""
    if not entry.says(transfer):
        raise KeyReused("transfer_key_reused", key=transfer.key)
    return entry


def _keys_in(transfers: Sequence[Transfer]) -> set[str]:
    """The keys that transfers have, resolve or undo."""
    keys = {each.key for each in transfers}
    return keys | {key for each in transfers for key in (each.hold, each.reverses) if key}


def _account(row: Any) -> Account:
    kind = AccountKind(row.kind)
    return Account(
        row.id, row.place_id, kind, row.floor, row.posted, row.held, row.applied, bool(row.closed)
    )
