"""Rows of the hours of an invented place's past: accounts, whose they are, movements, helps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from enabler.domain.demo.shapes import Invention
from enabler.persistence.bulk import add
from enabler.persistence.peopling.book import Book, Row
from enabler.persistence.tables.hours import AccountOwnerRow, HelpHoursRow
from enabler.persistence.tables.ledger import AccountRow, TransferRow
from enabler.timebank.transfers import Transfer


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose an account is: member or organisation by its position, or the community's pot."""

    kind: str
    row: int


@dataclass(frozen=True, slots=True)
class KeptHelp:
    """A confirmed help; ``match_row`` and ``asker`` are positions, accounts the past's own
    numbers (None: a gift, for which nothing moves)."""

    match_row: int
    earns: str
    category: str
    asker: int
    minutes: int
    opened_at: datetime
    settled_at: datetime
    payer: int | None = None
    helper: int | None = None
    by_pot: int = 0
    unpaid: int = 0


@dataclass(frozen=True, slots=True)
class PastHours:
    """What moved in the past. Account 0 is the community's pot, the nth of ``owners`` (with its
    floor) is n; ``moved`` is in order; ``by_pot``: minutes that the pot paid."""

    owners: tuple[tuple[Owned, int], ...]
    moved: tuple[tuple[datetime, Transfer], ...]
    helps: tuple[KeptHelp, ...]
    by_pot: int


def keep_hours(
    session: Session, book: Book, invention: Invention, past: PastHours, pot: int
) -> None:
    """Keep it all; the pot's account is there already, with what it needs."""
    kinds = [
        {"place_id": book.place_id, "kind": owner.kind, "floor": floor}
        for owner, floor in past.owners
    ]
    accounts = [pot, *_opened(session, kinds)]
    add(session, AccountOwnerRow, list(_owners(book, past, accounts)))
    add(session, TransferRow, [_row(at, transfer, accounts) for at, transfer in past.moved])
    add(session, HelpHoursRow, [_help(book, invention, one, accounts) for one in past.helps])


def _opened(session: Session, kinds: list[Row]) -> list[int]:
    """Open accounts; their numbers, in the order of the rows."""
    if not kinds:
        return []
    table = AccountRow.__table__
    statement = insert(AccountRow).returning(table.c.id, sort_by_parameter_order=True)
    return list(session.scalars(statement, kinds))


def _owners(book: Book, past: PastHours, accounts: Sequence[int]) -> Iterator[Row]:
    for (owner, _), number in zip(past.owners, accounts[1:], strict=True):
        member = owner.kind == "member"
        yield {
            "account_id": number, "place_id": book.place_id,
            "member_id": book.members[owner.row] if member else None,
            "organisation_id": None if member else book.organisations[owner.row],
        }  # fmt: skip


def _row(at: datetime, transfer: Transfer, accounts: Sequence[int]) -> Row:
    return {
        "at": at, "key": transfer.key, "place_id": transfer.place,
        "debit_id": accounts[transfer.debit], "credit_id": accounts[transfer.credit],
        "minutes": transfer.minutes, "reason": transfer.reason.value,
        "phase": transfer.phase.value, "group_key": transfer.group,
    }  # fmt: skip


def _help(book: Book, invention: Invention, one: KeptHelp, accounts: Sequence[int]) -> Row:
    home = invention.homes[invention.members[one.asker].home or 0]
    return {
        "match_id": book.matches[one.match_row], "place_id": book.place_id, "earns": one.earns,
        "category": one.category, "ward_id": book.stands[home.spot].ward_id,
        "payer_id": None if one.payer is None else accounts[one.payer],
        "helper_id": None if one.helper is None else accounts[one.helper],
        "expected": one.minutes, "state": "settled", "minutes": one.minutes,
        "by_pot": one.by_pot, "unpaid": one.unpaid, "opened_at": one.opened_at,
        "settled_at": one.settled_at,
    }  # fmt: skip
