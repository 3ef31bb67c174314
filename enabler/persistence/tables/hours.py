"""What stands beside the ledger of hours: whose an account is, pots, what places owe each other,
what people wrote, what help earned, flags for custodians. Only here are people named."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tables.ledger import LONG
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import Json, UtcDateTime


def _index(name: str, *columns: str, where: str, unique: bool = True) -> Index:
    condition = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


class AccountOwnerRow(Model):
    """Whose an account is: the only link between hours and a person, and the one to erase.

    ``again``: its owner left with another account before, and joined again.
    """

    __tablename__ = "account_owner"
    __table_args__ = (
        CheckConstraint("(member_id IS NULL) <> (organisation_id IS NULL)", name="one"),
        UniqueConstraint("member_id"),
        UniqueConstraint("organisation_id"),
    )

    account_id: Mapped[int] = plain(ForeignKey("account.id"), primary_key=True, autoincrement=False)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    member_id: Mapped[int | None] = personal(
        ForeignKey("member.id"), purpose=Purpose.ACCOUNT, keep=Keep.ACCOUNT
    )
    organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"))
    again: Mapped[bool] = plain(default=False, server_default=false())


class AccountLeavingRow(Model):
    """An account below zero whose owner wants to leave: a custodian balances it from a pot, then
    it is closed and this row goes."""

    __tablename__ = "account_leaving"

    account_id: Mapped[int] = plain(ForeignKey("account.id"), primary_key=True, autoincrement=False)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    asked_at: Mapped[datetime] = plain(UtcDateTime)


class PotRow(Model):
    """A fund of hours: the community's (one a place), a ward's (one each), or a business's.

    ``pays``: whether it steps in for help that its asker has no hours for.
    """

    __tablename__ = "pot"
    __table_args__ = (
        CheckConstraint("kind IN ('community', 'ward', 'fund')", name="kind"),
        CheckConstraint("(kind = 'ward') = (ward_id IS NOT NULL)", name="ward"),
        CheckConstraint("(kind = 'fund') = (organisation_id IS NOT NULL)", name="fund"),
        _index("uq_pot_community", "place_id", where="kind = 'community'"),
        UniqueConstraint("ward_id"),
    )

    account_id: Mapped[int] = plain(ForeignKey("account.id"), primary_key=True, autoincrement=False)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    kind: Mapped[str] = plain(Text)
    name: Mapped[str | None] = plain(Text)  # null: named by the door, after its place or ward
    about: Mapped[str | None] = plain(Text)
    ward_id: Mapped[int | None] = plain(ForeignKey("ward.id"))
    organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"), index=True)
    pays: Mapped[bool] = plain(default=False)
    opened_at: Mapped[datetime] = plain(UtcDateTime)


class ClearingRow(Model):
    """What one place owes another in hours: each has an account for the other."""

    __tablename__ = "clearing"
    __table_args__ = (
        UniqueConstraint("place_id", "with_place_id"),
        CheckConstraint("place_id <> with_place_id", name="another"),
    )

    account_id: Mapped[int] = plain(ForeignKey("account.id"), primary_key=True, autoincrement=False)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    with_place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)


class HelpHoursRow(Model):
    """What one accepted help is to the time bank, from the yes to its end.

    ``earns``: hours, or gift (counted and thanked, nobody debited). ``state``: *open*; *looked-at*
    (a flag holds it until a custodian decides); *settled* (its hours have moved, or it was a
    gift); *let-go*. ``hold``: the key of the promise, if there was something to promise.
    """

    __tablename__ = "help_hours"
    __table_args__ = (
        CheckConstraint("earns IN ('hours', 'gift')", name="earns"),
        CheckConstraint("state IN ('open', 'looked-at', 'settled', 'let-go')", name="state"),
        CheckConstraint("(state IN ('settled', 'let-go')) = (settled_at IS NOT NULL)", name="end"),
        CheckConstraint("earns = 'gift' OR (payer_id IS NOT NULL AND helper_id IS NOT NULL)",
                        name="accounts"),
        Index("ix_help_hours_place_settled", "place_id", "settled_at"),
        _index("ix_help_hours_looked_at", "place_id", where="state = 'looked-at'", unique=False),
    )  # fmt: skip

    match_id: Mapped[int] = plain(ForeignKey("match.id"), primary_key=True, autoincrement=False)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    earns: Mapped[str] = plain(Text)
    category: Mapped[str] = plain(Text)
    ward_id: Mapped[int] = plain(ForeignKey("ward.id"))  # of the need
    payer_id: Mapped[int | None] = plain(ForeignKey("account.id"), index=True)
    helper_id: Mapped[int | None] = plain(ForeignKey("account.id"), index=True)
    expected: Mapped[int] = plain(Integer)
    hold: Mapped[str | None] = plain(Text)
    state: Mapped[str] = plain(Text)
    minutes: Mapped[int | None] = plain(Integer)  # that count, once it is settled
    by_pot: Mapped[int] = plain(Integer, default=0)
    unpaid: Mapped[int] = plain(Integer, default=0)
    opened_at: Mapped[datetime] = plain(UtcDateTime)
    settled_at: Mapped[datetime | None] = plain(UtcDateTime)


class TransferWordsRow(Model):
    """What somebody wrote beside hours that they gave: apart from the ledger, and erasable."""

    __tablename__ = "transfer_words"

    seq: Mapped[int] = plain(
        LONG, ForeignKey("transfer.seq"), primary_key=True, autoincrement=False
    )
    by_member_id: Mapped[int] = plain(ForeignKey("member.id"), index=True)
    words: Mapped[str] = personal(
        Text, purpose=Purpose.MEETING, keep=Keep.CASE, whose="by_member_id"
    )


class HoursFlagRow(Model):
    """Something about hours that a custodian should look at; it holds, and does not punish.

    ``kind``: ring, reciprocal, burst (how it looks like a game); covered (a pot paid what a
    reversal took); unpaid (nobody could pay). ``facts``: account numbers, minutes, counts.
    ``settled_as``: *paid* (from a pot), *gift*, *counts*, *does-not-count* (of help that was held
    back), *seen*.
    """

    __tablename__ = "hours_flag"
    __table_args__ = (
        CheckConstraint("kind IN ('ring', 'reciprocal', 'burst', 'covered', 'unpaid')",
                        name="kind"),
        CheckConstraint("(settled_at IS NULL) = (settled_as IS NULL)", name="settled"),
        CheckConstraint("settled_by IS NULL OR settled_at IS NOT NULL", name="settled_by"),
        CheckConstraint("settled_as IN ('paid', 'gift', 'counts', 'does-not-count', 'seen')",
                        name="settled_as"),
        _index("ix_hours_flag_waiting", "place_id", where="settled_at IS NULL", unique=False),
        _index("ix_hours_flag_settled", "place_id", "settled_at", where="settled_at IS NOT NULL",
               unique=False),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    ref: Mapped[str] = plain(Text, unique=True)
    kind: Mapped[str] = plain(Text)
    dedupe_key: Mapped[str] = plain(Text, unique=True)
    match_id: Mapped[int | None] = plain(ForeignKey("match.id"), index=True)
    facts: Mapped[dict[str, Any]] = plain(Json)
    raised_at: Mapped[datetime] = plain(UtcDateTime)
    settled_at: Mapped[datetime | None] = plain(UtcDateTime)
    settled_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    settled_as: Mapped[str | None] = plain(Text)
