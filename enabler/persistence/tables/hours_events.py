"""Time that was given and is written down afterwards: an afternoon of many, or a help between two
that the platform did not see. Who took part is named by accounts alone, whose owners lie apart."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped

from enabler.persistence.database import Model
from enabler.persistence.tags import Keep, Purpose, personal, plain
from enabler.persistence.types import UtcDateTime


class HoursEventRow(Model):
    """One afternoon, or one help, as somebody wrote it down. Its hours share the group
    ``event:REF``; they are promised at once, and count from ``counts_at`` unless somebody says
    that it was otherwise.

    ``way``: many-to-one, one-to-many (``organisation_id`` ran it; null: the council), or help,
    which has a ``category`` and says how it is known. ``ended_at``: every side has come to its end.
    """

    __tablename__ = "hours_event"
    __table_args__ = (
        CheckConstraint("way IN ('many-to-one', 'one-to-many', 'help')", name="way"),
        CheckConstraint("(way = 'help') = (category IS NOT NULL)", name="category"),
        CheckConstraint("way <> 'help' OR organisation_id IS NULL", name="by_council"),
        Index("ix_hours_event_due", "counts_at", sqlite_where=text("ended_at IS NULL"),
              postgresql_where=text("ended_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = plain(Integer, primary_key=True)
    place_id: Mapped[int] = plain(ForeignKey("place.id"), index=True)
    ref: Mapped[str] = plain(Text, unique=True)
    way: Mapped[str] = plain(Text)
    words: Mapped[str | None] = personal(
        Text, purpose=Purpose.MEETING, keep=Keep.CASE, whose="recorded_by"
    )
    known_by: Mapped[str | None] = personal(
        Text, purpose=Purpose.ACCOUNTABILITY, keep=Keep.CASE, whose="recorded_by"
    )
    on_day: Mapped[date] = plain(Date)
    category: Mapped[str | None] = plain(Text)
    organisation_id: Mapped[int | None] = plain(ForeignKey("organisation.id"), index=True)
    recorded_by: Mapped[int | None] = plain(ForeignKey("member.id"))  # null: the operator
    recorded_at: Mapped[datetime] = plain(UtcDateTime)
    counts_at: Mapped[datetime] = plain(UtcDateTime)
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)


class HoursEventSideRow(Model):
    """One payer and one earner of an event, both of its place.

    ``state``: *open*; *disputed* (one of the two says that it was otherwise); *counted*;
    *left-out*. Of its ``minutes`` a pot pays ``by_pot``, and nobody had ``unpaid``.
    """

    __tablename__ = "hours_event_side"
    __table_args__ = (
        ForeignKeyConstraint(["payer_id", "place_id"], ["account.id", "account.place_id"]),
        ForeignKeyConstraint(["earner_id", "place_id"], ["account.id", "account.place_id"]),
        UniqueConstraint("event_id", "payer_id", "earner_id"),
        CheckConstraint("payer_id <> earner_id", name="two_accounts"),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
        CheckConstraint("by_pot >= 0 AND unpaid >= 0 AND by_pot + unpaid <= minutes", name="paid"),
        CheckConstraint("state IN ('open', 'disputed', 'counted', 'left-out')", name="state"),
        CheckConstraint("(state IN ('counted', 'left-out')) = (ended_at IS NOT NULL)", name="end"),
        Index("ix_hours_event_side_disputed", "place_id", sqlite_where=text("state = 'disputed'"),
              postgresql_where=text("state = 'disputed'")),
    )  # fmt: skip

    event_id: Mapped[int] = plain(
        ForeignKey("hours_event.id"), primary_key=True, autoincrement=False
    )
    nth: Mapped[int] = plain(Integer, primary_key=True, autoincrement=False)
    place_id: Mapped[int] = plain(ForeignKey("place.id"))
    payer_id: Mapped[int] = plain(Integer, index=True)
    earner_id: Mapped[int] = plain(Integer, index=True)
    minutes: Mapped[int] = plain(Integer)
    by_pot: Mapped[int] = plain(Integer)
    unpaid: Mapped[int] = plain(Integer)
    state: Mapped[str] = plain(Text)
    disputed_by: Mapped[int | None] = plain(ForeignKey("member.id"))
    words: Mapped[str | None] = personal(
        Text, purpose=Purpose.MEETING, keep=Keep.CASE, whose="disputed_by"
    )
    ended_at: Mapped[datetime | None] = plain(UtcDateTime)
    decided_by: Mapped[int | None] = plain(ForeignKey("member.id"))
