"""A ledger in memory: what the databases do, in a page, so that they can be held against it."""

from collections.abc import Sequence
from datetime import datetime

from enabler.domain.errors import EnablerError, Invalid, KeyReused, NotFound
from enabler.timebank.accounts import Account, AccountKind, new_account
from enabler.timebank.judging import Moment, after, closed, refloored
from enabler.timebank.transfers import Entry, Transfer, entry_of


class Ledger:
    """Accounts and the rows that moved them. Every call does all it says, or raises and nothing."""

    def __init__(self) -> None:
        self._accounts: dict[int, Account] = {}
        self._entries: list[Entry] = []
        self._by_key: dict[str, Entry] = {}
        self._ends: set[str] = set()

    @property
    def accounts(self) -> tuple[Account, ...]:
        """All accounts, by number."""
        return tuple(self._accounts[number] for number in sorted(self._accounts))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All rows, in the order in which they were kept."""
        return tuple(self._entries)

    def account(self, number: int) -> Account:
        """One account as it stands. Raises NotFound."""
        if number not in self._accounts:
            raise NotFound("account_unknown", account=number)
        return self._accounts[number]

    def open(
        self, number: int, kind: AccountKind, *, place: int = 1, floor: int | None = 0
    ) -> Account:
        """A new account, at zero. Raises Invalid for a number that is taken or a wrong floor."""
        if number in self._accounts:
            raise Invalid("number", "account_exists", account=number)
        self._accounts[number] = new_account(number, place, kind, floor)
        return self._accounts[number]

    def set_floor(self, number: int, floor: int | None) -> Account:
        """Another floor, never above what is available. Raises NotFound, WrongMoment, Invalid."""
        account = self.account(number)
        if account.kind is AccountKind.ISSUE and floor is not None:
            raise Invalid("floor", "issue_has_no_floor")
        self._accounts[number] = refloored(account, floor)
        return self._accounts[number]

    def close(self, number: int) -> Account:
        """The end of an account that is empty. Raises NotFound, WrongMoment."""
        self._accounts[number] = closed(self.account(number))
        return self._accounts[number]

    def post(self, transfer: Transfer, at: datetime) -> Entry:
        """The row of a transfer: a new one, or the one that its key already made.

        Raises KeyReused where that key said something else, and what
        :func:`enabler.timebank.judging.after` raises.
        """
        known = self._by_key.get(transfer.key)
        if known is not None:
            if known.says(transfer):
                return known
            raise KeyReused("transfer_key_reused", key=transfer.key)
        earlier = transfer.hold or transfer.reverses
        moment = Moment(
            debit=self._accounts.get(transfer.debit),
            credit=self._accounts.get(transfer.credit),
            earlier=self._by_key.get(earlier) if earlier else None,
            spent=earlier in self._ends,
        )
        entry = entry_of(len(self._entries) + 1, at, transfer)
        for account in after(transfer, moment, entry.seq):
            self._accounts[account.number] = account
        self._entries.append(entry)
        self._by_key[entry.key] = entry
        if earlier:
            self._ends.add(earlier)
        return entry

    def post_all(self, transfers: Sequence[Transfer], at: datetime) -> tuple[Entry, ...]:
        """The rows of transfers that belong together: all, or none. Raises as post does."""
        numbers = {number for each in transfers for number in (each.debit, each.credit)}
        before = {n: self._accounts[n] for n in numbers if n in self._accounts}
        length = len(self._entries)
        try:
            return tuple(self.post(each, at) for each in transfers)
        except EnablerError:
            for entry in self._entries[length:]:
                del self._by_key[entry.key]
                self._ends.discard(entry.hold or entry.reverses or "")
            del self._entries[length:]
            self._accounts.update(before)
            raise
