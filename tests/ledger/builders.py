"""Accounts in the database, beside the same ones in memory."""

from dataclasses import dataclass

from enabler.domain.errors import EnablerError
from enabler.persistence.unit_of_work import unit_of_work
from enabler.timebank.accounts import Account, AccountKind
from enabler.timebank.ledger import Ledger
from enabler.timebank.transfers import Entry, Phase, Reason, Transfer
from tests.builders import NOW

KINDS: tuple[tuple[AccountKind, int | None], ...] = (
    (AccountKind.MEMBER, -300), (AccountKind.MEMBER, -300), (AccountKind.MEMBER, 0),
    (AccountKind.ORGANISATION, 0), (AccountKind.POT, 0), (AccountKind.CLEARING, None),
)  # fmt: skip
"""Three members, a shop, a pot, and an account without a floor."""


@dataclass(frozen=True)
class Twin:
    """A ledger in memory and, by the same numbers, accounts of the same kinds in the database."""

    place: int
    memory: Ledger
    numbers: tuple[int, ...]

    def move(self, key: str, debit: int, credit: int, minutes: int, **more: object) -> Transfer:
        """A transfer between two of them, by their places in the row; given freely."""
        told = {
            "key": key, "place": self.place, "debit": self.numbers[debit],
            "credit": self.numbers[credit], "minutes": minutes, "reason": Reason.GIVE,
        }  # fmt: skip
        return Transfer(**(told | more))  # type: ignore[arg-type]

    def hold(self, key: str, debit: int, credit: int, minutes: int, **more: object) -> Transfer:
        """A promise for help."""
        return self.move(
            key, debit, credit, minutes, **({"phase": Phase.HOLD, "reason": Reason.HELP} | more)
        )

    def stored(self) -> tuple[Account, ...]:
        """The accounts as the database has them."""
        with unit_of_work() as uow:
            found = uow.ledger.accounts(self.numbers)
        return tuple(found[number] for number in self.numbers)


def twins(place: int) -> Twin:
    """Fresh accounts, both in memory and kept."""
    memory = Ledger()
    with unit_of_work() as uow:
        opened = [uow.ledger.open(place, kind, floor=floor) for kind, floor in KINDS]
        uow.commit()
    for account in opened:
        memory.open(account.number, account.kind, place=place, floor=account.floor)
    return Twin(place, memory, tuple(account.number for account in opened))


def said(act) -> tuple[str, dict[str, object]] | Entry | tuple[Entry, ...]:  # type: ignore[no-untyped-def]
    """What came of it: what it answered, or the code and facts of its refusal."""
    try:
        return act()
    except EnablerError as error:
        return error.code, error.facts


def kept(transfer: Transfer) -> Entry:
    """Posted in a transaction of its own."""
    with unit_of_work() as uow:
        entry = uow.ledger.post(transfer, NOW)
        uow.commit()
    return entry


def kept_all(transfers: list[Transfer]) -> tuple[Entry, ...]:
    """Posted together in one transaction."""
    with unit_of_work() as uow:
        entries = uow.ledger.post_all(transfers, NOW)
        uow.commit()
    return entries
