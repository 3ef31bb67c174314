"""Whose accounts of hours are: members', organisations', pots, what places owe each other."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select, text, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound, WrongMoment
from enabler.domain.hours import Leaver, Owner, Pot
from enabler.domain.refs import written
from enabler.persistence.chunks import chunked
from enabler.persistence.database import columns_of
from enabler.persistence.ledger import LedgerOfHours
from enabler.persistence.tables.hours import (
    AccountLeavingRow,
    AccountOwnerRow,
    ClearingRow,
    PotRow,
    TransferWordsRow,
)
from enabler.persistence.tables.ledger import AccountRow
from enabler.persistence.tables.members import MemberRow, OrganisationRow
from enabler.timebank.accounts import Account, AccountKind

_OWNER, _POT, _CLEARING, _LEAVING, _WORDS = (
    columns_of(row)
    for row in (AccountOwnerRow, PotRow, ClearingRow, AccountLeavingRow, TransferWordsRow)
)  # fmt: skip
_POTS = select(
    _POT.account_id, _POT.place_id, _POT.ref, _POT.kind, _POT.name, _POT.about, _POT.ward_id,
    _POT.organisation_id, _POT.pays, _POT.opened_at,
)  # fmt: skip

_LEAVERS = select(_LEAVING.account_id, _OWNER.member_id, _LEAVING.asked_at).join_from(
    AccountLeavingRow, AccountOwnerRow, _OWNER.account_id == _LEAVING.account_id
)  # fmt: skip


class Purses:
    """Finds an account by whose it is; opens it when it is first needed."""

    def __init__(self, session: Session, ledger: LedgerOfHours) -> None:
        self._session = session
        self._ledger = ledger

    def of_member(self, member_id: int) -> Account | None:
        """A member's account, if they have one yet."""
        return self._of(_OWNER.member_id == member_id)

    def above_zero(self, place_id: int) -> dict[int, int]:
        """The minutes of those members of a place who gave more than they received, by member."""
        query = (
            select(_OWNER.member_id, AccountRow.posted)
            .join_from(AccountOwnerRow, AccountRow, AccountRow.id == _OWNER.account_id)
            .where(_OWNER.place_id == place_id, _OWNER.member_id.is_not(None))
            .where(AccountRow.posted > 0)
        )
        return {row.member_id: row.posted for row in self._session.execute(query)}

    def of_organisation(self, organisation_id: int) -> Account | None:
        """An organisation's account, if it has one yet."""
        return self._of(_OWNER.organisation_id == organisation_id)

    def for_member(self, place_id: int, member_id: int, floor: int) -> Account:
        """A member's account; opened with this floor, if there is none."""
        return self._for(place_id, AccountKind.MEMBER, floor, MemberRow, member_id=member_id)

    def for_organisation(self, place_id: int, organisation_id: int, floor: int) -> Account:
        """An organisation's account; opened with this floor, if there is none."""
        return self._for(
            place_id, AccountKind.ORGANISATION, floor, OrganisationRow,
            organisation_id=organisation_id,
        )  # fmt: skip

    def _for(
        self, place_id: int, kind: AccountKind, floor: int, row: type[MemberRow | OrganisationRow],
        **owner: int,
    ) -> Account:  # fmt: skip
        ((column, identity),) = owner.items()
        mine = _OWNER[column] == identity
        found = self._of(mine)
        if found is not None:
            return found
        # Two that open one at the same moment wait for each other here.
        self._session.execute(
            select(row.id).where(row.id == identity).with_for_update(key_share=True)
        ).all()
        found = self._of(mine)
        if found is not None:
            return found
        account = self._ledger.open(place_id, kind, floor=floor)
        values = {"account_id": account.number, "place_id": place_id} | owner
        self._session.execute(insert(AccountOwnerRow).values(values))
        return account

    def _of(self, condition: Any) -> Account | None:
        return self._ledger.one_of(select(_OWNER.account_id).where(condition))

    # Leaving, coming back, being forgotten

    def left(self, member_ids: Iterable[int]) -> frozenset[int]:
        """Those of the members who have left the time bank: their account is closed."""
        return frozenset(
            found
            for some in chunked(member_ids)
            for found in self._session.scalars(
                select(_OWNER.member_id)
                .join_from(AccountOwnerRow, AccountRow, AccountRow.id == _OWNER.account_id)
                .where(_OWNER.member_id.in_(some), AccountRow.closed)
            )
        )  # fmt: skip

    def ask_to_leave(self, account: Account, now: datetime) -> None:
        """Note that the owner of an account wants to leave; once, however often it is said."""
        if self.leaver(account.number) is None:
            values = {"account_id": account.number, "place_id": account.place, "asked_at": now}
            self._session.execute(insert(AccountLeavingRow).values(values))

    def stay(self, number: int) -> None:
        """They want to leave no more, or have left."""
        self._session.execute(delete(AccountLeavingRow).where(_LEAVING.account_id == number))

    def leaver(self, number: int) -> Leaver | None:
        """Whoever waits to leave with this account, if they do."""
        query = _LEAVERS.where(_LEAVING.account_id == number)
        row = self._session.execute(query).one_or_none()
        return None if row is None else Leaver(*row)

    def leavers(self, place_id: int) -> tuple[Leaver, ...]:
        """Who waits to leave in a place, the longest first; whoever has come above zero meanwhile
        waits for nobody: they say themselves to whom their hours go."""
        account = AccountRow
        query = _LEAVERS.join(account, account.id == _LEAVING.account_id)
        query = query.where(_LEAVING.place_id == place_id, account.posted <= 0)
        rows = self._session.execute(query.order_by(_LEAVING.asked_at, _LEAVING.account_id))
        return tuple(Leaver(*row) for row in rows)

    def came_back(self, member_id: int) -> bool:
        """Whether a member left the time bank once and joined it again."""
        query = select(_OWNER.again).where(_OWNER.member_id == member_id)
        return bool(self._session.scalar(query))

    def join_again(self, member_id: int) -> Account:
        """A new account for a member whose account is closed; the old one is nobody's then. It may
        not go below zero, and that it is not the first stays with it: whoever left in debt does
        not borrow a second time.

        Raises WrongMoment(account_open) unless it is. The caller holds the member.
        """
        old = self.of_member(member_id)
        if old is None or not old.closed:
            raise WrongMoment("account_open")
        new = self._ledger.open(old.place, AccountKind.MEMBER, floor=0)
        mine = update(AccountOwnerRow).where(_OWNER.member_id == member_id)
        self._session.execute(mine.values(account_id=new.number, again=True))
        return new

    def forget(self, member_id: int, *, open_too: bool = False) -> None:
        """Take away who a member was: their account is nobody's, what they wrote beside hours is
        gone. The ledger itself stays as it is.

        Raises WrongMoment(account_open) while their account is open: what is in it would be lost.
        ``open_too``: where it cannot be closed, as hours in it are still looked at.
        """
        account = self.of_member(member_id)
        if account is not None and not account.closed and not open_too:
            raise WrongMoment("account_open")
        self._session.execute(delete(TransferWordsRow).where(_WORDS.by_member_id == member_id))
        self._session.execute(delete(AccountOwnerRow).where(_OWNER.member_id == member_id))

    # A place's own

    def issue(self, place_id: int) -> Account:
        """Where a place's hours come from; opened when it is first needed."""
        return self._first(
            place_id, select(AccountRow.id).where(
                AccountRow.place_id == place_id, AccountRow.kind == AccountKind.ISSUE.value
            ), AccountKind.ISSUE, None, lambda number: None,
        )  # fmt: skip

    def clearing(self, place_id: int, with_place_id: int, floor: int | None = 0) -> Account:
        """A place's account for another; opened with this floor, if there is none."""
        query = select(_CLEARING.account_id).where(
            _CLEARING.place_id == place_id, _CLEARING.with_place_id == with_place_id
        )
        return self._first(
            place_id, query, AccountKind.CLEARING, floor,
            lambda number: insert(ClearingRow).values(
                account_id=number, place_id=place_id, with_place_id=with_place_id
            ),
        )  # fmt: skip

    def clearing_if_any(self, place_id: int, with_place_id: int) -> Account | None:
        """A place's account for another, if there is one yet."""
        number = self._session.scalar(
            select(_CLEARING.account_id).where(
                _CLEARING.place_id == place_id, _CLEARING.with_place_id == with_place_id
            )
        )
        return None if number is None else self._ledger.account(number)

    def mirrors(self) -> tuple[tuple[int, int], ...]:
        """The two accounts of each two places that have one for each other, or half of that."""
        row = _CLEARING
        query = select(row.account_id, row.place_id, row.with_place_id).order_by(row.account_id)
        found: dict[tuple[int, ...], list[int]] = {}
        for each in self._session.execute(query):
            pair = tuple(sorted((each.place_id, each.with_place_id)))
            found.setdefault(pair, []).append(each.account_id)
        return tuple((both[0], both[-1] if len(both) > 1 else 0) for both in found.values())

    def _first(
        self, place_id: int, query: Select[Any], kind: AccountKind, floor: int | None, beside: Any
    ) -> Account:
        number = self._session.scalar(query)
        if number is None:
            self._wait_for(place_id)
            number = self._session.scalar(query)
        if number is not None:
            return self._ledger.account(number)
        account = self._ledger.open(place_id, kind, floor=floor)
        row = beside(account.number)
        if row is not None:
            self._session.execute(row)
        return account

    def _wait_for(self, place_id: int) -> None:
        """Only one at a time opens a place's own accounts (SQLite has but one writer anyway)."""
        if self._session.get_bind().dialect.name == "postgresql":
            key = {"place": place_id}
            self._session.execute(text("SELECT pg_advisory_xact_lock(615, :place)"), key)

    def open_pot(
        self, place_id: int, *, ref: str, now: datetime, floor: int = 0, **facts: Any
    ) -> Pot:
        """A new pot. ``facts``: kind, and where it has them name, about, ward_id,
        organisation_id, pays. Raises IntegrityError for a second of a ward or of the community:
        look under :meth:`wait_for_pots` first."""
        account = self._ledger.open(place_id, AccountKind.POT, floor=floor)
        values = {"account_id": account.number, "place_id": place_id, "ref": ref, "opened_at": now}
        self._session.execute(insert(PotRow).values(values | {"pays": False} | facts))
        return self.pot(place_id, ref)

    def wait_for_pots(self, place_id: int) -> None:
        """Until the end of this transaction, nobody else opens pots of the place."""
        self._wait_for(place_id)

    def pots(self, place_id: int) -> tuple[Pot, ...]:
        """The place's pots: the community's first, then by ref."""
        rows = self._session.execute(_POTS.where(_POT.place_id == place_id).order_by(_POT.ref))
        found = [_pot(row) for row in rows]
        return tuple(sorted(found, key=lambda pot: pot.kind != "community"))

    def community_pot(self, place_id: int) -> Pot | None:
        """The pot of the whole place, if it has one."""
        return next((pot for pot in self.pots(place_id) if pot.kind == "community"), None)

    def any_pots(self, numbers: Iterable[int]) -> bool:
        """Whether one of these accounts is a pot."""
        some = sorted(set(numbers))
        found = select(_POT.account_id).where(_POT.account_id.in_(some)).limit(1)
        return bool(some) and self._session.scalar(found) is not None

    def pot(self, place_id: int, ref: str) -> Pot:
        """A pot of the place by ref. Raises NotFound."""
        query = _POTS.where(_POT.place_id == place_id, _POT.ref == written(ref))
        row = self._session.execute(query).one_or_none()
        if row is None:
            raise NotFound("pot_unknown")
        return _pot(row)

    def owners(self, numbers: Collection[int]) -> dict[int, Owner]:
        """Whose accounts are, by number, of those that are somebody's, a pot or clearing."""
        found: dict[int, Owner] = {}
        for some in chunked(numbers):
            for row in self._session.execute(
                select(_OWNER.account_id, _OWNER.member_id, _OWNER.organisation_id)
                .where(_OWNER.account_id.in_(some))
            ):  # fmt: skip
                found[row.account_id] = Owner(row.member_id, row.organisation_id)
        for some in chunked(set(numbers) - found.keys()):
            for row in self._session.execute(_POTS.where(_POT.account_id.in_(some))):
                found[row.account_id] = Owner(pot=_pot(row))
            for row in self._session.execute(
                select(_CLEARING.account_id, _CLEARING.with_place_id)
                .where(_CLEARING.account_id.in_(some))
            ):  # fmt: skip
                found[row.account_id] = Owner(with_place_id=row.with_place_id)
        return found


def _pot(row: Any) -> Pot:
    return Pot(*row)
