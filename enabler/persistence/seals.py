"""Seals over the ledger of hours: the digest of each row as it was sealed, and the chain."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import insert, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from enabler.persistence.database import columns_of
from enabler.persistence.tables.ledger import LedgerSealRow, TransferSealRow
from enabler.timebank.sealing import BEFORE_ALL, Seal

AT_ONCE = 2_000
_SEAL, _DIGEST = columns_of(LedgerSealRow), columns_of(TransferSealRow)
_SEALS = select(_SEAL.first, _SEAL.last, _SEAL.count, _SEAL.root).order_by(_SEAL.last)
_DIGESTS = select(_DIGEST.seq, _DIGEST.digest).order_by(_DIGEST.seq)
_STILL = "LOCK TABLE transfer IN SHARE ROW EXCLUSIVE MODE"


class Seals:
    """What was sealed. Rows are added here, and never changed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def still(self) -> bool:
        """Whether nobody writes transfers, or seals, until this transaction ends.

        PostgreSQL gives numbers before rows are kept: while somebody writes, a lower number may
        still come, and sealing would leave it out. A busy moment answers no, and this transaction
        is then at its end. SQLite has but one writer anyway.
        """
        if self._session.get_bind().dialect.name == "sqlite":
            return True
        try:
            self._session.execute(text("SET LOCAL lock_timeout = '200ms'"))
            self._session.execute(text(_STILL))
        except OperationalError:
            self._session.rollback()
            return False
        return True

    def last(self) -> tuple[int, str]:
        """The last sealed row and its root; without a seal, 0 and what is before all."""
        query = select(_SEAL.last, _SEAL.root).order_by(_SEAL.last.desc()).limit(1)
        row = self._session.execute(query).first()
        return (0, BEFORE_ALL) if row is None else (row.last, row.root)

    def keep(
        self, numbers: Sequence[int], digests: Sequence[str], seal: Seal, at: datetime
    ) -> None:
        """A seal, with the digest of each row that it covers."""
        rows = [
            {"seq": seq, "digest": digest} for seq, digest in zip(numbers, digests, strict=True)
        ]
        self._session.execute(insert(TransferSealRow), rows)
        self._session.execute(insert(LedgerSealRow).values(
            first=seal.first, last=seal.last, count=seal.count, root=seal.root, at=at
        ))  # fmt: skip

    def all(self) -> tuple[Seal, ...]:
        """Every seal, in order."""
        return tuple(Seal(*row) for row in self._session.execute(_SEALS))

    def digests(self) -> Iterator[tuple[int, str]]:
        """Every sealed row's number with its digest, in order."""
        found = self._session.execute(_DIGESTS, execution_options={"yield_per": AT_ONCE})
        return ((row.seq, row.digest) for row in found)
