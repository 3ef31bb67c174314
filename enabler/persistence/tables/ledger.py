"""The ledger of hours: accounts, the transfers between them, and the seals over those.

The rules that hold it stand in the database (:mod:`enabler.persistence.ledger_rules`): a transfer
is never changed or deleted, and alone moves balances; no balance is under its floor.
"""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import plain
from enabler.persistence.types import UtcDateTime
from enabler.timebank.accounts import AccountKind
from enabler.timebank.transfers import MOST_HELP, Phase, Reason

LONG = BigInteger().with_variant(Integer(), "sqlite")
"""What alone is SQLite's own row number, and on PostgreSQL does not end in a century."""


def one_of(column: str, values: type[AccountKind | Phase | Reason]) -> str:
    """The condition that a column holds a value of an enum."""
    return f"{column} IN ({', '.join(repr(value.value) for value in values)})"


class AccountRow(Model):
    """One account of one place. Whose it is stands in ``account_owner``, which can be erased.

    ``posted``, ``held`` and ``applied`` (the last transfer that touched it) are changed by the
    trigger of a transfer alone.
    """

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("id", "place_id"),  # so that a transfer cannot name one of another place
        CheckConstraint(one_of("kind", AccountKind), name="kind"),
        CheckConstraint("kind <> 'issue' OR floor IS NULL", name="issue_without_floor"),
        CheckConstraint("floor IS NULL OR posted - held >= floor", name="floor"),
        CheckConstraint("held >= 0", name="held"),
        CheckConstraint("NOT closed OR (posted = 0 AND held = 0)", name="closed_empty"),
        Index("uq_account_issue", "place_id", unique=True,
              sqlite_where=text("kind = 'issue'"), postgresql_where=text("kind = 'issue'")),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    kind: Mapped[str] = plain(Text)
    floor: Mapped[int | None] = plain(BigInteger)  # minutes; null: none
    posted: Mapped[int] = plain(BigInteger, server_default=text("0"))
    held: Mapped[int] = plain(BigInteger, server_default=text("0"))
    applied: Mapped[int] = plain(BigInteger, server_default=text("0"))
    closed: Mapped[bool] = plain(server_default=false())


class TransferRow(Model):
    """One movement of whole minutes from one account to another, for ever."""

    __tablename__ = "transfer"
    __table_args__ = (
        ForeignKeyConstraint(["debit_id", "place_id"], ["account.id", "account.place_id"]),
        ForeignKeyConstraint(["credit_id", "place_id"], ["account.id", "account.place_id"]),
        CheckConstraint("debit_id <> credit_id", name="two_accounts"),
        CheckConstraint("minutes >= 1", name="minutes"),
        CheckConstraint(f"reason <> 'help' OR minutes <= {MOST_HELP}", name="most_help"),
        CheckConstraint(one_of("reason", Reason), name="reason"),
        CheckConstraint(one_of("phase", Phase), name="phase"),
        CheckConstraint("(phase IN ('post', 'void')) = (hold IS NOT NULL)", name="hold"),
        CheckConstraint("(reason = 'reversal') = (reverses IS NOT NULL)", name="reverses"),
        CheckConstraint("reverses IS NULL OR phase = 'single'", name="reversal_at_once"),
        CheckConstraint("length(key) BETWEEN 1 AND 200", name="key"),
        Index("uq_transfer_hold", "hold", unique=True,
              sqlite_where=text("hold IS NOT NULL"), postgresql_where=text("hold IS NOT NULL")),
        Index("uq_transfer_reverses", "reverses", unique=True,
              sqlite_where=text("reverses IS NOT NULL"),
              postgresql_where=text("reverses IS NOT NULL")),
        Index("ix_transfer_debit", "debit_id", "seq"),
        Index("ix_transfer_credit", "credit_id", "seq"),
        Index("ix_transfer_place_at", "place_id", "at"),
        Index("ix_transfer_group", "group_key",
              sqlite_where=text("group_key IS NOT NULL"),
              postgresql_where=text("group_key IS NOT NULL")),
        {"sqlite_autoincrement": True},  # a number is never given twice, whatever goes wrong
    )  # fmt: skip

    seq: Mapped[int] = plain(LONG, primary_key=True)
    at: Mapped[datetime] = plain(UtcDateTime)
    key: Mapped[str] = plain(Text, unique=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    debit_id: Mapped[int] = plain(Integer)
    credit_id: Mapped[int] = plain(Integer)
    minutes: Mapped[int] = plain(Integer)
    reason: Mapped[str] = plain(Text)
    phase: Mapped[str] = plain(Text)
    hold: Mapped[str | None] = plain(ForeignKey("transfer.key"))
    reverses: Mapped[str | None] = plain(ForeignKey("transfer.key"))
    group_key: Mapped[str | None] = plain(Text)


class TransferSealRow(Model):
    """The digest of one transfer, kept when it was sealed."""

    __tablename__ = "transfer_seal"

    seq: Mapped[int] = plain(
        LONG, ForeignKey("transfer.seq"), primary_key=True, autoincrement=False
    )
    digest: Mapped[str] = plain(Text)


class LedgerSealRow(Model):
    """One seal: the transfers since the seal before, and their root."""

    __tablename__ = "ledger_seal"
    __table_args__ = (
        CheckConstraint("count >= 1 AND first <= last", name="rows"),
        UniqueConstraint("first"),
        UniqueConstraint("last"),
    )

    id: Mapped[int] = plain(Integer, primary_key=True)
    first: Mapped[int] = plain(BigInteger)
    last: Mapped[int] = plain(BigInteger)
    count: Mapped[int] = plain(Integer)
    root: Mapped[str] = plain(Text)
    at: Mapped[datetime] = plain(UtcDateTime)
